"""The type library: LibreOffice calls a function only by a type it knows.

`jcm.idl` follows from the registry; `jcm.rdb` is its binary form. It is shipped,
as `unoidl-write` comes with LibreOffice's development kit alone. After a change of the
registry: `python -m jcm_xl.hosts.libreoffice.typelib`, with that tool on the PATH.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from jcm_xl.errors import JcmError
from jcm_xl.live.functions import (
    REGISTRY,
    Argument,
    ArgumentKind,
    Function,
    ResultShape,
)

HERE = Path(__file__).parent
IDL, RDB, SUMS = HERE / "jcm.idl", HERE / "jcm.rdb", HERE / "jcm.sha256"
INTERFACE = "org.jcmxl.XJcmFunctions"
_RANGE = "com::sun::star::table::XCellRange"
_BOOK = "com::sun::star::beans::XPropertySet"
"""An argument of this type is not typed: Calc passes the book of the cell."""
_TOOL = "unoidl-write"
_PROGRAM = Path("/usr/lib/libreoffice/program")
_OFFICE_TYPES = (_PROGRAM / "types.rdb", _PROGRAM / "types" / "offapi.rdb")


class ToolMissing(JcmError):
    """The development kit of LibreOffice is not on this machine."""


def idl() -> str:
    """Return the interface in UNO's language.

    An argument comes by value, which is ten times as fast, except where a value says
    too little: a single blank cell would be 0 for CONVERT, and an error within a range
    would leave CHECK without a word, as Calc then does not call the function at all.
    """
    methods = "".join(f"    {_method(function)}\n" for function in REGISTRY)
    return (
        "module org { module jcmxl {\n"
        "interface XJcmFunctions: com::sun::star::uno::XInterface {\n"
        f"{methods}}};\n"
        "}; };\n"
    )


def _method(function: Function) -> str:
    # Calc shows #VALUE! for a table that is returned as a plain `any`.
    is_array = function.shape is ResultShape.ARRAY
    result = "sequence< sequence< any > >" if is_array else "any"
    words = [
        f"[in] {_RANGE if is_reference(function, a) else 'any'} {_camel(a.name)}"
        for a in function.arguments
    ]
    if takes_book(function):
        words.insert(0, f"[in] {_BOOK} book")
    arguments = ", ".join(words)
    return f"{result} {function.name}({arguments});"


def is_reference(function: Function, argument: Argument) -> bool:
    """Tell whether an argument comes as the range itself, not by value."""
    is_range = argument.kind in (ArgumentKind.RANGE, ArgumentKind.TABLE)
    is_place = argument.kind in (ArgumentKind.CELL, ArgumentKind.PLACE)
    return is_place or (is_range and function.name == "CHECK")


def takes_book(function: Function) -> bool:
    """Tell whether a function may be asked of the book in which it stands."""
    return any(a.name == "names1" for a in function.arguments)


def _camel(name: str) -> str:
    """Return a name as UNO allows it: no underscore within."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def built(text: str) -> bytes:
    """Return the type library of an interface. Raises `ToolMissing`."""
    tool = shutil.which(_TOOL)
    if tool is None or not all(path.is_file() for path in _OFFICE_TYPES):
        raise ToolMissing(f"There is no {_TOOL}; apt-get install libreoffice-dev.")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "jcm.idl", Path(folder) / "jcm.rdb"
        source.write_text(text, encoding="utf-8")
        subprocess.run(
            [tool, *_OFFICE_TYPES, source, target], check=True, capture_output=True
        )
        return target.read_bytes()


def sums(text: str, library: bytes) -> str:
    """Return what `sha256sum -c` reads."""
    pairs = ((text.encode(), IDL.name), (library, RDB.name))
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for data, name in pairs)
    return "".join(lines)


def main() -> None:
    """Write all three files."""
    text = idl()
    library = built(text)
    IDL.write_text(text, encoding="utf-8")
    RDB.write_bytes(library)
    SUMS.write_text(sums(text, library), encoding="utf-8")


if __name__ == "__main__":
    main()
