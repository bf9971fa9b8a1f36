"""jcm-xl diff."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("diff")
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
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
    is_json: bool,
    language: str,
    is_whole: bool,
) -> None:
    """Compare two workbooks: inputs, then whatever else differs.

    Moved lines and renamed sheets are found again. Exit codes: 0 the same,
    1 different, 2 one of them cannot be compared.
    """
    from jcm_xl import api
    from jcm_xl.copies.diff_report import SHOWN, diff_dict, diff_lines
    from jcm_xl.text.languages import messages
    from jcm_xl.text.visible import json_text

    found = api.diff(first, second)
    if is_json:
        click.echo(json_text(diff_dict(found)), nl=False)
    else:
        limit = options.limit(is_whole, SHOWN)
        show(diff_lines(found, messages(language), limit))
    ctx.exit(0 if found.is_same else 1)
