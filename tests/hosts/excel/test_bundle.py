"""The archive for people without Python, out of wheels of this environment.

The embeddable package is a stand-in that holds no program: what the archive does on
Windows was not run.
"""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from click.testing import CliRunner

from jcm_xl.cli import main
from jcm_xl.hosts.excel import bundle as bundles
from jcm_xl.hosts.excel.wheels import CannotBundle, TargetPython, read_wheel
from jcm_xl.hosts.excel.xlam import excel_addin

pytest.importorskip("xlwings")
ROOT = Path(__file__).parents[3]
HERE = sys.version_info[:2]
SHORT = f"{HERE[0]}{HERE[1]}"
LINUX = sysconfig.get_platform().replace("-", "_").replace(".", "_")
STAND_IN = {"standin": (LINUX, "manylinux_2_17_x86_64", "manylinux2014_x86_64")}
NOT_ON_WINDOWS = ("colorama", "pywin32", "tzdata")
"""What the packages of jcm_xl want on Windows only; stood in for by empty wheels."""


def wheel(
    name: str, version: str, files: dict[str, bytes], requires: str = ""
) -> bytes:
    info = f"{name}-{version}.dist-info"
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}"
    parts = {**files, f"{info}/METADATA": head.encode(), f"{info}/WHEEL": b""}
    record = "".join(f"{n},sha256={digest(d)},{len(d)}\n" for n, d in parts.items())
    parts[f"{info}/RECORD"] = record.encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return made.getvalue()


def digest(data: bytes) -> str:
    found = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return found.rstrip(b"=").decode()


def of_environment(found: Distribution) -> Iterator[tuple[str, bytes]]:
    """The wheel of a package that is installed here, from its own files."""
    name = found.metadata["Name"].replace("-", "_")
    files = {}
    for path in found.files or []:
        place = Path(str(found.locate_file(path)))
        is_own = ".." not in path.parts and place.is_file() and place.suffix != ".pyc"
        if is_own and not path.parts[0].endswith(".dist-info"):
            files[path.as_posix()] = place.read_bytes()
    wants = "".join(f"Requires-Dist: {one}\n" for one in found.requires or [])
    tag = "py3-none-any"
    if any(n.endswith(".so") for n in files):
        tag = f"cp{SHORT}-cp{SHORT}-{LINUX}"
    yield f"{name}-{found.version}-{tag}.whl", wheel(name, found.version, files, wants)


def embedded(kind: str = "standin") -> tuple[str, bytes]:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(f"python{SHORT}._pth", f"python{SHORT}.zip\n.\n")
        archive.writestr("python.exe", b"a stand-in")
    return f"python-{HERE[0]}.{HERE[1]}.0-embed-{kind}.zip", made.getvalue()


def ours() -> tuple[str, bytes]:
    """The wheel of this checkout, without what its tests need."""
    found = distribution("jcm-xl")
    files = {}
    for start, inside in (("jcm_xl", "jcm_xl"), ("macros", "jcm_xl/_macros"),
                          ("workbook_templates", "jcm_xl/_templates")):  # fmt: skip
        for path in sorted((ROOT / start).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                name = path.relative_to(ROOT / start).as_posix()
                files[f"{inside}/{name}"] = path.read_bytes()
    wants = "".join(f"Requires-Dist: {one}\n" for one in found.requires or [])
    name = f"jcm_xl-{found.version}-py3-none-any.whl"
    return name, wheel("jcm_xl", found.version, files, wants)


def closure() -> Iterator[tuple[str, bytes]]:
    from packaging.requirements import Requirement

    todo, seen = ["jcm-xl"], {"jcm-xl"}
    asked = {"sys_platform": "win32", "platform_system": "Windows"}
    yield ours()
    while todo:
        name = todo.pop()
        extras = ("", "excel") if name == "jcm-xl" else ("",)
        for text in distribution(name).requires or []:
            want = Requirement(text)
            needed = want.marker is None or any(
                want.marker.evaluate({**asked, "extra": extra}) for extra in extras
            )
            if not needed or want.name.lower() in seen:
                continue
            seen.add(want.name.lower())
            if want.name.lower() in NOT_ON_WINDOWS:
                empty = want.name.lower()
                yield f"{empty}-999-py3-none-any.whl", wheel(empty, "999", {})
                continue
            todo.append(want.name)
            yield from of_environment(distribution(want.name))


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    for name, data in (embedded(), *closure()):
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def unpacked(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    data = bundles.bundle(packed, STAND_IN)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    assert bundles.bundle(packed, STAND_IN) == data
    return folder / bundles.ROOT


@pytest.mark.slow
def test_the_layout_is_whole_and_every_file_has_its_hash(unpacked: Path) -> None:
    there = {p.name for p in unpacked.iterdir()}
    assert there == {"MANIFEST.sha256", "README.txt", "install.cmd", "jcm.xlam",
                     "python", "site", "verify.py"}  # fmt: skip
    pth = (unpacked / "python" / f"python{SHORT}._pth").read_bytes()
    assert pth == f"python{SHORT}.zip\r\n.\r\n../site\r\n".encode()
    assert (unpacked / "jcm.xlam").read_bytes() == excel_addin()
    lines = (unpacked / "MANIFEST.sha256").read_text().splitlines()
    told = {name: digest_ for digest_, name in (text.split("  ") for text in lines)}
    files = {p.relative_to(unpacked).as_posix(): p for p in unpacked.rglob("*")
             if p.is_file() and p.name != "MANIFEST.sha256"}  # fmt: skip
    assert told == {n: hashlib.sha256(p.read_bytes()).hexdigest()
                    for n, p in files.items()}  # fmt: skip
    assert (unpacked / "site" / "xlwings" / "__init__.py").is_file()


@pytest.mark.slow
def test_python_reads_our_package_from_the_folder_alone(
    unpacked: Path, tmp_path: Path
) -> None:
    """-I and -S: neither the environment nor its packages; no socket is opened."""
    program = (
        "import sys\n"
        f"sys.path.append({str(unpacked / 'site')!r})\n"
        "def refuse(event, args):\n"
        "    if event.startswith('socket.connect'): raise OSError(event)\n"
        "sys.addaudithook(refuse)\n"
        "import jcm_xl, jcm_xl.cli, xlsxwriter, pandas, xlwings\n"
        "data = jcm_xl.new('ID_AM003', rows={'i': 2})\n"
        "print(jcm_xl.__file__, jcm_xl.check(data).verdict)\n"
        "print(*sorted({m.__file__ for m in sys.modules.values()"
        " if 'site-packages' in (getattr(m, '__file__', '') or '')}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", program], cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()[0], done.stdout.splitlines()[-1]
    assert first.startswith(str(unpacked / "site" / "jcm_xl" / "__init__.py"))
    assert second == ""


@pytest.mark.slow
def test_a_file_that_was_changed_on_its_way_stops_the_installation(
    unpacked: Path,
) -> None:
    verify = [sys.executable, "-I", "-B", unpacked / "verify.py"]
    fine = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (fine.returncode, "are as they were sent" in fine.stdout) == (0, True)
    victim = unpacked / "site" / "jcm_xl" / "api.py"
    kept = victim.read_bytes()
    victim.write_bytes(kept + b"# more")
    (unpacked / "python" / "new.py").write_text("")
    try:
        found = subprocess.run(verify, capture_output=True, text=True, check=False)
    finally:
        victim.write_bytes(kept)
        (unpacked / "python" / "new.py").unlink()
    assert found.returncode == 1
    assert "not as it was sent: site/jcm_xl/api.py" in found.stdout
    assert "not as it was sent: python/new.py" in found.stdout


def test_the_script_asks_for_no_rights_and_fetches_nothing() -> None:
    text = (ROOT / "jcm_xl/hosts/excel/bundled/install.cmd").read_text().lower()
    for word in ("powershell", "runas", "reg add", "http", "curl", "pip", "setx"):
        assert word not in text.replace("rem powershell, no", "")
    labels = {line[1:].strip() for line in text.splitlines() if line.startswith(":")}
    jumps = {
        line.rpartition("goto ")[2] for line in text.splitlines() if "goto" in line
    }
    assert jumps == labels
    assert text.isascii()


def small(folder: Path, *more: tuple[str, bytes]) -> Path:
    for name, data in more:
        (folder / name).write_bytes(data)
    return folder


AMD = TargetPython((3, 13), ("win_amd64",))


def test_what_is_missing_or_foreign_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotBundle, match="embeddable packages: none"):
        bundles.bundle(tmp_path)
    name, data = embedded("amd64")
    small(tmp_path, (name, data))
    with pytest.raises(CannotBundle, match="has no wheel of: jcm-xl"):
        bundles.bundle(tmp_path)
    head = "Requires-Dist: click>=8.1\nRequires-Dist: xlwings==1; extra == 'excel'\n"
    small(tmp_path, ("jcm_xl-1-py3-none-any.whl", wheel("jcm_xl", "1", {}, head)),
          ("click-7-py3-none-any.whl", wheel("click", "7", {})))  # fmt: skip
    with pytest.raises(CannotBundle, match=r"click>=8.1 \(there is 7\), xlwings"):
        bundles.bundle(tmp_path)
    done = CliRunner().invoke(
        main,
        ["addin", "excel", "--bundle", str(tmp_path), "-o", str(tmp_path / "a.zip")],
    )
    assert (done.exit_code, "--only-binary=:all:" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x-1-cp312-cp312-win_amd64.whl", wheel("x", "1", {}), "is not for Python"),
        ("x-1-cp313-cp313-linux_x86_64.whl", wheel("x", "1", {}), "is not for"),
        ("x.whl", wheel("x", "1", {}), "is not named as a wheel is"),
        ("x-1-py3-none-any.whl", b"PK no zip", "cannot be read"),
        ("x-1-py3-none-any.whl", wheel("x", "1", {"../y.py": b""}), "a file named"),
        ("x-1-py3-none-any.whl", wheel("x", "1", {"y.py": b"a"}).replace(
            b"y.py,sha256=", b"y.py,sha256=A"), "cannot be read|is not the file"),
    ],
)  # fmt: skip
def test_a_wheel_that_is_not_right_is_refused(
    name: str, data: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CannotBundle, match=words):
        read_wheel(path, AMD)


def test_libraries_of_a_wheel_come_to_lie_beside_python(tmp_path: Path) -> None:
    path = tmp_path / "x-1-py3-none-any.whl"
    files = {"x.py": b"1", "x-1.data/data/x64.dll": b"2", "x-1.data/purelib/z.py": b"3"}
    path.write_bytes(wheel("x", "1", files))
    found = read_wheel(path, AMD)
    assert found.beside == {"x64.dll": b"2"}
    assert {n for n in found.files if ".dist-info" not in n} == {"x.py", "z.py"}
