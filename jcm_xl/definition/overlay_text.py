"""Write an overlay file from what somebody confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.gaps import Gap, GapKind, row_name
from jcm_xl.definition.overlay import SCHEMA
from jcm_xl.model.methodology import Methodology, Row, Source


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A gap that is closed: the official number or text, and where it stands."""

    gap: Gap
    value: Decimal | str
    source: Source


def overlay_text(
    m: Methodology, by: str, on: date, confirmed: Sequence[Confirmed]
) -> str:
    """Return the text of the overlay file of a methodology."""
    return "\n".join((*_head(m, by, on), *_blocks(m, confirmed))) + "\n"


def _head(m: Methodology, by: str, on: date) -> Iterator[str]:
    yield f"schema       = {SCHEMA}"
    yield f"overlay      = {_text(m.key)}"
    yield f"confirmed_by = {_text(by)}"
    yield f"confirmed_on = {on.isoformat()}"


def _blocks(m: Methodology, confirmed: Sequence[Confirmed]) -> Iterator[str]:
    monitoring = [c for c in confirmed if c.gap.name.startswith("monitoring.")]
    emission = [c for c in confirmed if c.gap.name.startswith("emission_sources.")]
    rows = [c for c in confirmed if c.gap.kind is GapKind.ROW]
    for item in confirmed:
        if item not in monitoring and item not in rows and item not in emission:
            yield from _entry(m, item)
    for item in emission:
        yield from _emission(item)
    for name, cells in groupby(monitoring, lambda c: c.gap.name.rpartition(".")[0]):
        yield from ("", f"[{name}]")
        for item in cells:
            yield f"{item.gap.name.rpartition('.')[2]} = {_value(item.value)}"
    for name, same in groupby(rows, lambda c: c.gap.name):
        yield from ("", f"[{name}]", "rows = [")
        table = m.tables[name.partition(".")[2]]
        keys = {row_name(row): _row(row) for row in table.rows}
        for item in same:
            key, source = keys[item.gap.row], _source(item.source)
            value = _value(item.value)
            yield f"  {{ {key}, value = {value}, source = {source} }},"
        yield "]"


def _entry(m: Methodology, item: Confirmed) -> Iterator[str]:
    name = item.gap.name
    yield from ("", f"[{name}]")
    if item.gap.kind is GapKind.UNKNOWN and isinstance(item.value, str):
        yield 'kind = "fixed"'
        return
    word = {"formulas": "expr", "eligibility": "text"}.get(name.partition(".")[0])
    yield f"{word or 'value'} = {_value(item.value)}"
    if word == "text":
        check = {c.id: c.check_text for c in m.criteria}[name.partition(".")[2]]
        if check:
            yield f"check = {_text(check)}"
    yield f"source = {_source(item.source)}"


def _emission(item: Confirmed) -> Iterator[str]:
    """Yield an emission source; the gap shows `text; gas`."""
    text, _, gas = str(item.value).rpartition(";")
    yield from ("", f"[{item.gap.name}]")
    yield f"source = {_text((text or gas).strip())}"
    if text:
        yield f"gas = {_text(gas.strip())}"


def _row(row: Row) -> str:
    if row.start is None:
        return f"key = {_text(row.key)}"
    if row.end is None:
        return f"at = {row.start}"
    return f"from = {row.start}, {'upto' if row.is_closed else 'below'} = {row.end}"


def _value(value: Decimal | str) -> str:
    if isinstance(value, str):
        return _text(value)
    text = f"{value:f}" if -15 < value.adjusted() < 15 else f"{value}"
    return text.removeprefix("+")


def _source(source: Source) -> str:
    parts = [("title", source.title), ("address", source.address),
             ("section", source.section)]  # fmt: skip
    return f"{{ {', '.join(f'{k} = {_text(v)}' for k, v in parts if v)} }}"


def _text(text: str) -> str:
    # A basic string of TOML is a string of JSON, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
