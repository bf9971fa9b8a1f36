"""jcm-xl page."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import click

from jcm_xl.cli import options


@click.command("page")
@click.argument("folder", metavar="[DIR]", required=False,
                type=click.Path(path_type=Path, file_okay=False))  # fmt: skip
@options.PYODIDE
@click.option("--port", type=click.IntRange(0, 65_535), default=0, metavar="N",
              help="Default: any that is free.")  # fmt: skip
@click.option("--browser/--no-browser", default=True,
              help="Open the page; on by default.")  # fmt: skip
def command(folder: Path | None, pyodide: Path, port: int, browser: bool) -> None:
    """Open the page for checking and mending books in the browser.

    It is served to this computer alone, and no byte of a book leaves it. DIR is a
    folder that `addin web` made; without one the page is made anew.
    """
    if folder is not None:
        _serve(folder, port, browser=browser)
        return
    with tempfile.TemporaryDirectory(prefix="jcm_xl-page-") as made:
        from jcm_xl.hosts.web.site import site, write_site

        click.echo("Making the page ...")
        write_site(site(pyodide), Path(made))
        _serve(Path(made), port, browser=browser)


def _serve(folder: Path, port: int, *, browser: bool) -> None:
    import webbrowser

    from jcm_xl.hosts.web.server import PageServer

    with PageServer(folder, port) as server:
        click.echo(f"The page is at {server.address}. Ctrl-C ends it.")
        if browser:
            webbrowser.open(server.address)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
