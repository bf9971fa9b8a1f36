"""How a file is refused: one reason, one remedy, no traceback for the user.

Each sentence is a phrase with a code, under which other languages say it.
"""

from typing import Any

from jcm_xl.errors import JcmError
from jcm_xl.text.phrase import Phrase


def refused_as(code: str, english: str, /, **facts: Any) -> Phrase:
    """Return a sentence on a file that is not read, or what to do about it."""
    return Phrase.of(f"refusals.{code}", english, facts)


SAVE_AGAIN = refused_as(
    "save-again", "Open it in Excel, save it as a new .xlsx workbook and try that one."
)
SEND_AGAIN = refused_as(
    "send-again",
    "Ask for the file again; it was probably cut off or damaged on its way.",
)
SEND_WORKBOOK = refused_as("send-workbook", "Send the .xlsx workbook.")


class Refusal(Exception):
    """Why a file is not read, before it is known whose file it is."""

    def __init__(
        self, code: str, reason: str, remedy: Phrase = SAVE_AGAIN, /, **facts: Any
    ) -> None:
        """Keep the reason, its facts filled in, and the remedy."""
        self.reason = refused_as(code, reason, **facts)
        self.remedy = remedy
        super().__init__(self.reason, remedy)


class CannotRead(JcmError):
    """A file that is not, or not safely, a workbook."""

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        """Keep the parts of the sentence; all three travel between processes."""
        super().__init__(path, reason, remedy)
        self.path = path
        self.reason = reason
        self.remedy = remedy

    @property
    def sentence(self) -> Phrase:
        """Where, what, what to do."""
        return Phrase(
            "verdict.cannot-read",
            "{path} cannot be read: {reason} {remedy}",
            path=self.path,
            reason=self.reason,
            remedy=self.remedy,
        )

    def __str__(self) -> str:
        """Return the sentence in English."""
        return str(self.sentence)


def shown(text: str, longest: int = 60) -> str:
    """Return a foreign text fit for a message: printable, short, in quotes."""
    printable = "".join(c if c.isprintable() else "?" for c in text[: longest + 1])
    short = printable if len(printable) <= longest else printable[:longest] + "..."
    return f"'{short}'"
