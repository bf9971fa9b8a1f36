"""Books through the page's Python and through this one: the same answers and bytes."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from jcm_xl import api
from jcm_xl.definition.library import definitions_in, entries
from jcm_xl.desk.sample import faulty_book
from jcm_xl.desk.web_bridge import WebBridge
from tests.books import example_submission
from tests.checks.cases import cases, made
from tests.fuzz.books import fuzzed_books
from tests.hostile.build import build, recipes
from tests.support import DEFINITIONS, SHAPES, example_book, methodology

pytestmark = pytest.mark.browser
Said = tuple[dict[str, Any], bytes]
JUDGED = ({"do": "judge"},)
"""What is asked of many books: verdict and findings."""
WHOLE = (*JUDGED, {"do": "show"}, {"do": "file", "what": "report"})
SEED, DAMAGED = 18, 200
LIBRARY = tuple(entry.key for entry in entries())
EVERY = 50
"""Of fixtures and hostile files every fiftieth is looked at in the short round."""


class BrowserBridge:
    """The bridge in the browser's Python, asked as the one here."""

    def __init__(self, site: Path) -> None:
        here = Path(__file__).parent
        self._node = subprocess.Popen(
            ["node", here / "parity.mjs", site, DEFINITIONS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._read()

    def ask(self, job: dict[str, Any], data: bytes = b"") -> Said:
        assert self._node.stdin is not None
        given = {"job": job, "bytes": base64.b64encode(data).decode()}
        self._node.stdin.write(json.dumps(given) + "\n")
        self._node.stdin.flush()
        said = self._read()
        return said["answer"], base64.b64decode(said["bytes"])

    def _read(self) -> Any:
        assert self._node.stdout is not None
        line = self._node.stdout.readline()
        assert line, "the browser's Python ended without an answer"
        return json.loads(line)

    def close(self) -> None:
        assert self._node.stdin is not None
        self._node.stdin.close()
        self._node.wait(timeout=20)


class NativeBridge:
    """The bridge in this Python."""

    def __init__(self) -> None:
        self._bridge = WebBridge()

    def ask(self, job: dict[str, Any], data: bytes = b"") -> Said:
        self._bridge.give(data)
        answer = json.loads(self._bridge.answer(json.dumps(job)))
        return answer, self._bridge.made()


@pytest.fixture(scope="module")
def bridges(site_folder: Path) -> Iterator[tuple[BrowserBridge, NativeBridge]]:
    there = BrowserBridge(site_folder)
    with definitions_in(DEFINITIONS):
        yield there, NativeBridge()
    there.close()


def differences(
    bridges: tuple[BrowserBridge, NativeBridge],
    books: Iterable[tuple[str, bytes]],
    jobs: Sequence[dict[str, str]] = WHOLE,
) -> list[str]:
    """Return what is not the same, of each book in turn."""
    return [
        f"{name}: {job['do']}"
        for name, data in books
        for job, there, here in asked(bridges, data, jobs)
        if there != here
    ]


def asked(
    bridges: tuple[BrowserBridge, NativeBridge],
    data: bytes,
    jobs: Sequence[dict[str, str]],
) -> Iterator[tuple[dict[str, Any], Said, Said]]:
    """Yield the jobs that are done with a book, and both answers."""
    put = {"do": "put", "name": "book.xlsx"}
    ids = [bridge.ask(put, data)[0]["id"] for bridge in bridges]
    for job in jobs:
        there, here = (
            bridge.ask({**job, "id": i, "language": "ja"})
            for bridge, i in zip(bridges, ids, strict=True)
        )
        yield job, without_ids(there), without_ids(here)
    for bridge, i in zip(bridges, ids, strict=True):
        bridge.ask({"do": "drop", "id": i})


def without_ids(said: Said) -> Said:
    answer, data = said
    for row in answer.get("books", ()):
        row.pop("id")
    return answer, data


def test_examples_and_a_faulty_book_are_judged_alike(
    bridges: tuple[BrowserBridge, NativeBridge],
) -> None:
    books = {key: api.book(*example_book(key)) for key in SHAPES}
    books["faulty"] = faulty_book()[1]
    assert differences(bridges, books.items()) == []


@pytest.mark.slow
def test_every_example_of_the_library_is_judged_alike(
    bridges: tuple[BrowserBridge, NativeBridge],
) -> None:
    books = (
        (f"{key} {number}", api.book(*example_submission(m, number)))
        for key in LIBRARY
        for m in [methodology(key)]
        for number in range(len(m.examples))
    )
    assert differences(bridges, books, JUDGED) == []


@pytest.mark.slow
def test_damaged_books_are_judged_alike(
    bridges: tuple[BrowserBridge, NativeBridge],
) -> None:
    books = ((str(one.recipe), one.data) for one in fuzzed_books(SEED, DAMAGED))
    assert differences(bridges, books, JUDGED) == []


def test_fixtures_and_hostile_files_are_judged_alike(
    bridges: tuple[BrowserBridge, NativeBridge],
) -> None:
    assert differences(bridges, fixtures(EVERY).items()) == []


@pytest.mark.slow
def test_every_fixture_and_hostile_file_is_judged_alike(
    bridges: tuple[BrowserBridge, NativeBridge],
) -> None:
    assert differences(bridges, fixtures(1).items()) == []


def fixtures(step: int) -> dict[str, bytes]:
    chosen = list(cases())[::step]
    rough = [recipe for recipe in list(recipes())[::step] if not recipe.get("heavy")]
    return {str(case): made(case)[1] for case in chosen} | {
        recipe["title"]: build(recipe) for recipe in rough
    }


def test_a_cell_is_typed_and_files_are_made_alike(
    bridges: tuple[BrowserBridge, NativeBridge],
) -> None:
    name, data = faulty_book()
    answers = []
    for bridge in bridges:
        put = {"do": "put", "name": name}
        i = bridge.ask(put, data)[0]["id"]
        said = [bridge.ask({"do": "judge"}), bridge.ask({"do": "show", "id": i})]
        take = {"do": "take", "id": i, "finding": "f1-1", "member": "all", "choice": 0}
        said += [bridge.ask(take), bridge.ask({"do": "judge"})]
        for what in ("mended", "annotated", "fresh"):
            said.append(bridge.ask({"do": "file", "id": i, "what": what}))
        answers.append([without_ids(one) for one in said])
        bridge.ask({"do": "drop", "id": i})
    there, here = answers
    assert there == here
    assert all("refused" not in answer for answer, _ in here)
