"""Every figure of a document is found again, altered or not."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jcm_xl.checks.form_run import judge_paper
from jcm_xl.documents.methodology.word import document_docx
from jcm_xl.forms.folder import ProjectFolder
from jcm_xl.forms.opened import OpenedPaper
from jcm_xl.forms.paper import NoPaper, read_paper
from jcm_xl.projects.forms import make_paper, open_paper
from tests.checks.surgery import operate
from tests.forms.example import ONE_NOW, example_project
from tests.office.harness import plain_environment

_PART = "word/document.xml"
_SHOWN = re.compile("<w:t[ >]")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> ProjectFolder:
    return example_project(tmp_path_factory.mktemp("papers") / "TH000")


def _text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(_PART).decode()


def _altered(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each figure's tag with the document in which its text is another one."""
    text = _text(data)
    for match in re.finditer(r'<w:bookmarkStart [^>]*w:name="(jcm_[^"]+)"/>', text):
        if match[1].startswith("jcm_of_"):
            continue
        start = match.end() + _SHOWN.search(text[match.end() :]).start()  # type: ignore[union-attr]
        end = text.index("</w:t>", start)
        piece = text[start:end]
        at = {"do": "replace", "part": _PART}
        old = text[match.start() : end]
        new = text[match.start() : start] + piece[: piece.index(">") + 1] + "4711"
        yield match[1], operate(data, [{**at, "old": old, "new": new}])


@pytest.mark.parametrize("code", ONE_NOW)
def test_every_altered_figure_is_told_by_its_name(
    code: str, project: ProjectFolder, tmp_path: Path
) -> None:
    data = document_docx(make_paper(project, code))
    assert data == document_docx(make_paper(project, code))
    path = tmp_path / f"{code}.docx"
    path.write_bytes(data)
    opened = open_paper(path, project)
    assert judge_paper(opened, path.name).diagnostics == ()
    count = 0
    for tag, altered in _altered(data):
        path.write_bytes(altered)
        changed = OpenedPaper(read_paper(path), opened.form, opened.placed, project)
        found = judge_paper(changed, path.name).diagnostics
        names = {re.sub(r"\W+", "_", d.parameter).strip("_") for d in found}
        assert names == {tag.removeprefix("jcm_")}, tag
        assert {d.code for d in found} == {"JX702"}
        count += 1
    assert count == len(list(opened.expected()))


def test_deleted_text_of_tracked_changes_is_no_text(
    project: ProjectFolder, tmp_path: Path
) -> None:
    data = document_docx(make_paper(project, "PDD"))
    old = "<w:t>2579</w:t></w:r>"
    new = (
        '</w:r><w:del w:id="9" w:author="x"><w:r><w:delText>2579</w:delText></w:r>'
        "</w:del>"
        '<w:ins w:id="8" w:author="x"><w:r><w:t>2580</w:t></w:r></w:ins>'
    )
    path = tmp_path / "PDD.docx"
    edit = {"do": "replace", "part": _PART, "old": old, "new": new}
    path.write_bytes(operate(data, [edit]))
    (found,) = judge_paper(open_paper(path, project), path.name).diagnostics
    assert (found.code, found.found, found.expected) == ("JX702", "2580", "2579")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "cannot be read"),
        (b"%PDF-1.7", "cannot be read"),
        ({"a.txt": "x"}, "is no document of Word"),
        ({_PART: "<w:p"}, "its text cannot be read"),
        (
            {_PART: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
            "its text cannot be read",
        ),
        ({_PART: "<a/>"}, "lost the mark that says so"),
    ],
)
def test_what_is_no_paper_is_refused(
    content: bytes | dict[str, str], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in content.items():
                archive.writestr(name, text)
    with pytest.raises(NoPaper, match=told):
        read_paper(path)


@pytest.mark.office
@pytest.mark.slow
def test_what_writer_saved_is_read_as_before(
    project: ProjectFolder, tmp_path: Path
) -> None:
    path = tmp_path / "PDD.docx"
    path.write_bytes(document_docx(make_paper(project, "PDD")))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--headless", "--convert-to", "docx", "--outdir", tmp_path / "saved", path],
        check=True, capture_output=True, timeout=120, env=plain_environment(),
    )  # fmt: skip
    report = judge_paper(open_paper(tmp_path / "saved" / path.name, project), path.name)
    assert report.diagnostics == ()
