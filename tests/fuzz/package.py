"""Changes of how the parts hang together, and of what the book says of itself."""

from __future__ import annotations

import random

from tests.fuzz.nasty import ANYTHING, Parts, pick_part, replace_one

_TARGETS = (
    b"", b"/", b"..", b"../../../etc/passwd", b"/etc/passwd", b"worksheets/sheet1.xml",
    b"workbook.xml", b"_rels/workbook.xml.rels", b"http://example.org/x.xml",
    b"file:///etc/passwd", b"\\\\server\\share", b"%2e%2e/%2e%2e/x", b"styles.xml#x",
    b"./././styles.xml", b"sharedStrings.xml", b"x" * 5_000, b"%", b"%00",
)  # fmt: skip
_KINDS = (
    b"worksheet", b"chartsheet", b"styles", b"sharedStrings", b"externalLink",
    b"officeDocument", b"vbaProject", b"oleObject", b"hyperlink", b"image", b"drawing",
    b"connections", b"customXml", b"x", b"",
)  # fmt: skip
_PROPERTIES = (
    b"", b"0", b"-1", b"99999999999999999999", b"i=99999999", b"i=-1 j=2", b"i=",
    b"../../../etc/passwd", b"EX_AM901@9.9", b"EX_AM901", b"01.0", b"1.0.0", b"ja",
    b"yes", b"x" * 3_000, b"{0}", b"i=1 i=2", "１".encode(),
)  # fmt: skip
_STATES = (b"hidden", b"veryHidden", b"x", b"")


def drop_a_part(parts: Parts, chance: random.Random) -> bool:
    """Leave a part out."""
    name = chance.choice(sorted(parts)) if parts else ""
    return parts.pop(name, None) is not None


def empty_a_part(parts: Parts, chance: random.Random) -> bool:
    """Store a part without content."""
    name = pick_part(parts, chance)
    parts |= {name: b""} if name else {}
    return bool(name)


def swap_parts(parts: Parts, chance: random.Random) -> bool:
    """Store two parts under each other's names."""
    if len(parts) < 2:
        return False
    first, second = chance.sample(sorted(parts), 2)
    parts[first], parts[second] = parts[second], parts[first]
    return True


def rename_a_part(parts: Parts, chance: random.Random) -> bool:
    """Store a part under another name: other capitals, a folder more, none at all."""
    name = pick_part(parts, chance)
    if not name:
        return False
    new = chance.choice((name.upper(), f"x/{name}", name[:-1], f"{name}/", f"./{name}"))
    parts[new] = parts.pop(name)
    return True


def noise_for_a_part(parts: Parts, chance: random.Random) -> bool:
    """Store something else than XML."""
    name = pick_part(parts, chance)
    noise = (chance.randbytes(300), b"PK\x03\x04", b"<a/>", b"\xef\xbb\xbf", b"\n" * 99)
    parts |= {name: chance.choice(noise)} if name else {}
    return bool(name)


def redirect(parts: Parts, chance: random.Random) -> bool:
    """Let a relation name another target."""
    new = b'Target="%b"' % chance.choice(_TARGETS)
    if chance.random() < 0.3:
        new += b' TargetMode="External"'
    name = pick_part(parts, chance, r"\.rels$")
    return replace_one(parts, name, chance, rb'Target="[^"]*"', lambda _: new)


def retype_a_relation(parts: Parts, chance: random.Random) -> bool:
    """Let a relation be of another kind."""
    name = pick_part(parts, chance, r"\.rels$")
    return replace_one(
        parts, name, chance, rb'/\w+"(?= Target| Id|/)',
        lambda _: b"/" + chance.choice(_KINDS) + b'"',
    )  # fmt: skip


def double_a_relation(parts: Parts, chance: random.Random) -> bool:
    """State a relation twice."""
    name = pick_part(parts, chance, r"\.rels$")
    return replace_one(
        parts, name, chance, rb"<Relationship [^<>]*/>", lambda m: m[0] * 2
    )


def rename_a_sheet(parts: Parts, chance: random.Random) -> bool:
    """Give a sheet another name or state, or list it twice."""
    listed = rb'<sheet (?:xmlns[^<>]*? )?name="([^"]*)"([^<>]*)/>'
    kind = chance.randrange(3)
    new = chance.choice(ANYTHING)
    state = chance.choice(_STATES)
    return replace_one(
        parts, pick_part(parts, chance, "workbook.xml$"), chance, listed,
        lambda m: (
            b'<sheet name="%b"%b/>' % (new, m[2]) if kind == 0
            else b'<sheet name="%b" state="%b"%b/>' % (m[1], state, m[2]) if kind == 1
            else m[0] * 2
        ),
    )  # fmt: skip


def odd_name(parts: Parts, chance: random.Random) -> bool:
    """Let a defined name point at something else."""
    name = pick_part(parts, chance, "workbook.xml$")
    new = chance.choice(ANYTHING)
    return replace_one(
        parts, name, chance, rb"(<definedName [^<>]*>)[^<>]*", lambda m: m[1] + new
    )


def odd_stamp(parts: Parts, chance: random.Random) -> bool:
    """Change what the book says of its own making."""
    new = chance.choice(_PROPERTIES)
    return replace_one(
        parts, pick_part(parts, chance, "custom"), chance,
        rb"<vt:lpwstr[^<>]*>[^<>]*</vt:lpwstr>",
        lambda _: b"<vt:lpwstr>" + new + b"</vt:lpwstr>",
    )  # fmt: skip


CHANGES = (
    drop_a_part, empty_a_part, swap_parts, rename_a_part, noise_for_a_part, redirect,
    retype_a_relation, double_a_relation, rename_a_sheet, odd_name, odd_stamp,
)  # fmt: skip
