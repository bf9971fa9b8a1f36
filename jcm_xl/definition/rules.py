"""What must hold between the blocks of a definition. Each rule adds its problems."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise, product

from jcm_xl.definition import register
from jcm_xl.definition.families import Family
from jcm_xl.definition.lines import KeyPath
from jcm_xl.definition.problems import Collector
from jcm_xl.expr.functions import BETWEEN_KEYS, OF_TABLES
from jcm_xl.expr.nodes import (
    Call,
    Comparison,
    Expr,
    Junction,
    Name,
    Text,
    children,
)
from jcm_xl.expr.units import Unit, UnitError, unit_of
from jcm_xl.expr.used import (
    asked_of_any,
    calls_over_units,
    names,
    sets_asked,
    single,
    tables,
)
from jcm_xl.model.methodology import Methodology, Table, fold_symbol
from jcm_xl.text.nearest import nearest

_IDENTIFIER = re.compile(r"^[A-Za-z][A-Za-z0-9_]*$")
_LIKE_A_CELL = re.compile(r"^[A-Za-z]{1,3}[0-9]{1,7}$")
_R1C1 = re.compile(r"^[Rr]([0-9]*)([Cc][0-9]*)?$|^[Cc][0-9]*$")
_WILDCARD = re.compile(r"[*?~]")
_MOST_SIGNS = 255
"""What Excel takes of the choices of a drop-down that stand in no cells."""
_TEXT_UNIT = Unit.parse("text")


def apply_rules(m: Methodology, problems: Collector) -> tuple[str, ...]:
    """Check everything; return the formulas' names in an order of evaluation."""
    paths = _paths(m)
    for rule, family in (
        (_names_are_legal, Family.NAME),
        (_symbols_differ, Family.NAME),
        (_indices_exist, Family.INDEX),
        (_choices_hold, Family.CHOICE),
        (_references_exist, Family.REFERENCE),
        (_tables_are_sound, Family.CLASSES),
        (_values_lie_in_range, Family.VALUE),
        (_results_exist, Family.REFERENCE),
        (_blocks_exist, Family.MISSING_KEY),
        (_country_and_scopes_exist, Family.IDENTITY),
    ):
        rule(m, paths, problems.of(family))
    if problems.problems:
        return ()
    order = _order(m, paths, problems.of(Family.CIRCLE))
    for check, family in (
        (_indices_fit, Family.INDEX),
        (_tables_fit, Family.CHOICE),
        (_lookups_fit, Family.CHOICE),
        (_comparisons_fit, Family.CHOICE),
        (_units_fit, Family.UNIT),
    ):
        check(m, paths, problems.of(family))
    if not problems.problems:  # what a mistake leaves unused is no mistake of its own
        _everything_is_used(m, paths, problems.of(Family.UNUSED))
    return order


def _paths(m: Methodology) -> dict[str, KeyPath]:
    result: dict[str, KeyPath] = {name: ("parameters", name) for name in m.parameters}
    result |= {name: ("constants", name) for name in m.constants}
    result |= {name: ("tables", name) for name in m.tables}
    result |= {name: ("formulas", i) for i, name in enumerate(m.formulas)}
    return result


_NET = ("usual", "likely")


def _trees(m: Methodology) -> Iterator[tuple[KeyPath, Expr, str | None]]:
    """Yield every expression with its place and the index it may use."""
    for i, formula in enumerate(m.formulas.values()):
        yield ("formulas", i, "expr"), formula.tree, formula.index
    for i, criterion in enumerate(m.criteria):
        if criterion.check is not None:
            yield (
                ("eligibility", i, "check"),
                criterion.check,
                _any_index(m, criterion.check),
            )
    for parameter in m.parameters.values():
        if parameter.required_when is not None:
            path = ("parameters", parameter.name, "required_when")
            yield path, parameter.required_when, parameter.index
    for key in _NET:
        if (tree := getattr(m.net, key)) is not None:
            yield ("net_reduction", key), tree, None


def _walk(tree: Expr) -> Iterator[Expr]:
    yield tree
    for child in children(tree):
        yield from _walk(child)


def _any_index(m: Methodology, tree: Expr) -> str | None:
    found = [m.index_of(name) for name in names(tree)]
    return next((index for index in found if index), None)


def _names_are_legal(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    every = [*m.parameters, *m.constants, *m.tables, *m.formulas]
    seen: dict[str, str] = {}
    for name in every:
        if not _IDENTIFIER.match(name):
            out.add(paths[name], "a name has letters, digits and _ only")
        if keyword.iskeyword(name):
            out.add(paths[name], f"'{name}' is a word of the formula language")
        if _LIKE_A_CELL.match(name) or _R1C1.match(name):
            out.add(paths[name], f"'{name}' reads like a cell address in Excel")
        other = seen.setdefault(name.casefold(), name)
        if other != name or every.count(name) > 1:
            out.add(paths[name], f"'{name}' collides with '{other}' (case is ignored)")


def _symbols_differ(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    seen: dict[str, str] = {}
    for item in m.items:
        other = seen.setdefault(fold_symbol(item.symbol), item.name)
        if other != item.name:
            out.add(
                (*paths[item.name], "symbol"),
                f"'{item.symbol}' prints like the symbol of '{other}'",
            )


def _indices_exist(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    used = set()
    for item in m.items:
        if item.index is None:
            continue
        used.add(item.index)
        if item.index not in m.sets:
            hint = nearest(item.index, m.sets)
            out.add((*paths[item.name], "index"), f"no set '{item.index}'{hint}")
    for parameter in m.parameters.values():
        if parameter.index and not parameter.is_input:
            out.add(paths[parameter.name], "a default of the methodology has no index")
    for name in m.sets:
        if name not in used:
            out.add(("sets", name), "nothing runs over this set", Family.UNUSED)


def _choices_hold(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    for p in m.parameters.values():
        if p.is_choice != (p.unit == _TEXT_UNIT):
            out.add((*paths[p.name], "unit"), "unit 'text' and choices go together")
        if not p.is_choice:
            continue
        if isinstance(p.choices, str):
            table = m.tables.get(p.choices)
            if table is not None and table.key_count > 1:
                reason = f"{table.name} has two keys a row; list the choices themselves"
                out.add((*paths[p.name], "choices"), reason)
            elif table is None or table.match != "exact":
                hint = nearest(p.choices, m.tables)
                out.add(
                    (*paths[p.name], "choices"), f"no exact table of this name{hint}"
                )
            continue
        _texts_are_sound(p.choices or (), (*paths[p.name], "choices"), out)
        signs = len(",".join(p.choices or ()))
        if signs > _MOST_SIGNS:
            reason = (
                f"{signs} signs in all; a drop-down takes {_MOST_SIGNS}. Shorten the "
                "texts, or choose from a table: choices = { table = ... }"
            )
            out.add((*paths[p.name], "choices"), reason)
        for text in p.choices or ():
            if "," in text:
                words = "a drop-down takes a comma for the end of a choice"
                out.add((*paths[p.name], "choices"), f"'{text}': {words}")


def _texts_are_sound(texts: tuple[str, ...], path: KeyPath, out: Collector) -> None:
    if len({t.casefold() for t in texts}) < max(len(texts), 1):
        out.add(path, "the texts must differ by more than case, and there must be one")
    for text in texts:
        if _WILDCARD.search(text):
            out.add(path, f"'{text}': * ? ~ are wildcards to a spreadsheet's look-up")
        if text[:1] in ("<", ">", "="):
            out.add(path, f"'{text}': < > = at the start compare in a COUNTIF")
        if text != text.strip() or len(text) > 100:
            out.add(path, f"'{text}': no outer spaces, at most 100 characters")


def _references_exist(
    m: Methodology, paths: dict[str, KeyPath], out: Collector
) -> None:
    known = {*m.parameters, *m.constants, *m.formulas}
    for path, tree, _ in _trees(m):
        for name in names(tree):
            if name not in known:
                out.add(path, f"unknown name '{name}'{nearest(name, known)}")
        for table in tables(tree):
            if table not in m.tables:
                out.add(path, f"unknown table '{table}'{nearest(table, m.tables)}")
        for asked in sets_asked(tree):
            if asked not in m.sets:
                out.add(path, f"any({asked}): no such set{nearest(asked, m.sets)}")


def _everything_is_used(
    m: Methodology, paths: dict[str, KeyPath], out: Collector
) -> None:
    used = set(m.results.figures)
    for _, tree, _ in _trees(m):
        used.update(names(tree), tables(tree))
    used.update(p.choices for p in m.parameters.values() if isinstance(p.choices, str))
    kinds = (
        ("parameter", m.parameters),
        ("constant", m.constants),
        ("table", m.tables),
        ("formula", m.formulas),
    )
    for kind, group in kinds:
        for name in group:
            if name not in used:
                out.add(paths[name], f"this {kind} is used by no formula")


def _tables_are_sound(
    m: Methodology, paths: dict[str, KeyPath], out: Collector
) -> None:
    for table in m.tables.values():
        path = (*paths[table.name], "rows")
        if table.match == "exact":
            _texts_are_sound(table.keys, path, out.of(Family.CHOICE))
        elif table.match == "points":
            _points_are_sound(table, path, out)
        else:
            _classes_are_sound(table, path, out)


def _points_are_sound(table: Table, path: KeyPath, out: Collector) -> None:
    if len(table.rows) < 2:
        out.add(path, "a straight line needs two points at the least")
    for i, (row, after) in enumerate(pairwise(table.rows)):
        if row.start is None or after.start is None or after.start > row.start:
            continue
        reason = f"{after.start} follows {row.start}; points ascend"
        out.add((*path, i + 1), reason)


def _classes_are_sound(table: Table, path: KeyPath, out: Collector) -> None:
    for i, row in enumerate(table.rows):
        if row.start is None or row.end is None:
            continue
        if row.start >= row.end:
            out.add((*path, i), f"the class from {row.start} to {row.end} is empty")
        if row.is_closed and i < len(table.rows) - 1:
            out.add((*path, i), "only the last class is closed above (upto)")
        after = table.rows[i + 1].start if i + 1 < len(table.rows) else row.end
        if after is not None and after > row.end:
            out.add((*path, i), f"a gap between {row.end} and {after}")
        if after is not None and after < row.end:
            out.add((*path, i), f"an overlap from {after} to {row.end}")


def _values_lie_in_range(
    m: Methodology, paths: dict[str, KeyPath], out: Collector
) -> None:
    for p in m.parameters.values():
        if p.value is not None and not p.bounds.admit(p.value):
            out.add((*paths[p.name], "value"), f"{p.value} is not {p.bounds}")


def _results_exist(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    units = set()
    asked = ("reference", "project", "reduction")
    for key in (*asked, "leakage") if m.results.leakage else asked:
        name = getattr(m.results, key)
        formula = m.formulas.get(name)
        if formula is None:
            hint = nearest(name, m.formulas)
            out.add(("results", key), f"no formula '{name}'{hint}")
        elif formula.index:
            out.add(("results", key), "a result has no index")
        else:
            units.add(str(formula.unit))
    if len(units) > 1 or not units <= {"tCO2/p", "tCO2e/p"}:
        out.add(
            ("results",),
            f"units {', '.join(sorted(units))}; all tCO2/p or tCO2e/p",
            Family.UNIT,
        )


def _country_and_scopes_exist(
    m: Methodology, paths: dict[str, KeyPath], out: Collector
) -> None:
    partners = register.countries()
    is_nobodys = m.country == register.EXAMPLE and m.status in ("example", "proposed")
    if m.country not in partners and not is_nobodys:
        reason = (
            f"'{m.country}' is no partner country{nearest(m.country, partners)}; "
            f"{register.EXAMPLE} is for examples and drafts"
        )
        out.add(("methodology", "country"), reason)
    for scope in m.scopes:
        if scope not in register.scopes():
            reason = f"there is no sectoral scope '{scope}'; they are 01 to 15"
            out.add(("methodology", "sectoral_scope"), reason)


def _blocks_exist(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    if not m.examples:
        out.add((), "at least one [[examples]] block is required")
    if not m.criteria:
        out.add((), "at least one [[eligibility]] block is required")
    for side in ("reference", "project"):
        if not any(source.side == side for source in m.emission_sources):
            out.add((), f"no [[emission_sources]] block with side = '{side}'")


def _order(
    m: Methodology, paths: dict[str, KeyPath], out: Collector
) -> tuple[str, ...]:
    graph = {
        name: [n for n in names(f.tree) if n in m.formulas]
        for name, f in m.formulas.items()
    }
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        cycle = error.args[1]
        out.add(paths[cycle[0]], f"goes in a circle: {' -> '.join(cycle)}")
        return ()


def _indices_fit(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    for path, tree, index in _trees(m):
        for call in calls_over_units(tree):
            _units_fit_together(m, call, path, out)
        for name in single(tree):
            if (own := m.index_of(name)) not in (None, index):
                out.add(path, f"'{name}' runs over {own}; sum it first")
        for condition in asked_of_any(tree):
            _any_unit_fits(m, condition, path, out)
    for i, f in enumerate(m.formulas.values()):
        free = {m.index_of(n) for n in single(f.tree)}
        if f.index and f.index not in free:
            out.add(("formulas", i, "index"), "nothing in the formula has this index")


def _units_fit_together(
    m: Methodology, call: Call, path: KeyPath, out: Collector
) -> None:
    """Refuse a call over units of what has no index, or runs over several sets."""
    asked = names(call)
    words = f"{call.function}({asked[0]})"
    sets = {m.index_of(name) for name in asked}
    for name in asked:
        if m.index_of(name) is None:
            out.add(path, f"{words}: '{name}' has no index")
    if None not in sets and len(sets) > 1:
        out.add(path, f"{words}: the condition asks of the units of another set")
    for name in asked[1:]:
        p = m.parameters.get(name)
        if p is not None and p.required_when is not None:
            reason = f"{words}: '{name}' may be blank; what chooses is always typed"
            out.add(path, reason)


def _tables_fit(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    """Refuse a function that reads a table of another kind, or with other keys."""
    for function in OF_TABLES:
        for path, call in _calls(m, function):
            table, *keys = call.arguments
            assert isinstance(table, Name)
            rows = m.tables[table.id]
            if (rows.match == "points") != (function == "interpolate"):
                other = "interpolate" if rows.match == "points" else "lookup"
                reason = f"{table.id} has match = '{rows.match}': read it by {other}()"
                out.add(path, reason)
            elif len(keys) != rows.key_count:
                reason = (
                    f"lookup({table.id}, ...) has {len(keys)} "
                    f"key{'s' * (len(keys) > 1)}; a row of the table has "
                    f"{rows.key_count}"
                )
                out.add(path, reason)
            elif len(keys) > 1:
                _pairs_fit(m, call, path, out)


def _pairs_fit(m: Methodology, call: Call, path: KeyPath, out: Collector) -> None:
    """Refuse a pair of choices that no row of a table of two keys has."""
    table, *keys = call.arguments
    assert isinstance(table, Name)
    texts: list[tuple[str, ...]] = []
    for key in keys:
        p = m.parameters.get(key.id) if isinstance(key, Name) else None
        if isinstance(key, Text):
            texts.append((key.value,))
        elif p is not None and p.is_choice:
            texts.append(m.choices(p))
        else:
            out.add(path, f"lookup({table.id}, ...) needs choices as its keys")
            return
    known = {key.casefold() for key in m.tables[table.id].keys}
    for pair in product(*texts):
        if BETWEEN_KEYS.join(pair).casefold() not in known:
            words = " and ".join(f"'{text}'" for text in pair)
            out.add(path, f"no row of {table.id} has the keys {words}")


def _lookups_fit(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    for path, call in _calls(m, "lookup"):
        table, key, *more = call.arguments
        if more:
            continue
        assert isinstance(table, Name)
        parameter = m.parameters.get(key.id) if isinstance(key, Name) else None
        is_choice = parameter is not None and parameter.is_choice
        rows = m.tables[table.id]
        if rows.match == "points" or rows.key_count > 1:
            continue
        if (rows.match == "exact") != is_choice:
            wanted = "a choice" if rows.match == "exact" else "a number"
            out.add(path, f"lookup({table.id}, ...) needs {wanted} as its key")
        elif parameter is not None and is_choice:
            known = {k.casefold() for k in rows.keys}
            for text in m.choices(parameter):
                if text.casefold() not in known:
                    out.add(path, f"the choice '{text}' is no row of {table.id}")


def _calls(m: Methodology, function: str) -> Iterator[tuple[KeyPath, Call]]:
    for path, tree, _ in _trees(m):
        for node in _walk(tree):
            if isinstance(node, Call) and node.function == function:
                yield path, node


def _comparisons_fit(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    for path, tree, _ in _trees(m):
        for node in _walk(tree):
            if isinstance(node, Comparison):
                for side, text in ((node.left, node.right), (node.right, node.left)):
                    if isinstance(side, Name) and isinstance(text, Text):
                        _text_is_a_choice(m, path, side.id, text.value, out)
    for p in m.parameters.values():
        for name in names(p.required_when) if p.required_when else ():
            if name not in m.parameters or not m.parameters[name].is_choice:
                out.add((*paths[p.name], "required_when"), f"'{name}' is no choice")


def _any_unit_fits(m: Methodology, tree: Expr, path: KeyPath, out: Collector) -> None:
    """Refuse what a sheet cannot ask of all units at once: `!=`, `and`, `not`."""
    if len({m.index_of(name) for name in names(tree)} - {None}) > 1:
        out.add(path, "any() asks of the units of one set; write one any() a set")
    if not all(_is_countable(m, node) for node in _walk(tree)):
        reason = (
            "asks of any unit of a set; write comparisons with == alone, joined "
            "by or: \"a_i == 'x' or a_i == 'y'\""
        )
        out.add(path, reason)


def _is_countable(m: Methodology, node: Expr) -> bool:
    match node:
        case Comparison("==", left, right):
            return {type(left), type(right)} == {Name, Text}
        case Name(name):
            return m.index_of(name) is not None
        case Junction(operator):
            return operator == "or"
    return isinstance(node, Text)


def _text_is_a_choice(
    m: Methodology, path: KeyPath, name: str, text: str, out: Collector
) -> None:
    parameter = m.parameters.get(name)
    if parameter is None or not parameter.is_choice:
        out.add(path, f"'{name}' is a number; it cannot be compared with a text")
    elif text not in m.choices(parameter):
        hint = nearest(text, m.choices(parameter))
        out.add(path, f"'{text}' is not a choice of '{name}'{hint}")


def _units_fit(m: Methodology, paths: dict[str, KeyPath], out: Collector) -> None:
    units: dict[str, Unit] = {p.name: p.unit for p in m.parameters.values()}
    units |= {c.name: c.unit for c in m.constants.values()}
    units |= {f.name: f.unit for f in m.formulas.values()}
    rules: Callable[[str], tuple[Unit | None, Unit]] = lambda name: (  # noqa: E731
        m.tables[name].key_unit,
        m.tables[name].unit,
    )
    for path, tree, _ in _trees(m):
        try:
            actual = unit_of(tree, units.__getitem__, rules)
        except UnitError as error:
            out.add(path, str(error))
            continue
        if path[0] not in ("formulas", "net_reduction") or actual is None:
            continue
        name = m.results.reference
        if path[0] == "formulas":
            name = list(m.formulas)[int(path[1])]
        wanted = m.formulas[name].unit
        if actual != wanted:
            declared = "that of" if path[0] == "net_reduction" else "declared as"
            unit = f"{name}, {wanted}" if path[0] == "net_reduction" else wanted
            out.add(path, f"gives {actual}, but the unit is {declared} {unit}")
