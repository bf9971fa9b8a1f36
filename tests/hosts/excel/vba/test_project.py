"""The macro binary: read back by other readers, the same bytes each time."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.hosts.excel.vba.build import macro_binary
from jcm_xl.hosts.excel.vba.compound import compound_file
from jcm_xl.hosts.excel.vba.compression import compress
from jcm_xl.hosts.excel.vba.project import Module, document_modules, project_binary
from jcm_xl.hosts.excel.vba.sources import Carrier, modules

pytest.importorskip("xlwings")
olefile = pytest.importorskip("olefile")
olevba = pytest.importorskip("oletools.olevba")
VBA_Parser, decompress_stream = olevba.VBA_Parser, olevba.decompress_stream

IDENTITY = "{9E394C0B-697E-4AEE-9FA6-446F51FB30DC}"
TEXTS = st.text(st.characters(codec="cp1252", exclude_characters="\r\n\0"), max_size=60)


# -- compression -----------------------------------------------------------------------


@given(st.lists(TEXTS, max_size=200), st.integers(1, 60))
def test_whatever_text_is_compressed_comes_back(lines: list[str], times: int) -> None:
    data = ("\r\n".join(lines) * times).encode("cp1252")
    assert bytes(decompress_stream(bytearray(compress(data)))) == data


@pytest.mark.parametrize("size", [0, 1, 3, 4095, 4096, 4097, 8192, 40_000])
def test_chunks_of_every_length_come_back(size: int) -> None:
    data = (b"A" * 700 + bytes(range(32, 127))).ljust(3000, b" ") * 14
    assert bytes(decompress_stream(bytearray(compress(data[:size])))) == data[:size]


def test_bytes_without_repetition_take_a_raw_chunk() -> None:
    import random

    data = random.Random(1).randbytes(4096)
    packed = compress(data)
    assert struct.unpack("<H", packed[1:3])[0] == 0x3FFF
    assert bytes(decompress_stream(bytearray(packed))) == data
    with pytest.raises(ValueError, match="cannot be compressed"):
        compress(data[:4000])


# -- compound file ---------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 30, 200])
def test_streams_of_all_sizes_are_found_by_name(count: int) -> None:
    streams = {f"Stream{n}": bytes([n % 251]) * (n * 97 % 9000) for n in range(count)}
    data = compound_file({"VBA": dict(streams), "PROJECT": b"x" * 5000})
    with olefile.OleFileIO(data, raise_defects=olefile.DEFECT_POTENTIAL) as file:
        assert not file.parsing_issues
        for name, content in streams.items():
            # the search goes down the tree of names, as Excel's does
            assert file.openstream(f"VBA/{name}").read() == content
        assert file.openstream("PROJECT").read() == b"x" * 5000
        names = {entry[-1] for entry in file.listdir()}
    assert names == {*streams, "PROJECT"}
    assert red_black(data)


def red_black(data: bytes) -> bool:
    """Tell whether the names are a red-black tree: [MS-CFB] 2.6.4."""
    with olefile.OleFileIO(data) as file:
        file.loaddirectory(file.first_dir_sector)
        entries = file.direntries
        raw = file.directory_fp.getvalue()
    colours = [raw[i * 128 + 67] for i in range(len(entries))]

    def black_height(sid: int) -> set[int]:
        if sid == 0xFFFFFFFF:
            return {0}
        entry = entries[sid]
        sides = (entry.sid_left, entry.sid_right)
        if colours[sid] == 0:  # a red one has black children only
            assert all(s == 0xFFFFFFFF or colours[s] == 1 for s in sides)
        heights = black_height(sides[0]) | black_height(sides[1])
        return {h + colours[sid] for h in heights}

    parents = [e.sid_child for e in entries if e and e.sid_child != 0xFFFFFFFF]
    return all(len(black_height(sid)) == 1 for sid in parents)


# -- project ---------------------------------------------------------------------------


def sources(data: bytes) -> dict[str, str]:
    """The modules as oletools reads them, by the name of their stream."""
    parser = VBA_Parser("vbaProject.bin", data=data)
    found = {
        stream.removeprefix("VBA/"): code.replace("\r\n", "\n")
        for _, stream, _, code in parser.extract_macros()
    }
    parser.close()
    return found


@pytest.mark.parametrize("carrier", list(Carrier))
@pytest.mark.parametrize("sheets", [1, 12])
def test_every_source_is_read_back_identical(carrier: Carrier, sheets: int) -> None:
    data = macro_binary(carrier, sheets)
    every = (*document_modules(sheets), *modules(carrier))
    assert sources(data) == {module.name: module.text for module in every}
    with olefile.OleFileIO(data) as file:
        assert len(file.openstream("VBA/_VBA_PROJECT").read()) == 7
        lines = file.openstream("PROJECT").read().decode("cp1252").split("\r\n")
        names = file.openstream("PROJECTwm").read()
    documents = [f"Sheet{n}" for n in range(1, sheets + 1)]
    listed = [line.split("=")[1].split("/")[0] for line in lines
              if line.startswith("Document=")]  # fmt: skip
    assert listed == ["ThisWorkbook", *documents]
    assert all(f"Module={m.name}" in lines for m in modules(carrier))
    assert names.endswith(b"\0\0")


def test_the_same_text_is_the_same_file() -> None:
    macro_binary.cache_clear()
    first = macro_binary(Carrier.BOOK, 8)
    macro_binary.cache_clear()
    modules.cache_clear()
    assert macro_binary(Carrier.BOOK, 8) == first


def test_signs_of_windows_survive_and_others_are_refused() -> None:
    text = 'Attribute VB_Name = "M"\n\' 5 € – “é”\n'
    assert sources(project_binary([Module("M", text)], identity=IDENTITY)) == {
        "M": text
    }
    with pytest.raises(UnicodeEncodeError):
        project_binary([Module("M", "' CO₂\n")], identity=IDENTITY)


def test_the_project_is_unprotected_as_its_states_say() -> None:
    data = project_binary([Module("M", 'Attribute VB_Name = "M"\n')], identity=IDENTITY)
    with olefile.OleFileIO(data) as file:
        text = file.openstream("PROJECT").read().decode("cp1252")
    states = {k: revealed(re.search(f'{k}="([^"]*)', text)[1])  # type: ignore[index]
              for k in ("CMG", "DPB", "GC")}  # fmt: skip
    assert states == {"CMG": bytes(4), "DPB": b"\0", "GC": b"\xff"}


def revealed(coded: str) -> bytes:
    """Decode a state, [MS-OVBA] 2.4.3.3, and prove version and key."""
    data = bytes.fromhex(coded)
    seed = data[0]
    assert data[1] ^ seed == 2
    key = data[2] ^ seed
    assert key == sum(IDENTITY.encode()) & 0xFF
    plain, first, second, out = key, data[2], data[1], []
    for byte in data[3:]:
        plain = byte ^ ((second + plain) & 0xFF)
        second, first = first, byte
        out.append(plain)
    body = bytes(out[(seed & 6) // 2 :])
    assert int.from_bytes(body[:4], "little") == len(body) - 4
    return body[4:]


# -- LibreOffice -----------------------------------------------------------------------

STUB = """Attribute VB_Name = "Stub"
Public Function RunPython(PythonCommand As String)
    RunPython = PythonCommand
End Function
"""


def macro_book(path: Path, texts: list[Module], sheets: int = 2) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for number in range(1, sheets + 1):
            book.add_worksheet().set_vba_name(f"Sheet{number}")
        book.set_vba_name("ThisWorkbook")
        every = (*document_modules(sheets), *texts)
        binary = project_binary(every, identity=IDENTITY)
        book.add_vba_project(io.BytesIO(binary), is_stream=True)
    return path


@pytest.mark.office
def test_libreoffice_reads_the_modules_and_compiles_ours(office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    # Without xlwings' module, which LibreOffice cannot compile.
    ours = [m for m in modules(Carrier.ADDIN) if m.name.startswith("Jcm")]
    texts = [*ours, Module("Stub", STUB)]
    path = macro_book(tmp_path / "ours.xlsm", texts)
    found, results = office.macros(path, [("JcmTools.JcmCommand", ["check"])])
    assert sorted(found) == sorted(
        ["ThisWorkbook", "Sheet1", "Sheet2", *(m.name for m in texts)]
    )
    assert results == ["from jcm_xl.desk.excel import run; run('check')"]


@pytest.mark.office
def test_libreoffice_reads_the_whole_project(office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    texts = list(modules(Carrier.BOOK))
    found, _ = office.macros(macro_book(tmp_path / "whole.xlsm", texts))
    assert {m.name for m in texts} < set(found)


@pytest.mark.office
def test_libreoffice_refuses_a_module_that_does_not_compile(office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tools,) = (m for m in modules(Carrier.BOOK) if m.name == "JcmTools")
    broken = Module(tools.name, tools.text.replace("    End If\n", ""))
    path = macro_book(tmp_path / "broken.xlsm", [broken, Module("Stub", STUB)])
    _, results = office.macros(path, [("JcmTools.JcmCommand", ["check"])])
    assert results == [None]  # it says nothing, but nothing runs either
