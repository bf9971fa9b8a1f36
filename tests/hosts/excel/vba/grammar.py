"""VBA by its published grammar: syntax errors, and names that are not declared.

The grammar is that of the language specification, [MS-VBAL], as the package antlr4-vba
has it. Excel's compiler is not here; this finds what it would refuse first.
"""

from __future__ import annotations

import re

from antlr4 import CommonTokenStream, InputStream
from antlr4.error.ErrorListener import ErrorListener
from antlr4_vba.vbaLexer import vbaLexer
from antlr4_vba.vbaParser import vbaParser

LONGEST_LINE = 1023
MOST_CONTINUATIONS = 24
_CONDITION = re.compile(r"#(Const|If|Else|End If)\b")
_PROCEDURE = re.compile(
    r"^\w+ (?:Sub|Function) (\w+)\((.*?)\).*?^End (?:Sub|Function)", re.M | re.S
)


class _Errors(ErrorListener):  # type: ignore[misc]
    def __init__(self) -> None:
        self.found: list[str] = []

    def syntaxError(self, _r, _s, line, column, message, _e) -> None:  # type: ignore[no-untyped-def]
        self.found.append(f"line {line}, {column}: {message}")


def syntax_errors(text: str) -> list[str]:
    """Return what does not follow the grammar."""
    errors = _Errors()
    lexer = vbaLexer(InputStream(compiled_part(text).replace("\n", "\r\n")))
    parser = vbaParser(CommonTokenStream(lexer))
    for part in (lexer, parser):
        part.removeErrorListeners()
        part.addErrorListener(errors)
    parser.startRule()
    return errors.found


def compiled_part(text: str) -> str:
    """Return the lines that Excel compiles: of `#If App = ...` the first branch."""
    lines, is_taken = [], True
    for line in text.split("\n"):
        match = _CONDITION.match(line.strip())
        if match:
            is_taken = match[1] != "Else"
        lines.append(line if is_taken and not match else "")
    return "\n".join(lines)


def measures(text: str) -> tuple[int, int]:
    """Return the longest line, and the most lines that one statement goes on for."""
    lines = text.split("\n")
    most = current = 0
    for line in lines:
        current = current + 1 if line.endswith(" _") else 0
        most = max(most, current)
    return max(map(len, lines)), most


def procedures(text: str) -> list[str]:
    """Return the names of the procedures that other modules see."""
    pattern = r"^(?:Public )?(?:Static )?(?:Sub|Function) (\w+)"
    return re.findall(pattern, compiled_part(text), re.M)


def undeclared(text: str) -> list[str]:
    """Return the names that are assigned in a procedure and declared nowhere."""
    shared = set(re.findall(r"^(?:Private|Public) (?:Const )?(\w+) As", text, re.M))
    found = []
    for match in _PROCEDURE.finditer(text):
        known = {match[1], *re.findall(r"(\w+) As", match[2]), *shared}
        known |= set(re.findall(r"^ +Dim (\w+)", match[0], re.M))
        assigned = re.findall(r"^ +(?:Set )?(\w+) = ", match[0], re.M)
        found += [f"{match[1]}: {name}" for name in assigned if name not in known]
    return found
