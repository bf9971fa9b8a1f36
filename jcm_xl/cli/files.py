"""Where commands write: one clear sentence whenever that is not possible."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from jcm_xl.documents.report.ours import is_ours
from jcm_xl.errors import JcmError
from jcm_xl.whole_file import LINK

_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


class CannotWrite(JcmError):
    """A file that cannot, or must not, be written."""


def write_book(
    path: Path,
    data: bytes,
    *,
    force: bool,
    sources: Iterable[Path] = (),
    has_macros: bool = False,
) -> None:
    """Write a workbook; an existing file only if that is asked for."""
    refuse_book(path, force=force, sources=sources, has_macros=has_macros)
    keep(path, data, is_new=not force)


def refuse_book(
    path: Path,
    *,
    force: bool,
    sources: Iterable[Path] = (),
    has_macros: bool = False,
) -> None:
    """Raise `CannotWrite` before any work is done for a book that cannot be kept."""
    ending = path.suffix.lower()
    if has_macros and ending != ".xlsm":
        raise CannotWrite(f"{path}: the name of a book with macros ends in .xlsm.")
    if not has_macros and ending != ".xlsx":
        raise CannotWrite(f"{path}: a workbook's name ends in .xlsx.")
    _refuse_source(path, sources)
    _refuse_folder(path)
    refuse_standing(path, force=force)


def write_report(
    path: Path, text: str | bytes, sources: Iterable[Path], *, force: bool = False
) -> None:
    """Write a report beside the workbooks; an earlier report is replaced, and said."""
    refuse_report(path, sources, force=force)
    existed = path.is_file()
    if isinstance(text, str):
        text = text.encode("utf-8", "backslashreplace")
    keep(path, text)
    click.echo(f"{'Replaced' if existed else 'Wrote'} {path}")


def write_document(
    path: Path, data: bytes, *, force: bool, sources: Iterable[Path] = ()
) -> None:
    """Write a page, a Word file or a definition; an existing one only if asked."""
    if path.suffix.lower() in _BOOKS:
        raise CannotWrite(f"{path}: this is no workbook; choose another ending.")
    _refuse_source(path, sources)
    _refuse_folder(path)
    refuse_standing(path, force=force)
    keep(path, data, is_new=not force)
    click.echo(f"Wrote {path}")


def refuse_report(path: Path, sources: Iterable[Path], *, force: bool) -> None:
    """Raise `CannotWrite` before any work is done for a report that cannot be kept."""
    if path.suffix.lower() in _BOOKS:
        raise CannotWrite(f"{path}: a report is no workbook; name it .html or .json.")
    _refuse_source(path, sources)
    _refuse_folder(path)
    _refuse_link(path)
    if path.is_file() and not force and not is_ours(path):
        raise CannotWrite(
            f"{path} exists already and is no report of jcm_xl; --force replaces it."
        )


def refuse_standing(path: Path, *, force: bool) -> None:
    """Raise `CannotWrite` for a link, and for a file unless it may be replaced.

    A device or a pipe is written into, so it is in nobody's way.
    """
    _refuse_link(path)
    if path.is_file() and not force:
        raise CannotWrite(f"{path} exists already; --force replaces it.")


def _refuse_link(path: Path) -> None:
    if path.is_symlink():
        raise CannotWrite(f"{path} {LINK}.")


def _refuse_source(path: Path, sources: Iterable[Path]) -> None:
    for source in sources:
        if path.exists() and source.exists() and os.path.samefile(path, source):
            raise CannotWrite(f"{path} is read by this command; choose another name.")


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise CannotWrite(f"{path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise CannotWrite(f"There is no folder {path.parent}; make it first.")


def make_folder(folder: Path) -> None:
    """Make a folder that was named as the place for several files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be made: {error.strerror}.") from None


def keep(path: Path, data: bytes, *, is_new: bool = False) -> None:
    """Write a file whole; raise `CannotWrite` where that cannot be done.

    `is_new`: not where a file came to stand while this one was made.
    """
    from jcm_xl.api import save

    try:
        save(data, path, is_new=is_new)
    except FileExistsError:
        raise CannotWrite(f"{path} exists already; --force replaces it.") from None
    except PermissionError:
        raise CannotWrite(
            f"{path} cannot be written: it is open in another program, such as "
            "Excel, or its folder is write-protected."
        ) from None
    except OSError as error:
        if error.strerror == LINK:
            raise CannotWrite(f"{path} {LINK}.") from None
        raise CannotWrite(f"{path} cannot be written: {error.strerror}.") from None
