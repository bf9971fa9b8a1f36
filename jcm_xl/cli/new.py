"""jcm-xl new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import refuse_book, write_book

if TYPE_CHECKING:
    from jcm_xl.model.submission import Submission
    from jcm_xl.plan.edition import Edition
    from jcm_xl.plan.plan import Plan


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
@click.argument("key", metavar="[ID[@VERSION]]", default="")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True,
              metavar="FILE|DIR",
              help="The workbook to write, .xlsx; with --all a folder.")  # fmt: skip
@click.option("--all", "is_every", is_flag=True,
              help="Write every blank of the library and a manifest.")  # fmt: skip
@click.option("--draft", "with_rough", is_flag=True,
              help="Also where only the words of the formulas are known.")  # fmt: skip
@click.option("--confirmed", "only_confirmed", is_flag=True,
              help="With --all: only those that may be published, every number, "
              "formula and text of them official.")  # fmt: skip
@click.option("--rows", multiple=True, metavar="SET=N", callback=_rows,
              help="Rows for the units of a set, such as i=5.")  # fmt: skip
@click.option("--reference-number", default="", metavar="XX000",
              help="The project's reference number.")  # fmt: skip
@click.option("--lang", "language", default="", type=options.Language(),
              help="Language of guide and prompts, if not the plan's.")  # fmt: skip
@options.MONTHLY
@options.METERS
@options.LIVE
@click.option("--plan", type=click.Path(path_type=Path), metavar="REGISTERED.xlsx",
              help="Carry over its plan, Table 2, structure and texts; propose the day "
              "after its period as the first.")  # fmt: skip
@options.OFFICIAL
@options.FORCE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
@options.EDITION
def command(
    ctx: click.Context,
    key: str,
    output: Path,
    is_every: bool,
    with_rough: bool,
    only_confirmed: bool,
    rows: dict[str, int],
    reference_number: str,
    edition: Edition,
    plan: Path | None,
    official: Path | None,
    force: bool,
) -> None:
    """Make a blank workbook, or the next report of a registered plan."""
    given = (rows, reference_number, plan, official, edition.live, key)
    if is_every and any(given):
        raise click.UsageError(
            "--all takes no id, --rows, --reference-number, --live, --plan or "
            "--template.",
            ctx,
        )
    if not (is_every or key or plan):
        raise click.UsageError(
            "Name a methodology (jcm-xl list), a registered book by --plan, or --all.",
            ctx,
        )
    if only_confirmed and not is_every:
        raise click.UsageError("--confirmed goes with --all.", ctx)
    if is_every:
        _write_every(
            output, edition, with_rough=with_rough, force=force,
            only_confirmed=only_confirmed,
        )  # fmt: skip
        return
    from jcm_xl import api
    from jcm_xl.cli.blanks import refuse_rough

    sources = [path for path in (plan, official) if path]
    has_macros = edition.live == "excel"
    refuse_book(output, force=force, sources=sources, has_macros=has_macros)
    m = api.load(key) if key else None
    made, submission = api.blank(m, rows, edition, plan)
    if not (with_rough or official):
        refuse_rough(made.methodology)
    if reference_number:
        submission = _numbered(submission, reference_number)
    if official:
        data = options.official_filled(official, made, submission)
    else:
        data = api.book(made, submission)
    write_book(output, data, force=force, sources=sources, has_macros=has_macros)
    click.echo(f"Wrote {output}")
    if not official:
        _tell_of_first_day(made, submission)
    _tell_of_register(reference_number, made.methodology.key)


def _numbered(submission: Submission, number: str) -> Submission:
    """Put in the reference number; refuse at once what the check would refuse."""
    from jcm_xl.model.key import REFERENCE_NUMBER, is_reference_number

    if not is_reference_number(number):
        raise click.BadParameter(
            f"'{number}' is not like TH001: two capital letters and three digits.",
            param_hint="--reference-number",
        )
    values = {**submission.values, REFERENCE_NUMBER: number}
    return replace(submission, values=values)


def _tell_of_first_day(plan: Plan, submission: Submission) -> None:
    """Say which day was put in as the first one, and where it can be changed."""
    from jcm_xl.model.key import PERIOD_START

    day = submission.get(PERIOD_START)
    if day is not None:
        slot = plan[PERIOD_START]
        click.echo(
            f"First day: {day}, the day after the last period. It stands in "
            f"'{slot.sheet}'!{slot.address}; change it if yours is another one."
        )


def _write_every(
    folder: Path,
    edition: Edition,
    *,
    with_rough: bool,
    force: bool,
    only_confirmed: bool,
) -> None:
    from jcm_xl.cli.blanks import write_blanks
    from jcm_xl.definition import library

    every = options.loaded(library.entries())
    edition = replace(edition, language=edition.language or "en")
    written, left_out = write_blanks(
        every, folder, edition, with_rough=with_rough, force=force,
        only_confirmed=only_confirmed,
    )  # fmt: skip
    click.echo(f"Wrote {written} blanks and a manifest into {folder}")
    if left_out and only_confirmed:
        click.echo(f"Left out {left_out} that are not official throughout.")
    elif left_out:
        click.echo(f"Left out {left_out} whose formulas are sketches (--draft).")


def _tell_of_register(number: str, key: str) -> None:
    """Say at once what the check would say of the reference number."""
    from jcm_xl.definition.register import registered_otherwise

    project = registered_otherwise(number, key)
    if project is not None:
        listed = " and ".join(project.methodologies)
        click.echo(f"Note: {number} is listed with {listed}, not with {key}.")
