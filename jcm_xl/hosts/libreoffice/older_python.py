"""What the core needs and Python 3.10 lacks, which some LibreOffice brings."""

import enum


def complete() -> None:
    """Add `enum.StrEnum` where it is missing, before the core is imported."""
    if hasattr(enum, "StrEnum"):
        return

    class StrEnum(str, enum.Enum):
        """A text with a name."""

        __str__ = str.__str__

    enum.StrEnum = StrEnum  # type: ignore[assignment, misc]
