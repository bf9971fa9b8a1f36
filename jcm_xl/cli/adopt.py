"""jcm-xl adopt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.adopt.adoption import Adoption


@click.command("adopt")
@click.argument("file", metavar="OFFICIAL", type=options.Place())
@click.option("--methodology", "key", default="", metavar="ID[@VERSION]",
              help="Compare with this definition where no id is printed.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]),
              default="text", show_default=True, help="How to print it.")  # fmt: skip
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    key: str,
    form: str,
    is_whole: bool,
    definitions: Path | None,
) -> None:
    """Compare an official workbook with our definition, item by item.

    OFFICIAL is the approved methodology spreadsheet as it was published. Its tables,
    defaults, lists and formulas are read from the cells; each is given beside ours,
    with sheet and cell. Exit codes: 0 all the same, 1 differences, 2 cannot be read.
    """
    from jcm_xl import api
    from jcm_xl.documents.adoption import adoption_dict, adoption_lines
    from jcm_xl.text.visible import json_text

    official, found = api.adopt(file, key, definitions=definitions)
    about = file.name, official.sha256, found
    if form == "json":
        click.echo(json_text(adoption_dict(*about)), nl=False)
    else:
        show(adoption_lines(*about, is_whole=is_whole))
    ctx.exit(_code(found))


def _code(found: Adoption) -> int:
    return 0 if found.is_same else 1
