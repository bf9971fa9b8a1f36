"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from jcm_xl.definition.library import LibraryEntry
    from jcm_xl.model.methodology import Methodology
    from jcm_xl.model.submission import Submission
    from jcm_xl.plan.edition import Edition
    from jcm_xl.plan.plan import Plan
    from jcm_xl.submission.settings import Settings

Decorator = Callable[[Any], Any]


class Place(click.Path):
    """A file or folder; an empty name is none, where click would take this folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Return the path as it was typed."""
        if value == "":
            self.fail("the name is empty: write . for this folder.", param, ctx)
        return super().convert(value, param, ctx)


BOOK: Decorator = click.argument("file", type=Place())

FORCE: Decorator = click.option(
    "--force", is_flag=True, help="Replace a file that exists."
)

OUTPUT: Decorator = click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE",
    help="The workbook to write, .xlsx.",
)  # fmt: skip


class Language(click.ParamType):  # type: ignore[type-arg]
    """A language that has a file of texts; `is_list` takes several with commas."""

    name = "language"

    def __init__(self, *, is_list: bool = False) -> None:
        self._is_list = is_list

    def get_metavar(self, *_: object, **__: object) -> str:
        """Return `en|ja`: what there are files for."""
        from jcm_xl.text.languages import languages

        return "|".join(languages()) + (",..." if self._is_list else "")

    def convert(self, value: Any, *_: object) -> Any:
        """Return the language, or the list of languages in their order."""
        from jcm_xl.text.languages import messages

        if not self._is_list:
            return messages(value).language if value else value
        return tuple(messages(name.strip()).language for name in value.split(","))


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day with its year first, as no country reads it in another order."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day; what is refused is told with the spelling that is read."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            like = date.today().isoformat()
            self.fail(f"'{value}' is not read; write the day like {like}.", param, ctx)


LANGUAGE: Decorator = click.option(
    "--lang", "language", default="en", show_default=True, type=Language(),
    help="Language of guide, prompts and messages; official cells are English.",
)  # fmt: skip

LANGUAGES: Decorator = click.option(
    "--lang", "languages", default="en", show_default=True, type=Language(is_list=True),
    help="Language of the report; of several the first is followed by the others.",
)  # fmt: skip

MONTHLY: Decorator = click.option(
    "--monthly", is_flag=True, help="Add a sheet for monthly amounts."
)

METERS: Decorator = click.option(
    "--meters", is_flag=True, help="Add a sheet for meters and their certificates."
)


def _host(ctx: click.Context, _: click.Parameter, host: str | None) -> str:
    if host == "lite" and not ctx.meta.get("experimental"):
        raise click.BadParameter(
            "lite was never run in Excel; add --experimental to try it.", ctx
        )
    return host or ""


def _note_experimental(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    ctx.meta["experimental"] = wanted


_EXPERIMENTAL: Decorator = click.option(
    "--experimental", is_flag=True, is_eager=True, expose_value=False,
    callback=_note_experimental,
    help="Allow --live=lite, the book for xlwings Lite.",
)  # fmt: skip
_LIVE: Decorator = click.option(
    "--live", type=click.Choice(["libreoffice", "excel", "lite"]), is_flag=False,
    flag_value="excel", callback=_host, metavar="[libreoffice|excel]",
    help="Add a sheet with live functions for this program, beside the results; "
    "excel, the default, makes a book with macros, .xlsm.",
)  # fmt: skip


def LIVE(function: Any) -> Any:
    """Add --live, and the flag that some of its hosts need."""
    return _EXPERIMENTAL(_LIVE(function))


def gathered(name: str, make: Callable[..., object], *options: str) -> Decorator:
    """Give a command one value of several options; `make` takes them by name."""

    def decorate(command: Any) -> Any:
        @wraps(command)
        def gathering(*given: Any, **named: Any) -> Any:
            value = make(**{option: named.pop(option) for option in options})
            return command(*given, **named, **{name: value})

        return gathering

    return decorate


def _edition(**given: Any) -> Edition:
    from jcm_xl.plan.edition import Edition

    return Edition(**given)


EDITION = gathered("edition", _edition, "language", "monthly", "meters", "live")


def _use_definitions(
    ctx: click.Context, parameter: click.Parameter, path: Path | None
) -> None:
    if path is None or ctx.resilient_parsing:
        return
    from click.core import ParameterSource

    from jcm_xl.definition.library import definitions_in

    source = ctx.get_parameter_source(parameter.name or "")
    ctx.meta[TYPED] = source is ParameterSource.COMMANDLINE
    ctx.with_resource(definitions_in(path))


def loaded(wanted: Iterable[LibraryEntry]) -> list[Methodology]:
    """Load definitions; print which are left out and let the exit code be 2."""
    from jcm_xl.definition.library import load_every
    from jcm_xl.text.visible import visible

    every, left_out = load_every(wanted)
    for line in left_out:
        click.echo(visible(line), err=True)
    if left_out:
        click.get_current_context().call_on_close(_leave_out)
    return every


def _leave_out() -> None:
    from jcm_xl.cli import CANNOT_JUDGE

    raise click.exceptions.Exit(CANNOT_JUDGE)


TYPED = "jcm_xl.definitions-typed"
"""Whether --definitions was typed, in the meta of a context; the variable is silent."""
DEFINITIONS: Decorator = click.option(
    "--definitions", type=click.Path(path_type=Path), metavar="FILE|DIR",
    expose_value=False, envvar="JCM_XL_DEFINITIONS", callback=_use_definitions,
    help="A definition file of your own, or a folder of them, searched deep; a file "
    "stands in the place of the library's.",
)  # fmt: skip


def _pyodide() -> str:
    """Return where `make web` puts Pyodide: beside the Python that runs."""
    return str(Path(sys.prefix) / "browser" / "node_modules" / "pyodide")


PYODIDE: Decorator = click.option(
    "--pyodide", type=click.Path(path_type=Path), metavar="DIR", default=_pyodide,
    help="The folder of the npm package pyodide; default: what `make web` fetched.",
)  # fmt: skip


def _use_overlays(ctx: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None and not ctx.resilient_parsing:
        from jcm_xl.definition.library import overlays_in

        ctx.with_resource(overlays_in(folder))


OVERLAYS: Decorator = click.option(
    "--overlays", type=click.Path(path_type=Path), metavar="DIR", expose_value=False,
    envvar="JCM_XL_OVERLAYS", callback=_use_overlays,
    help="A folder of official figures that complete the definitions.",
)  # fmt: skip

OFFICIAL: Decorator = click.option(
    "--template", "official", type=click.Path(path_type=Path, exists=True),
    metavar="OFFICIAL.xlsx",
    help="Type into this official workbook itself; nothing else of it changes.",
)  # fmt: skip


def _guard(template: Path | None, templates: Path | None) -> Settings:
    from jcm_xl.submission.settings import Settings

    return Settings(template=template, templates=templates)


_TEMPLATE: Decorator = click.option(
    "--template", type=click.Path(path_type=Path, exists=True),
    metavar="OFFICIAL.xlsx", help="Guard a book made by hand by the official "
    "workbook: every cell of it that is not for input.",
)  # fmt: skip
_TEMPLATES: Decorator = click.option(
    "--templates", type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR", help="The same with a folder of official workbooks, each taken for "
    "the books of its id.",
)  # fmt: skip


def TEMPLATES(function: Any) -> Any:
    """Add --template and --templates, which name official workbooks that guard."""
    return _TEMPLATE(_TEMPLATES(function))


def GUARD(function: Any) -> Any:
    """Add them, and give the command one value `guard` of both."""
    return TEMPLATES(gathered("guard", _guard, "template", "templates")(function))


ALL: Decorator = click.option(
    "--all", "is_whole", is_flag=True, help="Cut no long lists."
)

JSON: Decorator = click.option("--json", "is_json", is_flag=True, help="Print JSON.")


def _stage(_: click.Context, __: click.Parameter, value: str) -> str:
    return {"mps": "plan", "mrs": "report"}.get(value, value)


STAGE: Decorator = click.option(
    "--stage",
    type=click.Choice(["auto", "plan", "report", "mps", "mrs"]),
    default="auto",
    show_default=True,
    callback=_stage,
    help="Plan (MPS) or report (MRS); auto takes the report once it is begun.",
)


def limit(is_whole: bool, usual: int) -> int | None:
    """Return how many of like lines are printed; `None` for all."""
    return None if is_whole else usual


def official_filled(official: Path, plan: Plan, submission: Submission) -> bytes:
    """Return the official workbook with inputs typed into it; say what it lacks."""
    from jcm_xl import api
    from jcm_xl.copies.in_place import left_out
    from jcm_xl.text.visible import visible

    done = api.fill_official(official, plan, submission)
    for sentence in left_out(done):
        click.echo(visible(sentence), err=True)
    return done.data
