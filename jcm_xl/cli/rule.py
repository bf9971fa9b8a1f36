"""jcm-xl rule."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli.screen import show

_LONGEST_PAGE = 1_000_000


@click.command("rule")
@click.argument("code", default="")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR",
              help="Write the pages of all rules there, as Markdown.")  # fmt: skip
def command(code: str, output: Path | None) -> None:
    """Show the page of a rule, by code or name, or list all rules."""
    from jcm_xl.checks.run import catalogue
    from jcm_xl.definition.lint.run import catalogue as lint_catalogue
    from jcm_xl.documents.lint import lint_rule_rows
    from jcm_xl.documents.rules import (
        catalogue_lines,
        lint_page_of,
        page_lines,
        page_of,
        pages,
    )
    from jcm_xl.errors import JcmError
    from jcm_xl.text.nearest import nearest

    rules, lints = catalogue(), lint_catalogue()
    if output is not None:
        _write(output, pages(rules.values(), lints.values()))
        return
    if not code:
        show(catalogue_lines(rules.values(), lint_rule_rows(lints.values())))
        return
    named = {item.name: key for items in (lints, rules) for key, item in items.items()}
    spelt = "-".join(code.casefold().replace("_", " ").split())
    wanted = named.get(spelt, code.strip().upper())
    if wanted in lints:
        show(page_lines(lint_page_of(lints[wanted])))
        return
    rule = rules.get(wanted)
    if rule is None:
        hint = nearest(code, [*rules, *lints, *named])
        raise JcmError(f"There is no rule {code}{hint}. `jcm-xl rule` lists them.")
    show(page_lines(page_of(rule)))


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write the pages; those of rules that are no more are removed.

    Only pages that an earlier call wrote are replaced or removed.
    """
    from jcm_xl.cli.files import CannotWrite, keep, make_folder

    make_folder(folder)
    old = [*folder.glob("J[XD][0-9][0-9][0-9].md"), folder / "README.md"]
    for path in old:
        if path.exists() and not _is_page(path):
            raise CannotWrite(f"{path} is no page of jcm_xl; name another folder.")
    for path in old:
        if path.name not in files and path.exists():
            path.unlink()
    for name, text in files.items():
        keep(folder / name, text.encode())
    click.echo(f"Wrote {len(files)} pages to {folder}")


def _is_page(path: Path) -> bool:
    """Tell whether a page of ours stands there, by how it begins."""
    from jcm_xl.plain_file import read_plain

    try:
        text = read_plain(path, _LONGEST_PAGE)
    except OSError:
        return False
    return text.startswith((f"# {path.stem} ".encode(), b"# The rules\n"))
