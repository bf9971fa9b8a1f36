"""What somebody answered to a finding: why a warning may stand."""

from __future__ import annotations

from jcm_xl.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, from the book's own sheet or from a file beside it.

    at:    what it is about: `MRS(input)!F8`, a slot's key, a parameter, or nothing
           where the finding has no place.
    found: what stood there when it was answered; if given, it must still stand there.
    file:  the only book it is for, by name; of a file beside several books.
    place: where the answer itself stands, in words; `sheet` and `cell` within a book.
    is_hidden: whether it stands on a hidden sheet, or in a hidden row or column.
    """

    code: str
    at: str = ""
    reason: str = ""
    found: str = ""
    by: str = ""
    on: str = ""
    file: str = ""
    place: str = ""
    sheet: str = ""
    cell: str = ""
    is_hidden: bool = False

    @property
    def statement(self) -> str:
        """Return the reason with who gave it and when."""
        who = ", ".join(part for part in (self.by, self.on) if part)
        return f"{self.reason} ({who})" if who else self.reason
