"""What a user reads when something fails: one sentence, never a traceback."""

from __future__ import annotations

from jcm_xl.errors import JcmError
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
        f"jcm-xl met an internal error (incident {_incident(error)}, "
        f"{type(error).__name__}). Nothing was judged. Please report it with the "
        "output of the same command and --debug."
    )


def _incident(error: Exception) -> str:
    """Return a number that is the same wherever the same line fails again."""
    import hashlib
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    last = next((f for f in reversed(frames) if "jcm_xl" in f.filename), None)
    place = f"{last.name}:{last.line}" if last else ""
    text = f"{type(error).__name__}|{place}"
    return hashlib.sha256(text.encode()).hexdigest()[:8]
