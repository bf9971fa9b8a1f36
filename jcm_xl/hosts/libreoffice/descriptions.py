"""What LibreOffice reads of the add-in: names and help, in English and Japanese."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from jcm_xl.live.functions import REGISTRY, Argument, Function
from jcm_xl.text.languages import Messages, languages, messages
from jcm_xl.version import __version__

IMPLEMENTATION = "JCM"
"""LibreOffice 7.4 knows a function in an .xlsx as `JCM.ER` only if it is called so."""

COMPONENT, LIBRARY, FUNCTIONS = "jcm_addin.py", "jcm.rdb", "CalcAddIns.xcu"
IDENTIFIER = "org.jcmxl.functions"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TITLE = "JCM functions (jcm_xl)"


def manifest() -> str:
    """Return META-INF/manifest.xml: what the package holds for whom."""
    kinds = (
        (LIBRARY, "uno-typelibrary;type=RDB"),
        (COMPONENT, "uno-component;type=Python"),
        (FUNCTIONS, "configuration-data"),
    )
    entries = "".join(
        f'  <manifest:file-entry manifest:full-path="{path}"\n'
        f'    manifest:media-type="application/vnd.sun.star.{kind}"/>\n'
        for path, kind in kinds
    )
    space = "http://openoffice.org/2001/manifest"
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{space}">\n'
        f"{entries}</manifest:manifest>\n"
    )


def description() -> str:
    """Return description.xml: identity, version and name of the extension."""
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006"'
        f'\n  xmlns:l="http://libreoffice.org/extensions/description/2011">\n'
        f'  <identifier value="{IDENTIFIER}"/>\n'
        f'  <version value="{__version__}"/>\n'
        '  <dependencies><l:LibreOffice-minimal-version value="7.4" '
        'l:name="LibreOffice 7.4"/></dependencies>\n'
        f'  <display-name><name lang="en">{_TITLE}</name></display-name>\n'
        "</description>\n"
    )


def calc_functions() -> str:
    """Return CalcAddIns.xcu: each function with its arguments, for the wizard."""
    functions = "".join(map(_function, REGISTRY))
    return (
        f'{_HEAD}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"\n'
        '  xmlns:xs="http://www.w3.org/2001/XMLSchema"\n'
        '  oor:name="CalcAddIns" oor:package="org.openoffice.Office">\n'
        f'<node oor:name="AddInInfo"><node oor:name="{IMPLEMENTATION}" '
        'oor:op="replace">\n<node oor:name="AddInFunctions">\n'
        f"{functions}</node></node></node></oor:component-data>\n"
    )


def _function(function: Function) -> str:
    name = f"{IMPLEMENTATION}.{function.name}"
    arguments = "".join(_argument(function, a) for a in function.arguments)
    return (
        f'<node oor:name="{function.name}" oor:op="replace">\n'
        f"{_property('DisplayName', {'en': name})}"
        f"{_property('Description', _texts(function.help, function.name))}"
        f"{_property('Category', None, 'Add-In')}"
        f"{_property('CompatibilityName', {'en': name})}"
        f'<node oor:name="Parameters">\n{arguments}</node></node>\n'
    )


def _argument(function: Function, argument: Argument) -> str:
    key = f"{function.name}.{argument.name}"
    help_ = _texts(argument.help, key, argument.name)
    return (
        f'<node oor:name={quoteattr(argument.name)} oor:op="replace">\n'
        f"{_property('DisplayName', {'en': argument.name})}"
        f"{_property('Description', help_)}</node>\n"
    )


def _texts(english: str, *keys: str) -> dict[str, str]:
    """Return the help by language; the first key that a language has counts."""
    texts = {"en": english}
    for language in languages():
        found = next(_found(messages(language), keys), "")
        if language != "en" and found:
            texts[language] = found
    return texts


def _found(texts: Messages, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        name = key.replace(".", "_")
        if found := texts.find(f"functions.{name}"):
            yield found


def _property(name: str, texts: dict[str, str] | None, plain: str = "") -> str:
    values = (
        f"<value>{escape(plain)}</value>"
        if texts is None
        else "".join(
            f'<value xml:lang="{language}">{escape(text)}</value>'
            for language, text in texts.items()
        )
    )
    return f'<prop oor:name="{name}">{values}</prop>\n'
