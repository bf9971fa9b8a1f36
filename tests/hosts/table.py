"""The same vectors through every host: which number each gives, who differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from jcm_xl.model.submission import Stage
from jcm_xl.model.tolerance import same_number
from tests.hosts.cases import Case, Figures

Host: TypeAlias = Callable[[Case], Figures]


class Row(NamedTuple):
    """One book: each host's reductions, and every figure that is another one."""

    case: Case
    reductions: Mapping[str, object]
    differences: tuple[str, ...]


def rows(found: Iterable[Case], hosts: Mapping[str, Host]) -> Iterator[Row]:
    """Ask every host for every book; the first host is what the others must meet."""
    for case in found:
        figures = {name: _asked(host, case) for name, host in hosts.items()}
        first = next(iter(figures.values()))
        yield Row(
            case,
            {name: f.get((Stage.REPORT, "ER")) for name, f in figures.items()},
            tuple(_differences(first, figures)),
        )


def _asked(host: Host, case: Case) -> Figures:
    try:
        return host(case)
    except Exception as failure:  # one host that fails must not hide the others
        words = f"{type(failure).__name__}: {failure}"
        return {(stage, "ER"): words for stage in Stage}


def _differences(first: Figures, figures: Mapping[str, Figures]) -> Iterator[str]:
    for host, given in figures.items():
        for (stage, name), wanted in first.items():
            there = given.get((stage, name))
            if not _agree(wanted, there):
                where = f"{host}: {name} of the {stage.name.lower()}"
                yield f"{where} is {there!r}, not {wanted!r}"


def _agree(wanted: object, there: object) -> bool:
    """Compare as all our comparisons do; nothing but a number is a number."""
    if isinstance(wanted, bool) or isinstance(there, bool):
        return False
    if not isinstance(wanted, int | float) or not isinstance(there, int | float):
        return False
    return same_number(float(wanted), float(there))


def shown(value: object) -> str:
    """Return a number as the table prints it."""
    return f"{value:,.6g}" if isinstance(value, int | float) else str(value)[:24]
