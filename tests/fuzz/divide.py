"""Changes by which two programs could read two books: a second sheet, style or text.

Each puts another number (mostly 500) where one rule of reading finds it and another
rule does not: the first of two, the last, what stands in alternatives, what has a
foreign name, what is named by an escape.
"""

from __future__ import annotations

import random
import re

from tests.fuzz.nasty import Parts, pick_part, replace_one, spliced

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = b"http://schemas.openxmlformats.org/package/2006/relationships"
COMPATIBILITY = b"http://schemas.openxmlformats.org/markup-compatibility/2006"
_BOOK, _RELATIONS, _TYPES = (
    "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml",
)  # fmt: skip
_KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml."
_SHEET = re.compile(rb"<sheet [^<>]*/>")
_NUMBER = re.compile(rb"(<c (?![^<>]*t=)[^<>]*>(?:<f[^<>]*(?:/>|>[^<]*</f>))?<v>)[^<]*")
_DECOY_KEY = b"rId666"


def _decoy(data: bytes) -> bytes:
    """Return a sheet with other numbers."""
    return _NUMBER.sub(rb"\g<1>500", data)


def _relation(key: bytes, target: bytes, kind: bytes = b"worksheet") -> bytes:
    return b'<Relationship Id="%b" Type="%b/%b" Target="%b"/>' % (
        key, OFFICE, kind, target,
    )  # fmt: skip


def _alternative(first: bytes, second: bytes, chance: random.Random) -> bytes:
    """Return two forms of which a program takes one."""
    needed = chance.choice((b"x14", b"x15", b"q", b"r", b"main", b"c14"))
    space = {b"r": OFFICE, b"main": MAIN}.get(
        needed, b"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    )
    if chance.random() < 0.3:
        first, second = second, first
    return (
        b'<mc:AlternateContent xmlns:mc="%b"><mc:Choice xmlns:%b="%b" Requires="%b">'
        b"%b</mc:Choice><mc:Fallback>%b</mc:Fallback></mc:AlternateContent>"
    ) % (COMPATIBILITY, needed, space, needed, first, second)


def _pick_sheet(parts: Parts, chance: random.Random) -> tuple[re.Match[bytes], bytes]:
    """Return a listed sheet and the name of its part below `xl`."""
    listed = list(_SHEET.finditer(parts.get(_BOOK, b"")))
    for match in chance.sample(listed, len(listed)):
        key = re.search(rb'r:id="([^"]*)"', match[0])
        found = key and re.search(
            rb'<Relationship (?=[^<>]*Id="%b")[^<>]*Target="/?(?:xl/)?([^"]*)"'
            % key[1],
            parts.get(_RELATIONS, b""),
        )
        if found and f"xl/{found[1].decode()}" in parts:
            return match, found[1]
    raise LookupError


def _state(parts: Parts, name: str, kind: bytes) -> None:
    """State the type of a part."""
    text = b'<Override PartName="/%b" ContentType="%b%b+xml"/></Types>' % (
        name.encode(), _KIND, kind,
    )  # fmt: skip
    parts[_TYPES] = parts.get(_TYPES, b"").replace(b"</Types>", text)


def _add_relation(parts: Parts, text: bytes, chance: random.Random) -> None:
    """State a relation before or behind the others."""
    data = parts[_RELATIONS]
    at = data.find(b"<Relationship ")
    if chance.random() < 0.5:
        at = data.rfind(b"</Relationships>")
    parts[_RELATIONS] = spliced(data, at, at, text)


def _hide(parts: Parts, chance: random.Random, part: bytes) -> bytes:
    """Store the decoy of a sheet and return its target."""
    target = chance.choice((b"worksheets/decoy.xml", b"decoy.xml", b"worksheets/d.bin"))
    parts[f"xl/{target.decode()}"] = _decoy(parts[f"xl/{part.decode()}"])
    if chance.random() < 0.5:
        _state(parts, f"xl/{target.decode()}", b"worksheet")
    return target


def second_key(parts: Parts, chance: random.Random) -> bool:
    """Give a sheet a second relation in another name space, or a third."""
    try:
        sheet, part = _pick_sheet(parts, chance)
    except LookupError:
        return False
    target = _hide(parts, chance, part)
    _add_relation(parts, _relation(_DECOY_KEY, target), chance)
    space = chance.choice(
        (b"urn:x/relationships", STRICT, OFFICE, b"relationships", b"")
    )
    own = re.search(rb'r:id="[^"]*"', sheet[0])
    assert own
    other = b'q:id="%b"' % _DECOY_KEY if space else b'id="%b"' % _DECOY_KEY
    pair = [own[0], other]
    chance.shuffle(pair)
    new = sheet[0].replace(own[0], b" ".join(pair))
    if space:
        new = new.replace(b"<sheet ", b'<sheet xmlns:q="%b" ' % space)
    parts[_BOOK] = parts[_BOOK].replace(sheet[0], new)
    return True


def second_relation(parts: Parts, chance: random.Random) -> bool:
    """State the relation of a sheet twice, the second one in some odd way."""
    try:
        sheet, part = _pick_sheet(parts, chance)
    except LookupError:
        return False
    target = _hide(parts, chance, part)
    key = re.search(rb'r:id="([^"]*)"', sheet[0])
    assert key
    text = _relation(key[1], target)
    odd = chance.randrange(8)
    if odd == 0:
        text = text.replace(b"<Relationship ", b'<Relationship TargetMode="internal" ')
    elif odd == 1:
        text = text.replace(OFFICE, STRICT)
    elif odd == 2:
        text = b'<q:Relationship xmlns:q="urn:q"' + text[len(b"<Relationship") :]
    elif odd == 3:
        text = b'<q:Relationship xmlns:q="%b"' % PACKAGE + text[len(b"<Relationship") :]
    elif odd == 4:
        text = _alternative(text, b"", chance)
    elif odd == 5:
        text = text.replace(b"/worksheet", b"/WorkSheet")
    elif odd == 6:
        text = text.replace(b'Id="', b'q:Id="').replace(
            b"<Relationship ", b'<Relationship xmlns:q="%b" ' % PACKAGE
        )
    _add_relation(parts, text, chance)
    return True


def odd_target(parts: Parts, chance: random.Random) -> bool:
    """Name a sheet by a target that one program takes apart and another one not."""
    try:
        _, part = _pick_sheet(parts, chance)
    except LookupError:
        return False
    folder, _, name = part.rpartition(b"/")
    spelled = chance.choice((
        b"%%%02x" % name[0] + name[1:], b"%%25%02x" % name[0] + name[1:],
        name.capitalize(), name.upper(), b"./" + name, b"/" + name, name + b"#x",
        name + b"?x", b" " + name, name + b" ", b"..\\worksheets\\" + name,
        b"x/../" + name, b"%2e/" + name, name.replace(b".", b"%2E"), name + b"/",
        name + b"%00", b"&#x73;" + name[1:],
    ))  # fmt: skip
    target = folder + b"/" + spelled
    old = b'Target="%b"' % part
    absolute = chance.random() < 0.3
    new = b'Target="%b%b"' % (b"/xl/" if absolute else b"", target)
    parts[_RELATIONS] = parts[_RELATIONS].replace(old, new, 1)
    if chance.random() < 0.7 and f"xl/{target.decode()}" not in parts:
        parts[f"xl/{target.decode()}"] = _decoy(parts[f"xl/{part.decode()}"])
        if chance.random() < 0.5:
            _state(parts, f"xl/{target.decode()}", b"worksheet")
    return True


def second_listing(parts: Parts, chance: random.Random) -> bool:
    """List a sheet twice: in alternatives, in a second list, under a foreign name."""
    try:
        sheet, part = _pick_sheet(parts, chance)
    except LookupError:
        return False
    target = _hide(parts, chance, part)
    _add_relation(parts, _relation(_DECOY_KEY, target), chance)
    other = re.sub(rb'r:id="[^"]*"', b'r:id="%b"' % _DECOY_KEY, sheet[0])
    if chance.random() < 0.5:
        other = re.sub(rb'sheetId="[^"]*"', b'sheetId="66"', other)
    data = parts[_BOOK]
    kind = chance.randrange(6)
    pair = [sheet[0], other]
    chance.shuffle(pair)
    if kind == 0:
        new = data.replace(sheet[0], _alternative(*pair, chance))
    elif kind == 1:
        new = data.replace(sheet[0], b"".join(pair))
    elif kind == 2:
        whole = data.replace(sheet[0], other)
        lists = [
            text[text.find(b"<sheets>") : text.find(b"</sheets>") + 9]
            for text in (data, whole)
        ]
        joined = chance.choice(
            (b"".join(lists), _alternative(lists[0], lists[1], chance))
        )
        new = data.replace(lists[0], joined)
    elif kind == 3:
        new = data.replace(sheet[0], b'<q:sheet xmlns:q="%b"' % MAIN + sheet[0][6:])
    elif kind == 4:
        strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        new = data.replace(
            sheet[0], b'<q:sheet xmlns:q="%b"' % strict + other[6:] + sheet[0]
        )
    else:
        name = re.search(rb'name="[^"]*"', other)
        assert name
        odd = name[0][:-1] + chance.choice((b" ", b"&#160;", b"\xe2\x80\x8b", b"&#10;"))
        new = data.replace(sheet[0], sheet[0] + other.replace(name[0], odd + b'"'))
    parts[_BOOK] = new
    return True


def second_book(parts: Parts, chance: random.Random) -> bool:
    """Name a second workbook part whose sheets hold other numbers."""
    if _BOOK not in parts or _RELATIONS not in parts or "_rels/.rels" not in parts:
        return False
    parts["xl/workbook2.xml"] = parts[_BOOK]
    relations = parts[_RELATIONS]
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name.replace("sheet", "decoy").replace("works", "s")] = _decoy(
            parts[name]
        )
    relations = relations.replace(b"worksheets/sheet", b"sdecoys/decoy")
    parts["xl/_rels/workbook2.xml.rels"] = relations
    _state(parts, "xl/workbook2.xml", b"sheet.main")
    kind = chance.choice((b"officeDocument", b"OfficeDocument", b"officedocument"))
    text = _relation(b"rId77", b"xl/workbook2.xml", kind)
    if chance.random() < 0.3:
        text = text.replace(OFFICE, STRICT)
    data = parts["_rels/.rels"]
    ends = (data.find(b"<Relationship "), data.rfind(b"</Relationships>"))
    at = chance.choice(ends)
    parts["_rels/.rels"] = spliced(data, at, at, text)
    return True


def second_style(parts: Parts, chance: random.Random) -> bool:
    """Let a number format show another number, where only some programs look."""
    name = "xl/styles.xml"
    if name not in parts:
        return False
    data = parts[name]
    lie = b'<numFmt numFmtId="%b" formatCode="&quot;500&quot;"/>'
    own = re.findall(rb'<numFmt numFmtId="(\d+)"', data) or [b"164"]
    key = chance.choice([*own, b"1", b"2", b"3", b"4", b"0"])
    kind = chance.randrange(6)
    lists = re.search(rb"<numFmts[^<>]*>.*?</numFmts>", data, re.DOTALL)
    text = lie % key
    if kind == 0 and lists:
        at = lists.start() + lists[0].find(b">") + 1
        at = chance.choice((at, lists.end() - len(b"</numFmts>")))
        new = spliced(data, at, at, text)
    elif kind == 1:
        at = data.find(b"<fonts")
        new = spliced(data, at, at, b"<numFmts>" + text + b"</numFmts>")
    elif kind == 2 and lists:
        new = data.replace(
            lists[0],
            _alternative(b"<numFmts>" + text + b"</numFmts>", lists[0], chance),
        )
    elif kind == 3:
        new = re.sub(
            rb"(<cellXfs[^<>]*>.*?</cellXfs>)",
            lambda m: m[1] + re.sub(rb'numFmtId="\d+"', b'numFmtId="199"', m[1]),
            data, flags=re.DOTALL,
        )  # fmt: skip
        text = b"<numFmts>" + lie % b"199" + b"</numFmts>"
        new = new.replace(b"<fonts", text + b"<fonts", 1)
    elif kind == 4:
        new = re.sub(rb'numFmtId="(\d+)"', rb'numFmtId="0\1"', data)
        new = new.replace(b"<fonts", b"<numFmts>" + text + b"</numFmts><fonts", 1)
    else:
        parts["xl/styles2.xml"] = re.sub(
            rb'formatCode="[^"]*"', b'formatCode="&quot;500&quot;"', data
        )
        _add_relation(parts, _relation(b"rId78", b"styles2.xml", b"styles"), chance)
        return _RELATIONS in parts
    parts[name] = new
    return new != data


def second_texts(parts: Parts, chance: random.Random) -> bool:
    """Let a shared text be another one for some programs."""
    name = "xl/sharedStrings.xml"
    if name not in parts or _RELATIONS not in parts:
        return False
    if chance.random() < 0.3:
        parts["xl/texts.xml"] = re.sub(rb">[^<>]+</t>", b">500</t>", parts[name])
        text = _relation(b"rId79", b"texts.xml", b"sharedStrings")
        _add_relation(parts, text, chance)
        return True
    lies = (
        b"<t>500</t><t>%b</t>", b"<t>%b</t><t>500</t>", b"<r><t>500</t></r><t>%b</t>",
        b'<q:t xmlns:q="urn:q">500</q:t><t>%b</t>', b"<t>%b</t><rPh><t>500</t></rPh>",
        b"<r><t>%b</t><t>500</t></r>", b"<x><t>500</t></x><t>%b</t>",
        b"<t>%b<!-- 500 --></t>", b"<t>%b</t><si><t>500</t></si>",
    )  # fmt: skip
    lie = chance.choice(lies)
    return replace_one(
        parts, name, chance, rb"<t(?: [^<>]*)?>([^<>]*)</t>",
        lambda m: _alternative(m[0], b"<t>500</t>", chance)
        if chance.random() < 0.2 else lie % m[1],
    )  # fmt: skip


_VALUES = (
    b"<v>500</v><v>%b</v>", b"<v>%b</v><v>500</v>", b"<v> %b </v>", b"<v>+%b</v>",
    b"<v>%be0</v>", b"<v>%b,5</v>", b"<v>0x1F4</v>", b"<v>%bd</v>", b"<v>%b%%</v>",
    b"<v>&#x35;00</v>", b"<v>%b</v><is><t>500</t></is>", b"<v>%b 500</v>",
    b'<q:v xmlns:q="urn:q">500</q:v><v>%b</v>', b"<v><!--5-->%b</v>", b"<v>%b\n</v>",
    b'<v xml:space="preserve">%b</v>', b"<v>%b</v><f>500</f>", b"<f>500</f><v>%b</v>",
    b"<f/><v>%b</v>", b'<f t="shared" si="66"/><v>%b</v>', b"<v>1e400</v>",
    b'<f t="shared" ref="A1:ZZ99" si="0">500</f><v>%b</v>',
    b'<f t="array" ref="A1:ZZ99">500</f><v>%b</v>',
    b'<f t="dataTable" ref="A1:B2" dt2D="0" r1="A1"/><v>%b</v>', b"<v></v>",
    b"<v>%b.</v>", b"<v>-0</v>",
    b"<extLst><ext><v>500</v></ext></extLst><v>%b</v>", b"<v>\xd9\xa5%b</v>",
)  # fmt: skip
_PLACES = (
    b'r="%b" q:r="A9" xmlns:q="urn:q"', b'r="$%b"', b'r="%b "', b'r=" %b"', b"",
    b'r=""', b'r="R1C1"', b'R="%b"', b'r="%b:%b"',
)  # fmt: skip
_TYPES_OF_CELLS = (
    b't="n"', b't="N"', b't=""', b't="str"', b't="s"', b't="b"', b't="d"', b't="e"',
    b't="inlineStr"', b't="x"', b't=" n"', b'q:t="s" xmlns:q="urn:q"',
)  # fmt: skip


def odd_value(parts: Parts, chance: random.Random) -> bool:
    """Store a number in a way that programs could take for another one."""
    new = chance.choice(_VALUES)
    return replace_one(
        parts, pick_part(parts, chance, "worksheets/"), chance, rb"<v>([^<]*)</v>",
        lambda m: new.replace(b"%b", m[1]).replace(b"%%", b"%"),
    )  # fmt: skip


def odd_place(parts: Parts, chance: random.Random) -> bool:
    """Address a cell in a way that programs could take for another one."""
    new = chance.choice((*_PLACES, b'r="%b"'))
    lower = chance.random() < 0.2
    return replace_one(
        parts, pick_part(parts, chance, "worksheets/"), chance, rb'<c r="([A-Z]+\d+)"',
        lambda m: b"<c " + new.replace(b"%b", m[1].lower() if lower else m[1]),
    )  # fmt: skip


def odd_type(parts: Parts, chance: random.Random) -> bool:
    """Give a cell another type."""
    new = chance.choice(_TYPES_OF_CELLS)
    return replace_one(
        parts, pick_part(parts, chance, "worksheets/"), chance,
        rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)(?: t="[^"]*")?',
        lambda m: m[1] + b" " + new,
    )  # fmt: skip


def twin_cell(parts: Parts, chance: random.Random) -> bool:
    """Store a second cell of the same place where only some programs see it."""
    name = pick_part(parts, chance, "worksheets/")
    cell = rb'<c r="([A-Z]+\d+)"[^<>]*>(?:<f[^<>]*(?:/>|>[^<]*</f>))?<v>[^<]*</v></c>'
    twin = b'<c r="%b"><v>500</v></c>'
    kind = chance.randrange(6)

    def write(m: re.Match[bytes]) -> bytes:
        other = twin % m[1]
        if kind == 0:
            return _alternative(m[0], other, chance)
        if kind == 1:
            return m[0] + b"</row><row>" + other
        if kind == 2:
            return (
                m[0]
                .replace(b"<c ", b'<q:c xmlns:q="%b" ' % MAIN, 1)
                .replace(b"</c>", b"</q:c>")
            )
        if kind == 3:
            return m[0] + b'<q:c xmlns:q="urn:q" r="%b"><v>500</v></q:c>' % m[1]
        if kind == 4:
            return b"<c><v>500</v></c>" + m[0]
        return m[0] + other.replace(m[1], m[1].lower())

    return replace_one(parts, name, chance, cell, write)


_SETTINGS = (
    b'<workbookPr date1904="%b"/>', b'<calcPr fullPrecision="%b"/>',
    b'<calcPr iterate="%b" iterateCount="1"/>', b'<calcPr refMode="R1C1"/>',
    b'<calcPr calcMode="manual"/>', b'<calcPr fullCalcOnLoad="%b"/>',
    b'<definedNames><definedName name="mrs_result">500</definedName></definedNames>',
    b'<q:workbookPr xmlns:q="urn:q" date1904="%b"/>',
    b'<calcPr calcId="0"/>', b'<fileVersion appName="Calc"/>',
    b'<fileVersion appName="x"/>',
)  # fmt: skip


def odd_setting(parts: Parts, chance: random.Random) -> bool:
    """State a setting of the book, once more or in the place of the other."""
    if _BOOK not in parts:
        return False
    yes = chance.choice(
        (b"1", b"0", b"true", b"on", b"t", b"TRUE", b"off", b"2", b" 1")
    )
    new = chance.choice(_SETTINGS).replace(b"%b", yes)
    data = parts[_BOOK]
    name = re.match(rb"<(?:q:)?(\w+)", new)
    assert name
    if chance.random() < 0.5:
        data = re.sub(rb"<%b[ /][^<>]*>" % name[1], b"", data)
    place = chance.choice((b"<sheets>", b"</workbook>", b"<bookViews>", b"</sheets>"))
    parts[_BOOK] = data.replace(place, new + place, 1)
    return parts[_BOOK] != data


CHANGES = (
    second_key, second_relation, odd_target, second_listing, second_book, second_style,
    second_texts, odd_value, odd_place, odd_type, twin_cell, odd_setting,
)  # fmt: skip
