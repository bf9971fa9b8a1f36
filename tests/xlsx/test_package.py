"""The pre-flight check: every refusal has its own sentence and its own remedy."""

from __future__ import annotations

import gc
import gzip
import hashlib
import io
import os
import pickle
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from jcm_xl.errors import JcmError
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.package import CannotRead, open_bytes, open_package
from jcm_xl.xlsx.read import read_grid
from tests.xlsx.handmade import DECLARATION, book, parts, row, sheet, zipped

GOOD = book(sheet(row('<c r="A1"><v>1</v></c>')))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(100)


def with_names(*names: str, keep: bool = True) -> bytes:
    found = parts(sheet("")) if keep else {}
    return zipped(found | dict.fromkeys(names, "x"))


def patched(
    data: bytes, signature: bytes, offset: int, new: bytes, which: int = 0
) -> bytes:
    """Overwrite bytes of the n-th zip record with this signature."""
    at = -1
    for _ in range(which + 1):
        at = data.index(signature, at + 1)
    return data[: at + offset] + new + data[at + offset + len(new) :]


def twice(first: str, second: str) -> bytes:
    """Return a book with two more parts; zipfile itself would not write them."""
    data = with_names(first, "renamed" + second[len("renamed") :])
    return data.replace(b"renamed" + second[len("renamed") :].encode(), second.encode())


def overlapping() -> bytes:
    """Let one part lie inside another, with a header of its own."""
    inner = zipped({"xl/inner.bin": "x"}, zipfile.ZIP_STORED)
    record = inner[: inner.index(CENTRAL)]
    outer = {"xl/outer.bin": record, "xl/inner.bin": "x"}
    data = zipped(outer | parts(sheet("")), zipfile.ZIP_STORED)
    start = struct.pack("<L", data.index(record))
    return patched(data, CENTRAL, 42, start, which=1)


def zip_of(member: str, content: str) -> bytes:
    return zipped({member: content})


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
SAVE_AS = "Open it in Excel or LibreOffice and save it as .xlsx."
SEND = "Send the .xlsx workbook."
AGAIN = "Ask for the file again; it was probably cut off or damaged on its way."
SAVE = "Open it in Excel, save it as a new .xlsx workbook and try that one."
PART = "'[Content_Types].xml'"

TABLE: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "it is empty.", AGAIN),
    "label": (
        ole("EncryptedPackage DRMEncryptedDataSpace"),
        "it is encrypted by a sensitivity label or another rights protection.",
        "Open it in Excel with an account that may, choose a label without encryption "
        "under Home > Sensitivity (or File > Info > Protect Workbook > Restrict Access "
        "> Unrestricted Access), or ask its owner to, and save it.",
    ),
    "password": (
        ole("EncryptedPackage"), "it is protected by a password.",
        "Open it in Excel, remove the password under File > Info > Protect Workbook "
        "> Encrypt with Password, and save it.",
    ),
    "old xls": (ole("Workbook"), "it is a workbook in the old .xls format.", SAVE_AS),
    "older xls": (ole("Book"), "it is a workbook in the old .xls format.", SAVE_AS),
    "old word": (
        ole("WordDocument"), "it is an old Word document, not a workbook.", SEND
    ),
    "old powerpoint": (
        ole("PowerPoint Document"), "it is an old presentation, not a workbook.", SEND
    ),
    "other ole": (OLE, "it is an old Office file without a workbook.", SEND),
    "ods": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": "<x/>"}),
        "it is an OpenDocument file (.ods).", SAVE_AS,
    ),
    "xlsb": (
        with_names("xl/workbook.bin"), "it is a binary workbook (.xlsb).", SAVE_AS
    ),
    "docx": (
        with_names("[Content_Types].xml", "word/document.xml", keep=False),
        "it is a Word document, not a workbook.", SEND,
    ),
    "pptx": (
        with_names("[Content_Types].xml", "ppt/slides.xml", keep=False),
        "it is a presentation, not a workbook.", SEND,
    ),
    "numbers": (
        zip_of("Index/Document.iwa", "x"),
        "it is a document of Apple Numbers or Pages.",
        "Export it to Excel (.xlsx) there.",
    ),
    "zip of books": (
        zip_of("2021/JCM_report.xlsx", "x"),
        "it is a zip archive with workbooks inside.",
        "Unpack it and check the workbooks.",
    ),
    "other zip": (zip_of("a.txt", "x"), "it is a zip archive, not a workbook.", SEND),
    "empty zip": (zipped({}), "it is an empty or split zip archive.", AGAIN),
    "csv": (
        b"parameter;unit;value\nEC;MWh;3,5\n",
        "it is a text table (CSV) named like a workbook.", SAVE_AS,
    ),
    "csv in UTF-16": (
        "a\tb\n1\t2\n".encode("utf-16"),
        "it is a text table (CSV) named like a workbook.", SAVE_AS,
    ),
    "text": (b"hello\n", "it is a text file, not a workbook.", SEND),
    "html": (
        b"\xef\xbb\xbf \n<!DOCTYPE html><html><table>",
        "it is a web page (HTML) named like a workbook.", SAVE_AS,
    ),
    "html table": (
        b"<table><tr><td>1</td></tr></table>",
        "it is a web page (HTML) named like a workbook.", SAVE_AS,
    ),
    "xml 2003": (
        b'<?xml version="1.0"?><Workbook '
        b'xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "it is an XML Spreadsheet 2003.", SAVE_AS,
    ),
    "fods": (
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:'
        b'opendocument:xmlns:office:1.0">',
        "it is an OpenDocument file (.fods).", SAVE_AS,
    ),
    "other xml": (
        b"<?xml version='1.0'?><a/>", "it is an XML or HTML text, not a workbook.",
        SAVE_AS,
    ),
    "pdf": (b"%PDF-1.7\n", "it is a PDF document.", SEND),
    "picture": (b"\x89PNG\r\n\x1a\n", "it is a picture.", SEND),
    "gzip": (gzip.compress(GOOD), "it is a gzip archive.", SEND),
    "zeros": (bytes(5000), "it holds nothing but zero bytes.", AGAIN),
    "noise": (bytes(range(256)), "it is not a workbook.", SEND),
    "cut off": (GOOD[:-200], "the end of the file is missing.", AGAIN),
    "cut off early": (GOOD[:40], "the end of the file is missing.", AGAIN),
    "data behind": (
        GOOD + b"PK", "unknown data follows the end of its zip directory.", SAVE
    ),
    "data before the directory": (
        GOOD.replace(CENTRAL, b"xx" + CENTRAL, 1),
        "its zip directory is damaged or incomplete.", AGAIN,
    ),
    "split": (
        patched(GOOD, END, 4, b"\1\0"), "it is one volume of a split archive.", SAVE
    ),
    "wrong count": (
        patched(GOOD, END, 8, b"\2\0\2\0"),
        "its zip directory is damaged or incomplete.", AGAIN,
    ),
    "two parts of one name": (
        twice("xl/extra.bin", "xl/extra.bin"),
        "it holds two parts named 'xl/extra.bin'.", SAVE,
    ),
    "two parts but for capitals": (
        with_names("XL/Workbook.XML"),
        "it holds two parts named 'XL/Workbook.XML'.", SAVE,
    ),
    "absolute name": (
        with_names("/etc/passwd"), "its part name '/etc/passwd' is not allowed.", SAVE
    ),
    "name that climbs": (
        with_names("xl/../../x"), "its part name 'xl/../../x' is not allowed.", SAVE
    ),
    "drive name": (with_names("C:/x"), "its part name 'C:/x' is not allowed.", SAVE),
    "backslashes that climb": (
        with_names("xl\\..\\..\\x"), "its part name 'xl/../../x' is not allowed.", SAVE
    ),
    "one name in two spellings": (
        with_names("xl/x", "xl\\X"), "it holds two parts named 'xl/X'.", SAVE
    ),
    "a streamed size that is another one": (
        patched(patched(GOOD, LOCAL, 6, b"\x08\0"), LOCAL, 14, bytes(8) + b"\7\0\0\0"),
        f"its zip directory contradicts itself about {PART}.", SAVE
    ),
    "name with a control character": (
        with_names("xl/\x1b[2J"), "its part name 'xl/?[2J' is not allowed.", SAVE
    ),
    "encrypted parts": (
        patched(patched(GOOD, LOCAL, 6, b"\1\0"), CENTRAL, 8, b"\1\0"),
        "its parts are encrypted.", "Save it without a password.",
    ),
    "unknown packing": (
        patched(patched(GOOD, LOCAL, 8, b"\x0c\0"), CENTRAL, 10, b"\x0c\0"),
        f"its part {PART} is packed in an unknown way.", SAVE,
    ),
    "another name in front": (
        GOOD.replace(b"[Content_Types].xml", b"[Content_Types].xmx", 1),
        f"its zip directory contradicts itself about {PART}.", SAVE,
    ),
    "another size in front": (
        patched(GOOD, LOCAL, 22, b"\x01\0\0\0"),
        f"its zip directory contradicts itself about {PART}.", SAVE,
    ),
    "another method in front": (
        patched(GOOD, LOCAL, 8, b"\0\0"),
        f"its zip directory contradicts itself about {PART}.", SAVE,
    ),
    "secretly encrypted": (
        patched(GOOD, LOCAL, 6, b"\1\0"),
        f"its zip directory contradicts itself about {PART}.", SAVE,
    ),
    "part outside of the file": (
        patched(GOOD, CENTRAL, 42, b"\xff\xff\xff\x7f"),
        "its zip directory is damaged or incomplete.", AGAIN,
    ),
    "overlapping parts": (
        overlapping(), "its parts overlap in the zip archive.", SAVE
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_a_file_that_is_no_workbook(name: str, tmp_path: Path) -> None:
    data, reason, remedy = TABLE[name]
    path = tmp_path / "JCM report.xlsx"
    path.write_bytes(data)
    with pytest.raises(CannotRead) as caught:
        read_grid(path)
    refused = caught.value
    assert (refused.path, refused.reason, refused.remedy) == (str(path), reason, remedy)
    assert str(refused) == f"{path} cannot be read: {reason} {remedy}"
    assert isinstance(refused, JcmError)
    assert refused.__cause__ is None
    assert refused.__suppress_context__


def test_the_refusal_travels_between_processes() -> None:
    refused = CannotRead("a.xlsx", "it is empty.", "Ask again.")
    assert str(pickle.loads(pickle.dumps(refused))) == str(refused)


def refused_path(path: Path | str) -> tuple[str, str]:
    with pytest.raises(CannotRead) as caught:
        open_package(path)
    return caught.value.reason, caught.value.remedy


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    assert refused_path(tmp_path) == ("it is a folder.", "Name a workbook file.")
    assert refused_path(tmp_path / "no.xlsx") == (
        "there is no such file.", "Check the spelling."
    )  # fmt: skip
    assert refused_path("null\0.xlsx")[0] == "the system cannot open it."
    assert refused_path("x" * 5000)[0] == "the system cannot open it."
    owner = tmp_path / "~$report.xlsx"
    owner.write_bytes(b"x" * 165)
    assert refused_path(owner) == (
        "it is the owner file that Excel keeps beside an open workbook.",
        "Check 'report.xlsx' instead.",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_make_the_reader_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert refused_path(tmp_path / "pipe.xlsx")[0] == "it is not a regular file."


def test_a_package_tells_its_hash_and_its_parts(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(GOOD)
    package = open_package(path)
    assert package.sha256 == hashlib.sha256(GOOD).hexdigest()
    assert package.names == tuple(parts(sheet("")))
    assert package.path == str(path)
    assert "XL/Workbook.xml" in package
    assert package.part("xl/WORKBOOK.xml") == package.part("xl/workbook.xml")
    assert read_grid(package).sha256 == package.sha256


def test_folders_in_the_archive_are_no_parts() -> None:
    assert "xl/" not in open_bytes(with_names("xl/")).names


def test_damaged_bytes_of_a_part_are_noticed() -> None:
    stored = zipped(parts(sheet("")), zipfile.ZIP_STORED)
    at = stored.index(b"<sheetData>")
    package = open_bytes(stored[:at] + b"<SHEETDATA>" + stored[at + 11 :])
    with pytest.raises(
        CannotRead, match=r"part 'xl/worksheets/sheet1\.xml' is damaged"
    ):
        read_grid(package)


@pytest.mark.parametrize("offset", range(0, 40, 3))
def test_damaged_packed_bytes_are_noticed(offset: int) -> None:
    name = b"xl/worksheets/sheet1.xml"
    at = GOOD.index(name) + len(name) + offset
    package = open_bytes(GOOD[:at] + bytes([GOOD[at] ^ 0x55]) + GOOD[at + 1 :])
    with pytest.raises(
        CannotRead, match=r"part 'xl/worksheets/sheet1\.xml' is damaged"
    ):
        read_grid(package)


# --- limits: below, at and above


def declared(size: int, packed: bytes) -> bytes:
    """Return a book with one more part of this declared size."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(sheet("")).items():
            archive.writestr(name, content)
        archive.writestr("xl/media/last.bin", packed)
    data = file.getvalue()
    local, central = data.rindex(LOCAL), data.rindex(CENTRAL)
    number = struct.pack("<L", size)
    data = data[: local + 22] + number + data[local + 26 :]
    return data[: central + 24] + number + data[central + 28 :]


def reason_of(data: bytes) -> str:
    try:
        open_bytes(data)
    except CannotRead as refused:
        return refused.reason
    return ""


@pytest.mark.parametrize(("more", "is_read"), [(-1, True), (0, True), (1, False)])
def test_the_limit_of_the_file(
    more: int, is_read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", len(GOOD) - more)
    path = tmp_path / "book.xlsx"
    path.write_bytes(GOOD)
    if is_read:
        assert open_package(path)
        assert reason_of(GOOD) == ""
    else:
        assert refused_path(path)[0] == "it is larger than 0 MB."
        assert reason_of(GOOD) == "it is larger than 0 MB."


def test_a_file_of_31_megabytes_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.truncate(31 * limits.MEGABYTE)
    assert refused_path(path) == (
        "it is larger than 30 MB.",
        "Remove pictures and other data that do not belong to the workbook.",
    )


@pytest.mark.parametrize(("more", "is_read"), [(-1, True), (0, True), (1, False)])
def test_the_limit_of_parts(more: int, is_read: bool) -> None:
    here = len(parts(sheet("")))
    extra = [f"xl/media/{n}.bin" for n in range(limits.ZIP_ENTRIES - here + more)]
    reason = reason_of(with_names(*extra))
    assert reason == ("" if is_read else "it holds 2001 parts, more than 2000.")


@pytest.mark.parametrize(("more", "is_read"), [(-1, True), (0, True), (1, False)])
def test_the_limit_of_one_part(more: int, is_read: bool) -> None:
    noise = os.urandom(limits.MEGABYTE)  # 60:1, far below the ratio
    reason = reason_of(declared(limits.PART_BYTES + more, noise))
    expected = "its part 'xl/media/last.bin' is larger than 60 MB when unpacked."
    assert reason == ("" if is_read else expected)


@pytest.mark.parametrize(("more", "is_read"), [(-1, True), (0, True), (1, False)])
def test_the_limit_of_all_parts(
    more: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = sum(len(part.encode()) for part in parts(sheet("")).values()) + 1000
    monkeypatch.setattr(limits, "UNPACKED_BYTES", total)
    reason = reason_of(declared(1000 + more, b"x" * 1000))
    expected = "its parts together are larger than 0 MB when unpacked."
    assert reason == ("" if is_read else expected)


def test_a_high_ratio_alone_is_no_bomb_but_a_large_part_with_it_is() -> None:
    zeros = zlib.compress(bytes(limits.PACKING_RATIO_FROM_BYTES))
    assert len(zeros) * limits.PACKING_RATIO < limits.PACKING_RATIO_FROM_BYTES
    at_limit = zipped(
        parts(sheet("")) | {"x.bin": bytes(limits.PACKING_RATIO_FROM_BYTES)}
    )
    assert reason_of(at_limit) == ""
    above = zipped(
        parts(sheet("")) | {"x.bin": bytes(limits.PACKING_RATIO_FROM_BYTES + 1)}
    )
    assert (
        reason_of(above) == "its part 'x.bin' unpacks to more than 100 times its size."
    )


@pytest.mark.parametrize(("ratio", "is_read"), [(99, True), (100, True), (101, False)])
def test_the_limit_of_the_ratio(
    ratio: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PACKING_RATIO_FROM_BYTES", 1000)
    noise = os.urandom(1000)
    packed = zlib.compressobj(wbits=-15)
    length = len(packed.compress(noise) + packed.flush())
    assert (reason_of(declared(ratio * length, noise)) == "") is is_read


def test_a_part_that_unpacks_to_more_than_it_declares_is_stopped() -> None:
    package = open_bytes(declared(10, b"x" * 100_000))
    with pytest.raises(CannotRead, match=r"part 'xl/media/last\.bin' is damaged"):
        package.part("xl/media/last.bin")


# --- archives that are unusual but sound


def streamed(data: bytes) -> bytes:
    """Write the archive as to a pipe: sizes follow each part."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, content) -> int:  # type: ignore[no-untyped-def, override]
            self.written += bytes(content)
            return len(content)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in parts(sheet(row('<c r="A1"><v>1</v></c>'))).items():
            archive.writestr(name, content)
    assert data
    return pipe.written


def wide(_: bytes) -> bytes:
    """Write 64-bit sizes in front of each part, as some .NET programs do."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(sheet(row('<c r="A1"><v>1</v></c>'))).items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(content.encode())
    return file.getvalue()


def wide_directory(data: bytes) -> bytes:
    """Add the 64-bit end record that Apache POI writes for streamed books."""
    at = data.rindex(END)
    count, size, offset = struct.unpack_from("<10xH2L", data, at)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count,
                         size, offset)  # fmt: skip
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = struct.pack("<4s4H2LH", END, 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    return data[:at] + record + locator + end


def exported(data: bytes) -> bytes:
    """State the size and that sizes follow, as Apache POI does."""
    changed = bytearray(data)
    at = data.find(LOCAL)
    while at >= 0:
        (size,) = struct.unpack_from("<L", data, at + 22)
        struct.pack_into("<H", changed, at + 6, 0x8)
        struct.pack_into("<3L", changed, at + 14, 0, 0, size)
        at = data.find(LOCAL, at + 1)
    return bytes(changed)


def commented(data: bytes) -> bytes:
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"saved by hand"
    return file.getvalue()


def not_packed(_: bytes) -> bytes:
    return zipped(parts(sheet(row('<c r="A1"><v>1</v></c>'))), zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    "change", [streamed, wide, wide_directory, exported, commented, not_packed]
)
def test_an_unusual_archive_is_read(change: Callable[[bytes], bytes]) -> None:
    data = change(GOOD)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
    grid = read_grid(open_bytes(data))
    assert grid.sheets[0].cells[1, 1].value == 1
    assert grid.oddities == ()


def test_names_with_backslashes_are_read_and_told() -> None:
    names = ((name.encode(), name) for name in parts(sheet("")) if "/" in name)
    data = GOOD
    for stored, name in names:
        data = data.replace(stored, name.replace("/", "\\").encode())
    grid = read_grid(open_bytes(data))
    assert grid.sheets[0].cells[1, 1].value == 1
    assert {odd.kind for odd in grid.oddities} == {Odd.BAD_PART_NAME}


def test_every_cut_of_a_good_file_is_refused() -> None:
    for length in range(len(GOOD)):
        assert reason_of(GOOD[:length]) != ""


def test_a_refused_file_leaves_nothing_in_memory() -> None:
    broken = patched(GOOD, END, 8, b"\2\0\2\0")
    reason_of(broken)
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(20):
        assert reason_of(broken) == "its zip directory is damaged or incomplete."
    gc.collect()
    assert len(gc.get_objects()) <= before


def test_unlisted_bytes_between_parts_are_told() -> None:
    at = GOOD.index(CENTRAL)
    hidden = b"hidden" * 10
    data = GOOD[:at] + hidden + GOOD[at:]
    end = data.rindex(END) + 16
    offset = struct.pack("<L", at + len(hidden))
    data = data[:end] + offset + data[end + 4 :]
    assert [str(odd) for odd in read_grid(open_bytes(data)).oddities] == [
        "unlisted bytes in the archive"
    ]


def test_parts_that_nobody_needs_are_not_parsed() -> None:
    extra = {"xl/theme/theme1.xml": f"{DECLARATION}<broken"}
    assert read_grid(open_bytes(book(sheet(""), extra=extra))).oddities == ()
