"""jcm-xl adopt."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.adopt.adoption import Adoption
    from jcm_xl.adopt.confirmed import AdoptedOverlay, Confirmer
    from jcm_xl.adopt.official import OfficialFile
    from jcm_xl.documents.adoption import AdoptedRow
    from jcm_xl.errors import JcmError


_OFFICIAL = "official"
_ENDINGS = (".xlsx", ".xlsm", ".json")


@click.command("adopt")
@click.argument("file", metavar="OFFICIAL|DIR", type=options.Place())
@click.option("--methodology", "key", default="", metavar="ID[@VERSION]",
              help="Compare with this definition where no id is printed.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]),
              default="text", show_default=True, help="How to print it.")  # fmt: skip
@click.option("--overlay", "folder", metavar="DIR",
              type=click.Path(path_type=Path, file_okay=False),
              help="Write an overlay: what is the same, and numbers that are open, "
              "confirmed by this workbook.")  # fmt: skip
@click.option("--definition", "target", metavar="FILE.toml",
              type=click.Path(path_type=Path, dir_okay=False),
              help="Write our definition with what the workbook has otherwise, "
              "formulas too; of one that the library lacks all of it.")  # fmt: skip
@click.option("--confirmed-by", "by", default="", metavar="NAME",
              help="Who says that this is the official workbook.")  # fmt: skip
@click.option("--confirmed-on", "day", type=click.DateTime(["%Y-%m-%d"]),
              metavar="DATE", help="On which day; today if not given.")  # fmt: skip
@click.option("--take", metavar="official|FILE.xlsx", default="",
              help="Take the official number or text where ours differs: of all "
              "items, or of those with a yes in the workbook of --sheet.")  # fmt: skip
@click.option("--sheet", "sheet", metavar="FILE.xlsx",
              type=click.Path(path_type=Path, dir_okay=False),
              help="Write the comparison as a workbook with a link to each cell, in "
              "which a person decides item by item.")  # fmt: skip
@options.FORCE
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    key: str,
    form: str,
    is_whole: bool,
    folder: Path | None,
    target: Path | None,
    by: str,
    day: datetime | None,
    take: str,
    sheet: Path | None,
    force: bool,
) -> None:
    """Compare an official workbook with our definition, item by item.

    OFFICIAL is the approved methodology spreadsheet as it was published, or its
    skeleton; of a folder of them one table is printed. Its tables,
    defaults, lists and formulas are read from the cells; each is given beside ours,
    with sheet and cell. Exit codes: 0 all the same, 1 differences, 2 cannot be read.
    """
    from jcm_xl import api
    from jcm_xl.adopt.adoption import CannotAdopt
    from jcm_xl.adopt.confirmed import Confirmer
    from jcm_xl.definition.library import UnknownMethodology
    from jcm_xl.documents.adoption import adoption_dict, adoption_lines
    from jcm_xl.text.visible import json_text

    confirmer = Confirmer(by, (day or datetime.now()).date(), take == _OFFICIAL)
    if file.is_dir():
        if sheet or take not in ("", _OFFICIAL):
            raise CannotAdopt(
                "--sheet and --take FILE.xlsx are about one workbook; name it in place "
                f"of the folder {file}."
            )
        ctx.exit(_folder(file, form, folder, confirmer, force=force))
    try:
        official, found = api.adopt(file, key)
    except UnknownMethodology as unknown:
        if target is None:
            raise
        _draw(file, key, target, confirmer, unknown, force=force)
        return
    about = file.name, official.sha256, found
    if form == "json":
        click.echo(json_text(adoption_dict(*about)), nl=False)
    else:
        show(adoption_lines(*about, is_whole=is_whole))
    confirmer = confirmer._replace(taken=_decided(take, official))
    if sheet is not None:
        _sheet(official, found, sheet, file, force=force)
    if target is not None:
        _define(official, found, target, confirmer, force=force)
    if folder is not None:
        _write(official, found, folder, confirmer, force=force)
    ctx.exit(_code(found))


def _folder(
    place: Path, form: str, folder: Path | None, by: Confirmer, *, force: bool
) -> int:
    """Adopt every workbook of a folder; print one table and return the exit code."""
    from jcm_xl.adopt.adoption import CannotAdopt
    from jcm_xl.documents.adoption import adopted_table
    from jcm_xl.text.visible import json_text

    rows = [
        _of_folder(path, folder, by, force=force)
        for path in sorted(place.iterdir())
        if path.suffix.lower() in _ENDINGS
    ]
    if not rows:
        raise CannotAdopt(f"There are no workbooks and no skeletons in {place}.")
    if form == "json":
        click.echo(json_text([row.as_dict() for row in rows]), nl=False)
    else:
        show(adopted_table(rows))
    return max(row.exit_code for row in rows)


def _of_folder(
    path: Path, folder: Path | None, by: Confirmer,
    *, force: bool,
) -> AdoptedRow:  # fmt: skip
    """Adopt one workbook of a folder; what cannot be read is a line of the table."""
    from jcm_xl import api
    from jcm_xl.cli.failure import sentence
    from jcm_xl.documents.adoption import row_of
    from jcm_xl.errors import JcmError

    taken = ""
    try:
        official, found = api.adopt(path)
    except JcmError as reason:
        return row_of(path.name, None, reason=sentence(reason))
    if folder is not None:
        try:
            made, _ = _kept(official, found, folder, by, force=force)
            taken = str(len(made.confirmed))
        except JcmError as reason:
            taken = sentence(reason)
    return row_of(path.name, found, taken=taken)


def _decided(take: str, official: OfficialFile) -> frozenset[str] | None:
    """Return the items that a person decided to take, none where all or none are."""
    if take in ("", _OFFICIAL):
        return None
    from jcm_xl.inputs.adoption_sheet import decided

    return decided(Path(take), official.sha256)


def _sheet(
    official: OfficialFile, found: Adoption, sheet: Path, source: Path, *, force: bool
) -> None:
    """Write the comparison as a workbook."""
    from jcm_xl.cli.files import write_book
    from jcm_xl.writing.adoption_sheet import write_adoption_sheet

    data = write_adoption_sheet(official.name, official.sha256, found)
    write_book(sheet, data, force=force, sources=(source,))
    click.echo(f"Wrote {sheet}", err=True)


def _define(
    official: OfficialFile, found: Adoption, target: Path, by: Confirmer,
    *, force: bool,
) -> None:  # fmt: skip
    """Write the definition that says what the workbook says, and tell what is left."""
    from jcm_xl.adopt.definition_file import definition_after
    from jcm_xl.api import save
    from jcm_xl.cli.files import CannotWrite
    from jcm_xl.definition.library import find
    from jcm_xl.documents.adoption import definition_summary

    if target.exists() and not force:
        raise CannotWrite(f"{target} exists already; --force replaces it.")
    path = find(found.methodology.key).path
    made = definition_after(official, found, path, by)
    save(made.text.encode(), target)
    click.echo(f"Wrote {target}", err=True)
    show(definition_summary(made))


def _draw(
    file: Path, key: str, target: Path, by: Confirmer, unknown: JcmError,
    *, force: bool,
) -> None:  # fmt: skip
    """Write the definition of a methodology that the library lacks."""
    from jcm_xl import api
    from jcm_xl.cli.files import CannotWrite
    from jcm_xl.documents.adoption import drawn_summary

    if target.exists() and not force:
        raise CannotWrite(f"{target} exists already; --force replaces it.")
    made = api.draw(file, key, by)
    api.save(made.text.encode(), target)
    click.echo(f"{unknown}", err=True)
    click.echo(f"Wrote {target}", err=True)
    show(drawn_summary(made))


def _write(
    official: OfficialFile, found: Adoption, folder: Path, by: Confirmer,
    *, force: bool,
) -> None:  # fmt: skip
    """Write the overlay that the workbook confirms, and tell what it leaves open."""
    from jcm_xl.documents.adoption import overlay_summary
    from jcm_xl.documents.overlay import overlay_lines

    made, path = _kept(official, found, folder, by, force=force)
    click.echo(f"Wrote {path}", err=True)
    show(overlay_summary(made))
    show(overlay_lines(made.amended))


def _kept(
    official: OfficialFile, found: Adoption, folder: Path, by: Confirmer,
    *, force: bool,
) -> tuple[AdoptedOverlay, Path]:  # fmt: skip
    """Write the overlay that a workbook confirms; return it with its file."""
    from jcm_xl.adopt.confirmed import overlay_of
    from jcm_xl.api import save
    from jcm_xl.cli.files import CannotWrite
    from jcm_xl.definition.library import find

    definition = find(found.methodology.key).path
    made = overlay_of(official, found, definition, by)
    path = folder / made.name
    if path.exists() and not force:
        raise CannotWrite(f"{path} exists already; --force replaces it.")
    folder.mkdir(parents=True, exist_ok=True)
    save(made.text.encode(), path)
    return made, path


def _code(found: Adoption) -> int:
    return 0 if found.is_same else 1
