"""From the dictionary of a TOML file to a `Methodology`, block by block."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from jcm_xl.definition.block import Block
from jcm_xl.definition.families import Family
from jcm_xl.definition.problems import Collector
from jcm_xl.definition.shapes import shapes
from jcm_xl.expr.functions import BETWEEN_KEYS
from jcm_xl.expr.nodes import Call, Expr, Number
from jcm_xl.expr.parse import ExpressionError, parse, parse_condition
from jcm_xl.expr.units import Unit, UnitError
from jcm_xl.expr.used import single
from jcm_xl.model.methodology import (
    NOT_KNOWN,
    Bounds,
    Change,
    Conservatism,
    Constant,
    Criterion,
    EmissionSource,
    Evidence,
    Example,
    Formula,
    Kind,
    Limits,
    Methodology,
    Monitoring,
    NetReduction,
    Open,
    Parameter,
    Results,
    Route,
    Row,
    Source,
    Table,
    Term,
    UnitSet,
)
from jcm_xl.model.tolerance import REL_TOL
from jcm_xl.text.nearest import nearest

SCHEMAS = (1, 2)
"""1: as 0.1.0 wrote it; 2: a `document` tells clause, day and version."""
T = TypeVar("T")
_ID = re.compile(r"^[A-Z]{2}_(AM|PM)\d{3}$")
_VERSION = re.compile(r"^[1-9]\d?\.\d$")
_SCOPE = re.compile(r"^\d{2}$")
_EVIDENCE = tuple(Evidence)
_SUMMARY = ("measures", "reference", "project", "monitoring")
_SERVES = ("registration", "applicability")
_FORMS = ("benchmark", "positive list", "condition")
_ROOM = 12
"""Letters of a name behind its number, in the column of the units."""
_NO_SOURCE = Source("")
_ZERO = Number("0")


def resolve(data: Mapping[str, Any], problems: Collector, digest: str) -> Methodology:
    """Build the model; every fault goes to `problems`, nothing is raised here."""
    top = Block(data, (), problems)
    if top.raw("schema") not in SCHEMAS:
        top.fault("schema", f"this version reads schema = {SCHEMAS[-1]}")
    head = top.block("methodology")
    if head is None:
        top.lacks("methodology", "missing; the file needs a [methodology] block")
        head = Block({}, ("methodology",), problems)
    official = head.one_of("texts", ("paraphrase", "official")) == "official"
    fallback = _source(head, "source")
    methodology = Methodology(
        id=_pattern(head, "id", _ID, "TH_AM001"),
        version=_pattern(head, "version", _VERSION, "3.0"),
        status=head.one_of("status", ("example", "proposed", "approved", "superseded")),
        title=head.text("title", required=True),
        country=head.text("country", required=True),
        scopes=_scopes(head),
        gases=head.texts("gases"),
        source=fallback,
        is_official=official,
        summary=_summary(top),
        terms=_terms(top),
        sets=_each(top, "sets", _set),
        criteria=tuple(_criterion(b, official) for b in top.blocks("eligibility")),
        emission_sources=tuple(
            _emission(b, official) for b in top.blocks("emission_sources")
        ),
        parameters=_asking_any(
            _each(top, "parameters", lambda n, b: _parameter(n, b, official))
        ),
        constants=_each(top, "constants", _constant),
        tables=_each(top, "tables", _table),
        formulas=_formulas(top),
        results=_results(top),
        history=tuple(map(_change, top.blocks("history"))),
        examples=tuple(map(_example, top.blocks("examples"))),
        net=_net(top),
        completeness=head.one_of("completeness", ("A", "B", "C"), "A"),
        shape=_shape(head),
        approved=head.date("approved"),
        digest=digest,
    )
    if methodology.country and not methodology.id.startswith(methodology.country):
        reason = f"does not agree with the id {methodology.id}"
        head.fault("country", reason, Family.IDENTITY)
    head.close()
    top.close()
    return methodology


def _each(top: Block, key: str, build: Callable[[str, Block], T]) -> dict[str, T]:
    result = {}
    for name, block in top.named(key).items():
        result[name] = build(name, block)
        block.close()
    return result


def _pattern(block: Block, key: str, pattern: re.Pattern[str], example: str) -> str:
    value = block.text(key, required=True)
    if value and not pattern.match(value):
        reason = f"'{value}' is not of the form {example}"
        block.fault(key, reason, Family.IDENTITY)
    return value


def _scopes(head: Block) -> tuple[str, ...]:
    scopes = head.texts("sectoral_scope")
    if not scopes or not all(_SCOPE.match(scope) for scope in scopes):
        head.fault("sectoral_scope", 'expected a list of two-digit texts, ["01"]')
    return scopes


def _shape(head: Block) -> int | None:
    number = head.raw("shape")
    if number is None:
        return None
    known = shapes()
    if not isinstance(number, int) or isinstance(number, bool) or number not in known:
        head.fault("shape", f"expected a whole number from 1 to {max(known)}")
        return None
    return number


def _summary(top: Block) -> dict[str, str]:
    block = top.block("summary")
    if block is None:
        top.lacks("summary", "missing; the four rows of section C are required")
        return dict.fromkeys(_SUMMARY, "")
    rows = {key: block.text(key, required=True) for key in _SUMMARY}
    block.close()
    return rows


def _conservatism(block: Block) -> Conservatism | None:
    inner = block.block("conservative")
    if inner is None:
        return None
    source, evidence = _trust(inner)
    found = Conservatism(inner.text("text", required=True), source, evidence)
    inner.close()
    return found


def _net(top: Block) -> NetReduction:
    block = top.block("net_reduction")
    if block is None:
        return NOT_KNOWN
    route = Route(block.one_of("route", tuple(Route)))
    is_known = route is not Route.UNKNOWN
    source, evidence = _trust(block) if is_known else (None, None)
    net = NetReduction(
        route=route,
        text=block.text("text", required=True),
        usual=_tree(block, "usual", parse) if "usual" in block else None,
        usual_text=block.text("usual"),
        likely=_tree(block, "likely", parse) if "likely" in block else None,
        likely_text=block.text("likely"),
        source=source,
        evidence=evidence,
        defaults=block.texts("defaults"),
    )
    known = (*top.named("parameters"), *top.named("tables"))
    for name in net.defaults:
        if name not in known:
            reason = f"there is no default or table '{name}'{nearest(name, known)}"
            block.fault("defaults", reason, Family.REFERENCE)
    block.close()
    return net


def _terms(top: Block) -> tuple[Term, ...]:
    terms = []
    for block in top.blocks("terms"):
        evidence, source = _cited(block, "source")
        term = block.text("term", required=True)
        words = block.text("definition", required=True)
        terms.append(Term(term, words, evidence, source))
        block.close()
    return tuple(terms)


def _source(block: Block, key: str, *, required: bool = True) -> Source:
    inner = block.block(key)
    if inner is None:
        if required:
            reason = "missing; say where it stands: { title = ... }"
            block.fault(key, reason, Family.SOURCE)
        return _NO_SOURCE
    source = Source(
        title=inner.text("title", required=True),
        address=inner.address("address"),
        section=inner.text("section"),
        seen_at=inner.address("seen_at"),
        says=inner.text("says"),
        read=inner.date("read"),
        version=inner.text("version"),
    )
    inner.date("retrieved")
    inner.close()
    return source


def _trust(block: Block) -> tuple[Source, Evidence]:
    source = _source(block, "source")
    evidence = block.text("evidence")
    if evidence not in _EVIDENCE:
        found = f"'{evidence}'" if evidence else "nothing"
        reason = f"found {found}; expected {' | '.join(_EVIDENCE)}"
        block.fault("evidence", reason, Family.SOURCE)
        return source, Evidence.RECOLLECTION
    return source, Evidence(evidence)


def _unit(block: Block, key: str = "unit") -> Unit:
    text = block.text(key, required=True)
    try:
        return Unit.parse(text or "1")
    except UnitError as error:
        block.fault(key, str(error), Family.UNIT)
        return Unit.parse("1")


def _tree(block: Block, key: str, read: Callable[[str], Expr]) -> Expr:
    text = block.text(key, required=True)
    if not text:
        return _ZERO
    try:
        return read(text)
    except ExpressionError as error:
        block.fault(key, str(error), Family.SYNTAX)
        return _ZERO


def _set(name: str, block: Block) -> UnitSet:
    label, names = block.text("label", required=True), _row_names(block)
    key = "names" if names else "size" if "size" in block else "max_rows"
    most = len(names) if names else block.raw(key)
    if not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= 10_000:
        block.fault(key, "expected a whole number from 1 to 10000")
        most = 10
    if key != "max_rows":
        for other in ("names", "size", "max_rows", "min_rows"):
            if block.raw(other) is not None and other != key:
                block.fault(other, f"{key} fixes all rows; leave {other} out")
        return UnitSet(name, label, most, most, names=names, is_fixed=True)
    least = block.raw("min_rows")
    if least not in (None, 0, 1) or isinstance(least, bool):
        block.fault("min_rows", "expected 0 (a project may have none) or 1")
    return UnitSet(name, label, most, min(10, most), 0 if least == 0 else 1)


def _row_names(block: Block) -> tuple[str, ...]:
    """Return the names of the rows of a set that has always the same ones."""
    names = block.texts("names")
    if "names" in block and len({n.casefold() for n in names}) != len(names or (1, 2)):
        block.fault("names", "the names must differ, and there must be one")
    if any(not n.strip() or n != n.strip() or len(n) > _ROOM for n in names):
        reason = f"a name has 1 to {_ROOM} signs, as its column has, no outer blanks"
        block.fault("names", reason)
    return names


def _criterion(block: Block, official: bool) -> Criterion:
    source, evidence = _trust(block)
    text = block.text("check")
    criterion = Criterion(
        id=block.text("id", required=True),
        text=block.text("text", required=True),
        check=_tree(block, "check", parse_condition) if text else None,
        check_text=text,
        source=source,
        evidence=evidence,
        is_official=_is_official(block, official),
        serves=block.one_of("serves", _SERVES) if "serves" in block else "",
        form=block.one_of("form", _FORMS) if "form" in block else "",
    )
    block.close()
    return criterion


def _is_official(block: Block, default: bool) -> bool:
    words = ("official", "paraphrase")
    return block.one_of("wording", words, words[0 if default else 1]) == "official"


def _emission(block: Block, official: bool) -> EmissionSource:
    evidence, cited = _cited(block)
    result = EmissionSource(
        side=block.one_of("side", ("reference", "project", "leakage")),
        source=block.text("source", required=True),
        gas=block.text("gas", required=True),
        is_official=_is_official(block, official),
        evidence=evidence,
        cited=cited,
    )
    block.close()
    return result


def _cited(block: Block, key: str = "cited") -> tuple[Evidence, Source | None]:
    """Return how well a text is known; nobody has seen it where nothing is said.

    The key is `cited` where `source` is a text of the sheets.
    """
    evidence = block.one_of("evidence", _EVIDENCE, Evidence.RECOLLECTION)
    cited = _source(block, key) if key in block else None
    if cited is None and evidence != Evidence.RECOLLECTION:
        reason = f"missing; say where the {evidence} has it: {{ title = ... }}"
        block.fault(key, reason, Family.SOURCE)
    return Evidence(evidence), cited


def _bounds(block: Block, key: str) -> Bounds | None:
    inner = block.block(key)
    if inner is None:
        return None
    names = ("at_least", "above", "at_most", "below")
    whole = inner.raw("whole") if key == "range" else None
    if whole is not None and whole is not True:
        inner.fault("whole", "expected true, or nothing where fractions are allowed")
    low, above, high, below = (inner.number(name) for name in names)
    bounds = Bounds(low, above, high, below, is_whole=bool(whole))
    inner.close()
    low = bounds.at_least if bounds.at_least is not None else bounds.above
    high = bounds.at_most if bounds.at_most is not None else bounds.below
    if low is not None and high is not None and low > high:
        block.fault(key, f"the lower limit {low} is above the upper limit {high}")
    return bounds


def _parameter(name: str, block: Block, official: bool) -> Parameter:
    kind = Kind(block.one_of("kind", tuple(Kind)))
    is_default = kind is Kind.DEFAULT
    is_open = "open" in block
    source, evidence = _known(block, is_given=is_default and not is_open)
    value = block.number("value", required=is_default and not is_open)
    if value is not None and not is_default:
        block.fault("value", "only kind = 'default' has a value; inputs are typed")
    if value is not None and is_open:
        block.fault("open", "a value and open exclude each other")
    return Parameter(
        name=name,
        symbol=block.text("symbol") or name,
        label=block.text("label", required=True),
        kind=kind,
        unit=_unit(block),
        index=_index(block),
        bounds=_bounds(block, "range") or Bounds(),
        plausible=_bounds(block, "plausible"),
        choices=_choices(block),
        value=value,
        open=_open(block),
        limits=_limits(block, value),
        source=source,
        evidence=evidence,
        required_when=_tree(block, "required_when", parse_condition)
        if "required_when" in block
        else None,
        monitoring=_monitoring(block, kind, official),
        fuel=block.text("fuel"),
        note=block.text("note"),
        conservative=_conservatism(block),
        is_official=_is_official(block, official),
        fact=block.text("fact"),
    )


def _asking_any(parameters: dict[str, Parameter]) -> dict[str, Parameter]:
    """Make `any(...)` of a condition on units that is on a value for all of them."""

    def asked(p: Parameter) -> Parameter:
        tree = p.required_when
        if tree is None or p.index is not None:
            return p
        over = (parameters[name] for name in single(tree) if name in parameters)
        if not any(other.index for other in over):
            return p
        return replace(p, required_when=Call("any", (tree,)))

    return {name: asked(p) for name, p in parameters.items()}


def _known(block: Block, *, is_given: bool) -> tuple[Source | None, Evidence | None]:
    """Return the trust of a number that is given, or of what is asked, if told."""
    if is_given or ("evidence" in block and "open" not in block):
        return _trust(block)
    return None, None


def _index(block: Block) -> str | None:
    index = block.texts("index")
    if len(index) > 1:
        reason = "one set only; several indices are one flat set"
        block.fault("index", reason, Family.INDEX)
    return index[0] if index else None


def _choices(block: Block) -> str | tuple[str, ...] | None:
    value = block.raw("choices")
    if value is None:
        return None
    if isinstance(value, dict):
        inner = Block(value, (*block.path, "choices"), block.problems)
        table = inner.text("table", required=True)
        inner.close()
        return table
    return block.texts("choices")


def _open(block: Block) -> Open | None:
    inner = block.block("open")
    if inner is None:
        return None
    result = Open(inner.text("note", required=True), inner.address("address"))
    inner.close()
    return result


def _limits(block: Block, value: Decimal | None) -> Limits | None:
    inner = block.block("limits")
    if inner is None:
        return None
    lower = inner.number("lower", required=True) or Decimal(0)
    upper = inner.number("upper", required=True) or Decimal(0)
    used = inner.one_of("used", ("lower", "upper", "central"))
    inner.close()
    if lower > upper:
        block.fault("limits", f"the lower limit {lower} is above the upper {upper}")
    wanted = {"lower": lower, "upper": upper}.get(used, value)
    if value is None:
        block.fault("limits", "only a default with a value has limits")
    elif value != wanted or not lower <= value <= upper:
        block.fault("limits", f"the value {value} is not the {used} one it says")
    return Limits(lower, upper, used)


def _monitoring(block: Block, kind: Kind, official: bool) -> tuple[Monitoring, ...]:
    result = []
    for inner in block.blocks("monitoring"):
        evidence, cited = _cited(inner)
        result.append(
            Monitoring(
                option=inner.one_of("option", ("A", "B", "C")),
                source=inner.text("source", required=True),
                procedure=inner.text("procedure", required=True),
                frequency=inner.text("frequency", required=True),
                is_official=_is_official(inner, official),
                evidence=evidence,
                cited=cited,
            )
        )
        inner.close()
    if (kind is Kind.MONITORED) != bool(result):
        wanted = "needs" if kind is Kind.MONITORED else "has no"
        block.fault("monitoring", f"kind = '{kind}' {wanted} [[...monitoring]] blocks")
    options = [item.option for item in result]
    if len(set(options)) != len(options):
        block.fault("monitoring", "an option is given twice")
    return tuple(result)


def _constant(name: str, block: Block) -> Constant:
    return Constant(
        name=name,
        symbol=block.text("symbol") or name,
        label=block.text("label") or block.text("basis"),
        value=block.number("value", required=True) or Decimal(0),
        unit=_unit(block),
        basis=block.text("basis", required=True),
    )


def _table(name: str, block: Block) -> Table:
    source, evidence = _trust(block)
    match = block.one_of("match", ("exact", "class", "points"))
    key = block.block("key")
    if match != "exact" and key is None:
        block.lacks("key", f"a {match} table needs key = {{ label, unit }}")
    rows = tuple(_row(inner, match, source, evidence) for inner in block.blocks("rows"))
    if not rows:
        block.lacks("rows", "missing; a table needs at least one row")
    table = Table(
        name=name,
        label=block.text("label", required=True),
        match=match,
        unit=_unit(block),
        rows=rows,
        source=source,
        evidence=evidence,
        key_label=key.text("label") if key else "",
        key_unit=_unit(key) if key and match != "exact" else None,
        conservative=_conservatism(block),
        key_count=_key_count(block),
    )
    if key:
        key.close()
    return table


def _key_count(block: Block) -> int:
    """Return how many keys the rows have; all have as many."""
    keys = [row.get("key") for row in block.raw("rows") or () if isinstance(row, dict)]
    counts = {len(key) if isinstance(key, list) else 1 for key in keys}
    if len(counts) > 1:
        reason = "some rows have one key, some two: all rows of a table have as many"
        block.fault("rows", reason, Family.CLASSES)
    return max(counts, default=1)


def _row_key(block: Block) -> str:
    """Return the key of an exact table: a text, or two that are joined."""
    if not isinstance(block.raw("key"), list):
        return block.text("key", required=True)
    keys = block.texts("key")
    if len(keys) != 2 or not all(key.strip() for key in keys):
        block.fault("key", "expected a text, or a list of two texts")
    for key in keys:
        if BETWEEN_KEYS.strip() in key:
            block.fault("key", f"'{key}': the sign | stands between two keys")
    return BETWEEN_KEYS.join(keys)


def _row(block: Block, match: str, source: Source, evidence: Evidence) -> Row:
    if "source" in block or "evidence" in block:
        source, evidence = _trust(block)
    is_exact = match == "exact"
    start = {"class": "from", "points": "at"}.get(match, "")
    row = Row(
        value=block.number("value", required=True) or Decimal(0),
        source=source,
        evidence=evidence,
        key=_row_key(block) if is_exact else "",
        start=None if is_exact else block.number(start, required=True),
        end=_end(block) if match == "class" else None,
        is_closed="upto" in block,
        fact=block.text("fact"),
        conservative=_conservatism(block),
    )
    block.close()
    return row


def _end(block: Block) -> Decimal | None:
    if ("below" in block) == ("upto" in block):
        reason = "give exactly one of below (open) and upto (closed)"
        block.fault("below", reason, Family.CLASSES)
    return block.number("below") if "below" in block else block.number("upto")


def _formulas(top: Block) -> dict[str, Formula]:
    result: dict[str, Formula] = {}
    for block in top.blocks("formulas"):
        source, evidence = _trust(block)
        name = block.text("name", required=True)
        if name in result:
            block.fault("name", f"'{name}' is defined twice", Family.NAME)
        result[name] = Formula(
            name=name,
            symbol=block.text("symbol") or name,
            label=block.text("label", required=True),
            unit=_unit(block),
            tree=_tree(block, "expr", parse),
            text=block.text("expr"),
            source=source,
            evidence=evidence,
            index=_index(block),
            fuel=block.text("fuel"),
            note=block.text("note"),
        )
        block.close()
    return result


def _results(top: Block) -> Results:
    block = top.block("results")
    if block is None:
        top.lacks("results", "missing; name reference, project and reduction")
        return Results("", "", "")
    results = Results(
        reference=block.text("reference", required=True),
        project=block.text("project", required=True),
        reduction=block.text("reduction", required=True),
        leakage=block.text("leakage"),
    )
    block.close()
    return results


def _change(block: Block) -> Change:
    version = block.text("version", required=True)
    result = Change(version, block.text("change", required=True), block.date("date"))
    block.close()
    return result


def _example(block: Block) -> Example:
    given, expect = block.block("given"), block.block("expect")
    for key, inner in (("given", given), ("expect", expect)):
        if inner is None:
            block.lacks(key, "missing; an example gives inputs and expects results")
    credited = block.number("credited")
    tolerance = block.number("rel_tol")
    example = Example(
        title=block.text("title", required=True),
        given={key: given.raw(key) for key in given.names()} if given else {},
        expect={key: expect.raw(key) for key in expect.names()} if expect else {},
        credited=int(credited) if credited is not None else None,
        source=_source(block, "source") if "source" in block else None,
        rel_tol=float(tolerance) if tolerance is not None else REL_TOL,
        business_as_usual=block.number("business_as_usual"),
    )
    block.close()
    return example
