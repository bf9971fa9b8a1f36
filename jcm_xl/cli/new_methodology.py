"""jcm-xl new-methodology."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options


@click.command("new-methodology")
@click.option("--shapes", "is_list", is_flag=True, help="List the calculation shapes.")
@click.option("--shape", "number", type=int, metavar="N", help="The calculation shape.")
@click.option("--id", "id", metavar="XX_AM001", help="The id of the methodology.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="The definition to write, or the folder for it; without it, this "
              "folder.")  # fmt: skip
@options.FORCE
@click.pass_context
def command(
    ctx: click.Context,
    is_list: bool,
    number: int | None,
    id: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Write a commented definition of a shape to begin with.

    It loads and calculates; `jcm-xl lint` lists what is still to be written.
    """
    from jcm_xl.cli.files import CannotWrite, write_document
    from jcm_xl.cli.screen import show
    from jcm_xl.documents.methodology.skeleton import file_name, shape_lines, skeleton

    if is_list:
        show(shape_lines())
        return
    if number is None or id is None:
        ctx.fail("Say --shape N and --id XX_AM001; --shapes lists the shapes.")
    text = skeleton(number, id)
    name = file_name(id)
    path = output or Path(name)
    if path.is_dir():
        path = path / name
    if path.name != name:
        raise CannotWrite(f"{path}: a definition of {id} is called {name}.")
    write_document(path, text.encode(), force=force)
