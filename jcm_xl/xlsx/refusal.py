"""How a file is refused: one reason, one remedy, no traceback for the user."""

from jcm_xl.errors import JcmError

SAVE_AGAIN = "Open it in Excel, save it as a new .xlsx workbook and try that one."
SEND_AGAIN = "Ask for the file again; it was probably cut off or damaged on its way."


class Refusal(Exception):
    """Why a file is not read, before it is known whose file it is."""

    def __init__(self, reason: str, remedy: str = SAVE_AGAIN) -> None:
        """Keep both sentences."""
        super().__init__(reason, remedy)
        self.reason = reason
        self.remedy = remedy


class CannotRead(JcmError):
    """A file that is not, or not safely, a workbook."""

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        """Keep the parts of the sentence; all three travel between processes."""
        super().__init__(path, reason, remedy)
        self.path = path
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        """Where, what, what to do."""
        return f"{self.path} cannot be read: {self.reason} {self.remedy}"


def shown(text: str, longest: int = 60) -> str:
    """Return a foreign text fit for a message: printable, short, in quotes."""
    printable = "".join(c if c.isprintable() else "?" for c in text[: longest + 1])
    short = printable if len(printable) <= longest else printable[:longest] + "..."
    return f"'{short}'"
