"""The blocks [[meters]]: a meter with one certificate each."""

from __future__ import annotations

from jcm_xl.dataclass import dataclass
from jcm_xl.inputs.entry import Entry
from jcm_xl.inputs.filling import Filling
from jcm_xl.inputs.judge import day, is_blank, text
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Value
from jcm_xl.plan.sheets.meters import METERS, monitored, point_of, points

_FIELDS = {
    "meter": "meter",
    "serial_number": "serial",
    "accuracy_class": "accuracy",
    "certificate": "certificate",
    "valid_from": "from",
    "valid_until": "until",
    "point": "point",
    "row": "row",
    "remark": "remark",
}
METER_KEYS = tuple(_FIELDS)


@dataclass(slots=True)
class Meters:
    """Places what is said of meters on their sheet."""

    f: Filling

    def given(self, entry: Entry) -> None:
        """Put one fact of a meter into its cell."""
        if entry.unit is None or entry.unit > METERS:
            expected = f"meter {entry.unit}, but the sheet Meters has {METERS} rows"
            self.f.fault(entry, expected, is_shown=False)
            return
        found = self._value(entry)
        if found is not None:
            key = Key("meters", _FIELDS[entry.name], unit=entry.unit)
            self.f.put(key, found, entry.place)

    def _value(self, entry: Entry) -> Value:
        if entry.name in ("valid_from", "valid_until"):
            return day(self.f, entry)
        if entry.name == "row":
            return self._row(entry)
        if entry.name == "point":
            return self._point(entry)
        return text(self.f, entry)

    def _row(self, entry: Entry) -> float | None:
        """Return the number of a unit row."""
        if is_blank(entry.value):
            return None
        if type(entry.value) is int and entry.value >= 1:
            return float(entry.value)
        self.f.fault(entry, "expected the number of a unit row, such as 2")
        return None

    def _point(self, entry: Entry) -> str | None:
        """Return a monitoring point as the drop-down list has it."""
        found = text(self.f, entry)
        if found is None:
            return None
        m = self.f.m
        p = point_of(m, found)
        if p is None:
            self.f.fault(entry, f"expected one of {', '.join(points(m))}")
            return None
        return points(m)[monitored(m).index(p)]
