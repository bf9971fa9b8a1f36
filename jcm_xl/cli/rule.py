"""jcm-xl rule."""

from __future__ import annotations

import click

from jcm_xl.cli.screen import show


@click.command("rule")
@click.argument("code", default="")
def command(code: str) -> None:
    """Show the page of a rule, or list all rules."""
    from jcm_xl.checks.run import catalogue
    from jcm_xl.definition.lint.run import catalogue as lint_catalogue
    from jcm_xl.definition.problems import nearest
    from jcm_xl.documents.lint import lint_rule_lines, lint_rule_rows
    from jcm_xl.documents.rules import catalogue_lines, rule_lines
    from jcm_xl.errors import JcmError

    rules, lints = catalogue(), lint_catalogue()
    if not code:
        show(catalogue_lines(rules.values(), lint_rule_rows(lints.values())))
        return
    wanted = code.strip().upper()
    if wanted in lints:
        show(lint_rule_lines(lints[wanted]))
        return
    rule = rules.get(wanted)
    if rule is None:
        hint = nearest(code, [*rules, *lints])
        raise JcmError(f"There is no rule {code}{hint}. `jcm-xl rule` lists them.")
    show(rule_lines(rule))
