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

GROUPS = {
    "Commands": (
        "screen", "list", "show", "new", "fill", "import",
        "check", "rule", "repair", "diff", "calc", "explain",
    ),
    "For design documents and verification": (
        "net", "vintages", "whatif", "sensitivity", "bridge", "document",
    ),
    "From logs to what is sent": ("readings", "bundle"),
    "For a project's papers": ("project", "form", "decide"),
    "For the secretariat": ("gaps", "adopt", "skeleton", "overlay", "catalogue"),
    "For the author of a definition": ("new-methodology", "lint", "units"),
    "For this computer and its programs": (
        "addin", "passport", "page", "doctor", "demo",
    ),
}  # fmt: skip
"""The commands of the help page: the daily ones, at most twelve, then by role."""

COMMANDS = tuple(name for names in GROUPS.values() for name in names)
"""The commands in the order of work; a module each."""

CANNOT_JUDGE = 2
_OBJECTS = 100_000
"""New objects between two searches for garbage: a command makes few cycles."""
# A submodule `list` would hide the built-in one.
_MODULES = {
    "import": "import_",
    "list": "library",
    "new-methodology": "new_methodology",
    "screen": "screening",
}


def summary(name: str) -> str:
    """Return the first line of a command's docstring, out of its source."""
    from importlib.util import find_spec

    spec = find_spec(_module(name))
    source = spec.loader.get_source(spec.name) if spec else ""  # type: ignore[union-attr]
    text = source.partition("\ndef command(")[2].partition('"""')[2]
    return text.partition("\n")[0].removesuffix('"""')


def _module(name: str) -> str:
    return f"jcm_xl.cli.{_MODULES.get(name, name)}"


class LazyGroup(click.Group):
    """Knows its commands by name; imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(_module(cmd_name)).command
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
        """Write what each command is for; none is imported for it."""
        width = max(map(len, COMMANDS))
        for title, names in GROUPS.items():
            with formatter.section(title):
                rows = [(name.ljust(width), summary(name)) for name in names]
                formatter.write_dl(rows)

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
