"""`make fuzz MINUTES=n`: a round of guided fuzzing over each target, and its finds.

Needs the extra `fuzz` (atheris). Two targets run at a time, each in a process of its
own; inputs that reach new code stay in `.fuzz/<target>`, finds in `.fuzz/finds`. The
figures are added to `.fuzz/runs.jsonl`, which `make quality` publishes. With `--keep`
the smallest inputs that reached new code become `tests/fuzz/corpus`.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.targets import CORPUS, TARGETS, kept, seeds

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".fuzz"
RUNS = FOLDER / "runs.jsonl"
_RUNS = re.compile(r"Done (\d+) runs")
_NUMBER = re.compile(r"^#(\d+)", re.MULTILINE)
_ROOM = 20_000
"""Letters of all that is kept of a target."""
_OPTIONS = ("-rss_limit_mb=2048", "-timeout=20", "-print_final_stats=0")


class Round(NamedTuple):
    """What came of one target: inputs tried, seconds, and the finds."""

    target: str
    runs: int
    seconds: float
    finds: tuple[str, ...]


def main() -> int:
    """Fuzz every target for its share of the minutes."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=14)
    parser.add_argument("--only", action="append", choices=sorted(TARGETS))
    parser.add_argument("--keep", action="store_true", help="write tests/fuzz/corpus")
    asked = parser.parse_args()
    if find_spec("atheris") is None:
        print("Coverage-guided fuzzing needs atheris: pip install '.[fuzz]'.")
        return 2
    names = asked.only or list(TARGETS)
    seconds = 60 * asked.minutes * 2 / max(2, len(names))
    with ThreadPoolExecutor(2) as pool:
        rounds = list(pool.map(lambda name: fuzz(name, seconds), names))
    for one in rounds:
        finds = f"{len(one.finds)} finds" if one.finds else "no find"
        print(f"{one.target}: {one.runs:,} inputs in {one.seconds:.0f} s, {finds}")
        for find in one.finds:
            print(f"  {find}")
    if asked.keep:
        for name in names:
            keep(name)
    return 1 if any(one.finds for one in rounds) else 0


def fuzz(name: str, seconds: float) -> Round:
    """Search one target until the time is up; a find does not end it."""
    finds_folder = FOLDER / "finds"
    finds_folder.mkdir(parents=True, exist_ok=True)
    end, began = time.monotonic() + seconds, time.monotonic()
    runs, finds = 0, []
    while (left := end - time.monotonic()) > 1 and len(finds) < 5:
        text = _search(
            name, FOLDER / name, f"-max_total_time={left:.0f}",
            f"-artifact_prefix={finds_folder}/{name}-",
        )  # fmt: skip
        done = _RUNS.findall(text) or _NUMBER.findall(text) or ["0"]
        runs += int(done[-1])
        if "Test unit written to" in text:
            finds.append(_told(text))
        elif not _RUNS.search(text):
            finds.append(f"it ended: {text[-300:]}")
    found = Round(name, runs, time.monotonic() - began, tuple(finds))
    with RUNS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(found._asdict()) + "\n")
    return found


def _search(name: str, *options: Path | str) -> str:
    command = [sys.executable, "-m", "tests.fuzz.guided", name, *map(str, options)]
    done = subprocess.run(
        [*command, *_OPTIONS], cwd=ROOT, capture_output=True, text=True, check=False,
        errors="replace",
    )  # fmt: skip
    return f"{done.stdout}{done.stderr}\nended with {done.returncode}"


def _told(text: str) -> str:
    """Return what was raised and the file that makes it again."""
    raised = re.findall(r"^\w*(?:Error|Exception|Refused|Exceeded)\b.*", text, re.M)
    file = re.search(r"Test unit written to (\S+)", text)
    why = raised[-1] if raised else text.partition("ERROR: libFuzzer: ")[2][:80]
    return f"{file[1] if file else '?'}: {why[:200]}"


def keep(name: str) -> None:
    """Write the smallest inputs that reached new code into the corpus."""
    found = {path.read_bytes() for path in (FOLDER / name).iterdir()}
    begun = {*seeds(name)} - {*kept(name)}
    lines, room = [], _ROOM
    for data in sorted(found - begun, key=lambda data: (len(data), data)):
        line = json.dumps(data.decode("latin-1"))
        if len(line) <= room:
            lines.append(line + "\n")
            room -= len(line)
    CORPUS.mkdir(exist_ok=True)
    (CORPUS / f"{name}.jsonl").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())
