"""Changes of any XML part: its tags, attributes, texts and encoding."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.fuzz.nasty import ANYTHING, Parts, pick_part, replace_one, spliced, tags

_ATTRIBUTE = rb'\s([\w:]+)="([^"]*)"'
_PIECES = (
    b"<!-- x -->", b"<![CDATA[x]]>", b"<?x y?>", b"<x/>", b"<v>1</v>", b"<c/>",
    b'<!DOCTYPE x [<!ENTITY a "aa">]>', b"&a;", b"&#38;", b"\x00", b"<", b">", b"]]>",
    b"<x" * 50, b'<x xmlns="y">', b"</x>", b"<row/>", b"<sheetData/>", b"<si/>",
    b"<extLst><ext><x/></ext></extLst>",
)  # fmt: skip


def _one_part(change: Callable[[bytes, random.Random], bytes]) -> Callable[
    [Parts, random.Random], bool
]:  # fmt: skip
    """Let a change of bytes work on one part."""

    def apply(parts: Parts, chance: random.Random) -> bool:
        name = pick_part(parts, chance)
        if not name or not parts[name]:
            return False
        before = parts[name]
        parts[name] = change(before, chance)
        return parts[name] != before

    apply.__name__ = change.__name__
    return apply


@_one_part
def drop_a_tag(data: bytes, chance: random.Random) -> bytes:
    """Leave one tag out, so that the part is no longer well-formed, or nearly so."""
    found = tags(data)
    if not found:
        return data
    tag = chance.choice(found)
    return spliced(data, *tag.span(), b"")


@_one_part
def double_a_stretch(data: bytes, chance: random.Random) -> bytes:
    """Repeat what stands between two tags near each other."""
    found = tags(data)
    if len(found) < 3:
        return data
    at = chance.randrange(len(found) - 1)
    end = min(len(found) - 1, at + chance.randrange(1, 12))
    piece = data[found[at].start() : found[end].start()]
    return spliced(data, found[at].start(), found[at].start(), piece)


@_one_part
def drop_a_stretch(data: bytes, chance: random.Random) -> bytes:
    """Leave out what stands between two tags near each other."""
    found = tags(data)
    if len(found) < 3:
        return data
    at = chance.randrange(len(found) - 1)
    end = min(len(found) - 1, at + chance.randrange(1, 12))
    return spliced(data, found[at].start(), found[end].start(), b"")


@_one_part
def insert_a_piece(data: bytes, chance: random.Random) -> bytes:
    """Put a piece of markup somewhere."""
    found = tags(data)
    at = chance.choice(found).end() if found else 0
    if chance.random() < 0.3:
        at = chance.randrange(len(data))
    return spliced(data, at, at, chance.choice(_PIECES))


@_one_part
def nest_deeply(data: bytes, chance: random.Random) -> bytes:
    """Wrap something into many elements."""
    found = tags(data)
    if not found:
        return data
    depth = chance.choice((100, 199, 200, 201, 5_000))
    at = chance.choice(found).end()
    return spliced(data, at, at, b"<x>" * depth + b"</x>" * depth)


@_one_part
def many_siblings(data: bytes, chance: random.Random) -> bytes:
    """Put thousands of small elements somewhere."""
    found = tags(data)
    if not found:
        return data
    tag = chance.choice(found)
    name = tag[0].strip(b"</>").split()[0] or b"x"
    at = tag.end()
    return spliced(data, at, at, (b"<" + name + b"/>") * chance.choice((300, 30_000)))


@_one_part
def recode(data: bytes, chance: random.Random) -> bytes:
    """Store the part in another encoding, or only say so."""
    encoding = chance.choice(("utf-16", "utf-16-le", "latin-1", "utf-8-sig", "utf-32",
                              "utf-7", "x-unknown"))  # fmt: skip
    said = data.replace(b'"UTF-8"', f'"{encoding}"'.encode(), 1)
    if encoding == "x-unknown" or chance.random() < 0.3:
        return said
    return said.decode("utf-8", "replace").encode(encoding, "xmlcharrefreplace")


@_one_part
def cut_off(data: bytes, chance: random.Random) -> bytes:
    """End the part too early."""
    return data[: chance.randrange(len(data))]


@_one_part
def flip_bytes(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


@_one_part
def rename_spaces(data: bytes, chance: random.Random) -> bytes:
    """Change a name space: strict Open XML, a prefix, none at all."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    new = chance.choice((
        b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"", b"urn:x", main + b" ",
        main + b'" xmlns:x="' + main,
    ))  # fmt: skip
    return data.replace(main, new, 1)


def change_an_attribute(parts: Parts, chance: random.Random) -> bool:
    """Give one attribute another value."""
    name = pick_part(parts, chance)
    return replace_one(
        parts, name, chance, _ATTRIBUTE,
        lambda m: b" " + m[1] + b'="' + chance.choice(ANYTHING) + b'"',
    )  # fmt: skip


def drop_an_attribute(parts: Parts, chance: random.Random) -> bool:
    """Leave one attribute out."""
    return replace_one(
        parts, pick_part(parts, chance), chance, _ATTRIBUTE, lambda _: b""
    )


def double_an_attribute(parts: Parts, chance: random.Random) -> bool:
    """State one attribute twice."""
    name = pick_part(parts, chance)
    return replace_one(parts, name, chance, _ATTRIBUTE, lambda m: m[0] + m[0])


def change_a_text(parts: Parts, chance: random.Random) -> bool:
    """Replace the text of one element."""
    name = pick_part(parts, chance)
    return replace_one(
        parts, name, chance, rb">[^<>]+<",
        lambda _: b">" + chance.choice(ANYTHING) + b"<",
    )  # fmt: skip


CHANGES = (
    drop_a_tag, double_a_stretch, drop_a_stretch, insert_a_piece, nest_deeply,
    many_siblings, recode, cut_off, flip_bytes, rename_spaces, change_an_attribute,
    drop_an_attribute, double_an_attribute, change_a_text,
)  # fmt: skip
