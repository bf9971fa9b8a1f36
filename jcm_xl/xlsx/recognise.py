"""What a file is when it is not a workbook: the usual mistakes and their remedies."""

from collections.abc import Collection

from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.refusal import SEND_AGAIN, SEND_WORKBOOK, Refusal, refused_as

_SAVE_AS = refused_as(
    "save-as-xlsx", "Open it in Excel or LibreOffice and save it as .xlsx."
)
_REMOVE_PASSWORD = refused_as(
    "remove-password",
    "Open it in Excel, remove the password under File > Info > Protect Workbook "
    "> Encrypt with Password, and save it.",
)
_LIFT_LABEL = refused_as(
    "lift-label",
    "Open it in Excel with an account that may, choose a label without encryption "
    "under Home > Sensitivity (or File > Info > Protect Workbook > Restrict Access > "
    "Unrestricted Access), or ask its owner to, and save it.",
)
_OLD_XLS = ("old-xls", "it is a workbook in the old .xls format.", _SAVE_AS)

_Named = tuple[str, str, Phrase]
"""A kind of file: code, reason and remedy of its refusal."""

_OLE_STREAMS: tuple[tuple[str, _Named], ...] = (
    ("DRMEncrypted",
     ("label", "it is encrypted by a sensitivity label or another rights protection.",
      _LIFT_LABEL)),
    ("EncryptedPackage",
     ("password", "it is protected by a password.", _REMOVE_PASSWORD)),
    ("WordDocument",
     ("old-word-document", "it is an old Word document, not a workbook.",
      SEND_WORKBOOK)),
    ("PowerPoint Document",
     ("old-presentation", "it is an old presentation, not a workbook.",
      SEND_WORKBOOK)),
    ("Workbook", _OLD_XLS),
    ("Book", _OLD_XLS),
)  # fmt: skip

_PICTURE = ("picture", "it is a picture.", SEND_WORKBOOK)
_STARTS: tuple[tuple[bytes, _Named], ...] = (
    (b"%PDF", ("pdf", "it is a PDF document.", SEND_WORKBOOK)),
    (b"\x1f\x8b", ("gzip", "it is a gzip archive.", SEND_WORKBOOK)),
    (b"7z\xbc\xaf\x27\x1c", ("seven-zip", "it is a 7z archive.", SEND_WORKBOOK)),
    (b"Rar!", ("rar", "it is a RAR archive.", SEND_WORKBOOK)),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"{\\rtf", ("rtf", "it is a text document (RTF).", SEND_WORKBOOK)),
)

_FOLDERS: tuple[tuple[str, _Named], ...] = (
    ("word/", ("word-document", "it is a Word document, not a workbook.",
               SEND_WORKBOOK)),
    ("ppt/", ("presentation", "it is a presentation, not a workbook.", SEND_WORKBOOK)),
)  # fmt: skip
"""What lies inside of the archives of other programs of Office."""


def refusal_of_bytes(data: bytes) -> Refusal | None:
    """Return why the first bytes cannot start a workbook, or None for a zip archive."""
    if data.startswith(b"PK\x03\x04"):
        return None
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(data)
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        return Refusal(
            "empty-archive", "it is an empty or split zip archive.", SEND_AGAIN
        )
    for start, kind in _STARTS:
        if data.startswith(start):
            return Refusal(*kind)
    if not any(data[:4096]):
        return Refusal("zero-bytes", "it holds nothing but zero bytes.", SEND_AGAIN)
    unknown = Refusal("no-workbook", "it is not a workbook.", SEND_WORKBOOK)
    return _text(data) or unknown


def refusal_of_names(names: Collection[str]) -> Refusal | None:
    """Return why these parts are no .xlsx workbook, or None; names in lower case."""
    if "xl/workbook.bin" in names:
        return Refusal("xlsb", "it is a binary workbook (.xlsb).", _SAVE_AS)
    if "mimetype" in names and "content.xml" in names:
        return Refusal("ods", "it is an OpenDocument file (.ods).", _SAVE_AS)
    if "[content_types].xml" not in names:
        return _other_archive(names)
    for folder, kind in _FOLDERS:
        if any(name.startswith(folder) for name in names):
            return Refusal(*kind)
    return None


def _other_archive(names: Collection[str]) -> Refusal:
    if any(name.endswith(".iwa") for name in names):
        return Refusal(
            "apple-document",
            "it is a document of Apple Numbers or Pages.",
            refused_as("export-to-excel", "Export it to Excel (.xlsx) there."),
        )
    if any(name.endswith((".xlsx", ".xlsm")) for name in names):
        return Refusal(
            "archive-of-workbooks",
            "it is a zip archive with workbooks inside.",
            refused_as("unpack", "Unpack it and check the workbooks."),
        )
    return Refusal("zip-archive", "it is a zip archive, not a workbook.", SEND_WORKBOOK)


def _ole(data: bytes) -> Refusal:
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return Refusal(*kind)
    return Refusal(
        "old-office-file",
        "it is an old Office file without a workbook.",
        SEND_WORKBOOK,
    )


def _text(data: bytes) -> Refusal | None:
    start = _decoded(data[:4096])
    if start is None:
        return None
    folded = start.lstrip("\ufeff \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in folded:
        return Refusal(
            "xml-spreadsheet-2003", "it is an XML Spreadsheet 2003.", _SAVE_AS
        )
    if "opendocument" in folded and folded.startswith("<?xml"):
        return Refusal("fods", "it is an OpenDocument file (.fods).", _SAVE_AS)
    if folded.startswith(("<!doctype html", "<html", "<table", "<head", "<meta")):
        return Refusal(
            "web-page", "it is a web page (HTML) named like a workbook.", _SAVE_AS
        )
    if folded.startswith("<"):
        return Refusal(
            "xml-text", "it is an XML or HTML text, not a workbook.", _SAVE_AS
        )
    if any(separator in start for separator in ",;\t"):
        return Refusal(
            "csv-table", "it is a text table (CSV) named like a workbook.", _SAVE_AS
        )
    return Refusal("text-file", "it is a text file, not a workbook.", SEND_WORKBOOK)


def _decoded(data: bytes) -> str | None:
    """Return the bytes as text, or None if they are none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if any(byte < 9 or 13 < byte < 27 for byte in data):
        return None
    return data.decode("utf-8", "replace")
