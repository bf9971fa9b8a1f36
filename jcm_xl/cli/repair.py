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
@options.OFFICIAL
@click.option("--take-meant", "takes_meant", is_flag=True,
              help="Mend the file itself: type what was meant into its own cells, "
              "where it reads in one way; nothing else of it changes.")  # fmt: skip
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
    official: Path | None,
    takes_meant: bool,
    language: str,
    is_whole: bool,
    force: bool,
) -> None:
    """Put the inputs of a workbook into a fresh template; list the changes.

    The file itself is only read. The new book is no submission before the participant
    has confirmed it on its sheet Repair. With --template the inputs are typed into the
    official workbook, with --take-meant the file itself is mended; both are the
    participant's own files. Exit code 1: something was not carried over.
    """
    from jcm_xl import api
    from jcm_xl.copies.repair_report import SHOWN, repair_lines
    from jcm_xl.text.languages import messages

    if official and takes_meant:
        raise click.UsageError("Give either --template or --take-meant.", ctx)
    sources = [file, official] if official else [file]
    refuse_book(output, force=force, sources=sources)
    if takes_meant:
        done = api.take_meant(file)
    else:
        done = api.repair(file, language=language, template=official)
    write_book(output, done.data, force=force, sources=sources)
    click.echo(f"Wrote {output}")
    limit = options.limit(is_whole, SHOWN)
    show(repair_lines(done, messages(language), limit))
    ctx.exit(1 if done.lost else 0)
