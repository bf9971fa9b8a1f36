"""jcm-xl lint."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli.screen import show


@click.command("lint")
@click.argument(
    "files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE..."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How the remarks are printed.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], form: str) -> None:
    """Tell the author of a definition what to mend in it, and how.

    Exit codes: 0 usable, 1 errors. `jcm-xl rule JD201` shows the page of a rule.
    """
    from jcm_xl.definition.lint.run import lint_file
    from jcm_xl.documents.lint import lint_json, lint_lines

    reports = [lint_file(path) for path in files]
    if form == "json":
        click.echo(lint_json(reports), nl=False)
    else:
        show(lint_lines(reports))
    ctx.exit(max(report.exit_code for report in reports))
