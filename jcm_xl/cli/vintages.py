"""jcm-xl vintages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("vintages")
@options.BOOK
@click.option("--from", "start", type=options.Day(), metavar="DATE",
              help="Of a plan: the first day of operation.")  # fmt: skip
@click.option("--until", type=click.IntRange(2013, 2100), default=2030,
              show_default=True, metavar="YEAR",
              help="Of a plan: the last year.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the table and its chart as a workbook, .xlsx.")  # fmt: skip
@options.FORCE
@options.JSON
@options.STAGE
@options.DEFINITIONS
@options.OVERLAYS
def command(
    file: Path, start: date | None, until: int, output: Path | None, force: bool,
    is_json: bool, stage: str,
) -> None:  # fmt: skip
    """Show the reductions of a report by calendar year, or the table C.3 of a plan.

    Each year is calculated from its months where the book has them, else the period is
    divided by days, which is said. Each year is rounded down for itself.
    """
    from jcm_xl import api
    from jcm_xl.documents.vintages import notes
    from jcm_xl.text.visible import json_text

    found = api.vintages(file, stage=stage, start=start, until=until)
    if is_json:
        click.echo(json_text(found.as_dict()), nl=False)
    else:
        show(found.lines())
    if output is not None:
        from jcm_xl.cli.files import refuse_book, write_book
        from jcm_xl.writing.vintage_book import write_vintage_book

        refuse_book(output, force=force, sources=[file])
        sentences = [text for text, _ in notes(found)]
        data = write_vintage_book(found.title, found.vintages, sentences)
        write_book(output, data, force=force, sources=[file])
        click.echo(f"Wrote {output}", err=is_json)
