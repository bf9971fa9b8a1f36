"""jcm-xl new."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import refuse_book, write_book


def _rows(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, int]:
    """Turn `i=5` into a count of rows."""
    rows: dict[str, int] = {}
    for value in values:
        name, _, count = value.partition("=")
        if not name or not (count.isascii() and count.isdecimal()) or len(count) > 7:
            raise click.BadParameter(f"'{value}' is not like i=5.", ctx, parameter)
        if name in rows:
            raise click.BadParameter(f"'{name}' is given twice.", ctx, parameter)
        rows[name] = int(count)
    return rows


@click.command("new")
@click.argument("key", metavar="ID[@VERSION]")
@options.OUTPUT
@click.option("--rows", multiple=True, metavar="SET=N", callback=_rows,
              help="Rows for the units of a set, such as i=5.")  # fmt: skip
@click.option("--reference-number", default="", metavar="XX000",
              help="The project's reference number.")  # fmt: skip
@click.option("--lang", "language", default="", metavar="en|ja",
              help="Language of guide and prompts, if not the plan's.")  # fmt: skip
@options.MONTHLY
@click.option("--plan", type=click.Path(path_type=Path), metavar="REGISTERED.xlsx",
              help="Carry over its plan, Table 2, structure and texts.")  # fmt: skip
@options.FORCE
def command(
    key: str,
    output: Path,
    rows: dict[str, int],
    reference_number: str,
    language: str,
    monthly: bool,
    plan: Path | None,
    force: bool,
) -> None:
    """Make a blank workbook, or the next report of a registered plan."""
    from jcm_xl import api

    sources = [plan] if plan else []
    refuse_book(output, force=force, sources=sources)
    data = api.new(
        key, rows, reference_number=reference_number, language=language,
        monthly=monthly, plan=plan,
    )  # fmt: skip
    write_book(output, data, force=force, sources=sources)
    click.echo(f"Wrote {output}")
