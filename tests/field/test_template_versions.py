"""A template has a version of layout and shape; a book is judged by its own.

The layouts of these tests are a copy of the shipped ones in which a heading and a text
of the Guide were changed: version 2, the released one kept beside it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Report
from jcm_xl.places import templates
from jcm_xl.plan import layout as layouts
from jcm_xl.plan import sheet_shapes
from jcm_xl.plan.builder import Builder
from jcm_xl.plan.edition import SHAPE, Edition
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.sheet_texts import sheet_texts
from jcm_xl.plan.stamp import read_stamp, stamp_of
from jcm_xl.submission.open import CannotUse
from jcm_xl.submission.settings import Settings
from jcm_xl.text.languages import messages
from jcm_xl.version import __version__
from tests.checks.surgery import operate
from tests.support import example_book

KEY = "ID_AM012@1.0"
SETTINGS = Settings(today=date(2026, 1, 1))
CACHES = (layout, layouts.versions, sheet_texts, messages)


@dataclass(frozen=True)
class Home:
    """A folder of templates that may be changed."""

    root: Path

    def change(self, name: str, old: str, new: str) -> None:
        """Change a text in a file, once."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """Templates of the next release, with those of the present one beside them."""
    root = tmp_path / "templates"
    shutil.copytree(templates(), root)
    for module in ("plan.layout", "plan.sheet_texts", "text.languages"):
        monkeypatch.setattr(f"jcm_xl.{module}.templates", lambda: root)
    forget()
    yield Home(root)
    forget()


def forget() -> None:
    for cached in CACHES:
        cached.cache_clear()


def book(plan: Plan) -> bytes:
    return api.book(plan, example_book(KEY)[1])


def judged(data: bytes, folder: Path) -> Report:
    return check_file(api.save(data, folder / "book.xlsx"), SETTINGS)


def findings(report: Report) -> list[str]:
    return [d.code for d in report.diagnostics if d.code != "JX104"]


def test_a_book_is_judged_by_the_layout_it_was_made_with(
    home: Home, tmp_path: Path
) -> None:
    m = api.load(KEY)
    old = book(make_plan(m))
    was = layout().version
    earlier = home.root / "layout" / "earlier" / str(was)
    earlier.mkdir(parents=True)
    shutil.copy(home.root / "layout" / "official.toml", earlier)
    changed = f"version = {was + 1}\n"
    home.change("layout/official.toml", f"version = {was}\n", changed)
    home.change("layout/official.toml", '"Units"', '"Unit of the value"')
    title = messages("en")("guide.title")
    (earlier / "en.toml").write_text(f'[guide]\ntitle = "{title}"\n', encoding="utf-8")
    home.change("messages/en.toml", f'"{title}"', '"What to fill in"')
    forget()
    assert layouts.versions()[-2:] == (was, was + 1)
    new = book(make_plan(m))
    for data, version in ((old, was), (new, was + 1)):
        template = f"{version}.{SHAPE}"
        report = judged(data, tmp_path)
        assert (findings(report), report.versions["template"]) == ([], template)
    (earlier / "en.toml").unlink()
    forget()
    assert findings(judged(old, tmp_path)) == ["JX222"], "the title of the Guide"


def test_a_book_is_judged_by_the_shape_it_was_built_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = sheet_shapes.SHAPES[SHAPE]

    def later(b: Builder, live: str) -> None:
        b.messages = b.messages.amended({"check": {"title": "Have a look"}})
        last(b, live)

    shapes = MappingProxyType({**sheet_shapes.SHAPES, SHAPE + 1: later})
    for module in ("plan.plan", "submission.open"):
        monkeypatch.setattr(f"jcm_xl.{module}.SHAPES", shapes)
    m = api.load(KEY)
    for shape in shapes:
        report = judged(book(make_plan(m, edition=Edition(shape=shape))), tmp_path)
        template = f"{layout().version}.{shape}"
        assert (findings(report), report.versions["template"]) == ([], template)


def test_a_book_of_the_first_release_has_no_shape_in_its_stamp() -> None:
    first = Edition(layout=layout(1), shape=1)
    stamp = stamp_of(make_plan(api.load(KEY), edition=first))
    properties = stamp.properties()
    assert properties.pop("jcm_xl.shape") == "1"
    assert read_stamp(properties) == stamp


@pytest.mark.parametrize(
    ("name", "version"), [("layout", f"7.{SHAPE}"), ("shape", f"{layout().version}.7")]
)
def test_a_template_of_a_later_release_is_refused_by_name(
    name: str, version: str, tmp_path: Path
) -> None:
    changes = (("jcm_xl." + name, "7"), ("jcm_xl.tool", "9.0.0"))
    operations = [
        {"do": "set_property", "name": key, "value": value} for key, value in changes
    ]
    plan = make_plan(api.load(KEY))
    report = judged(operate(book(plan), operations), tmp_path)
    assert report.exit_code == 2
    assert report.verdict == (
        f"CANNOT BE JUDGED: It names {KEY}. book.xlsx was made by jcm_xl 9.0.0 with a "
        f"template of version {version}, which this jcm_xl {__version__} does not "
        "have. Use a newer jcm_xl."
    )
    with pytest.raises(CannotUse, match=f"template of version {version}"):
        api.calc(tmp_path / "book.xlsx")
    with pytest.raises(CannotUse, match="Use a newer jcm_xl"):
        api.repair(tmp_path / "book.xlsx")
