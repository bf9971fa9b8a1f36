"""The add-in for LibreOffice Calc: an .oxt made from the registry of functions."""

from pathlib import Path


def component_source() -> str:
    """Return the add-in's own module; only LibreOffice's Python can import it."""
    return Path(__file__).with_name("component.py").read_text(encoding="utf-8")
