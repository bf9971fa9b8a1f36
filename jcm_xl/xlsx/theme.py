"""The theme of a book: twelve colours and two fonts, which styles name by number."""

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    """Colours as six hexadecimal digits, in the order in which styles count them."""

    colours: tuple[str, ...] = (
        "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2",
        "4BACC6", "F79646", "0000FF", "800080",
    )  # fmt: skip
    minor: str = "Calibri"
    major: str = "Cambria"


USUAL = Theme()
"""That of Excel 2007, by which a book without one is shown."""
