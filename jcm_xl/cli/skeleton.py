"""jcm-xl skeleton."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options


@click.command("skeleton")
@click.argument("file", metavar="OFFICIAL", type=options.Place())
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True,
              metavar="FILE", help="The skeleton to write, .json.")  # fmt: skip
@options.FORCE
@options.DEFINITIONS
def command(file: Path, output: Path, force: bool) -> None:
    """Write what an official workbook prints, without what anybody typed.

    The skeleton holds titles, headings, formulas, defaults, lists, locks and merged
    cells; no input, no text of a participant, no person. It can be mailed where the
    workbook cannot; `jcm-xl adopt skeleton.json` reads it.
    """
    from jcm_xl.adopt.official import open_official
    from jcm_xl.adopt.skeleton import skeleton_of
    from jcm_xl.api import save
    from jcm_xl.cli.files import CannotWrite
    from jcm_xl.definition.library import load
    from jcm_xl.text.visible import json_text

    official = open_official(file)
    skeleton = skeleton_of(official, load(official.key))
    if output.exists() and not force:
        raise CannotWrite(f"{output} exists already; --force replaces it.")
    save(json_text(skeleton).encode(), output)
    click.echo(f"Wrote {output}")
