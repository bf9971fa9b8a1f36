"""From the type and the text of a stored cell to its value."""

from collections.abc import Callable
from datetime import datetime, time

from jcm_xl.text.days import EPOCH, EPOCH_1904, FIRST_SERIAL
from jcm_xl.xlsx.grid import CellError, CellValue, Odd
from jcm_xl.xlsx.refusal import Refusal
from jcm_xl.xlsx.texts import has_odd_escape, unescaped


class PaddedNumber(ValueError):
    """A number with blanks around it."""

    def __init__(self, value: float) -> None:
        """Keep the number."""
        super().__init__(value)
        self.value = value


ReportOdd = Callable[[Odd, str], object]


class CellValues:
    """Converts values; knows the shared texts of the book and its first day."""

    __slots__ = ("_first_day", "_has_leap_1900", "by_type", "texts")

    def __init__(self, shared: list[str], is_date1904: bool) -> None:
        """Prepare one converter for each cell type."""
        self.texts = {str(index): text for index, text in enumerate(shared)}
        first = EPOCH_1904 if is_date1904 else EPOCH
        self._first_day = datetime.combine(first, time())
        self._has_leap_1900 = not is_date1904
        self.by_type: dict[str, Callable[[str, ReportOdd], CellValue]] = {
            "n": number,
            "s": self.shared,
            "str": formula_text,
            "inlineStr": inline_text,
            "b": truth,
            "e": error,
            "d": self.date,
        }

    def shared(self, text: str, report: ReportOdd) -> CellValue:
        """Return the shared text that the cell points at."""
        found = self.texts.get(text)
        if found is None:
            if not text.strip():
                return None
            index = text.strip().lstrip("0") or "0"
            found = self.texts.get(index)
            if found is None:
                raise Refusal(
                    "no-such-shared-text",
                    "a cell points at a shared text that does not exist.",
                )
            report(Odd.BAD_VALUE, f"number of a shared text: {text}")
        return found

    def date(self, text: str, report: ReportOdd) -> CellValue:
        """Return the serial number of an ISO date, as Excel would count it."""
        stored = text.strip()
        try:
            moment = datetime.fromisoformat(stored)
        except ValueError:
            return self._time(stored, report)
        days = (moment.replace(tzinfo=None) - self._first_day).total_seconds() / 86_400
        if self._has_leap_1900 and days < FIRST_SERIAL:
            return days - 1
        return days

    def _time(self, stored: str, report: ReportOdd) -> CellValue:
        try:
            moment = time.fromisoformat(stored)
        except ValueError:
            return _misfit(stored, report)
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
        return (seconds + moment.microsecond / 1e6) / 86_400


def number(text: str, report: ReportOdd) -> CellValue:
    """Return a number; what only Python takes for one (1_0, nan) stays a text.

    One with blanks around it is told: some programs take none of it.
    """
    try:
        return strict_number(text)
    except PaddedNumber as padded:
        report(Odd.BAD_VALUE, text)
        return padded.value
    except ValueError:
        return _misfit(text, report)


def strict_number(text: str) -> float:
    """Return a finite number as XML writes it, else raise ``ValueError``."""
    value = float(text)
    if value - value != 0.0 or "_" in text or not text.isascii():
        raise ValueError(text)
    if text[0] <= " " or text[-1] <= " ":
        raise PaddedNumber(value)
    return value


def formula_text(text: str, report: ReportOdd) -> CellValue:
    """Return the text that a formula gave."""
    if has_odd_escape(text):
        report(Odd.ESCAPED_TEXT, text)
    return unescaped(text)


def inline_text(text: str, report: ReportOdd) -> CellValue:
    """Return a text that stands where the number of one should: some find nothing."""
    report(Odd.BAD_VALUE, text)
    return text


def truth(text: str, report: ReportOdd) -> CellValue:
    """Return a truth value."""
    stored = text.strip()
    if stored in ("1", "true"):
        return True
    return False if stored in ("0", "false") else _misfit(text, report)


def error(text: str, report: ReportOdd) -> CellValue:
    """Return an error value; each begins with a number sign."""
    stored = text.strip()
    if stored and not stored.startswith("#"):
        report(Odd.BAD_VALUE, text)
    return CellError(stored) if stored else None


def _misfit(text: str, report: ReportOdd) -> CellValue:
    if not text.strip():
        return None
    report(Odd.BAD_VALUE, text)
    return text
