"""jcm-xl addin."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import CannotWrite, make_folder, write_document

_ENDINGS = {"excel": ".xlam", "libreoffice": ".oxt", "web": ""}


@click.command("addin")
@click.argument("host", type=click.Choice(list(_ENDINGS)))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True,
              metavar="FILE|DIR",
              help="The add-in to write, .xlam or .oxt; for web a folder.")  # fmt: skip
@click.option("--python", "interpreter", default="", metavar="PATH",
              help="For Excel: the python.exe to use, with its full path.")  # fmt: skip
@click.option("--bundle", "bundled", metavar="DIR",
              type=click.Path(path_type=Path, file_okay=False),
              help="For Excel: a .zip with Python and the wheels of DIR.")  # fmt: skip
@options.PYODIDE
@options.DEFINITIONS
@options.OVERLAYS
@options.FORCE
@click.pass_context
def command(
    ctx: click.Context,
    host: str,
    output: Path,
    interpreter: str,
    bundled: Path | None,
    pyodide: Path,
    force: bool,
) -> None:
    """Make the add-in for a spreadsheet program, or the page for the browser.

    That for LibreOffice carries the definitions of the library, completed by the
    official figures of --overlays; on the user's machine nothing else has to be
    installed. That for Excel on Windows adds a ribbon tab with buttons and calls the
    Python of the user's machine; `jcm-xl doctor` says what is missing there. With
    --bundle it is a .zip for people without Python: python.org's embeddable package
    and the wheels that DIR holds, unpacked, with a script that installs them.
    That for the web is a folder of static files, which any web host serves: books are
    checked and mended in the browser, and nothing of them leaves the computer.
    """
    if bundled is not None:
        _write_bundle(host, output, bundled, force=force, is_plain=not interpreter)
        return
    if host == "web":
        _write_page(ctx, output, pyodide, force)
        return
    ending = _ENDINGS[host]
    if output.suffix.lower() != ending:
        raise CannotWrite(f"{output}: the add-in for {host} ends in {ending}.")
    if host == "excel":
        if ctx.meta.get(options.TYPED):
            raise click.UsageError(
                "The add-in for Excel carries no definitions: it calls the jcm_xl that "
                "is installed. Leave --definitions out, and name your definitions on "
                "the user's machine in JCM_XL_DEFINITIONS."
            )
        _write_excel(output, interpreter, force)
    else:
        _write_libreoffice(output, interpreter, force)


def _write_page(ctx: click.Context, output: Path, pyodide: Path, force: bool) -> None:
    from jcm_xl.hosts.web.site import FILES, site, write_site

    if ctx.meta.get(options.TYPED):
        raise click.UsageError(
            "The page carries the definitions of the library alone. Leave "
            "--definitions out."
        )
    if output.is_file():
        raise CannotWrite(f"{output} is a file; name a folder.")
    is_ours = (output / FILES).is_file()
    if output.is_dir() and any(output.iterdir()) and not (force and is_ours):
        why = "--force makes it anew" if is_ours else "name another folder"
        raise CannotWrite(f"{output} holds files already; {why}.")
    files = list(site(pyodide))
    make_folder(output)
    size = write_site(files, output)
    click.echo(
        f"{len(files)} files, {size / 1e6:.1f} MB. `jcm-xl page {output}` opens the "
        "page; any web host can serve the folder."
    )


def _write_excel(output: Path, interpreter: str, force: bool) -> None:
    from jcm_xl.hosts.excel.xlam import excel_addin

    write_document(output, excel_addin(interpreter), force=force)
    click.echo(
        "In Excel for Windows: File > Options > Add-ins > Excel Add-ins, Go, Browse; "
        "the tab JCM then appears. 'jcm-xl doctor' says what is missing there."
    )


def _write_bundle(
    host: str, output: Path, folder: Path, *, force: bool, is_plain: bool
) -> None:
    if host != "excel" or not is_plain:
        raise click.UsageError("--bundle is for Excel, and brings its own Python.")
    if output.suffix.lower() != ".zip":
        raise CannotWrite(f"{output}: a bundle ends in .zip.")
    from jcm_xl.hosts.excel.bundle import bundle

    data = bundle(folder)
    write_document(output, data, force=force)
    click.echo(
        f"{len(data) / 1e6:.1f} MB. On Windows: unpack it, double-click install.cmd. "
        "Nobody who made it ran it on Windows."
    )


def _write_libreoffice(output: Path, interpreter: str, force: bool) -> None:
    from jcm_xl.definition import library
    from jcm_xl.hosts.libreoffice.build import build

    if interpreter:
        raise click.UsageError("LibreOffice brings its own Python; leave --python out.")
    every = options.loaded(library.entries())
    write_document(output, build(every), force=force)
    click.echo(
        f"{len(every)} definitions. In LibreOffice: Tools > Extension Manager > Add, "
        "then start it anew; =JCM.VERSION() shows that it is there."
    )
