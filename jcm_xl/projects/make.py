"""The folder of a project begun: its facts as far as the register knows them."""

from __future__ import annotations

from pathlib import Path

from jcm_xl.definition.register import countries, projects
from jcm_xl.errors import JcmError
from jcm_xl.forms.folder import CONTACTS, FACTS, FOLDERS
from jcm_xl.forms.typed import written

_HEAD = """\
# The facts of the project, each once; the forms take them from here.
# A line with # in front is not known yet: fill it and take the # away.
"""
_OPEN = """\
# location           = "region, town, address"
# latitude           = 0.0        # degrees, south is negative
# longitude          = 0.0        # degrees, west is negative
# start_of_operation = 2026-01-01
# lifetime_years     = 17

# [[participant]]
# side = "JP"
# name = "as in the registry of companies"

# [[participant]]
# side = "{country}"
# name = "as in the registry of companies"

# [[share]]                       # the shares make 100; one takes what rounding leaves
# holder   = "Japan side"
# side     = "JP"
# percent  = "50"
# residual = true

# [[share]]
# holder  = "{country} side"
# side    = "{country}"
# percent = "50"
"""
_IGNORED = f"""\
# Personal data: never put into a public repository or copy.
{CONTACTS}
"""


def facts_text(reference: str) -> str:
    """Return the file of facts of a project; what the register knows is filled in.

    Raises `JcmError` for a number of no partner country.
    """
    country = reference[:2]
    if len(reference) != 5 or country not in countries() or not reference[2:].isdigit():
        raise JcmError(
            f"'{reference}' is no reference number of a project, such as MN004."
        )
    found = projects().get(reference)
    title = found.title if found else ""
    keys = found.methodologies if found else ()
    known = "# From the public register.\n" if found else ""
    lines = [
        f"reference     = {written(reference)}",
        f"title         = {written(title)}" if title else '# title = "..."',
        f"country       = {written(country)}",
        f"methodologies = [{', '.join(map(written, keys))}]"
        if keys
        else f'# methodologies = ["{country}_AM001@1.0"]',
    ]
    facts = "\n".join(lines)
    return f"{_HEAD}{known}\n{facts}\n\n{_OPEN.format(country=country)}"


def make_folder(folder: Path, reference: str) -> None:
    """Make the folder of a project; raise `JcmError` where one stands already."""
    text = facts_text(reference)
    if (folder / FACTS).exists():
        raise JcmError(f"{folder} holds a {FACTS} already; nothing was written.")
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, content in ((FACTS, text), (".gitignore", _IGNORED)):
        with (folder / name).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
