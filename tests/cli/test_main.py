"""The group: help, versions, failures, exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from jcm_xl import api
from jcm_xl.cli import COMMANDS, GROUPS, main, summary
from jcm_xl.cli.failure import sentence
from jcm_xl.errors import JcmError
from jcm_xl.version import __version__
from tests.cli.conftest import Run, process

HEAVY = ("rich", "jcm_xl.api", "jcm_xl.model", "jcm_xl.xlsx", "jcm_xl.plan",
         "pandas", "jinja2", "xlsxwriter", "openpyxl", "decimal", "tomllib",
         "docx")  # fmt: skip


def loaded(*words: str) -> set[str]:
    """Return the modules that a call of the command has imported."""
    code = (
        "import sys\nfrom jcm_xl.cli import main\n"
        f"try: main({list(words)!r})\nexcept SystemExit: pass\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("words", [["--help"], ["-h"], [], ["--version"]])
def test_help_loads_neither_rich_nor_the_core(words: list[str]) -> None:
    assert loaded(*words).isdisjoint(HEAVY)


def test_help_of_a_command_loads_no_core() -> None:
    assert loaded("check", "--help").isdisjoint(HEAVY)


def test_a_check_that_is_not_on_a_screen_loads_no_writer(
    books: dict[str, Path],
) -> None:
    found = loaded("check", str(books["report"]))
    assert found.isdisjoint({"rich", "pandas", "xlsxwriter", "openpyxl", "docx"})


def test_nor_does_it_load_what_this_book_does_not_need(books: dict[str, Path]) -> None:
    found = loaded("check", str(books["report"]))
    assert found.isdisjoint(
        {"jinja2", "difflib", "importlib.metadata", "importlib.resources", "tempfile",
         "jcm_xl.foreign.book", "jcm_xl.definition.examples",
         "jcm_xl.definition.overlay", "jcm_xl.writing.write"}
    )  # fmt: skip


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").output
    for name in COMMANDS:
        assert f"  {name} " in text
        assert summary(name).split()[-1] in text


def test_the_help_page_begins_with_twelve_commands_at_most(run: Run) -> None:
    titles = [*GROUPS]
    text = run("--help").output
    assert len(GROUPS["Commands"]) <= 12
    assert len(COMMANDS) == len(set(COMMANDS))
    assert [text.index(f"\n{title}:") for title in titles] == sorted(
        text.index(f"\n{title}:") for title in titles
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_own_help(name: str, run: Run) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert command.help


def test_version(run: Run) -> None:
    assert run("--version").output == f"jcm-xl, version {__version__}\n"


def test_an_unknown_command_names_the_nearest(run: Run) -> None:
    result = run("chekc")
    assert result.exit_code == 2
    assert "No such command 'chekc'. Did you mean 'check'?" in result.output


def test_our_own_failure_is_one_sentence(run: Run) -> None:
    result = run("show", "TH_AM999")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "No definition of TH_AM999 is in the library (did you mean 'TH_AM009'?). "
        "`jcm-xl list` shows what is there. A definition of your own is found with "
        "--definitions FILE or FOLDER.\n"
    )


def boom(*_: object, **__: object) -> None:
    raise ZeroDivisionError("secret /home/someone/path")


def test_an_unexpected_failure_has_a_number_and_no_traceback(
    run: Run, books: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "check", boom)
    result = run("check", books["report"])
    assert result.exit_code == 2
    assert "internal error (incident " in result.stderr
    assert "Traceback" not in result.output
    assert "secret" not in result.output
    assert run("check", books["report"]).stderr == result.stderr  # the same number


@pytest.mark.parametrize("words", [("--debug", "check"), ("check", "--debug")])
def test_the_traceback_is_there_on_demand(
    words: tuple[str, ...],
    run: Run,
    books: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api, "check", boom)
    result = run(*words, books["report"])
    assert isinstance(result.exception, ZeroDivisionError)


def test_an_interruption_is_no_verdict(
    run: Run, books: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "check", interrupt)
    result = run("check", books["report"])
    assert (result.exit_code, result.stderr) == (2, "Interrupted.\n")


def test_a_failure_does_not_steer_the_terminal() -> None:
    assert sentence(JcmError("a\x1b[2J\n  b")) == "a\\u001b[2J\n  b"
    assert sentence(MemoryError()).startswith("There is not enough memory")
    assert sentence(OSError(28, "No space left", "\x1b.xlsx")).startswith("\\u001b")


def test_as_a_program(books: dict[str, Path]) -> None:
    assert process("check", books["report"]).returncode == 0
    assert process("check", books["faulty"]).returncode == 1
    done = process("calc", books["blank"].with_name("none.xlsx"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("there is no such file. Check the spelling.\n")


def test_a_console_that_cannot_print_a_sign_does_not_end_the_command(
    books: dict[str, Path],
) -> None:
    done = process("explain", books["report"], PYTHONIOENCODING="cp1252")
    assert done.returncode == 0
    assert "= \\u03a3 RE_i,p" in done.stdout


def test_the_words_of_the_package_are_those_of_the_command() -> None:
    code = (
        "import sys, jcm_xl\nassert 'jcm_xl.api' not in sys.modules\n"
        "assert set(dir(jcm_xl)) >= {'load', 'new', 'fill', 'calc', 'check'}\n"
        "print(jcm_xl.load('TH_AM001@1.0').key, jcm_xl.check('none.xlsx').exit_code)\n"
        "try: jcm_xl.nothing\nexcept AttributeError as e: print(e)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        "TH_AM001@1.0 2\nmodule 'jcm_xl' has no attribute 'nothing'\n"
    )
