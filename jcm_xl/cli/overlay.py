"""jcm-xl overlay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.definition.overlay import Amended


@click.command("overlay")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False),
              metavar="DIR",
              help="Where to write the overlays of a filled list.")  # fmt: skip
@options.FORCE
@options.DEFINITIONS
def command(file: Path, output: Path | None, force: bool) -> None:
    """Prove an overlay of official figures, or make one of a filled list.

    FILE is an overlay (.overlay.toml) or the workbook of `gaps --sheet`, filled. An
    overlay is called like its definition, TH_AM001_ver03.0.overlay.toml; put it into
    a folder and name that with --overlays or in JCM_XL_OVERLAYS.
    """
    from jcm_xl.definition.library import find
    from jcm_xl.definition.overlay import key_of, prove
    from jcm_xl.documents.overlay import overlay_lines

    if file.suffix.lower() != ".xlsx":
        entry = find(key_of(file.name))
        show(overlay_lines(prove(entry.path, file)))
        return
    if output is None:
        raise click.UsageError("Name a folder for the overlays: -o DIR.")
    for path, amended in _written(file, output, force):
        click.echo(f"Wrote {path}")
        show(overlay_lines(amended))


def _written(file: Path, folder: Path, force: bool) -> list[tuple[Path, Amended]]:
    """Write one overlay for each methodology of a list, all or none."""
    from jcm_xl.cli.files import keep, make_folder, refuse_standing
    from jcm_xl.inputs.overlay import overlays_of

    made = overlays_of(file)
    for name in made:
        refuse_standing(folder / name, force=force)
    make_folder(folder)
    for name, (text, _) in made.items():
        keep(folder / name, text.encode(), is_new=not force)
    return [(folder / name, amended) for name, (_, amended) in made.items()]
