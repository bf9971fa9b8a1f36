"""Reports on books whose judgement did not come to its end."""

from __future__ import annotations

from jcm_xl.checks.verdict import refused
from jcm_xl.model.finding import Report
from jcm_xl.text.phrase import Phrase
from jcm_xl.version import __version__
from jcm_xl.xlsx import limits


def too_slow(name: str, seconds: float) -> Report:
    """Return the report on a book that took too long."""
    text = "its judgement took longer than {seconds} seconds and was ended."
    reason = Phrase("bulk.too_slow", text, seconds=f"{seconds:g}")
    return _report(name, reason)


def too_large(name: str) -> Report:
    """Return the report on a book that asked for too much memory."""
    text = "its judgement needs more than {megabytes} MB of memory."
    megabytes = limits.WORKER_BYTES // limits.MEGABYTE
    reason = Phrase("bulk.too_large", text, megabytes=megabytes)
    return _report(name, reason)


def died(name: str) -> Report:
    """Return the report on a book that brought its process down."""
    text = "the process that judged it ended unexpectedly."
    return _report(name, Phrase("bulk.died", text))


def failed(name: str, error: Exception) -> Report:
    """Return the report on a book at which the tool itself failed."""
    text = "jcm-xl met an internal error ({kind}). Please report it with this file."
    return _report(name, Phrase("bulk.failed", text, kind=type(error).__name__))


def _report(name: str, reason: Phrase) -> Report:
    return Report(
        file=name, sha256="", exit_code=2, versions={"jcm_xl": __version__},
        verdict=refused(reason),
    )  # fmt: skip
