"""jcm-xl sensitivity."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("sensitivity")
@options.BOOK
@click.option("--by", type=click.Choice(["1%", "accuracy"]), default="1%",
              show_default=True,
              help="Combine the accuracy classes of sheet Meters, too.")  # fmt: skip
@click.option("--materiality", type=click.FloatRange(0, 100, min_open=True),
              default=5.0, show_default=True, metavar="PERCENT",
              help="The share of the reductions that counts as material.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the table with bars as a workbook, .xlsx.")  # fmt: skip
@options.FORCE
@options.JSON
@options.STAGE
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
def command(
    file: Path, by: str, materiality: float, output: Path | None, force: bool,
    is_json: bool, stage: str, is_whole: bool,
) -> None:  # fmt: skip
    """Show which input moves the tonnes how much, and how wrong each may be."""
    from jcm_xl import api
    from jcm_xl.documents.desk import SHOWN
    from jcm_xl.text.visible import json_text

    found = api.sensitivity(
        file, materiality=materiality, by_accuracy=by == "accuracy", stage=stage,
    )  # fmt: skip
    if is_json:
        click.echo(json_text(found.as_dict()), nl=False)
    else:
        show(found.lines(options.limit(is_whole, SHOWN)))
    if output is not None:
        from jcm_xl.cli.files import refuse_book, write_book
        from jcm_xl.writing.desk_book import write_sensitivity_book

        refuse_book(output, force=force, sources=[file])
        data = write_sensitivity_book(found.title, found.bars())
        write_book(output, data, force=force, sources=[file])
        click.echo(f"Wrote {output}", err=is_json)
