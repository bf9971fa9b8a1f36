"""Logs as meters and inverters write them, clean or with one fault; shares no code.

Every log is made of rows that know what they measured, and is spelt by a style that
imitates an export: header blocks, separators, decimal commas, languages, encodings.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

import openpyxl

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(eq=False)
class LogRow:
    """A line to be: a wall clock time, hundredths of a unit, and what is odd of it."""

    at: datetime
    value: int
    meter: int = 0
    offset: str = ""
    text: str = ""


@dataclass
class Style:
    """How an export looks; `form` is what its assignment says of the time."""

    name: str
    step: timedelta
    clock: str
    form: str
    stamp: str = "start"
    kind: str = "interval"
    separator: str = ","
    decimal: str = "."
    thousands: str = ""
    encoding: str = "utf-8"
    block: tuple[str, ...] = ()
    heads: tuple[str, ...] = ("Time", "Energy (kWh)")
    apart: bool = False
    meters: int = 1
    zone: str = ""
    offset: str = ""
    sleeps: bool = False
    files: str = "one"
    ending: str = "csv"
    footer: str = ""
    unit: str = "kWh"
    falls: bool = False


STYLES = [
    Style("smart meter", HOUR / 2, "%Y-%m-%d %H:%M:%S", "iso", stamp="end"),
    Style("inverter, Vietnam", HOUR, "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M",
          separator=";", decimal=",", thousands=".", encoding="utf-8-sig", sleeps=True,
          block=("Báo cáo sản lượng", "Nhà máy;Bình Dương 1", "", "Thiết bị;INV-01"),
          heads=("Thời gian", "Sản lượng (kWh)"), footer="Tổng cộng;{total}"),
    Style("power meter, Japan", HOUR, "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M",
          encoding="cp932", apart=True, stamp="end",
          block=("計測データ", "設備,冷凍機1号"),
          heads=("日付", "時刻", "電力量 (kWh)")),
    Style("invoice, Thailand", timedelta(days=1), "%d.%m.%Y", "%d.%m.%Y",
          separator=";", heads=("วันที่", "หน่วยไฟฟ้า (kWh)"), thousands=","),
    Style("counter", HOUR, "%Y-%m-%dT%H:%M:%S", "iso", kind="cumulative",
          separator="\t", zone="Asia/Bangkok", offset="+07:00",
          heads=("timestamp", "status", "E_import")),
    Style("data logger of three", timedelta(minutes=30), "%Y-%m-%d %H:%M", "iso",
          meters=3, heads=("Device", "Time", "kWh")),
    Style("inverter, Chile", HOUR, "%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M",
          zone="America/Santiago", separator=";", decimal=",",
          heads=("Fecha", "Energía (kWh)")),
    Style("worksheet", timedelta(days=1), "", "iso", ending="xlsx",
          block=("Daily report", ""), heads=("Day", "Energy (kWh)")),
    Style("a file a month", HOUR, "%Y-%m-%d %H:%M", "iso", files="months",
          heads=("Time", "kWh"), stamp="end"),
    Style("newest first", HOUR, "%Y-%m-%d %H:%M:%S", "iso", falls=True),
    Style("counter by hand", timedelta(days=1), "%d/%m/%Y", "%d/%m/%Y",
          kind="cumulative", heads=("Date", "Reading"), encoding="cp1252"),
]  # fmt: skip
BY_NAME = {style.name: style for style in STYLES}
CHILE = "inverter, Chile"


@dataclass
class MadeLogs:
    """Files, their assignment, and the truth: amounts by month and the one fault."""

    style: Style
    first: date
    last: date
    files: dict[str, bytes] = field(default_factory=dict)
    assignment: str = ""
    months: dict[tuple[int, int], Fraction] = field(default_factory=dict)
    fault: tuple[str, str, int] | None = None
    kind: str = ""


def made(seed: int, kind: str = "") -> MadeLogs:
    """Make the logs of a seed, clean or with a fault of one of `KINDS`."""
    rng = random.Random(f"{seed} {kind}")
    fits = [s for s in STYLES if not kind or KINDS[kind].fits(s)]
    style = fits[seed % len(fits)]
    year = 2022 + seed % 4
    first, months = date(year, rng.choice((1, 2, 6)), 1), 6
    if style.name == CHILE:
        first = date(2025, rng.choice((2, 6)), 1)
    last = _month_after(first, months) - DAY
    logs = MadeLogs(style, first, last, kind=kind)
    rows = _rows(style, logs, rng)
    facts = Facts(style, rows, rng)
    if kind:
        KINDS[kind].damage(facts)
    _spell(logs, facts, rng)
    return logs


@dataclass
class Facts:
    """What a fault may change, and the row at which it has to be found."""

    style: Style
    rows: list[LogRow]
    rng: random.Random
    row: LogRow | None = None
    code: str = ""
    doubled: list[LogRow] = field(default_factory=list)
    certificates: list[tuple[date, date]] = field(default_factory=list)
    digits: int = 0

    def middle(self, of: Callable[[LogRow], bool] = lambda _: True) -> int:
        """Return the place of a row that is far from both ends."""
        n = len(self.rows)
        fits = [i for i in range(n // 5, n * 4 // 5) if of(self.rows[i])]
        return self.rng.choice(fits)


def _month_after(day: date, count: int) -> date:
    month = day.year * 12 + day.month - 1 + count
    return date(month // 12, month % 12 + 1, 1)


def _summer_of_chile(at: datetime) -> bool:
    """Tell whether wall clocks are at UTC-3; at 2025-04-05 24:00 they go back."""
    return not datetime(2025, 4, 6) <= at < datetime(2025, 9, 7)


def _moments(style: Style, first: date, last: date) -> list[datetime]:
    """Return the wall clock times at which a stretch of time begins."""
    at, end = (datetime.combine(d, datetime.min.time()) for d in (first, last + DAY))
    found = []
    while at < end:
        if style.zone == "America/Santiago":
            if at == datetime(2025, 9, 7, 0):
                at += HOUR  # there is no such hour
                continue
            found.append(at)
            if at == datetime(2025, 4, 5, 23):
                found.append(at)
        else:
            found.append(at)
        at += style.step
    return found


def _rows(style: Style, logs: MadeLogs, rng: random.Random) -> list[LogRow]:
    rows = []
    size = rng.choice((40, 400, 4_000))
    counters = [rng.randrange(2_000_000, 4_000_000) for _ in range(style.meters)]
    if style.kind == "cumulative":
        rows.append(LogRow(_midnight(logs.first), counters[0], 0, style.offset))
    for begin in _moments(style, logs.first, logs.last):
        stamp = begin if style.stamp == "start" and style.kind == "interval" else (
            begin + style.step
        )  # fmt: skip
        for meter in range(style.meters):
            amount = _amount(style, begin, size, rng)
            if style.sleeps and not 6 <= begin.hour < 18:
                continue
            month = (begin.year, begin.month)
            share = Fraction(amount, 100)
            logs.months[month] = logs.months.get(month, Fraction()) + share
            if style.kind == "cumulative":
                counters[meter] += amount
                amount = counters[meter]
            rows.append(LogRow(stamp, amount, meter, style.offset))
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _amount(style: Style, at: datetime, size: int, rng: random.Random) -> int:
    """Return hundredths: the sun of an inverter, or a load with nights and Sundays."""
    if style.sleeps:
        noon = 1 - abs(at.hour + 0.5 - 12) / 6.5
        return max(1, int(size * 4 * noon * rng.uniform(0.3, 1)))
    load = size * rng.uniform(0.7, 1.3)
    if style.step < DAY and not 7 <= at.hour < 20:
        load *= 0.4
    return max(1, int(load * (0.6 if at.weekday() == 6 else 1)))


# -- spelling --------------------------------------------------------------------------


def _spell(logs: MadeLogs, facts: Facts, rng: random.Random) -> None:
    style, rows = logs.style, facts.rows
    parts: dict[str, list[LogRow]] = {}
    for row in reversed(rows) if style.falls else rows:
        parts.setdefault(_file(style, row, logs), []).append(row)
    if facts.doubled:
        late = [f for f, own in parts.items() if own[0] is facts.row]
        at = late[0]
        parts[at] = [*facts.doubled, *parts[at]]
        facts.row = facts.doubled[0]
    for name, own in parts.items():
        data, lines = _bytes(style, own, rng)
        logs.files[name] = data
        for row, line in lines:
            if row is facts.row:
                logs.fault = (facts.code, name, line)
    logs.assignment = _assignment(style, facts)


def _file(style: Style, row: LogRow, logs: MadeLogs) -> str:
    if style.files == "one":
        return f"log-{logs.first.year}.{style.ending}"
    at = row.at - timedelta(seconds=1) if style.stamp == "end" else row.at
    return f"log-{at:%Y-%m}.{style.ending}"


def _number(style: Style, row: LogRow) -> str:
    if row.text:
        return row.text
    whole, rest = divmod(row.value, 100)
    digits = f"{whole:,}" if style.thousands else str(whole)
    digits = digits.replace(",", style.thousands)
    return f"{digits}{style.decimal}{rest:02}"


def _cells(style: Style, row: LogRow) -> list[str]:
    at = row.at.strftime(style.clock) + row.offset
    value = _number(style, row)
    if style.apart:
        return [*at.split(" "), value]
    if style.meters > 1:
        return [f"M-{row.meter + 1}", at, value]
    if len(style.heads) == 3:
        return [at, "ok", value]
    return [at, value]


def _bytes(
    style: Style, rows: list[LogRow], rng: random.Random
) -> tuple[bytes, list[tuple[LogRow, int]]]:
    top = [*style.block, style.separator.join(style.heads)]
    if style.ending == "xlsx":
        return _sheet(style, rows)
    lines, placed = list(top), []
    for row in rows:
        if style.name == "smart meter" and rng.random() < 0.001:
            lines.append("")
        lines.append(style.separator.join(_cells(style, row)))
        placed.append((row, len(lines)))
    if style.footer:
        total = sum(row.value for row in rows)
        shown = _number(style, LogRow(rows[0].at, total))
        lines.append(style.footer.format(total=shown))
    end = "\r\n" if style.encoding != "utf-8" else "\n"
    return (end.join(lines) + end).encode(style.encoding), placed


def _sheet(style: Style, rows: list[LogRow]) -> tuple[bytes, list[tuple[LogRow, int]]]:
    book = openpyxl.Workbook()
    sheet = book.active
    for number, text in enumerate((*style.block,), 1):
        sheet.cell(number, 1, text or None)
    head = len(style.block) + 1
    for column, text in enumerate(style.heads, 1):
        sheet.cell(head, column, text)
    placed = []
    for number, row in enumerate(rows, head + 1):
        sheet.cell(number, 1, row.at)
        sheet.cell(number, 2, row.text or row.value / 100)
        placed.append((row, number))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), placed


def _assignment(style: Style, facts: Facts) -> str:
    times = style.heads[:2] if style.apart else [style.heads[style.meters > 1]]
    lines = [
        "[[log]]", f'files = "log-*.{style.ending}"', f"head = {len(style.block) + 1}",
        f'separator = "{style.separator}"'.replace("\t", "\\t"),
        f'decimal = "{style.decimal}"', f'thousands = "{style.thousands}"',
        f'encoding = "{style.encoding}"', f'time_format = "{style.form}"',
        f"time = {list(times)}".replace("'", '"'), f'kind = "{style.kind}"',
        f'zone = "{style.zone}"',
    ]  # fmt: skip
    if style.kind == "interval":
        lines.append(f'stamp = "{style.stamp}"')
    for meter in range(style.meters):
        lines += ["[[log.meter]]", f'column = "{style.heads[-1]}"',
                  f'unit = "{style.unit}"', 'parameter = "EG_i_p"',
                  "row = 1"]  # fmt: skip
        if style.meters > 1:
            lines.append(f'where = ["Device", "M-{meter + 1}"]')
        if style.sleeps:
            lines.append('missing = "nothing"')
        if facts.digits:
            lines.append(f"digits = {facts.digits}")
        spans = (f"{{ from = {a}, until = {b} }}" for a, b in facts.certificates)
        if facts.certificates:
            lines.append(f"certificate = [{', '.join(spans)}]")
    return "\n".join(lines) + "\n"


# -- faults ----------------------------------------------------------------------------


@dataclass
class Kind:
    """A kind of fault: which styles may have it, and what it does."""

    fits: Callable[[Style], bool]
    damage: Callable[[Facts], None]


def _gap(f: Facts) -> None:
    n = f.rng.randint(26, 60) if f.style.sleeps else f.rng.randint(2, 12)
    i = f.middle()
    meter = f.rows[i].meter
    gone = [row for row in f.rows[i:] if row.meter == meter][: n + 1]
    f.row, f.code = gone.pop(), "JX166"
    if f.style.falls:
        f.row = f.row  # the later reading in time, whatever the file's order
    f.rows[:] = [row for row in f.rows if not any(row is g for g in gone)]


def _reset(f: Facts) -> None:
    # Not from 9xxxx.xx to nothing: that could be a meter of five digits.
    i = 1 + f.middle(lambda row: not str(row.value).startswith("9"))
    f.row, f.code = f.rows[i], "JX167"
    drop = f.rows[i].value - f.rng.randrange(0, 100)
    for row in f.rows[i:]:
        row.value -= drop


def _rollover(f: Facts) -> None:
    i = f.middle()
    f.digits = f.rng.choice((0, 6))
    turn = 100 * 10**6
    shift = turn - f.rows[i].value + f.rng.randrange(0, 5)
    for row in f.rows:
        row.value = (row.value + shift) % turn
    f.row, f.code = (
        next(b for a, b in zip(f.rows, f.rows[1:], strict=False) if b.value < a.value),
        "JX168",
    )


def _double(f: Facts) -> None:
    i = f.middle()
    row = f.rows[i]
    more = f.rng.choice((0, 0, 7))
    again = LogRow(row.at, row.value + more, row.meter, row.offset)
    f.rows.insert(i + 1, again)
    f.row, f.code = (row if f.style.falls else again), "JX169"


def _overlap(f: Facts) -> None:
    i = next(
        i for i in range(len(f.rows) // 3, len(f.rows))
        if _of_file(f, i) != _of_file(f, i - 1)
    )  # fmt: skip
    n = f.rng.randint(1, 30)
    f.doubled = [LogRow(r.at, r.value, r.meter, r.offset) for r in f.rows[i - n : i]]
    f.row, f.code = f.rows[i], "JX170"


def _of_file(f: Facts, i: int) -> str:
    at = f.rows[i].at - timedelta(seconds=1)
    return f"{at:%Y-%m}"


def _zone(f: Facts) -> None:
    i = f.middle()
    for row in f.rows[i:]:
        row.offset = ""
    f.row, f.code = f.rows[i], "JX171"


def _summer(f: Facts) -> None:
    """The device knows of no summer time, or drops the hour that comes twice."""
    f.code = "JX171"
    spring = [r for r in f.rows if r.at >= datetime(2025, 9, 7, 1)]
    if f.rows[0].at < datetime(2025, 5, 1):
        twice = [r for r in f.rows if r.at == datetime(2025, 4, 5, 23)]
        i = next(i for i, r in enumerate(f.rows) if r is twice[0])
        del f.rows[i]
        f.row = twice[1]
        return
    for row in spring:
        row.at -= HOUR
    f.row = spring[0]
    f.rows.append(LogRow(datetime(2025, 11, 30, 23), 100))


def _set_back(f: Facts) -> None:
    """Somebody puts the clock of the device an hour back."""
    i = f.middle(lambda row: 1 < row.at.hour < 22)
    n = int(HOUR / f.style.step)
    for row in f.rows[i:]:
        row.at -= HOUR
    f.row, f.code = f.rows[i], "JX171"
    last = f.rows[-1].at
    for k in range(1, n + 1):
        f.rows.append(LogRow(last + f.style.step * k, 30))


def _unit(f: Facts) -> None:
    month = f.rows[f.middle()].at
    first = datetime(month.year, month.month, 1)
    after = _midnight(_month_after(first.date(), 1))
    own = [r for r in f.rows if _in(f.style, r, first, after)]
    smaller = f.rng.random() < 0.5 and min(r.value for r in own) >= 1000
    for row in own:
        row.value = row.value // 1000 if smaller else row.value * 1000
    f.row, f.code = own[-1] if f.style.falls else own[0], "JX172"


def _in(style: Style, row: LogRow, first: datetime, after: datetime) -> bool:
    if style.stamp == "end":
        return first < row.at <= after
    return first <= row.at < after


def _outlier(f: Facts) -> None:
    middle = sorted(row.value for row in f.rows)[len(f.rows) // 2]
    i = f.middle(lambda row: row.value >= middle)
    f.rows[i].value *= f.rng.choice((20, 50, 100, 1000))
    f.row, f.code = f.rows[i], "JX173"


def _certificate(f: Facts) -> None:
    i = f.middle()
    day = f.rows[i].at.date()
    lapse = f.rng.randint(2, 20)
    far = timedelta(days=400)
    f.certificates = [(day - far, day - DAY), (day + DAY * lapse, day + far)]
    after = _midnight(day + DAY * lapse)
    own = [r for r in f.rows if _in(f.style, r, _midnight(day), after)]
    f.row, f.code = own[0], "JX174"


def _unreadable(f: Facts) -> None:
    i = f.middle()
    f.rows[i].text = f.rng.choice(("Err", "#N/A", "1O5", "---", "12.3.4"))
    f.row, f.code = f.rows[i], "JX175"


def _is_interval(style: Style) -> bool:
    return style.kind == "interval"


KINDS = {
    "gap": Kind(_is_interval, _gap),
    "reset": Kind(lambda s: not _is_interval(s), _reset),
    "rollover": Kind(lambda s: not _is_interval(s), _rollover),
    "doubled": Kind(_is_interval, _double),
    "overlap": Kind(lambda s: s.files == "months", _overlap),
    "zone": Kind(lambda s: bool(s.offset), _zone),
    "summer time": Kind(lambda s: s.name == CHILE, _summer),
    "clock set back": Kind(lambda s: s.name == "smart meter", _set_back),
    "unit": Kind(_is_interval, _unit),
    "outlier": Kind(_is_interval, _outlier),
    "certificate": Kind(
        lambda s: _is_interval(s) and s.meters == 1 and not s.falls, _certificate
    ),
    "unreadable": Kind(_is_interval, _unreadable),
}
