"""jcm-xl gaps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.model.methodology import Methodology


@click.command("gaps")
@click.argument("key", metavar="[ID[@VERSION]]", default="")
@click.option("--texts", "with_texts", is_flag=True,
              help="List paraphrased texts, too.")  # fmt: skip
@click.option("--fetch-list", "is_fetch_list", is_flag=True,
              help="List the official pages to open and the names of the files to "
              "save, for adopt DIR.")  # fmt: skip
@options.JSON
@click.option("--sheet", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the list as a workbook to fill; see overlay.")  # fmt: skip
@options.FORCE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context,
    key: str,
    with_texts: bool,
    is_fetch_list: bool,
    is_json: bool,
    sheet: Path | None,
    force: bool,
) -> None:
    """List what no official document has confirmed, with the page to open.

    Without an id all methodologies of the library are listed. What an overlay
    confirms is left out. The exit code is 1 while anything is not official, texts
    included, listed or not.
    """
    from jcm_xl.cli.files import refuse_book, write_book
    from jcm_xl.definition.gaps import gaps_of
    from jcm_xl.definition.library import entries, load
    from jcm_xl.documents.gaps import fetch_lines, gap_lines
    from jcm_xl.text.visible import json_text

    if sheet is not None:
        refuse_book(sheet, force=force)
    methodologies = [load(key)] if key else options.loaded(entries())
    gaps = [g for m in methodologies for g in gaps_of(m, with_texts=with_texts)]
    if is_fetch_list:
        show(fetch_lines(m for m in methodologies if m.is_draft))
        ctx.exit(1 if any(m.is_draft for m in methodologies) else 0)
    if sheet is not None:
        from jcm_xl.writing.gap_sheet import write_gap_sheet

        write_book(sheet, write_gap_sheet(gaps), force=force)
        click.echo(f"Wrote {sheet}")
        return
    if is_json:
        facts = {
            "gaps": [gap.as_dict() for gap in gaps],
            "counters": {m.key: _counters(m) for m in methodologies},
        }
        click.echo(json_text(facts), nl=False)
    else:
        show(gap_lines(gaps, methodologies))
    ctx.exit(1 if any(m.is_draft for m in methodologies) else 0)


def _counters(m: Methodology) -> dict[str, dict[str, int]]:
    return {
        f"{part}s": {"total": tally.total, "unread": tally.unread}
        for part, tally in m.tallies.items()
    }
