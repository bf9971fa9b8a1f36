"""jcm-xl import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import refuse_book, write_book
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.submission.settings import Settings


@click.command("import")
@options.BOOK
@options.OUTPUT
@click.option("--as", "key", default="", metavar="ID@VERSION",
              help="The methodology of a book that does not name it, or another "
              "version to move to.")  # fmt: skip
@options.LANGUAGE
@options.GUARD
@options.ALL
@options.FORCE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    output: Path,
    key: str,
    language: str,
    guard: Settings,
    is_whole: bool,
    force: bool,
) -> None:
    """Carry the inputs of a book made by hand, or of an old version, into a fresh one.

    Tables are found by titles, letters, headings and symbols; whatever cannot be
    placed is listed, nothing is guessed. The file itself is only read. Exit code 1:
    something was not taken, or nothing was.
    """
    from jcm_xl import api
    from jcm_xl.documents.filled import filled_lines
    from jcm_xl.documents.imported import SHOWN, imported_lines
    from jcm_xl.model.submission import Stage
    from jcm_xl.plan.stage import begun

    refuse_book(output, force=force, sources=[file])
    done = api.import_book(file, key=key, language=language, guard=guard)
    data = api.book(done.plan, done.submission)
    write_book(output, data, force=force, sources=[file])
    click.echo(f"Wrote {output}")
    show(imported_lines(done, options.limit(is_whole, SHOWN)))
    _, results = api.calculate_stages(done.plan, done.submission)
    is_plan = begun(done.submission) == "plan"
    stages = (Stage.PLAN,) if is_plan else tuple(Stage)
    chosen = {stage: results[stage] for stage in stages}
    show(filled_lines(done.plan, done.submission, chosen))
    ctx.exit(0 if done.is_whole else 1)
