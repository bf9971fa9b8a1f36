"""VBA sources to a project binary, [MS-OVBA] 2: what Excel compiles when it opens it.

The binary holds sources only: `_VBA_PROJECT` is seven bytes and every module starts
at offset 0, as in books that come from elsewhere than Excel. Excel then compiles the
text itself, so nothing compiled for one version of Excel travels with the book.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from enum import Enum

from jcm_xl.dataclass import dataclass
from jcm_xl.hosts.excel.vba.compound import compound_file
from jcm_xl.hosts.excel.vba.compression import compress

CODE_PAGE = "cp1252"
_LCID = 0x409
_SEED = 0x00
_UNPROTECTED, _NO_PASSWORD, _VISIBLE = b"\0\0\0\0", b"\0", b"\xff"

_REFERENCES = (
    ("stdole", "*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#"
     "C:\\Windows\\System32\\stdole2.tlb#OLE Automation"),
    ("Office", "*\\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
     "C:\\Program Files\\Common Files\\Microsoft Shared\\OFFICE16\\MSO.DLL#"
     "Microsoft Office 16.0 Object Library"),
)  # fmt: skip
"""The two libraries of every workbook project; the paths are only hints to Excel."""

_DOCUMENT = """\
Attribute VB_Name = "{name}"
Attribute VB_Base = "0{base}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = True
Attribute VB_TemplateDerived = False
Attribute VB_Customizable = True
"""


class DocumentModule(Enum):
    """What a document module stands for, by the class Excel gives it."""

    WORKBOOK = "{00020819-0000-0000-C000-000000000046}"
    SHEET = "{00020820-0000-0000-C000-000000000046}"


@dataclass(frozen=True, slots=True)
class Module:
    """A module with its text; line ends are `\\n` here and CR LF in the binary."""

    name: str
    text: str
    is_document: bool = False

    def source(self) -> bytes:
        """Return the bytes that are compressed; raises for signs VBA cannot hold."""
        return self.text.replace("\n", "\r\n").encode(CODE_PAGE)


def document_module(name: str, kind: DocumentModule) -> Module:
    """Return the empty module behind the workbook or a sheet of this code name."""
    return Module(name, _DOCUMENT.format(name=name, base=kind.value), is_document=True)


def document_modules(sheets: int) -> tuple[Module, ...]:
    """Return the modules of a workbook with so many sheets, as Excel names them."""
    names = [f"Sheet{number}" for number in range(1, sheets + 1)]
    return (
        document_module("ThisWorkbook", DocumentModule.WORKBOOK),
        *(document_module(name, DocumentModule.SHEET) for name in names),
    )


def project_binary(
    modules: Sequence[Module], *, name: str = "VBAProject", identity: str
) -> bytes:
    """Return `vbaProject.bin`; `identity` is the project's GUID with its braces."""
    streams = {module.name: compress(module.source()) for module in modules}
    return compound_file(
        {
            "VBA": {
                "dir": compress(b"".join(_directory(modules, name))),
                "_VBA_PROJECT": b"\xcc\x61\xff\xff\x00\x00\x00",
                **streams,
            },
            "PROJECT": _project(modules, name, identity),
            "PROJECTwm": _names(modules),
        }
    )


# -- the stream dir ------------------------------------------------------------------


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", kind, len(data)) + data


def _number(kind: int, value: int, form: str = "<I") -> bytes:
    return _record(kind, struct.pack(form, value))


def _text(kind: int, wide_kind: int, text: str) -> bytes:
    """Return a text twice, as most records hold it: in the code page and wide."""
    narrow, wide = text.encode(CODE_PAGE), text.encode("utf-16-le")
    return _record(kind, narrow) + _record(wide_kind, wide)


def _directory(modules: Sequence[Module], name: str) -> Iterator[bytes]:
    yield _number(0x0001, 1)  # for 32-bit Windows, which 64-bit Excel reads as well
    yield _number(0x0002, _LCID)
    yield _number(0x0014, _LCID)
    yield _number(0x0003, int(CODE_PAGE[2:]), "<H")
    yield _record(0x0004, name.encode(CODE_PAGE))
    yield _text(0x0005, 0x0040, "")  # description
    yield _record(0x0006) + _record(0x003D)  # help file
    yield _number(0x0007, 0)
    yield _number(0x0008, 0)
    yield struct.pack("<HIIH", 0x0009, 4, 1, 1)  # the project's own version
    yield _text(0x000C, 0x003C, "")  # conditional constants
    for title, library in _REFERENCES:
        yield _text(0x0016, 0x003E, title)
        libid = library.encode(CODE_PAGE)
        body = struct.pack("<I", len(libid)) + libid + bytes(6)
        yield _record(0x000D, body)
    yield _number(0x000F, len(modules), "<H")
    yield _number(0x0013, 0xFFFF, "<H")
    for module in modules:
        yield _text(0x0019, 0x0047, module.name)
        yield _text(0x001A, 0x0032, module.name)  # its stream
        yield _text(0x001C, 0x0048, "")
        yield _number(0x0031, 0)  # no compiled code before the text
        yield _number(0x001E, 0)
        yield _number(0x002C, 0xFFFF, "<H")
        yield _record(0x0022 if module.is_document else 0x0021)
        yield _record(0x002B)
    yield _record(0x0010)


# -- the streams PROJECT and PROJECTwm ------------------------------------------------


def _project(modules: Sequence[Module], name: str, identity: str) -> bytes:
    documents = [m.name for m in modules if m.is_document]
    plain = [m.name for m in modules if not m.is_document]
    lines = [
        f'ID="{identity}"',
        *(f"Document={document}/&H00000000" for document in documents),
        *(f"Module={module}" for module in plain),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_obscured(_UNPROTECTED, identity)}"',
        f'DPB="{_obscured(_NO_PASSWORD, identity)}"',
        f'GC="{_obscured(_VISIBLE, identity)}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    return "\r\n".join(lines).encode(CODE_PAGE)


def _names(modules: Sequence[Module]) -> bytes:
    pairs = (
        m.name.encode(CODE_PAGE) + b"\0" + m.name.encode("utf-16-le") + b"\0\0"
        for m in modules
    )
    return b"".join(pairs) + b"\0\0"


def _obscured(data: bytes, identity: str) -> str:
    """Return data as the project stores its three states, [MS-OVBA] 2.4.3.2."""
    key = sum(identity.encode(CODE_PAGE)) & 0xFF
    version = 2
    first, second, plain = _SEED ^ key, _SEED ^ version, key
    out = [_SEED, second, first]
    ignored = [0] * ((_SEED & 6) // 2)
    for byte in (*ignored, *struct.pack("<I", len(data)), *data):
        coded = byte ^ ((second + plain) & 0xFF)
        out.append(coded)
        second, first, plain = first, coded, byte
    return bytes(out).hex().upper()
