"""The definition of a methodology that the library lacks, from its workbook alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from jcm_xl.adopt.adoption import Adoption, CannotAdopt, adopt
from jcm_xl.adopt.beside import SCOPE
from jcm_xl.adopt.confirmed import Confirmer
from jcm_xl.adopt.definition_file import example_text
from jcm_xl.adopt.drawn import DrawnItems, drawn_items
from jcm_xl.adopt.find import find
from jcm_xl.adopt.found import Labelled
from jcm_xl.adopt.lift import TABLE, Lifter, NotLifted
from jcm_xl.adopt.lists import offered_at
from jcm_xl.adopt.lookups import ReadTable, printed_place
from jcm_xl.adopt.names import Names
from jcm_xl.adopt.official import OfficialFile
from jcm_xl.definition.load import load_bytes
from jcm_xl.expr.nodes import Call, Expr, Name, Number, children
from jcm_xl.expr.replaced import replaced_names
from jcm_xl.expr.to_text import to_source
from jcm_xl.foreign.words import plain, symbol_key
from jcm_xl.model.methodology import Formula, Kind, Methodology, Parameter
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.text.visible import visible

_PLAN = "mps"
_RESULTS = {
    "reduction": ("ERp", ("emission reductions", "排出削減量")),
    "reference": ("REp", ("reference emissions", "リファレンス排出量")),
    "project": ("PEp", ("project emissions", "プロジェクト排出量")),
}
_NOT_PRINTED = "The spreadsheet does not print it: copy it from its document."


_EXAMPLE = '\n[[examples]]\ntitle = "to come"\ngiven = {}\nexpect = {}\n'


class DrawnDefinition(NamedTuple):
    """A definition written from a workbook, and what the workbook gives beside it."""

    text: str
    methodology: Methodology
    adoption: Adoption


def definition_drawn(
    official: OfficialFile, key: str, by: Confirmer
) -> DrawnDefinition:
    """Write the definition of a methodology that somebody drew in Excel.

    Raises `CannotAdopt` that names the cell which is not understood: a column without
    a symbol, a formula that our language does not have. `DefinitionError` where the
    units do not work out.
    """
    if not by.name.strip():
        raise CannotAdopt("Say who takes it over: --confirmed-by NAME.")
    writer = _Writer(official, key, by)
    text = writer.text()
    name = f"{writer.id}_ver{writer.padded}.toml"
    m = load_bytes((text + _EXAMPLE).encode(), name, with_examples=False)
    text += example_text(official, m)
    m = load_bytes(text.encode(), name)
    return DrawnDefinition(text, m, adopt(official.grid, m))


class _Writer:
    def __init__(self, official: OfficialFile, key: str, by: Confirmer) -> None:
        self.official, self.by = official, by
        self.id, _, version = key.partition("@")
        self.version = version or "1.0"
        major, _, minor = self.version.partition(".")
        self.padded = f"{int(major):02}.{minor or '0'}"
        layout = official_layout()
        self.items: DrawnItems = drawn_items(official.grid, layout)
        self.sheets = find(
            official.grid, Names(self.items.methodology), layout
        )  # fmt: skip
        self.lifter = Lifter(official.grid, self.sheets)
        self._lists()
        self.trees = dict(self._lifted())
        self._selected()
        self.choices = dict(_looked_up([t for t, _ in self.trees.values()]))
        self.tables = {
            name: f"table_{name.removeprefix(TABLE)}" for name in self.lifter.tables
        }

    def text(self) -> str:
        """Return the file."""
        blocks = [
            *self._head(), *self._sets(), *self._parameters(), *self._tables(),
            *self._formulas(), *self._results(),
        ]  # fmt: skip
        return "\n".join(blocks) + "\n"

    # -- formulas --------------------------------------------------------------------

    def _lifted(self) -> Iterator[tuple[str, tuple[Expr, Labelled]]]:
        for formula in self.items.formulas.values():
            cells = [
                found
                for found in self.sheets.of(_PLAN, formula.name)
                if not found.part.is_typed
                and (found.cell.formula or found.cell.value is not None)
            ]
            if not cells:
                raise CannotAdopt(
                    f"{visible(self.official.name)}: the cell of {formula.name} was "
                    "not found again. Give its row a wording, a value, a unit and a "
                    "symbol of its own."
                )
            try:
                tree = self.lifter.lift(cells[0].place, cells[0].unit)
            except NotLifted as reason:
                raise CannotAdopt(
                    f"{visible(self.official.name)}: {cells[0].place[0]}!"
                    f"{cells[0].address}, {formula.name}, is not understood: {reason}."
                ) from None
            yield formula.name, (tree, cells[0])

    def _lists(self) -> None:
        """Take what the lists at an input's own cells offer as its choices."""
        for key, p in self.items.parameters.items():
            cells = [f for f in self.sheets.of(_PLAN, p.name) if f.part.is_typed]
            offered = next(
                (o for f in cells if (o := offered_at(self.official.grid, f.place))), ()
            )
            if offered:
                self.items.parameters[key] = replace(p, choices=offered)

    def _selected(self) -> None:
        """Take a formula that only selects a number of the list for that number."""
        for key, formula in list(self.items.formulas.items()):
            if self.trees[formula.name][0] != Name(formula.name):
                continue
            for found in self.sheets.of(_PLAN, formula.name):
                if isinstance(found.cell.value, float) and not found.cell.formula:
                    number = Decimal(repr(found.cell.value))
                    self.items.parameters[key] = Parameter(
                        formula.name, formula.symbol, formula.label, Kind.DEFAULT,
                        formula.unit, value=number,
                    )  # fmt: skip
                    place = f"{found.place[0]}!{found.address}"
                    self.items.cells[formula.name] = place
                    del self.items.formulas[key]
                    break

    def _source_of(self, tree: Expr) -> str:
        """Return a tree in our language: numbers of cells as numbers."""
        if self.lifter.hidden:
            raise CannotAdopt(
                f"{visible(self.official.name)} calculates in a column of units that "
                "has no symbol. Give it a symbol and a unit, as EF_RE,i."
            )
        known: dict[str, Expr] = {
            name: Number(f"{value:.15g}") for name, value in self.lifter.numbers.items()
        }
        known |= {name: Name(there) for name, there in self.tables.items()}
        return to_source(replaced_names(tree, known))

    def _formulas(self) -> Iterator[str]:
        for formula in self.items.formulas.values():
            tree, cell = self.trees[formula.name]
            yield "\n[[formulas]]"
            yield f"name = {_quoted(formula.name)}"
            yield from self._about(formula)
            if formula.index:
                yield f"index = [{_quoted(formula.index)}]"
            yield f"expr = {_quoted(self._source_of(tree))}"
            yield from self._evidence(f"{cell.place[0]}!{cell.address}")

    def _results(self) -> Iterator[str]:
        yield "\n[results]"
        for role, (symbol, words) in _RESULTS.items():
            found = [
                f.name
                for f in self.items.formulas.values()
                if symbol_key(f.symbol) == symbol_key(symbol)
                or plain(f.label).casefold().startswith(words)
            ]
            if not found:
                raise CannotAdopt(
                    f"{visible(self.official.name)} has no row {words[0]!r} with the "
                    f"symbol {symbol} on its calculation sheet."
                )
            yield f"{role} = {_quoted(found[0])}"

    # -- what stands around them -----------------------------------------------------

    def _head(self) -> Iterator[str]:
        scopes = self._scopes()
        yield "schema = 2\n\n[methodology]"
        yield f"id = {_quoted(self.id)}\nversion = {_quoted(self.version)}"
        yield 'status = "approved"'
        yield f"title = {_quoted(f'Methodology {self.id}. {_NOT_PRINTED}')}"
        yield f"country = {_quoted(self.id.partition('_')[0])}"
        yield f"sectoral_scope = [{', '.join(map(_quoted, scopes))}]"
        yield 'gases = ["CO2"]\ntexts = "official"'
        yield f"source = {self._cited('the whole workbook')}"
        yield from self._asked()
        yield "\n[summary]"
        for row in ("measures", "reference", "project", "monitoring"):
            yield f"{row} = {_quoted(_NOT_PRINTED)}"

    def _asked(self) -> Iterator[str]:
        """Yield what no spreadsheet prints: it is asked for by `gaps`."""
        unseen = 'source = { title = "the methodology document" }'
        yield f'\n[[eligibility]]\nid = "EC1"\ntext = {_quoted(_NOT_PRINTED)}'
        yield f'{unseen}\nevidence = "recollection"\nwording = "paraphrase"'
        for side in ("reference", "project"):
            yield f"\n[[emission_sources]]\nside = {_quoted(side)}"
            yield f'source = {_quoted(_NOT_PRINTED)}\ngas = "CO2"'
            yield 'wording = "paraphrase"'

    def _scopes(self) -> list[str]:
        for sheet in self.official.grid.sheets:
            for cell in sheet.cells.values():
                text = cell.value if isinstance(cell.value, str) else ""
                if match := SCOPE.search(text):
                    return [f"{int(n):02}" for n in re.findall(r"\d+", match[1])]
        raise CannotAdopt(
            f"{visible(self.official.name)} prints no sectoral scope. Write a cell "
            "'Sectoral scope: 03' into the first rows of MPS(input)."
        )

    def _sets(self) -> Iterator[str]:
        for index, rows in self.items.sets.items():
            yield f"\n[sets.{index}]\nlabel = {_quoted(f'unit {index}')}"
            yield f"max_rows = {rows}"

    def _parameters(self) -> Iterator[str]:
        for p in self.items.parameters.values():
            yield f"\n[parameters.{p.name}]"
            yield from self._about(p)
            yield f"kind = {_quoted(str(p.kind))}"
            if p.index:
                yield f"index = [{_quoted(p.index)}]"
            if p.choices or p.name in self.choices:
                yield f"choices = {self._choices(p)}"
            if p.value is not None:
                yield f"value = {p.value}"
                yield from self._evidence(self.items.cells[p.name])
            for block in p.monitoring:
                yield f"[[parameters.{p.name}.monitoring]]"
                yield f"option = {_quoted(block.option)}"
                for role in ("source", "procedure", "frequency"):
                    yield f"{role} = {_quoted(getattr(block, role))}"
                yield f"cited = {self._cited(self.items.cells[p.name])}"
                yield 'evidence = "document"'

    def _choices(self, p: Parameter) -> str:
        """Return the table whose keys are what is offered, else the list itself."""
        name = self.choices.get(p.name)
        if name and self.lifter.tables[name].match == "exact":
            return f"{{ table = {_quoted(self.tables[name])} }}"
        return f"[{', '.join(map(_quoted, p.choices or ()))}]"

    def _about(self, item: Parameter | Formula) -> Iterator[str]:
        yield f"symbol = {_quoted(item.symbol)}"
        yield f"label = {_quoted(item.label)}"
        table = self.lifter.tables.get(self.choices.get(item.name, ""))
        is_choice = bool(table and table.match == "exact")
        is_choice = is_choice or bool(getattr(item, "choices", None))
        yield f"unit = {_quoted('text' if is_choice else str(item.unit))}"

    def _tables(self) -> Iterator[str]:
        units = dict(self._units_of_tables())
        for name, table in self.lifter.tables.items():
            yield f"\n[tables.{self.tables[name]}]"
            yield f"label = {_quoted(f'Default values {self.tables[name]}')}"
            yield f"match = {_quoted(table.match)}"
            if table.match == "class":
                yield from self._key_of(name)
            yield f"unit = {_quoted(units.get(name, '-'))}"
            yield from self._evidence(_where(table))
            yield "rows = ["
            yield from (f"  {{ {row} }}," for row in _rows(table))
            yield "]"

    def _key_of(self, table: str) -> Iterator[str]:
        """Yield by which quantity the classes of a table are told apart."""
        known = {t: p for p, t in self.choices.items()}
        item = self.items.methodology.named(known[table]) if table in known else None
        if item is not None:
            label, unit = _quoted(item.label), _quoted(str(item.unit))
            yield f"key = {{ label = {label}, unit = {unit} }}"

    def _units_of_tables(self) -> Iterator[tuple[str, str]]:
        """Yield the unit of a table: that of a quantity which is looked up there."""
        for formula in self.items.formulas.values():
            match self.trees[formula.name][0]:
                case Call("lookup", (Name(name), *_)):
                    yield name, str(formula.unit)

    def _evidence(self, place: str) -> Iterator[str]:
        yield f"source = {self._cited(place)}"
        yield 'evidence = "document"'

    def _cited(self, place: str) -> str:
        parts = {
            "title": f"{self.official.name}, SHA-256 {self.official.sha256}",
            "section": place,
            "says": f"The workbook has it so, confirmed by {self.by.name.strip()}.",
            "version": self.version,
        }
        inside = ", ".join(f"{k} = {_quoted(visible(v))}" for k, v in parts.items())
        return f"{{ {inside}, read = {self.by.day.isoformat()} }}"


def _looked_up(trees: Iterable[Expr]) -> Iterator[tuple[str, str]]:
    """Yield the quantities by which a table is read, with the table."""
    for tree in trees:
        match tree:
            case Call("lookup", (Name(table), Name(name), *_)):
                yield name, table
        yield from _looked_up(children(tree))


def _rows(table: ReadTable) -> Iterator[str]:
    for row in table.rows:
        if row.value is None:
            raise CannotAdopt(f"{_where(table)}: the table has a row without a number.")
        value = f"value = {row.value:.15g}"
        if table.match == "exact":
            yield f"key = {_quoted(row.key)}, {value}"
            continue
        limits: Mapping[str, float | None] = {
            "from": row.start, "upto" if row.is_closed else "below": row.end
        }  # fmt: skip
        stated = [f"{k} = {v:.15g}" for k, v in limits.items() if v is not None]
        yield ", ".join([*stated, value])


def _where(table: ReadTable) -> str:
    return printed_place(table.rows[0].key_place)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
