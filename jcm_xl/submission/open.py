"""A workbook opened: read, identify, load, undo, bind.

Whatever opens a submission calls these steps. They refuse what nobody can use; what
else a caller refuses (a misplaced symbol, a masked value) is decided there.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from jcm_xl.definition.earlier import as_made, editions
from jcm_xl.definition.library import UnknownMethodology, load
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.identity import Identity, identify, plan_of
from jcm_xl.plan.layout import Layout, versions
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.plan.sheet_shapes import SHAPES
from jcm_xl.submission.alterations import undo
from jcm_xl.submission.by_hand import bind_by_hand
from jcm_xl.submission.evaluated import obstructed, why_not, with_evaluated
from jcm_xl.submission.likeness import Likeness, likeness
from jcm_xl.submission.misplaced import misplaced
from jcm_xl.submission.opened import BookFile, OpenedBook
from jcm_xl.submission.overlays import no_use
from jcm_xl.submission.settings import AS_USUAL, Settings
from jcm_xl.text.phrase import Phrase, sentence_of
from jcm_xl.text.signs import seen_as
from jcm_xl.text.visible import visible
from jcm_xl.version import __version__
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.package import open_bytes, open_package
from jcm_xl.xlsx.quota import too_full
from jcm_xl.xlsx.read import read_grid
from jcm_xl.xlsx.refusal import CannotRead

BookSource: TypeAlias = str | Path | bytes
"""A workbook: its path, or its bytes."""


NOT_GUARDED = Phrase(
    "compared.not-guarded",
    "Not compared with the official workbook: jcm_xl made this book, which is compared "
    "with its own template.",
)


class Unusable(StrEnum):
    """Why a workbook that can be read cannot be used."""

    NAMELESS = "names-no-methodology"
    OTHER = "other-methodology"
    UNKNOWN = "unknown-methodology"
    NEWER = "newer-template"
    OVERLAY = "needs-overlay"
    UNASKED = "no-longer-asked"
    MISPLACED = "misplaced"
    EXCHANGED = "exchanged"
    MASKED = "masked"
    BY_HAND = "made-by-hand"
    NO_VALUE = "no-value"
    EMPTY = "nothing-found"
    UNSURE = "input-not-evaluated"
    TEMPLATE = "other-template"
    FULL = "too-many-cells"


class CannotUse(JcmError):
    """A workbook that cannot be used.

    code: why, for programs; `reason` is the sentence. key: the methodology it names.
    """

    def __init__(self, code: Unusable, reason: str, key: str = "") -> None:
        """Keep the parts; all three travel between processes."""
        super().__init__(code, reason, key)
        self.code = code
        self.reason = reason
        self.key = key

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.reason)


def open_book(
    path: BookSource,
    *,
    stage: str = "auto",
    expected: Methodology | None = None,
    definitions: Path | None = None,
    guard: Settings = AS_USUAL,
) -> OpenedBook:
    """Open a workbook to compute with it; raise `CannotUse` or `CannotRead`.

    `expected` is the one methodology it may be of, `definitions` a folder to look
    into besides the library. Each symbol must stand where the plan has it, for a value
    beside the wrong symbol is the wrong value. Of `guard` the official workbooks are
    taken, by which a book made by hand is guarded.
    """
    settings = Settings(
        stage=stage, definitions=definitions, template=guard.template,
        templates=guard.templates,
    )  # fmt: skip
    book = open_file(read_file(path), settings, expected)
    refuse_without_overlay(book)
    for fault in misplaced(book):
        name, key = book.name, book.methodology.key
        where = f"{name} is not laid out as {key}: {visible(fault)}"
        raise CannotUse(Unusable.MISPLACED, f"{where}. `jcm-xl check` tells more.", key)
    _refuse_unsure(book)
    return book


def _refuse_unsure(book: OpenedBook) -> None:
    """Refuse a book with an input whose formula gives no one value."""
    for slot, formula, answer in obstructed(book):
        sheet, cell = book.place(slot)
        reason = Phrase(
            "library.input-not-evaluated",
            "{file}: the formula ={formula} in the input '{sheet}'!{cell} gives no one "
            "value: {reason}. Type the value into {cell}.",
            file=visible(book.name),
            formula=visible(formula),
            sheet=visible(sheet),
            cell=cell,
            reason=why_not(book, slot, answer),
        )
        raise CannotUse(Unusable.UNSURE, reason, book.methodology.key)


def open_file(
    file: BookFile,
    settings: Settings = AS_USUAL,
    wanted: Methodology | None = None,
    *,
    is_assumed: bool = False,
) -> OpenedBook:
    """Return a file as an opened book; raise `CannotUse`.

    The book's own version of the template is taken: layout, shape and definition.
    `wanted` is the one methodology it may be of; where `is_assumed`, a book that names
    none is taken for one of it.
    """
    identity = identify(file.grid)
    _refuse_nameless(file, identity, is_assumed=is_assumed)
    _refuse_other(file, identity, wanted)
    _refuse_newer(file, identity, settings)
    m = wanted or _loaded(identity.key, settings)
    book = bind(file, identity, m, settings)
    _refuse_full(book)
    if settings.has_template and book.foreign is None:
        book.compared["official"] = NOT_GUARDED
    return with_evaluated(book)


def guards(book: OpenedBook) -> Iterator[str]:
    """Yield what the official workbook says of a book, where one was named."""
    if not book.settings.has_template:
        return
    for topic in ("official", "template"):
        if topic in book.compared:
            yield book.compared[topic]
    if book.template is None:
        return
    from jcm_xl.model.key import OFFICIAL
    from jcm_xl.submission.official_side import official_opinion

    found = [d for d in book.differences if d.slot.key.stage == OFFICIAL]
    if found:
        slot = found[0].slot
        yield Phrase(
            "compared.guarded-differs",
            "{count} guarded cells are not as in it, the first at {place}; "
            "`jcm-xl check --template` lists them.",
            count=len(found), place=f"'{slot.sheet}'!{slot.address}",
        )  # fmt: skip
    if opinion := official_opinion(book):
        yield opinion


def _refuse_full(book: OpenedBook) -> None:
    """Refuse too many cells on official sheets that are called otherwise."""
    cells = {page.there: len(page.sheet.cells) for page in book.official_sheets}
    if sum(cells.values()) > limits.FORM_CELLS:
        refusal = too_full(cells)
        reason = CannotRead(visible(book.name), refusal.reason, refusal.remedy).sentence
        raise CannotUse(Unusable.FULL, reason, book.methodology.key)


def refuse_without_overlay(book: OpenedBook) -> None:
    """Refuse a book whose official figures are not at hand; raise `CannotUse`."""
    stamp = book.identity.stamp
    if stamp is not None and book.lacks_overlay:
        reason = no_use(book.name, stamp.overlay)
        raise CannotUse(Unusable.OVERLAY, reason, book.methodology.key)


def name_of(source: BookSource) -> str:
    """Return the name under which a workbook is spoken of."""
    return "the workbook" if isinstance(source, bytes) else Path(source).name


def read_file(source: BookSource) -> BookFile:
    """Read a workbook, a file or the bytes of one; raise `CannotRead`."""
    package = open_bytes(source) if isinstance(source, bytes) else open_package(source)
    parts = frozenset(name.lower() for name in package.names)
    grid = read_grid(package, is_form=is_official_name)
    return BookFile(name_of(source), grid, parts)


def is_official_name(name: str) -> bool:
    """Tell whether a sheet is called as an official one of any layout, or nearly so."""
    from jcm_xl.foreign.words import folded_name

    layouts = map(official_layout, versions())
    names = {one.sheet(key) for one in layouts for key in one.official}
    return folded_name(seen_as(name)) in set(map(folded_name, names))


def _refuse_nameless(file: BookFile, identity: Identity, *, is_assumed: bool) -> None:
    if identity.key or is_assumed:
        return
    raise CannotUse(
        Unusable.NAMELESS,
        f"{visible(file.name)} is not a JCM monitoring spreadsheet: no sheet carries a "
        "line 'Monitoring Spreadsheet: JCM_..._ver...'.",
    )


def _refuse_other(
    file: BookFile, identity: Identity, wanted: Methodology | None
) -> None:
    if wanted is None or identity.key in ("", wanted.key):
        return
    name, key = visible(file.name), identity.key
    reason = f"{name} is a book of {key}; {wanted.key} is asked for."
    raise CannotUse(Unusable.OTHER, reason, key)


def _refuse_newer(file: BookFile, identity: Identity, settings: Settings) -> None:
    """Refuse a template of a later release: no other one may stand in for it."""
    stamp, given = identity.stamp, settings.layout
    layouts = (*versions(), given.version) if given else versions()
    if stamp is None or (stamp.layout in layouts and stamp.shape in SHAPES):
        return
    reason = Phrase(
        "library.newer-template",
        "{file} was made by jcm_xl {tool} with a template of version {template}, which "
        "this jcm_xl {version} does not have. Use a newer jcm_xl.",
        file=visible(file.name),
        tool=visible(stamp.tool),
        template=stamp.template,
        version=__version__,
    )
    raise CannotUse(Unusable.NEWER, reason, identity.key)


def _loaded(key: str, settings: Settings) -> Methodology:
    try:
        return load(key, settings.definitions)
    except (UnknownMethodology, DefinitionError) as error:
        raise CannotUse(Unusable.UNKNOWN, sentence_of(error), key) from error


def bind(
    file: BookFile,
    identity: Identity,
    today: Methodology,
    settings: Settings = AS_USUAL,
) -> OpenedBook:
    """Return the book by our plan, or by what was found in it.

    A book with our stamp is judged by the plan however much of it was changed: by that
    of the definition it was made from, where `today` is another text of it.
    """
    stamp = identity.stamp
    if stamp is None:
        return _bind_unstamped(file, identity, today, settings)
    m = as_made(today, stamp.digest)
    plan = plan_of(file.grid, identity, m, settings.layout)
    grid, alterations = undo(file.grid, plan)
    return OpenedBook(
        file, grid, identity, m, plan, settings, alterations,
        newer=None if m is today else today,
    )  # fmt: skip


def _bind_unstamped(
    file: BookFile, identity: Identity, today: Methodology, settings: Settings
) -> OpenedBook:
    """Return a book that says of no template that it was made from it.

    It is compared with the one that it fits best, of all that were ever released, if
    the better part of that stands in its place; else it is judged by what is found.
    """
    best: OpenedBook | None = None
    for m, layout, shape in _templates(today, settings):
        plan = plan_of(file.grid, identity, m, layout, shape)
        grid, alterations = undo(file.grid, plan)
        fit = likeness(grid, plan)
        if best is None or fit.cells > best.likeness.cells:
            best = OpenedBook(
                file, grid, identity, m, plan, settings, alterations,
                newer=None if m is today else today, likeness=fit,
            )  # fmt: skip
        if best.likeness.cells == 1.0 or not fit.is_kin:
            break
    assert best is not None
    is_guarded = settings.template is not None
    if best.likeness.is_ours and not is_guarded:
        return best
    return _guarded_by_hand(file, identity, today, settings, best.likeness)


def _guarded_by_hand(
    file: BookFile,
    identity: Identity,
    today: Methodology,
    settings: Settings,
    fit: Likeness,
) -> OpenedBook:
    """Bind a book by what is found; refuse an official workbook that does not fit."""
    if not settings.has_template:
        return bind_by_hand(file, identity, today, settings, fit)
    from jcm_xl.adopt.adoption import CannotAdopt

    try:
        return bind_by_hand(file, identity, today, settings, fit)
    except (CannotAdopt, CannotRead) as error:
        raise CannotUse(Unusable.TEMPLATE, str(error), identity.key) from error


def _templates(
    today: Methodology, settings: Settings
) -> Iterator[tuple[Methodology, Layout, int]]:
    """Yield what a book without stamp may have been made from, the newest first."""
    if settings.layout is not None:
        layouts = [settings.layout]
    else:
        layouts = [official_layout(version) for version in sorted(versions())[::-1]]
    for m in editions(today):
        for layout in layouts:
            for shape in sorted(SHAPES, reverse=True):
                yield m, layout, shape
