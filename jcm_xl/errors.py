"""The tool's own failures. A fault of a workbook is a finding, never one of these."""

from __future__ import annotations


class JcmError(Exception):
    """A failure that is told to the user in one sentence, without a traceback."""
