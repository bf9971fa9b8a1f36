"""jcm-xl list."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show
from jcm_xl.documents.lines import Line


@click.command("list")
@click.argument("technology", nargs=-1)
@click.option("--country", default="", metavar="TH",
              help="Only those of a country, by code or name.")  # fmt: skip
@click.option("--all", "is_whole", is_flag=True,
              help="List those, too, whose text nobody here has seen.")  # fmt: skip
@click.option("--grades", "is_page", is_flag=True,
              help="Count by grade what was read of each, as Markdown.")  # fmt: skip
@options.DEFINITIONS
@options.OVERLAYS
def command(
    technology: tuple[str, ...], country: str, is_whole: bool, is_page: bool
) -> None:
    """Show the methodologies in the library, or those of a technology or country.

    `jcm-xl list solar` takes the same words as `jcm-xl screen`, or words of a title.
    Numbers, formulas, texts: of how many no official document was read, of how many.
    A: formula, parameters and constants were at hand; B: not all numbers; C: the
    formula in words only.
    """
    words = " ".join(technology)
    if (words or country) and (is_whole or is_page):
        raise click.UsageError("--all and --grades go without technology and country.")
    if words or country:
        _show_chosen(country, words)
        return
    if is_page:
        from jcm_xl.definition.library import entries
        from jcm_xl.documents.methodology.grades import grades_page

        click.echo(grades_page(options.loaded(entries())), nl=False)
        return
    if os.environ.get("JCM_XL_OVERLAYS") or os.environ.get("JCM_XL_DEFINITIONS"):
        show(_lines(is_whole))
        return
    from jcm_xl.cli.kept import kept_lines

    name = "list-all" if is_whole else "list"
    show(kept_lines(name, lambda: _lines(is_whole)))


def _show_chosen(country: str, words: str) -> None:
    from jcm_xl.documents.methodology.show import library_lines
    from jcm_xl.errors import JcmError
    from jcm_xl.screening.search import choose

    chosen = choose(country, words)
    if not chosen:
        of = " of ".join(filter(None, (f"for '{words}'" if words else "", country)))
        raise JcmError(
            f"No definition {of} is in the library. `jcm-xl list` shows what is there, "
            "`jcm-xl list --all` also those whose text nobody here has seen."
        )
    show(library_lines(chosen))


def _lines(is_whole: bool) -> Iterable[Line]:
    from jcm_xl.definition.library import entries
    from jcm_xl.documents.methodology.known import known_lines
    from jcm_xl.documents.methodology.show import library_lines

    methodologies = options.loaded(entries())
    return (known_lines if is_whole else library_lines)(methodologies)
