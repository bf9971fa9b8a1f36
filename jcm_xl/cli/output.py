"""Where a report goes, in which form and language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from jcm_xl.cli import options
from jcm_xl.dataclass import dataclass

_TABLES = (".csv", ".xlsx")


@dataclass(frozen=True)
class Output:
    """What is asked for: `output` is a file, else the screen; `form` may be left open.

    languages: the first is the document's. is_whole: no long list is cut.
    """

    form: str | None
    output: Path | None
    languages: Sequence[str]
    force: bool
    is_whole: bool

    @property
    def is_table(self) -> bool:
        """Tell whether one table of all books is asked for, and no other form."""
        out = self.output
        return self.form is None and out is not None and out.suffix.lower() in _TABLES

    @cached_property
    def name(self) -> str:
        """Return the form: the one asked for, that of the file's name, or text."""
        from jcm_xl.documents.report.forms import form_of

        return self.form or (form_of(self.output) if self.output else "") or "text"

    def refuse_unknown_ending(self) -> None:
        """Raise `CannotWrite` where neither option nor ending names a form."""
        out = self.output
        if out is None or self.form is not None or self.is_table or _is_device(out):
            return
        from jcm_xl.cli.files import CannotWrite
        from jcm_xl.documents.report.forms import endings, form_of

        if not form_of(out):
            known = ", ".join((*endings(), *_TABLES))
            ending = out.suffix
            what = f"no report ends in {ending}" if ending else "the name has no ending"
            raise CannotWrite(f"{out}: {what}. End it in {known}, or give --format.")

    @property
    def is_screen(self) -> bool:
        """Tell whether a person reads it here and now."""
        return self.name == "text" and self.output is None

    def limit(self, usual: int) -> int | None:
        """Return how many of like lines are printed; `None` for all."""
        return options.limit(self.is_whole, usual)


def _is_device(path: Path) -> bool:
    """Tell whether something that has no ending stands there, such as a pipe."""
    return path.exists() and not path.is_file() and not path.is_dir()
