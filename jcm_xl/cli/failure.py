"""What a user reads when something fails: one sentence, never a traceback."""

from __future__ import annotations

from jcm_xl.errors import JcmError, incident
from jcm_xl.text.visible import visible


def sentence(error: Exception) -> str:
    """Return the message of our own failures, an incident number for all others."""
    if isinstance(error, JcmError):
        return "\n".join(visible(line) for line in str(error).split("\n"))
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return visible(f"{place}{error.strerror or error}.")
    if isinstance(error, MemoryError):
        return "There is not enough memory on this computer. Nothing was judged."
    return (
        f"jcm-xl met an internal error (incident {incident(error)}, "
        f"{type(error).__name__}). Nothing was judged. Please report it with the "
        "output of the same command and --debug."
    )
