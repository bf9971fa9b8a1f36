"""The add-in itself, run by LibreOffice's own Python, never imported by ours.

It stands at the top of the .oxt; the core lies in `pythonpath/` beside it, the
definitions in `definitions/`. This file alone must be read by an old Python too, so
that a user is told and not left with an empty cell.
"""

import json
import sys
from pathlib import Path

import unohelper
from com.sun.star.lang import IllegalArgumentException
from org.jcmxl import XJcmFunctions

HERE = Path(__file__).resolve().parent
NEEDED = (3, 10)
KINDS = json.loads((HERE / "functions.json").read_text(encoding="utf-8"))
ERROR = "#ERROR!"
TOLD_AS_TEXT = ("CHECK", "VERSION")
"""What shows the reason itself where nothing can be calculated."""


def _start():
    """Return how to call a function by name, or raise the reason why not."""
    if sys.version_info < NEEDED:
        raise ValueError(
            "The JCM functions need Python {}.{}; this LibreOffice carries {}.{}. "
            "Install a newer LibreOffice.".format(*NEEDED, *sys.version_info)
        )
    path = str(HERE / "pythonpath")
    if path not in sys.path:
        sys.path.insert(0, path)
    import jcm_older_python

    jcm_older_python.complete()
    from jcm_xl.live.as_json import CarriedDefinitions
    from jcm_xl.live.functions import call

    find = CarriedDefinitions(HERE / "definitions")
    return lambda name, arguments: call(find, name, *arguments)


try:
    CALL, REASON = _start(), ""
except Exception as failure:
    CALL, REASON = None, str(failure)


def _plain(raw, kind):
    """Return an argument as the functions expect it.

    A single blank cell that is handed over by value is 0 already. A name or a key is
    never a number zero; where a column is expected, 0 may be either and is refused.
    """
    if raw is None or isinstance(raw, tuple):
        return raw
    if not isinstance(raw, (float, str)):
        return _cells(raw)
    if raw == 0:
        if kind == "scalar":
            return None
        raise ValueError(
            "A single cell holds 0 or nothing; LibreOffice does not tell which. "
            "Write it as a range, such as E8:E8."
        )
    return raw


def _cells(reference):
    """Return what a range holds: `""` for a blank cell, a sign for an error."""
    return [
        [ERROR if cell is None else cell for cell in row]
        for row in reference.getDataArray()
    ]


def _answer(component, name, arguments):
    reason = REASON
    if CALL is not None:
        try:
            pairs = zip(arguments, KINDS[name])
            given = [_plain(*pair) for pair in pairs]
            return _warned(name, given, CALL(name, given))
        except ValueError as failure:
            reason = str(failure)
        except Exception as failure:
            reason = "{}: {}".format(type(failure).__name__, failure)
    if name in TOLD_AS_TEXT and CALL is None:
        return reason
    raise IllegalArgumentException(reason, component, 0)


def _warned(name, given, answer):
    """Let CHECK tell of an error that is not needed: Calc refuses the others for it."""
    if name == "CHECK" and answer == "ok":
        for part in given:
            if isinstance(part, list) and any(ERROR in row for row in part):
                return (
                    "A cell of the ranges holds an error. It is not needed, but "
                    "LibreOffice calls no function with it: empty or mend it."
                )
    return answer


def _method(name):
    def run(self, *arguments):
        return _answer(self, name, arguments)

    return run


class JcmFunctions(unohelper.Base, XJcmFunctions):
    """One method for each function of the registry; Calc finds them by name."""

    def __init__(self, context):
        self.context = context


for _name in KINDS:
    setattr(JcmFunctions, _name, _method(_name))

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(
    JcmFunctions, "JCM", ("com.sun.star.sheet.AddIn",)
)
