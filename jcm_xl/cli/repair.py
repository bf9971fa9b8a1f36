"""jcm-xl repair."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import refuse_book, write_book
from jcm_xl.cli.screen import show


@click.command("repair")
@options.BOOK
@options.OUTPUT
@options.LANGUAGE
@options.ALL
@options.FORCE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    output: Path,
    language: str,
    is_whole: bool,
    force: bool,
) -> None:
    """Put the inputs of a workbook into a fresh template; list the changes.

    The file itself is only read. The new book is no submission before the participant
    has confirmed it on its sheet Repair. Exit code 1: something was not carried over.
    """
    from jcm_xl import api
    from jcm_xl.copies.repair_report import SHOWN, repair_lines
    from jcm_xl.text.languages import messages

    refuse_book(output, force=force, sources=[file])
    done = api.repair(file, language=language)
    write_book(output, done.data, force=force, sources=[file])
    click.echo(f"Wrote {output}")
    limit = options.limit(is_whole, SHOWN)
    show(repair_lines(done, messages(language), limit))
    ctx.exit(1 if done.lost else 0)
