"""The part of the styles: what cells look like, and what is odd about the part."""

from __future__ import annotations

from jcm_xl.text.known import known_part
from jcm_xl.xlsx.cell_styles import Styles, read_styles
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.strict_styles import StyleJudge
from jcm_xl.xlsx.theme import Theme


class StylePart:
    """The styles of a part with its odd facts; two readings of it are not the same."""

    __slots__ = ("odd", "styles")

    def __init__(self, styles: Styles, odd: OddFacts) -> None:
        """Keep what was read, which nobody changes."""
        self.styles = styles
        self.odd = odd


NO_STYLES = StylePart(Styles(), OddFacts())


@known_part
def read_style_part(data: bytes, name: str, theme: Theme) -> StylePart:
    """Return what a part says of styles, in the colours of a theme."""
    odd = OddFacts()
    return StylePart(read_styles(data, name, StyleJudge(odd, name), theme), odd)
