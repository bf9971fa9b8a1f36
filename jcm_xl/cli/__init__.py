"""The command line: `jcm-xl` and its commands, one module each.

This module answers `--help` by itself, so it imports neither rich nor anything of
jcm_xl; a command's module is imported when the command is called.
"""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module
from typing import Any

import click

from jcm_xl.version import __version__

COMMANDS = {
    "list": "Show the methodologies in the library.",
    "show": "Show what a methodology asks for, calculates and rests on.",
    "new": "Make a blank workbook, or the next report of a registered plan.",
    "fill": "Make a filled workbook from a file of inputs or an example.",
    "import": "Carry the inputs of a book made by hand over into a fresh one.",
    "calc": "Recompute a workbook from its inputs alone.",
    "explain": "Show how a figure comes about, down to inputs and sources.",
    "check": "Judge workbooks: a verdict, then each finding with its remedy.",
    "repair": "Put the inputs of a workbook into a fresh template; list the changes.",
    "diff": "Compare two workbooks: inputs, then whatever else differs.",
    "gaps": "List what no official document has confirmed, with the page to open.",
    "overlay": "Prove an overlay of official figures, or make one of a filled list.",
    "addin": "Make the add-in with live functions for a spreadsheet program.",
    "rule": "Show the page of a rule, or list all rules.",
    "document": "Write the document of a methodology as a page or for Word.",
    "catalogue": "Write one searchable page of all methodologies in the library.",
    "lint": "Tell the author of a definition what to mend in it, and how.",
    "new-methodology": "Write a commented definition of a shape to begin with.",
    "doctor": "Say what is missing on this computer for live functions.",
    "demo": "Make sample workbooks with their recomputation and reports.",
}

CANNOT_JUDGE = 2
_OBJECTS = 100_000
"""New objects between two searches for garbage: a command makes few cycles."""
# A submodule `list` would hide the built-in one.
_MODULES = {
    "import": "import_",
    "list": "library",
    "new-methodology": "new_methodology",
}


class LazyGroup(click.Group):
    """Knows its commands by name; imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        command: click.Command = import_module(f"jcm_xl.cli.{module}").command
        if not any(option.name == "debug" for option in command.params):
            command.params.append(_debug_option())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when there is none of that name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"No such command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the table above; no command is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever fails is one sentence and exit code 2."""
        _search_little_garbage()
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure:  # an old console cannot print every sign
                reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
            raise
        except (KeyboardInterrupt, click.Abort):
            message = "Interrupted."
        except Exception as error:
            if ctx.find_root().meta.get("jcm_xl.debug"):
                raise
            from jcm_xl.cli.failure import sentence

            message = sentence(error)
        click.echo(message, err=True)
        ctx.exit(CANNOT_JUDGE)


def _search_little_garbage() -> None:
    """Spare a short process the searches for cycles, those at its end above all."""
    gc.set_threshold(_OBJECTS)
    atexit.register(gc.freeze)


def _remember_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().meta["jcm_xl.debug"] = True


def _debug_option() -> click.Option:
    return click.Option(
        ["--debug"],
        is_flag=True,
        expose_value=False,
        callback=_remember_debug,
        help="Show the traceback of a failure.",
    )


main = LazyGroup(
    "jcm-xl",
    help="Workbooks of the Joint Crediting Mechanism: make, fill, recompute, check. "
    "Exit codes: 0 clean, 1 findings, 2 cannot be judged.",
    context_settings={"help_option_names": ["-h", "--help"]},
    params=[_debug_option()],
    no_args_is_help=True,
)
click.version_option(__version__, prog_name="jcm-xl")(main)
