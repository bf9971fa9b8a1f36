"""What the project says of itself is true: packages, commands, links, versions."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from configparser import ConfigParser
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import jcm_xl
from jcm_xl.cli import main
from jcm_xl.definition.library import entries, load
from jcm_xl.definition.shapes import shapes
from tests.pages import CODE, ROOT, commands_in

SETUP = ConfigParser()
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")

PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    if path.parent.name != "rules"  # made of the checks
)
# Spelt in pieces, as this file is looked at, too.
FOREIGN = ["/".join(("", name, "")) for name in ("work", "root")] + [
    ".".join(words)
    for words in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("deb", "debian", "org"),
        ("npmjs", "org"),
        ("anaconda", "org"),
        ("pkg", "dev"),
    )
]


def lines(section: str, option: str) -> list[str]:
    return SETUP[section][option].split()


def packages() -> dict[str, Path]:
    """The packages of setup.cfg with their folders."""
    mapped = dict(
        re.findall(r"^(\S+) *= *(\S+)$", SETUP["options"]["package_dir"], re.M)
    )
    return {
        name: ROOT / mapped.get(name, name.replace(".", "/"))
        for name in lines("options", "packages")
    }


def files() -> list[Path]:
    """Every file of the project that git knows or would take."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [path for name in listed.split("\0") if (path := ROOT / name).is_file()]


def test_every_package_is_listed_in_setup_cfg() -> None:
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "jcm_xl").rglob("__init__.py")
    }
    mapped = {"jcm_xl._macros", "jcm_xl._templates"}
    assert set(packages()) == there | mapped, (
        "setup.cfg lists the packages by name: add or remove the folder there."
    )


def test_every_data_file_is_installed() -> None:
    patterns = {
        name: [pattern.strip(",") for pattern in listed.split()]
        for name, listed in SETUP["options.package_data"].items()
    }
    left_out = []
    for name, folder in packages().items():
        found = {path for p in patterns.get(name, ()) for path in folder.glob(p)}
        inner = "**/*" if name == "jcm_xl._templates" else "*"
        left_out += [
            path
            for path in folder.glob(inner)
            if path.is_file() and path.suffix not in (".py", ".pyc")
            if path not in found
        ]
    assert not left_out, (
        "an installed jcm_xl would lack these: name them in setup.cfg under "
        "[options.package_data]."
    )


def test_setup_cfg_is_the_only_home_of_the_metadata() -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        pyproject = tomllib.load(stream)
    assert set(pyproject) == {"build-system", "tool"}
    assert set(pyproject["tool"]) == {"ruff"}, "other tools read setup.cfg"


def test_the_changelog_tells_of_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(jcm_xl.__version__)}\b", changelog, re.M)


def test_the_pages_count_the_library_rightly() -> None:
    """`more than 90` holds until there are more than 100."""
    library = [load(entry.key) for entry in entries()]
    counts = {
        "definitions": len(library),
        "methodology versions": len(library),
        "methodologies": len({m.id for m in library}),
        "countries": len({m.country for m in library}),
        "calculation shapes": len(shapes()),
    }
    counted = rf"(more than )?\b(\d+)\s+({'|'.join(counts)})\b".replace(" ", r"\s+")
    wrong = []
    for name in ("README.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for more, number, noun in re.findall(counted, text, re.I):
            count = counts[" ".join(noun.split())]
            said = range(int(number) + 1, int(number) + 11) if more else [int(number)]
            if count not in said:
                wrong.append(f"{name} says {more}{number} {noun}; there are {count}")
        assert re.search(counted, text, re.I), f"{name} counts nothing any more"
    assert not wrong, "Mend the numbers"


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert SETUP["metadata"]["license_expression"] == "MIT"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License\n")
    assert "The jcm_xl authors" in text


def test_no_file_names_a_path_of_one_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in files()
        for text in [path.read_bytes()]
        for word in FOREIGN
        if re.search(rb"(?<![\w.])(?:[\w.-]+\.)?" + re.escape(word.encode()), text)
    ]
    assert not found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_on_a_page_exists_with_its_options(page: Path) -> None:
    context = click.Context(main)
    unknown = []
    for name, *words in commands_in(page):
        command = main if name.startswith("-") else main.get_command(context, name)
        if command is None:
            unknown.append(name)
            continue
        if isinstance(command, click.Group) and words:
            command = command.get_command(context, words[0]) or command
        known = {option for p in command.params for option in p.opts} | {"--help", "-h"}
        given = {word.partition("=")[0] for word in (name, *words) if word[0] == "-"}
        unknown += [f"{name} {option}" for option in sorted(given - known - {"-"})]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_make_target_on_a_page_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    code = "\n".join(CODE.findall(page.read_text(encoding="utf-8")))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", code, re.M)) <= targets


@pytest.mark.parametrize("script", sorted(ROOT.glob(".ci/*")), ids=lambda p: p.name)
def test_the_scripts_are_sound(script: Path) -> None:
    shell = "bash" if script.name == "run" else "sh"
    subprocess.run([shell, "-n", str(script)], check=True)


@pytest.mark.parametrize("page", ["README.md", "docs/tour.md", "docs/ja/README.md"])
def test_the_commands_of_the_readme_work_one_after_the_other(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    failed = []
    for words in commands_in(ROOT / page):
        if "my-figures.toml" in words or words == ["--help"]:
            continue
        result = CliRunner().invoke(main, words)
        if result.exit_code not in (0, 1) or isinstance(result.exception, Exception):
            failed.append((words, result.output))
    assert failed == []


def imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever it does."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    plain = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    parts = [(n.module or "", n.names) for n in nodes if isinstance(n, ast.ImportFrom)]
    return plain | {f"{module}.{a.name}" for module, names in parts for a in names}


def test_the_benches_use_the_tests_and_not_the_other_way_round() -> None:
    back = [
        str(path.relative_to(ROOT))
        for path in [ROOT / "conftest.py", *ROOT.glob("tests/**/*.py")]
        if any(name.split(".")[0] == "bench" for name in imports(path))
    ]
    assert back == [], "A test of a bench lies in bench/, beside what it tests"
    borrowed = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in ROOT.glob("bench/**/*.py")
        for name in imports(path)
        if name.startswith("tests.") and ".test_" in name
    ]
    assert borrowed == [], "Put what both need into a module of tests that is no test"


def test_what_security_promises_is_tested_where_it_says() -> None:
    promises = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    for row in rows:
        *_, promise, tests, _ = row.split("|")
        named = re.findall(r"`(tests/[^`]+)`", tests)
        assert named, f"no test holds:{promise}"
        assert [name for name in named if not (ROOT / name).is_file()] == []
