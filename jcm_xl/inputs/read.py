"""Any source of inputs to a submission: the one door of this package."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jcm_xl.errors import JcmError
from jcm_xl.inputs.csv_file import read_csv
from jcm_xl.inputs.entry import Entry
from jcm_xl.inputs.frame import is_frame, read_frame
from jcm_xl.inputs.problems import InputCollector, InputsError
from jcm_xl.inputs.resolve import Inputs, resolve
from jcm_xl.inputs.toml_file import read_mapping, read_toml
from jcm_xl.inputs.xlsx_file import read_xlsx
from jcm_xl.model.methodology import Methodology
from jcm_xl.plain_file import TooLarge, read_plain
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.layout import layout as official_layout

MAX_BYTES = 20_000_000


def read_inputs(
    source: str | Path | Mapping[str, Any] | Any,
    m: Methodology,
    layout: Layout | None = None,
) -> Inputs:
    """Read inputs for a methodology from a file, a mapping or a frame.

    Texts are called by the columns of `layout`, of the official one if none is given.
    Raises `InputsError` with every problem, `JcmError` for an unreadable file.
    """
    problems = InputCollector(layout=layout or official_layout())
    entries = _entries(source, problems)
    if problems.problems and not entries:
        raise InputsError(problems.problems)
    return resolve(m, entries, problems)


def _entries(source: Any, problems: InputCollector) -> list[Entry]:
    if isinstance(source, Mapping):
        return read_mapping(source, problems)
    if is_frame(source):
        return read_frame(source, problems)
    if not isinstance(source, str | Path):
        kind = type(source).__name__
        raise JcmError(f"Inputs are a file, a mapping or a frame, not a {kind}.")
    path = Path(source)
    match path.suffix.lower():
        case ".toml":
            return read_toml(_text(path), path.name, problems)
        case ".csv" | ".tsv" | ".txt":
            return read_csv(_text(path), path.name, problems)
        case ".xlsx" | ".xlsm":
            return read_xlsx(path, problems)
    raise JcmError(
        f"{path.name}: inputs are a .toml, .csv or .xlsx file; "
        "the end of its name tells which."
    )


def _text(path: Path) -> str:
    try:
        data = read_plain(path, MAX_BYTES)
    except TooLarge:
        megabytes = MAX_BYTES // 1_000_000
        raise JcmError(f"{path} is larger than {megabytes} MB.") from None
    except OSError as error:
        raise JcmError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise JcmError(
            f"{path} is not UTF-8 text; in Excel save it as 'CSV UTF-8'."
        ) from None
