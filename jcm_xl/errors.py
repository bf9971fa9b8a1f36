"""The tool's own failures, and texts that other languages say in their own words.

A fault of a workbook is a finding, never a failure.
"""

from __future__ import annotations


class JcmError(Exception):
    """A failure that is told to the user in one sentence, without a traceback."""
