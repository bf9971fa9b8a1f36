"""jcm-xl net."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("net")
@click.argument("key", metavar="ID[@VERSION]")
@click.argument("book", type=click.Path(path_type=Path), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write both figures as charts of a workbook, .xlsx.")  # fmt: skip
@options.FORCE
@options.JSON
@options.STAGE
@options.DEFINITIONS
@options.OVERLAYS
def command(
    key: str, book: Path | None, output: Path | None, force: bool, is_json: bool,
    stage: str,
) -> None:  # fmt: skip
    """Show what is credited beside business as usual, and which defaults are safe.

    Without BOOK the first example of the definition is taken.
    """
    from jcm_xl import api
    from jcm_xl.text.visible import json_text

    found = api.net(key, book, stage=stage)
    if is_json:
        click.echo(json_text(found.as_dict()), nl=False)
    else:
        show(found.lines())
    if output is not None:
        from jcm_xl.cli.files import refuse_book, write_book
        from jcm_xl.writing.net_book import write_net_book

        sources = [book] if book else []
        refuse_book(output, force=force, sources=sources)
        title = f"{found.methodology.spreadsheet_id}, {found.of}"
        data = write_net_book(title, found.net)
        write_book(output, data, force=force, sources=sources)
        click.echo(f"Wrote {output}", err=is_json)
