"""Every limit on a foreign file, in one place.

A generous workbook of a large project stays far below each of them; what exceeds one
is refused with a sentence, so that no file can exhaust memory or time.
"""

MEGABYTE = 1024 * 1024

FILE_BYTES = 30 * MEGABYTE
ZIP_ENTRIES = 2_000
UNPACKED_BYTES = 200 * MEGABYTE
PART_BYTES = 60 * MEGABYTE

# Honest small parts (a column of equal cells) pack 100:1, so a ratio alone proves
# nothing; only a large part with such a ratio is a bomb.
PACKING_RATIO = 100
PACKING_RATIO_FROM_BYTES = 10 * MEGABYTE

XML_DEPTH = 200
# The longest stretch without a new tag: Excel's longest cell text (32,767 characters),
# with every character escaped as _x000D_, is 229,369 bytes.
XML_RUN_BYTES = 256 * 1024
TEXT_CHARACTERS = 65_536

CELLS = 1_000_000
# Of sheets that are filled in, whose every cell is judged, not only read.
FORM_CELLS = 250_000
ROWS = 1_048_576
COLUMNS = 16_384

# What stands around the cells; Excel itself allows 65,490 cell styles.
SHARED_TEXTS = 1_000_000
STYLES = 70_000
ELEMENTS_OF_A_SMALL_PART = 200_000
RULES_OF_A_SHEET = 100_000  # merged ranges and data validations

# Shared formulas are stored once and stand in many cells; expanded they could fill
# the memory, so their total length is bounded, and so is the area of array formulas.
EXPANDED_FORMULA_CHARACTERS = 20_000_000
ARRAY_CELLS = 1_000_000

ODDITIES_OF_A_KIND = 50

# For the process that judges one of many books: far above what any book needs.
WORKER_BYTES = 1024 * MEGABYTE
WORKER_SECONDS = 20.0

# A formula that the second engine is to evaluate. Length and nesting are Excel's own;
# the engine descends once for each bracket and sign, also along a chain of cells, and
# a program's stack ends with the program.
FORMULA_CHARACTERS = 8_192
FORMULA_LEVELS = 64
FORMULA_SIGNS = 512
CHAIN_LEVELS = 4_000
RANGE_CELLS = 10_000
EVALUATED_CELLS = 50_000
EVALUATED_VALUES = 5_000_000
JOINED_CHARACTERS = 32_767
ALL_JOINED_CHARACTERS = 1_000_000

# The formulas that inputs are calculated by, evaluated by ourselves: about a second for
# each four millions. A year of quarter hours with a formula in each is 2.3 millions.
EVALUATION_WORK = 25_000_000
