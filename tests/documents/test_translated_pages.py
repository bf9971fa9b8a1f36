"""Pages in another language have the commands, parts and pictures of the English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages import ROOT, commands_in

TRANSLATED = sorted(ROOT.glob("docs/ja/*.md"))


def of_original(page: Path) -> Path:
    """The English page that another one translates."""
    return ROOT / page.name if page.name == "README.md" else ROOT / "docs" / page.name


@pytest.mark.parametrize("page", TRANSLATED, ids=lambda p: p.name)
def test_a_translated_page_has_the_commands_and_the_parts_of_its_original(
    page: Path,
) -> None:
    """Words of commands, blocks of code but for their remarks, headings, pictures."""
    ours, original = (p.read_text(encoding="utf-8") for p in (page, of_original(page)))
    for pattern in (r"^#+(?= )", r"\bJX\d{3}\b", r"pictures/\w+\.png"):
        found, wanted = (re.findall(pattern, t, re.M) for t in (ours, original))
        assert found == wanted, pattern
    assert commands_in(page) == commands_in(of_original(page))
    blocks = [
        [
            re.sub(r"\s*#.*", "", block)
            for block in re.findall(r"^```.*?^```", t, re.M | re.S)
        ]
        for t in (ours, original)
    ]
    assert blocks[0] == blocks[1]


def test_each_page_and_its_translation_name_each_other() -> None:
    assert {page.name for page in TRANSLATED} == {
        "README.md", "participant.md", "verifier.md",
    }  # fmt: skip
    for page in TRANSLATED:
        original = of_original(page)
        for here, there in ((page, original), (original, page)):
            links = re.findall(r"\]\(([^)#]+)\)", here.read_text(encoding="utf-8"))
            assert there in {(here.parent / link).resolve() for link in links}
