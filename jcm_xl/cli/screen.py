"""Lines to the screen: coloured by rich in a terminal, plain everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from jcm_xl.documents.lines import Line, as_text

_COLOURS = {
    "head": "bold", "good": "bold green", "error": "bold red",
    "warning": "yellow", "note": "cyan", "dim": "dim",
}  # fmt: skip


def show(lines: Iterable[Line]) -> None:
    """Print lines; no text in them is taken for markup."""
    if sys.stdout is None or not sys.stdout.isatty():
        click.echo(as_text(lines), nl=False)
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False, emoji=False)
    for line in lines:
        text = Text(line.text, style=_COLOURS.get(line.style, ""))
        console.print(Padding(text, (0, 0, 0, line.indent), expand=False))
