"""A project is a small folder of plain text; `project.toml` holds its facts once.

reference          = "MN004"
title              = "10MW Solar Power Project in Darkhan City"
country            = "MN"
methodologies      = ["MN_AM003@2.0"]
location           = "Darkhan-Uul"
latitude           = 49.4
longitude          = 105.9
start_of_operation = 2017-01-01
lifetime_years     = 17

[[participant]]
side = "JP"
name = "Sharp Energy Solutions Corporation"

[[share]]
holder   = "Japan side"
side     = "JP"
percent  = "80"            # a text: decimals are kept as they are written
residual = true            # who takes what is left after rounding down

Beside it lie `contacts.toml` (what the forms ask of persons, never published), `forms/`
(what was typed into the other forms, and their books), `books/`, `documents/` and
`received/`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.block import Block
from jcm_xl.definition.lines import index_lines
from jcm_xl.definition.problems import Collector, DefinitionError
from jcm_xl.definition.register import EXAMPLE, countries
from jcm_xl.errors import JcmError
from jcm_xl.plain_file import TooLarge, read_plain

FACTS = "project.toml"
CONTACTS = "contacts.toml"
FOLDERS = ("books", "forms", "documents", "received")
JAPAN = "JP"
_MAX_BYTES = 1_000_000
_REFERENCE = re.compile(r"[A-Z]{2}\d{3}")
_METHODOLOGY = re.compile(r"[A-Z]{2}_[AP]M\d{3}@\d{1,2}\.\d")
_DECIMAL = re.compile(r"\d{1,3}(\.\d{1,6})?")
_WHOLE = Decimal(100)


class ProjectError(DefinitionError):
    """Facts of a project that cannot be used; `problems` lists every fault."""

    subject = "project"


@dataclass(frozen=True, slots=True)
class Participant:
    """A project participant. side: `JP`, or the code of the partner country."""

    side: str
    name: str


@dataclass(frozen=True, slots=True)
class Share:
    """Who receives which part of the credits. percent: of 100, exact.

    is_residual: it takes what is left after the others were rounded down.
    """

    holder: str
    side: str
    percent: Decimal
    is_residual: bool


@dataclass(frozen=True, slots=True)
class ProjectFolder:
    """The facts of a project, and where its folder lies. What is not said is `None`."""

    path: Path
    reference: str
    title: str
    country: str
    methodologies: tuple[str, ...]
    participants: tuple[Participant, ...] = ()
    shares: tuple[Share, ...] = ()
    location: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    start_of_operation: date | None = None
    lifetime_years: Decimal | None = None

    def books(self) -> tuple[Path, ...]:
        """Return the workbooks in `books`, by name, without lock files of Office."""
        return self._in("books")

    def forms(self) -> tuple[Path, ...]:
        """Return the workbooks in `forms`, in the same way."""
        return self._in("forms")

    def _in(self, name: str) -> tuple[Path, ...]:
        found = sorted((self.path / name).glob("*.xlsx"))
        return tuple(path for path in found if not path.name.startswith(("~$", ".")))


def is_project(folder: Path) -> bool:
    """Tell whether a folder holds the facts of a project."""
    return (folder / FACTS).is_file()


def project_of(file: Path) -> Path | None:
    """Return the folder of the project that a file lies in, at most three above."""
    parents = list(file.absolute().parents)[:3]
    return next((folder for folder in parents if is_project(folder)), None)


def open_project(folder: Path) -> ProjectFolder:
    """Read the facts of a project; raise `ProjectError` with every problem."""
    path = folder / FACTS
    if not folder.is_dir():
        raise JcmError(f"{folder} is no folder of a project.")
    if not path.is_file():
        raise JcmError(
            f"{folder} holds no {FACTS}. `jcm-xl project new REFERENCE -o {folder}` "
            "makes one."
        )
    data, problems = read_toml(path)
    found = _project(folder, Block(data, (), problems))
    if problems.problems:
        raise ProjectError(problems.problems)
    return found


def read_toml(path: Path) -> tuple[Mapping[str, object], Collector]:
    """Return a small TOML file and the list of its problems; raise where it is none."""
    try:
        text = read_plain(path, _MAX_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
    except TooLarge:
        raise JcmError(f"{path} is too long: at most {_MAX_BYTES:,} bytes.") from None
    except OSError as error:
        raise JcmError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise JcmError(f"{path} is not in UTF-8; save it as UTF-8.") from None
    problems = Collector(path.name, index_lines(text))
    try:
        return tomllib.loads(text, parse_float=Decimal), problems
    except (ValueError, RecursionError, ArithmeticError) as error:
        problems.add((), f"no valid TOML: {error}")
        raise ProjectError(problems.problems) from None


def _project(folder: Path, block: Block) -> ProjectFolder:
    reference = block.text("reference", required=True)
    if reference and not _REFERENCE.fullmatch(reference):
        block.fault("reference", f"'{reference}' is no number such as MN004")
    country = block.text("country", required=True)
    if country and country not in (*countries(), EXAMPLE):
        block.fault("country", f"'{country}' is no code of a partner country")
    if reference and country and not reference.startswith(country):
        block.fault("reference", f"'{reference}' does not begin with {country}")
    found = ProjectFolder(
        path=folder,
        reference=reference,
        title=block.text("title", required=True),
        country=country,
        methodologies=_methodologies(block),
        participants=tuple(
            _participant(each, country) for each in block.blocks("participant")
        ),
        shares=_shares(block, country),
        location=block.text("location"),
        latitude=_degrees(block, "latitude", 90),
        longitude=_degrees(block, "longitude", 180),
        start_of_operation=block.date("start_of_operation"),
        lifetime_years=_years(block),
    )
    block.close()
    return found


def _methodologies(block: Block) -> tuple[str, ...]:
    found = block.texts("methodologies")
    if not found:
        block.lacks("methodologies", 'missing; write it like ["MN_AM003@2.0"]')
    for key in found:
        if not _METHODOLOGY.fullmatch(key):
            block.fault("methodologies", f"'{key}' is not written like MN_AM003@2.0")
    return found


def _years(block: Block) -> Decimal | None:
    years = block.number("lifetime_years")
    if years is not None and not 0 < years <= 100:
        block.fault("lifetime_years", f"{years} is no number of years from 1 to 100")
    return years


def _degrees(block: Block, key: str, most: int) -> Decimal | None:
    value = block.number(key)
    if value is not None and abs(value) > most:
        block.fault(key, f"{value} lies outside of -{most} to {most} degrees")
    return value


def _participant(block: Block, country: str) -> Participant:
    found = Participant(_side(block, country), block.text("name", required=True))
    block.close()
    return found


def _side(block: Block, country: str) -> str:
    return block.one_of("side", (JAPAN, country or JAPAN))


def _shares(block: Block, country: str) -> tuple[Share, ...]:
    found = tuple(_share(each, country) for each in block.blocks("share"))
    if not found:
        return found
    total = sum((share.percent for share in found), Decimal())
    if total != _WHOLE:
        block.fault("share", f"the shares make {total} per cent, not 100")
    if sum(share.is_residual for share in found) != 1:
        told = "exactly one share takes what rounding leaves: residual = true"
        block.fault("share", told)
    return found


def _share(block: Block, country: str) -> Share:
    text = block.text("percent", required=True)
    if text and not (_DECIMAL.fullmatch(text) and Decimal(text) <= _WHOLE):
        block.fault("percent", f'\'{text}\' is no per cent such as "80" or "12.5"')
        text = "0"
    found = Share(
        block.text("holder", required=True), _side(block, country),
        Decimal(text or 0), block.raw("residual") is True,
    )  # fmt: skip
    block.close()
    return found
