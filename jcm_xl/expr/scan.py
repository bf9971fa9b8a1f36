"""Text to Python's syntax tree, after everything foreign has been refused."""

from __future__ import annotations

import ast
import re
import warnings

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.fault import ExpressionError

MAX_LENGTH = 1000

_TEXT = r"'(?:[^'\\]|\\['\\])*'|\"(?:[^\"\\]|\\[\"\\])*\""
_TEXT_OR_BREAK = re.compile(rf"(?P<text>{_TEXT})|[\t\n\v\f\r]")
_LEGAL = re.compile(rf"(?:[A-Za-z0-9_ .,+\-*/()<>=!]|{_TEXT})*")


_NAMED = re.compile(r"[A-Za-z_]\w* *=(?!=)(?! *[\"'])")
_ONE_SIGN = re.compile(r"(?<![<>=!])=(?!=)")
_NAME_END, _NAME_START = re.compile(r"[\w)]$"), re.compile(r"[A-Za-z_(]")


@dataclass(frozen=True, slots=True)
class SourceText:
    """An author's text and the one line that Python's parser reads of it."""

    text: str
    line: str
    indent: int

    @classmethod
    def of(cls, text: str) -> SourceText:
        """Outside of texts a line break is a space; outer spaces are left out."""
        flat = _TEXT_OR_BREAK.sub(lambda found: found["text"] or " ", text)
        return cls(text, flat.strip(" "), len(flat) - len(flat.lstrip(" ")))

    def tree(self) -> ast.expr:
        """The syntax tree; raises :class:`ExpressionError`."""
        self._refuse_foreign_characters()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                return ast.parse(self.line, mode="eval").body
        except SyntaxError as error:
            column = min(max(error.offset or 1, 1), len(self.line) + 1)
            reason = _why_unreadable(self.line, column, error.msg)
            raise self.fault(column, reason) from None
        except (RecursionError, MemoryError):
            raise self.fault(1, "This expression is nested too deeply.") from None

    def written(self, node: ast.expr) -> str:
        """The author's characters of one node."""
        return ast.get_source_segment(self.line, node) or ""

    def fault_at(self, node: ast.expr | ast.keyword, reason: str) -> ExpressionError:
        """A fault whose place is the first character of a node."""
        before = self.line.encode()[: node.col_offset].decode()
        return self.fault(len(before) + 1, reason)

    def fault(self, column: int, reason: str) -> ExpressionError:
        """A fault whose place is a column of the line, from 1."""
        return ExpressionError(self.text, self.indent + column, reason)

    def _refuse_foreign_characters(self) -> None:
        if not self.line:
            raise self.fault(1, "The expression is empty.")
        if len(self.line) > MAX_LENGTH:
            reason = f"An expression has at most {MAX_LENGTH} characters; split it."
            raise self.fault(1, reason)
        legal = _LEGAL.match(self.line)
        end = legal.end() if legal else 0
        if end < len(self.line):
            raise self.fault(end + 1, _why_illegal(self.line[end]))


def _why_unreadable(line: str, column: int, parser: str) -> str:
    """Return what an author most likely did; else what Python's parser says."""
    bare = re.sub(_TEXT, lambda found: " " * len(found[0]), line)
    if bare.startswith("="):
        return "An expression has no equals sign before it; leave it out."
    if turned := re.search("=[<>]", bare):
        return f"'{turned[0]}' compares nothing; write '{turned[0][::-1]}'."
    if named := _NAMED.match(bare):
        begun = f"leave out '{named[0].strip()}' before a formula"
        return f"One '=' is no sign here: {begun}, and compare with '=='."
    if _ONE_SIGN.search(bare):
        return "One '=' compares nothing; write '=='."
    before, after = bare[: column - 1].rstrip(), bare[column - 1 :].lstrip()
    if _NAME_END.search(before) and _NAME_START.match(after):
        return "A sign is missing between two names."
    return f"This is not an expression: {parser}."


def _why_illegal(character: str) -> str:
    if character in "'\"":
        return "A text has no closing quote, or holds a backslash."
    return f"The character {character!r} is not part of the language."
