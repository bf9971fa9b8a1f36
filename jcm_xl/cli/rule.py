"""jcm-xl rule."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli.screen import show


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
    """Write the pages; those of rules that are no more are removed."""
    from jcm_xl.cli.files import CannotWrite

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("J[XD][0-9][0-9][0-9].md"):
            if path.name not in files:
                path.unlink()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = f"{folder} cannot be written: {error.strerror}."
        raise CannotWrite(reason) from None
    click.echo(f"Wrote {len(files)} pages to {folder}")
