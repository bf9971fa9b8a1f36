"""jcm-xl decide."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import write_book
from jcm_xl.cli.screen import show


@click.group("decide")
def command() -> None:
    """Prepare and count an electronic decision of a Joint Committee.

    The rule is that of a draft of 2013; the command counts and decides nothing.
    """


@command.command("new")
@click.argument("proposal", type=options.Place())
@options.OUTPUT
@options.FORCE
def new(proposal: Path, output: Path, force: bool) -> None:
    """Write the voting book of a PROPOSAL.toml; its own formulas count the votes."""
    from jcm_xl.forms.proposal import read_proposal
    from jcm_xl.writing.vote_book import write_vote_book

    read = read_proposal(proposal)
    write_book(output, write_vote_book(read), force=force, sources=[proposal])
    for sentence in read.remarks:
        click.echo(sentence, err=True)
    click.echo(f"Wrote {output}")


@command.command("count")
@click.argument("proposal", type=options.Place())
@click.argument("book", type=options.Place())
@click.option("--today", type=options.Day(), metavar="DATE",
              help="Count as on this day, not on that of the book.")  # fmt: skip
@click.pass_context
def count(ctx: click.Context, proposal: Path, book: Path, today: date | None) -> None:
    """Count the votes of a book, and show who has not answered.

    Exit codes: 0 adopted, 1 not adopted, 2 the book cannot be counted.
    """
    from jcm_xl.documents.vote import vote_lines
    from jcm_xl.forms.proposal import read_proposal
    from jcm_xl.projects.votes import count_vote

    found = count_vote(book, read_proposal(proposal), today)
    show(vote_lines(found.proposal, found.today, found.said, found.counted,
                    found.too_early))  # fmt: skip
    ctx.exit(int(found.counted.on is None))
