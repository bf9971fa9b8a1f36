"""jcm-xl fill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import refuse_book, write_book
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.plan.edition import Edition


@click.command("fill")
@click.argument("key", metavar="ID[@VERSION]")
@click.option("--inputs", type=click.Path(path_type=Path), metavar="FILE",
              help="A TOML, CSV or xlsx file of inputs.")  # fmt: skip
@click.option("--example", type=int, is_flag=False, flag_value=1, metavar="[N]",
              help="Use an example of the definition, by default the 1st.")  # fmt: skip
@options.OUTPUT
@options.LANGUAGE
@options.MONTHLY
@options.METERS
@options.LIVE
@options.OFFICIAL
@options.FORCE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
@options.EDITION
def command(
    ctx: click.Context,
    key: str,
    inputs: Path | None,
    example: int | None,
    output: Path,
    edition: Edition,
    official: Path | None,
    force: bool,
) -> None:
    """Make a filled workbook from a file of inputs or an example.

    With --template the inputs are typed into the official workbook, whose other parts
    stay byte for byte. Exit code 1: the book was written, but cells are still missing.
    """
    from jcm_xl import api
    from jcm_xl.documents.filled import filled_lines
    from jcm_xl.inputs.example import example_inputs
    from jcm_xl.model.submission import Stage
    from jcm_xl.plan.stage import begun
    from jcm_xl.text.visible import visible

    if (inputs is None) == (example is None):
        raise click.UsageError("Give either --inputs FILE or --example [N].", ctx)
    sources = [path for path in (inputs, official) if path]
    has_macros = edition.live == "excel"
    refuse_book(output, force=force, sources=sources, has_macros=has_macros)
    m = api.load(key)
    source = example_inputs(m, example) if example is not None else inputs
    plan, given = api.filled_inputs(m, source, edition)
    submission = given.submission
    if official:
        data = options.official_filled(official, plan, submission)
    else:
        data = api.book(plan, submission)
    write_book(output, data, force=force, sources=sources, has_macros=has_macros)
    click.echo(f"Wrote {output}")
    for remark in given.remarks:
        click.echo(f"{visible(remark)}.")
    _, results = api.calculate_stages(plan, submission)
    is_plan = begun(submission) == "plan"
    stages = (Stage.PLAN,) if is_plan else tuple(Stage)
    show(filled_lines(plan, submission, {stage: results[stage] for stage in stages}))
    is_complete = all(results[stage].status == "complete" for stage in stages)
    ctx.exit(0 if is_complete else 1)
