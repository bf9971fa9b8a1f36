from __future__ import annotations

import io
import sys

import pytest

from jcm_xl.cli.screen import show
from jcm_xl.documents.lines import Line


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


LINES = [
    Line("ERROR [bold red]x[/] :warning: https://example.org", "error"),
    Line("a long sentence " * 8, "", 4),
    Line("plain", "no such style"),
]


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> str:
    terminal = Terminal()
    for name, value in (("TERM", "xterm"), ("COLUMNS", "60"), ("LINES", "20")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", terminal)
    show(LINES)
    return terminal.getvalue()


def test_a_terminal_shows_colours_and_takes_no_text_for_markup(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = on_terminal(monkeypatch)
    first = shown.split("\n")[0]
    assert first.startswith("\x1b[1;31mERROR [bold red]x[/] :warning: https://")
    assert "\nplain\n" in shown


def test_long_lines_keep_their_indent(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped = on_terminal(monkeypatch).split("\n")[1:-2]
    assert len(wrapped) > 1
    assert all(line.startswith("    ") for line in wrapped)
    assert all(len(line) <= 60 for line in wrapped)


def test_elsewhere_lines_are_plain(capsys: pytest.CaptureFixture[str]) -> None:
    show(LINES)
    text = capsys.readouterr().out
    assert text.split("\n") == [str(line) for line in LINES] + [""]
