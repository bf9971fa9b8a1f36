"""jcm-xl bundle."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import CannotWrite, refuse_standing, write_document


@click.command("bundle")
@click.argument("folder", type=options.Place(), metavar="DIR")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True,
              metavar="FILE", help="The archive to write, .zip.")  # fmt: skip
@click.option("--reference-number", default="", metavar="NUMBER",
              help="Which project, where the folder has books of several.")  # fmt: skip
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE",
              help="Answers to findings, .toml, .csv or .xlsx.")  # fmt: skip
@click.option("--today", type=options.Day(), metavar="DATE",
              help="Judge dates as on this day.")  # fmt: skip
@options.LANGUAGES
@options.FORCE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context, folder: Path, output: Path, reference_number: str,
    answers: Path | None, today: date | None, languages: tuple[str, ...], force: bool,
) -> None:  # fmt: skip
    """Pack a project's books with reports, evidence, hashes and a check list.

    Books are found by their reference number and packed as they are, each with its
    verdict; what is left out is named. Exit code as of check.
    """
    from jcm_xl import api
    from jcm_xl.submission.answers import read_answers
    from jcm_xl.submission.settings import Settings

    if output.suffix.lower() != ".zip":
        raise CannotWrite(f"{output}: the name of a bundle ends in .zip.")
    refuse_standing(output, force=force)
    given = read_answers(answers) if answers else ()
    settings = Settings(answers=given, today=today)
    made = api.bundle(
        folder, reference_number, settings, languages, leaving_out=[output]
    )
    write_document(output, made.data, force=force)
    click.echo(made.check_list, nl=False)
    ctx.exit(made.exit_code)
