"""jcm-xl passport."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import CannotWrite, refuse_book, write_book
from jcm_xl.cli.screen import show

_ENDINGS = (".xlsx", ".xlsm")


@click.group("passport", invoke_without_command=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="The passport to write: .xlsm (with macros) or .xlsx.")  # fmt: skip
@options.FORCE
@click.pass_context
def command(ctx: click.Context, output: Path | None, force: bool) -> None:
    """Make a book that tests the program in which it is opened; read what came back.

    Whoever has the program opens the book, recalculates, saves and mails it; `read`
    says what is proved. Nothing of their computer is in it but the program's version,
    bits, language and signs.
    """
    if ctx.invoked_subcommand:
        return
    if output is None:
        raise click.UsageError("Name the passport with -o, or a passport to read.")
    if output.suffix.lower() not in _ENDINGS:
        raise CannotWrite(f"{output}: a passport ends in .xlsm (macros) or .xlsx.")
    from jcm_xl.hosts.passport.book import passport

    has_macros = output.suffix.lower() == ".xlsm"
    refuse_book(output, force=force, has_macros=has_macros)
    click.echo("Collecting the formulas of the whole library, about a minute ...")
    data = passport(has_macros=has_macros)
    write_book(output, data, force=force, has_macros=has_macros)
    click.echo(f"Wrote {output}")


@command.command("read")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--entry", "is_entry", is_flag=True,
              help="Print what is to be added to the list of programs.")  # fmt: skip
@click.pass_context
def read(ctx: click.Context, file: Path, is_entry: bool) -> None:
    """Say on one page what a passport proves and what differs.

    Exit code 0: it counts and all is equal; 1: something differs; 2: it confirms
    nothing.
    """
    from jcm_xl.hosts.passport.confirmed import entry
    from jcm_xl.hosts.passport.read import read_passport
    from jcm_xl.hosts.passport.told import passport_lines

    if not is_entry:
        click.echo("Making the same passport anew to compare, about a minute ...")
    found = read_passport(file)
    if is_entry:
        click.echo(entry(found), nl=False)
        return
    show(passport_lines(found))
    ctx.exit(found.exit_code)


@command.command("hosts")
def hosts() -> None:
    """Print the page of the programs that passports confirmed."""
    from jcm_xl.hosts.passport.confirmed import hosts_page

    click.echo(hosts_page(), nl=False)
