"""jcm-xl doctor."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli.screen import show


@click.command("doctor")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--write-settings", "is_written", is_flag=True,
              help="Let Excel use this Python (Windows).")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, file: Path | None, is_written: bool) -> None:
    """Say what is missing on this computer for live functions.

    FILE is a macro book or an add-in that does not work. Exit code 1: something is
    missing.
    """
    from jcm_xl.hosts.doctor import doctor_lines, examine, is_well, write_settings
    from jcm_xl.hosts.machine import this_machine

    machine = this_machine()
    if is_written:
        click.echo(f"Wrote {write_settings(machine)}")
    symptoms = examine(machine, file)
    show(doctor_lines(symptoms))
    ctx.exit(0 if is_well(symptoms) else 1)
