"""Signs that look like others or like nothing: found in a text, spelled, and named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from jcm_xl.text.phrase import Phrase

_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν",
    "ABESIJKMHOPCTYXaesijopcyxhdqwABEZHIKMNOPTYXoiv",
)
"""Letters of Cyrillic and Greek that nobody can tell from a Latin one."""
_WORD = 20


class OddSign(NamedTuple):
    """A sign, or a run of blanks, that cannot be seen as what it is."""

    start: int
    text: str
    name: Phrase


def seen_as(text: str) -> str:
    """Return what a reader sees of a text: look-alike letters and blanks as usual."""
    if text.isascii() and text.isprintable():  # as nearly all texts are
        return " ".join(text.split())
    plain = unicodedata.normalize("NFKC", text).translate(_TWINS)
    kept = (
        s for s in plain if unicodedata.category(s) not in ("Cf", "Cc") or s.isspace()
    )
    return " ".join("".join(kept).split())


def look_alike(first: str, second: str) -> bool:
    """Tell whether two different texts look the same."""
    return first != second and seen_as(first) == seen_as(second)


def spelled(text: str) -> str:
    """Return a text in which every odd sign is spelled out: `Grid\\u00a0mix`."""
    parts, last = [], 0
    for odd in odd_signs(text):
        parts += [text[last : odd.start], *map(_code, odd.text)]
        last = odd.start + len(odd.text)
    return "".join((*parts, text[last:]))


def told(text: str) -> str:
    """Return the odd signs of a text in words: `a no-break blank after 'Grid'`."""
    places = [_placed(text, odd) for odd in odd_signs(text)]
    if not places:
        return ""
    first, *rest = places
    for place in rest[:2]:
        first = Phrase("words.and", "{first} and {rest}", first=first, rest=place)
    return first


def odd_signs(text: str) -> Iterator[OddSign]:
    """Yield blanks beside the usual one between two words, hidden and foreign signs."""
    for match in _ODD.finditer(text):
        found, at = match.group(), match.start()
        if found == " " and at > 0 and match.end() < len(text):
            continue
        name = _name(found, text)
        if name is not None:
            yield OddSign(at, found, name)


_ODD = re.compile(r"\s+|[^\s\x20-\x7e]")


def _name(found: str, text: str) -> Phrase | None:
    if found.isspace():
        return _name_of_blanks(found)
    if unicodedata.category(found) in ("Cf", "Cc"):
        return _phrase("hidden", "a sign that nobody sees")
    twin = found.translate(_TWINS)
    is_mixed = any("a" <= sign <= "z" for sign in text.casefold())
    if twin != found and is_mixed:
        script = unicodedata.name(found).split()[0].capitalize()
        english = "the {script} letter {letter}"
        return _phrase("letter", english, script=script, letter=found)
    if unicodedata.name(found, "").startswith("FULLWIDTH LATIN"):
        return _phrase("wide", "the wide letter {letter}", letter=found)
    return None


def _name_of_blanks(found: str) -> Phrase:
    names = {
        "\u00a0": _phrase("no-break", "a no-break blank"),
        "\u202f": _phrase("no-break", "a no-break blank"),
        "\u3000": _phrase("wide-blank", "a wide blank"),
        "\t": _phrase("tab", "a tab"),
    }
    if "\n" in found or "\r" in found:
        return _phrase("line-break", "a line break")
    if len(found) == 1:
        return names.get(found) or _phrase("blank", "a blank")
    return _phrase("blanks", "{count} blanks", count=len(found))


def _placed(text: str, odd: OddSign) -> Phrase:
    before, after = text[: odd.start].split(), text[odd.start + len(odd.text) :].split()
    if not before:
        return _phrase("at-start", "{sign} at the beginning", sign=odd.name)
    if not after and odd.text.isspace():
        return _phrase("at-end", "{sign} at the end", sign=odd.name)
    word = before[-1][-_WORD:]
    return _phrase("after", "{sign} after '{word}'", sign=odd.name, word=word)


def _phrase(key: str, english: str, **facts: object) -> Phrase:
    return Phrase(f"signs.{key}", english, **facts)


def _code(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
