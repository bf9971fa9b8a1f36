"""The tool's own failures, and texts that other languages say in their own words.

A fault of a workbook is a finding, never a failure.
"""

from __future__ import annotations


class JcmError(Exception):
    """A failure that is told to the user in one sentence, without a traceback."""


def incident(error: Exception) -> str:
    """Return a number that is the same wherever the same line fails again."""
    import hashlib
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    last = next((f for f in reversed(frames) if "jcm_xl" in f.filename), None)
    place = f"{last.name}:{last.line}" if last else ""
    text = f"{type(error).__name__}|{place}"
    return hashlib.sha256(text.encode()).hexdigest()[:8]
