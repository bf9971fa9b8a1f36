"""jcm-xl screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("screen")
@click.argument("what", metavar="COUNTRY|ID[@VERSION]")
@click.argument("technology", nargs=-1)
@click.option("--yes", "kept", metavar="EC1,EC2", default="",
              help="Criteria that hold.")  # fmt: skip
@click.option("--no", "failed", metavar="EC3", default="",
              help="Criteria that do not hold.")  # fmt: skip
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE",
              help="An input for one year; of several units 900;1200.")  # fmt: skip
@click.option("--start", type=options.Day(), metavar="YYYY-MM-DD",
              help="First day of operation, by default 1 January next.")  # fmt: skip
@click.option("--until", type=click.IntRange(2013, 2100), metavar="YEAR",
              help="The last year, by default 2030.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write a plan with these numbers, .xlsx.")  # fmt: skip
@options.FORCE
@options.LANGUAGE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context, what: str, technology: tuple[str, ...], kept: str, failed: str,
    given: tuple[str, ...], start: date | None, until: int | None,
    output: Path | None, force: bool, language: str,
) -> None:  # fmt: skip
    """Find a methodology and estimate the tonnes a year, before any workbook.

    `jcm-xl screen TH solar` names methodologies; `jcm-xl screen TH_AM001` asks for the
    criteria and numbers of one. Exit code 1: nothing fits, or answers are missing.
    """
    from jcm_xl.screening.search import search

    if "_" not in what:
        from jcm_xl.screening.lines import found_lines

        found = search(what, " ".join(technology))
        show(found_lines(found))
        ctx.exit(0 if found.here else 1)
    if technology:
        raise click.UsageError("A technology goes with a country, not with an id.", ctx)
    from jcm_xl import api
    from jcm_xl.screening.estimate import LAST_YEAR, estimate
    from jcm_xl.screening.lines import estimate_lines

    answers = dict.fromkeys(_words(kept), True) | dict.fromkeys(_words(failed), False)
    first = start or date(date.today().year + 1, 1, 1)
    m = api.load(what)
    made = estimate(m, _values(given), answers, first, until or LAST_YEAR)
    show(estimate_lines(made))
    if output is not None:
        from jcm_xl.cli.files import refuse_book, write_book
        from jcm_xl.plan.edition import Edition
        from jcm_xl.plan.plan import make_plan

        refuse_book(output, force=force)
        plan = make_plan(m, made.plan.rows, Edition(language))
        write_book(output, api.book(plan, made.submission), force=force)
        click.echo(f"Wrote {output}")
    ctx.exit(0 if made.fits and made.a_year is not None else 1)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _values(given: tuple[str, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for pair in given:
        name, sign, text = pair.partition("=")
        if not sign:
            raise click.UsageError(f"'{pair}': write --set NAME=VALUE.")
        parts = [_value(part.strip()) for part in text.split(";")]
        found[name.strip()] = parts if len(parts) > 1 else parts[0]
    return found


def _value(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text
