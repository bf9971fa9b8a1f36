"""What was released stays readable: definitions, layouts, sheets, names in macros."""

from __future__ import annotations

import importlib

import pytest

from jcm_xl.definition.facts import BESIDE, read_facts
from jcm_xl.definition.library import load
from jcm_xl.definition.load import load_file
from jcm_xl.desk import excel
from jcm_xl.live.functions import REGISTRY
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.edition import SHAPE
from jcm_xl.plan.layout import versions
from jcm_xl.plan.sheet_shapes import SHAPES
from jcm_xl.version import __version__
from tests.books import CORE
from tests.field.release import EARLIER, Release, digest_of, kept_at, missing, releases
from tests.field.sheets import sheets_digest
from tests.hosts.excel.com_side import called

RELEASES = tuple(releases())
of_each_release = pytest.mark.parametrize("release", RELEASES, ids=lambda r: r.name)


def test_every_released_definition_is_here_as_it_was_released() -> None:
    lost = [f"{key} ({digest[:16]})" for key, digest in missing()]
    assert not lost, (
        f"{', '.join(lost)}: the text that a release shipped was changed, and books "
        "made from it could no longer be judged by it. Keep it beside the new one: "
        "`make earlier` takes it from the history into workbook_templates/releases/"
        "earlier. Commit both. See CONTRIBUTING.md, 'When a template changes'."
    )


def test_only_released_texts_are_kept() -> None:
    named = {kept_at(k, d) for r in RELEASES for k, d in r.definitions.items()}
    texts = set(EARLIER.glob("*/*.toml"))
    assert not texts - named, "No release shipped these texts; delete them."
    for path in texts:
        assert load_file(path).digest[:16] == path.parent.name
        beside = path.parent / BESIDE
        facts = read_facts(beside) if beside.is_file() else None
        assert digest_of(path.read_bytes(), facts)[:16] == path.parent.name


@of_each_release
def test_its_layout_and_shape_are_known(release: Release) -> None:
    assert release.layout in versions(), "A released layout stays, in layout/earlier."
    assert release.shape in SHAPES, "A released shape stays, in plan/sheet_shapes.py."
    assert max(SHAPES) == SHAPE, "New books have the last shape: plan/edition.py."


def changed_sheets(release: Release, keys: list[str]) -> list[str]:
    """Return the definitions whose sheets are no longer what the release made."""
    return [
        key
        for key in keys
        if sheets_digest(text_of(release, key), release.layout, release.shape)
        != release.sheets[key]
    ]


def text_of(release: Release, key: str) -> Methodology:
    """Return the definition that a release shipped."""
    path = kept_at(key, release.definitions[key])
    return load_file(path) if path.is_file() else load(key)


_CHANGED = (
    "The sheets that {release} made of these definitions come out otherwise now, so "
    "books in the field would be told that their cells were changed. A change of "
    "layout/official.toml or of texts on the sheets is a new version of the layout, a "
    "change of plan/sheets or of formulas a new shape; the released one stays beside "
    "it. See CONTRIBUTING.md, 'When a template changes'."
)


@of_each_release
def test_its_sheets_are_what_they_were(release: Release) -> None:
    keys = [key for key in CORE if key in release.definitions]
    assert changed_sheets(release, keys) == [], _CHANGED.format(release=release.name)


@pytest.mark.library
@of_each_release
def test_all_its_sheets_are_what_they_were(release: Release) -> None:
    changed = changed_sheets(release, list(release.definitions))
    assert changed == [], _CHANGED.format(release=release.name)


@of_each_release
def test_the_buttons_of_its_macros_work(release: Release) -> None:
    assert importlib.import_module(release.buttons).run is excel.run


@of_each_release
def test_the_functions_of_its_macros_answer(release: Release) -> None:
    pytest.importorskip("xlwings")
    facts = called(
        ("JCM_CONVERT", [1500.0, "kWh", "MWh"]),
        ("JCM_VERSION", ["(missing)"]),
        module=release.functions,
    )
    assert facts["answers"] == [1.5, f"jcm_xl {__version__}"]
    there = vars(importlib.import_module(release.functions))
    assert {f"JCM_{entry.name}" for entry in REGISTRY} <= there.keys()
