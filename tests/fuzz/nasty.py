"""What has hurt readers of workbooks before: values, addresses, formulas."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Parts = dict[str, bytes]
Change = Callable[[Parts, random.Random], bool]
"""Changes the parts in place; False where there was nothing to change."""

NUMBERS = (
    b"", b"-1", b"0", b"1", b"2", b"65536", b"1048576", b"1048577", b"4294967295",
    b"99999999999999999999", b"1e308", b"1E999", b"-1E-999", b"NaN", b"INF", b"0x10",
    b"1_0", b" 1 ", b"+1", b"1.", b".5", b"1,5", b"1e", b"--1", b"true", b"TRUE",
    "١".encode(), "１２".encode(), "²".encode(),
)  # fmt: skip
ADDRESSES = (
    b"A1", b"a1", b"$A$1", b"A0", b"A01", b"XFD1048576", b"XFE1", b"A1048577", b"1",
    b"A", b"AAAA1", b"A1:B2", b"A1:XFD1048576", b"B2:A1", b"1:1048576", b"A:XFD",
    b"A1 B2", b"'S'!A1", b"", b"A-1", "Ａ１".encode(),
)  # fmt: skip
TEXTS = (
    b"&#0;", b"&#x1F600;", b"&amp;lt;", b"&lol;", b"_x000D_", b"_xD800_", b"_x0000_",
    b"\xff\xfe", b"\xed\xa0\x80", b"\x00", b"\x1b[2J", b"../../etc/passwd",
    b"file:///etc/passwd", b"\\\\server\\share\\x", b"<![CDATA[1]]>", b"<!-- 1 -->",
    b"<?x y?>", b"]]&gt;", b"{0}", b"{cell}", b"%s", b"=1+1", "\u202e1".encode(),
    b"A" * 40_000, b"&amp;" * 9_000, b"&#65;" * 20_000, "漢".encode() * 30_000,
)  # fmt: skip
FORMULAS = (
    b"", b"=", b"(", b")", b"(" * 600 + b"1" + b")" * 600, b"-" * 3_000 + b"1",
    b"1+" * 4_000 + b"1", b"IF(" * 300 + b"1" + b")" * 300,
    b"%" * 500, b"1" + b"%" * 900,
    b'"open', b"'open!A1", b"{1,2;3", b"SUM(", b"SUM(,,)", b"#REF!", b"#N/A+1",
    b"Table1[[#All],[a]]", b"[1]S!A1", b"[" * 300, b"S1:S2!A1", b"A1:B2 C3:D4",
    b"A1,B1", b"A1#", b"@A1", b"_xlfn._xlws.X()", b"A1:A1:A1", b"$", b"!", b"A1 ",
    b"WEBSERVICE(&quot;http://example.org&quot;)", b"cmd|&apos; /C calc&apos;!A0",
    b"R[1]C[1]", b"1E", b"1E+", b"A1" * 3_000, b"&lt;&gt;&lt;&gt;", b"1.2.3",
    "和(A1)".encode(), b"\\a", b"TRUE()()", b"ROUNDDOWN(E15,0)", b"$A$1:$XFD$1048576",
)  # fmt: skip
FORMATS = (
    b";;;", b"&quot;25&quot;", b"#,##0,,", b"@", b"", b"[", b"[$-", b"0;" * 400,
    b"General;General;General;General;General", b"[&gt;1]0;[&lt;0]0", b"\\", b"&quot;",
    b"[Red", b"E+E+", b"yyyy" * 2_000, b"0%%%", b"_", b"*", b"[hhhhhhhhhhh]",
)  # fmt: skip
ANYTHING = (*NUMBERS, *ADDRESSES, *TEXTS, *FORMULAS[:10])

_TAG = re.compile(rb"<[A-Za-z/][^<>]*>")


def pick_part(parts: Parts, chance: random.Random, pattern: str = "") -> str:
    """Return the name of an XML part, of one kind if asked; or nothing."""
    names = [
        name
        for name in sorted(parts)
        if name.endswith((".xml", ".rels")) and re.search(pattern, name)
    ]
    return chance.choice(names) if names else ""


def tags(data: bytes) -> list[re.Match[bytes]]:
    """Return the tags of a part, begin and end tags alike."""
    return list(_TAG.finditer(data))


def spliced(data: bytes, start: int, end: int, new: bytes) -> bytes:
    """Return the data with a piece replaced."""
    return data[:start] + new + data[end:]


def replace_one(
    parts: Parts, name: str, chance: random.Random, pattern: bytes,
    new: Callable[[re.Match[bytes]], bytes],
) -> bool:  # fmt: skip
    """Replace one match of a pattern, chosen by chance."""
    found = list(re.finditer(pattern, parts[name], re.DOTALL)) if name in parts else []
    if not found:
        return False
    match = chance.choice(found)
    parts[name] = spliced(parts[name], match.start(), match.end(), new(match))
    return True
