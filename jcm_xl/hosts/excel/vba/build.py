"""The macro binary of a carrier with any number of sheets, made in memory."""

from __future__ import annotations

from functools import lru_cache

from jcm_xl.hosts.excel.vba.project import Module, document_modules, project_binary
from jcm_xl.hosts.excel.vba.sources import Carrier, modules, own_text

_PROJECTS = {
    Carrier.BOOK: ("VBAProject", "{9E394C0B-697E-4AEE-9FA6-446F51FB30DC}"),
    Carrier.ADDIN: ("JcmAddin", "{2B1C7D0A-5E43-4C3E-8D0B-6A7F1F9E5C21}"),
}
"""Name and GUID of the two projects; fixed, so that the same text is the same file."""


@lru_cache(maxsize=32)
def macro_binary(carrier: Carrier, sheets: int, more: tuple[str, ...] = ()) -> bytes:
    """Return `vbaProject.bin` for a book of so many sheets, `Sheet1` and so on.

    more: modules of ours that are not in every carrier.
    """
    name, identity = _PROJECTS[carrier]
    own = (Module(name, own_text(name)) for name in more)
    every = (*document_modules(sheets), *modules(carrier), *own)
    return project_binary(every, name=name, identity=identity)
