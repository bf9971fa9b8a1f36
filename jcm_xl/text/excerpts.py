"""Long texts cut for a message, so that their difference stays in sight."""

from __future__ import annotations

_LONGEST = 160
_BEFORE = 40


def excerpts(actual: str, expected: str) -> tuple[str, str]:
    """Return both texts on one line each, around the first sign that differs."""
    actual, expected = " ".join(actual.split()), " ".join(expected.split())
    pairs = zip(actual, expected, strict=False)
    same = next((i for i, (a, b) in enumerate(pairs) if a != b), 0)
    return _cut(actual, same), _cut(expected, same)


def _cut(text: str, same: int) -> str:
    if len(text) <= _LONGEST:
        return text
    start = min(max(0, same - _BEFORE), len(text) - _LONGEST)
    before = "..." if start else ""
    after = "..." if start + _LONGEST < len(text) else ""
    return f"{before}{text[start : start + _LONGEST]}{after}"
