"""An experimental book for xlwings Lite: the code travels inside the workbook.

xlwings Lite keeps its code as settings of a task pane: a web extension part with one
property a file, each value a JSON text. That layout was read off published workbooks;
xlwings does not document it, and nothing here was run in Excel. openpyxl and
LibreOffice drop these parts on saving, so they are added last.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator
from functools import partial
from xml.sax.saxutils import quoteattr

from jcm_xl.live.as_json import file_name
from jcm_xl.live.carried import carried_core
from jcm_xl.live.functions import REGISTRY, Argument, ArgumentKind, Function
from jcm_xl.model.as_json import to_json
from jcm_xl.model.methodology import Methodology
from jcm_xl.version import __version__
from jcm_xl.writing.zipped import unzipped, zipped

"""A fixed moment: the same book twice is the same bytes."""

_PANES = "xl/webextensions/taskpanes.xml"
_EXTENSION = "xl/webextensions/webextension1.xml"
_PANES_RELATIONS = "xl/webextensions/_rels/taskpanes.xml.rels"
_STORE_ID = "wa200008175"
"""The number of xlwings Lite in Microsoft's store."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.microsoft.com/office"
_PANE = f"{_OFFICE}/webextensions"
_OPEN = "http://schemas.openxmlformats.org"
_TYPES = (
    (_PANES, "application/vnd.ms-office.webextensiontaskpanes+xml"),
    (_EXTENSION, "application/vnd.ms-office.webextension+xml"),
)
_REQUIREMENTS = "# jcm_xl needs the standard library alone\n"


def with_lite(book: bytes, m: Methodology) -> bytes:
    """Return the finished .xlsx with the live functions of one methodology inside."""
    parts = unzipped(book)
    for name, end, more in (
        ("[Content_Types].xml", b"</Types>", _content_types()),
        ("_rels/.rels", b"</Relationships>", _package_relation()),
    ):
        parts[name] = _before(parts[name], end, more)
    return zipped((*parts.items(), *_parts(m)))


def main_py(m: Methodology) -> str:
    """Return the module that Lite runs: the core, the definition, the functions."""
    core = base64.b64encode(_core(m)).decode("ascii")
    lines = [core[i : i + 76] for i in range(0, len(core), 76)]
    text = _MAIN.format(version=__version__, key=m.key, core="\n".join(lines))
    return text + "".join(map(_function, REGISTRY))


_MAIN = '''"""Live functions of jcm_xl {version} for {key}.

Experimental: this way was never run in Excel. What counts are the native formulas.
"""

import base64
import io
import sys
import tempfile
import zipfile
from pathlib import Path

from xlwings import arg, func

CORE = """
{core}
"""
FOLDER = tempfile.mkdtemp(prefix="jcm_xl-")
zipfile.ZipFile(io.BytesIO(base64.b64decode(CORE))).extractall(FOLDER)
sys.path.insert(0, FOLDER)

from jcm_xl.live.as_json import CarriedDefinitions
from jcm_xl.live.functions import call

FIND = CarriedDefinitions(Path(FOLDER) / "definitions")
'''


def _function(f: Function) -> str:
    """Return a custom function; its name in a cell is that of `def`, in capitals."""
    names = [a.name for a in f.arguments]
    signature = ", ".join(a.name + "=None" * a.is_optional for a in f.arguments)
    given = ", ".join([repr(f.name), *names])
    return (
        "\n\n@func\n"
        + "".join(map(_argument, f.arguments))
        + f"def jcm_{f.name.lower()}({signature}):\n"
        f'    """{f.help}."""\n'
        f"    return call(FIND, {given})\n"
    )


def _argument(a: Argument) -> str:
    # Without these an error would arrive as a blank, a table of one row as a list.
    shape = "" if a.kind is ArgumentKind.SCALAR else ", ndim=2"
    return f'@arg("{a.name}", err_to_str=True{shape}, doc="{a.help}")\n'


def _core(m: Methodology) -> bytes:
    definition = f"definitions/{file_name(m.key)}", to_json(m)
    return zipped((*carried_core(), definition))


def _parts(m: Methodology) -> Iterator[tuple[str, str]]:
    relation = partial(_relation, "R1", f"{_OFFICE}/2011/relationships/webextension")
    yield (
        _PANES,
        (
            f'{_HEAD}<wetp:taskpanes xmlns:wetp="{_PANE}/taskpanes/2010/11">'
            '<wetp:taskpane dockstate="right" visibility="0" width="350" row="1">'
            '<wetp:webextensionref xmlns:r="'
            f'{_OPEN}/officeDocument/2006/relationships" r:id="R1"/>'
            "</wetp:taskpane></wetp:taskpanes>"
        ),
    )
    yield (
        _PANES_RELATIONS,
        (
            f'{_HEAD}<Relationships xmlns="{_OPEN}/package/2006/relationships">'
            f"{relation('webextension1.xml')}</Relationships>"
        ),
    )
    files = {"main.py": main_py(m), "requirements.txt": _REQUIREMENTS}
    properties = "".join(
        f"<we:property name={quoteattr(name)} value={_attribute(json.dumps(text))}/>"
        for name, text in files.items()
    )
    reference = f'id="{_STORE_ID}" version="1.0.0.0" store="en-US" storeType="OMEX"'
    yield (
        _EXTENSION,
        (
            f'{_HEAD}<we:webextension xmlns:we="{_PANE}/webextension/2010/11"'
            f' id="{{{_extension_id(m)}}}"><we:reference {reference}/>'
            "<we:alternateReferences>"
            f"<we:reference {reference}/></we:alternateReferences>"
            f"<we:properties>{properties}</we:properties><we:bindings/></we:webextension>"
        ),
    )


def _extension_id(m: Methodology) -> str:
    """Return an identity that is the same each time the book is made."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"jcm_xl/lite/{m.digest}")).upper()


def _attribute(text: str) -> str:
    """Quote a text; what XML would make a space in an attribute stays what it is."""
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _content_types() -> str:
    return "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in _TYPES
    )


def _package_relation() -> str:
    kind = f"{_OFFICE}/2011/relationships/webextensiontaskpanes"
    return _relation("rIdJcmLite", kind, _PANES)


def _relation(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>'


def _before(data: bytes, end: bytes, text: str) -> bytes:
    head, tag, tail = data.rpartition(end)
    return head + text.encode() + tag + tail
