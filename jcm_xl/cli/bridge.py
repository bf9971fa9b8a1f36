"""jcm-xl bridge."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("bridge")
@click.argument("first", type=options.Place(), metavar="PLAN")
@click.argument("last", type=options.Place(), metavar="[REPORT]", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write steps and a waterfall as a workbook, .xlsx.")  # fmt: skip
@options.FORCE
@options.JSON
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
def command(
    first: Path, last: Path | None, output: Path | None, force: bool, is_json: bool,
    is_whole: bool,
) -> None:  # fmt: skip
    """Show what leads from one Table 3 to another, change by change.

    From a registered plan, or an earlier report, to a report; with one book from its
    own plan to its report. The lines sum exactly to the difference of the figures.
    """
    from jcm_xl import api
    from jcm_xl.documents.desk import SHOWN
    from jcm_xl.text.visible import json_text

    found = api.bridge(first, last)
    if is_json:
        click.echo(json_text(found.as_dict()), nl=False)
    else:
        show(found.lines(options.limit(is_whole, SHOWN)))
    if output is not None:
        from jcm_xl.cli.files import refuse_book, write_book
        from jcm_xl.writing.desk_book import write_bridge_book

        sources = [first, *([last] if last else [])]
        refuse_book(output, force=force, sources=sources)
        data = write_bridge_book(found.title, found.bars())
        write_book(output, data, force=force, sources=sources)
        click.echo(f"Wrote {output}", err=is_json)
