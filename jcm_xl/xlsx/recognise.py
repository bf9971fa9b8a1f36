"""What a file is when it is not a workbook: the usual mistakes and their remedies."""

from collections.abc import Collection

from jcm_xl.xlsx.refusal import SEND_AGAIN, Refusal

_SAVE_AS = "Open it in Excel or LibreOffice and save it as .xlsx."

_OLE_STREAMS = (
    ("EncryptedPackage", "it is protected by a password.",
     "Open it in Excel, remove the password under File > Info > Protect Workbook "
     "> Encrypt with Password, and save it."),
    ("WordDocument", "it is an old Word document, not a workbook.",
     "Send the .xlsx workbook."),
    ("PowerPoint Document", "it is an old presentation, not a workbook.",
     "Send the .xlsx workbook."),
    ("Workbook", "it is a workbook in the old .xls format.", _SAVE_AS),
    ("Book", "it is a workbook in the old .xls format.", _SAVE_AS),
)  # fmt: skip

_STARTS = (
    (b"%PDF", "it is a PDF document."),
    (b"\x1f\x8b", "it is a gzip archive."),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive."),
    (b"Rar!", "it is a RAR archive."),
    (b"\x89PNG", "it is a picture."),
    (b"\xff\xd8\xff", "it is a picture."),
    (b"{\\rtf", "it is a text document (RTF)."),
)


def refusal_of_bytes(data: bytes) -> Refusal | None:
    """Return why the first bytes cannot start a workbook, or None for a zip archive."""
    if data.startswith(b"PK\x03\x04"):
        return None
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(data)
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        return Refusal("it is an empty or split zip archive.", SEND_AGAIN)
    for start, reason in _STARTS:
        if data.startswith(start):
            return Refusal(reason, "Send the .xlsx workbook.")
    if not any(data[:4096]):
        return Refusal("it holds nothing but zero bytes.", SEND_AGAIN)
    return _text(data) or Refusal("it is not a workbook.", "Send the .xlsx workbook.")


def refusal_of_names(names: Collection[str]) -> Refusal | None:
    """Return why these parts are no .xlsx workbook, or None; names in lower case."""
    if "xl/workbook.bin" in names:
        return Refusal("it is a binary workbook (.xlsb).", _SAVE_AS)
    if "mimetype" in names and "content.xml" in names:
        return Refusal("it is an OpenDocument file (.ods).", _SAVE_AS)
    if "[content_types].xml" not in names:
        return _other_archive(names)
    for folder, kind in (("word/", "a Word document"), ("ppt/", "a presentation")):
        if any(name.startswith(folder) for name in names):
            return Refusal(f"it is {kind}, not a workbook.", "Send the .xlsx workbook.")
    return None


def _other_archive(names: Collection[str]) -> Refusal:
    if any(name.endswith(".iwa") for name in names):
        return Refusal(
            "it is a document of Apple Numbers or Pages.",
            "Export it to Excel (.xlsx) there.",
        )
    if any(name.endswith((".xlsx", ".xlsm")) for name in names):
        return Refusal(
            "it is a zip archive with workbooks inside.",
            "Unpack it and check the workbooks.",
        )
    return Refusal("it is a zip archive, not a workbook.", "Send the .xlsx workbook.")


def _ole(data: bytes) -> Refusal:
    for stream, reason, remedy in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return Refusal(reason, remedy)
    return Refusal(
        "it is an old Office file without a workbook.", "Send the .xlsx workbook."
    )


def _text(data: bytes) -> Refusal | None:
    start = _decoded(data[:4096])
    if start is None:
        return None
    folded = start.lstrip("\ufeff \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in folded:
        return Refusal("it is an XML Spreadsheet 2003.", _SAVE_AS)
    if "opendocument" in folded and folded.startswith("<?xml"):
        return Refusal("it is an OpenDocument file (.fods).", _SAVE_AS)
    if folded.startswith(("<!doctype html", "<html", "<table", "<head", "<meta")):
        return Refusal("it is a web page (HTML) named like a workbook.", _SAVE_AS)
    if folded.startswith("<"):
        return Refusal("it is an XML or HTML text, not a workbook.", _SAVE_AS)
    if any(separator in start for separator in ",;\t"):
        return Refusal("it is a text table (CSV) named like a workbook.", _SAVE_AS)
    return Refusal("it is a text file, not a workbook.", "Send the .xlsx workbook.")


def _decoded(data: bytes) -> str | None:
    """Return the bytes as text, or None if they are none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if any(byte < 9 or 13 < byte < 27 for byte in data):
        return None
    return data.decode("utf-8", "replace")
