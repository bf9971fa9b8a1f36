"""jcm-xl diff."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.submission.settings import Settings

_SHOWN = 30


@click.command("diff")
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
@options.GUARD
@options.JSON
@options.LANGUAGE
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context,
    first: Path,
    second: Path,
    guard: Settings,
    is_json: bool,
    language: str,
    is_whole: bool,
) -> None:
    """Compare two workbooks, or two definitions: whatever differs.

    Of workbooks the inputs come first; moved lines and renamed sheets are found again;
    two books made by hand are compared with --template, the official one of both.
    Of definitions, by id or file (`jcm-xl diff TH_AM001 VN_AM007`), numbers, formulas,
    what is asked and texts are compared by name, and the examples of both are
    calculated by both. Exit codes: 0 the same, 1 different, 2 one of them cannot be
    compared.
    """
    from jcm_xl import api

    kinds = [_is_definition(path) for path in (first, second)]
    if all(kinds):
        ctx.exit(_definitions(first, second, is_json=is_json, is_whole=is_whole))
    if any(kinds):
        raise click.UsageError("A workbook and a definition cannot be compared.", ctx)
    from jcm_xl.copies.diff_report import SHOWN, diff_dict, diff_lines
    from jcm_xl.text.languages import messages
    from jcm_xl.text.visible import json_text

    found = api.diff(first, second, guard)
    if is_json:
        click.echo(json_text(diff_dict(found)), nl=False)
    else:
        limit = options.limit(is_whole, SHOWN)
        show(diff_lines(found, messages(language), limit))
    ctx.exit(0 if found.is_same else 1)


def _is_definition(path: Path) -> bool:
    """Tell whether a definition is meant: a .toml, or an id where no file is."""
    from jcm_xl.definition.library import is_id

    return path.suffix == ".toml" or (is_id(str(path)) and not path.exists())


def _definitions(first: Path, second: Path, *, is_json: bool, is_whole: bool) -> int:
    """Print what differs between two definitions; return the exit code."""
    from jcm_xl import api
    from jcm_xl.documents.definition_diff import (
        definition_diff_dict,
        definition_diff_lines,
    )
    from jcm_xl.text.visible import json_text

    found = api.diff_definitions(str(first), str(second))
    if is_json:
        click.echo(json_text(definition_diff_dict(found)), nl=False)
    else:
        show(definition_diff_lines(found, options.limit(is_whole, _SHOWN)))
    return 0 if found.is_same else 1
