"""`python -m tests.fuzz.guided TARGET FOLDER`: inputs led by the code they reach.

Needs the extra `fuzz` (atheris). FOLDER keeps what reached new code. Options after it
go to libFuzzer: `-max_total_time=600 -rss_limit_mb=1024 -timeout=20`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

_WATCHED = {
    "book": ["jcm_xl.xlsx", "jcm_xl.plan", "jcm_xl.submission", "jcm_xl.foreign"],
    "formula": ["jcm_xl.formula", "jcm_xl.expr"],
    "definition": ["jcm_xl.definition", "jcm_xl.expr", "jcm_xl.model"],
    "overlay": ["jcm_xl.definition", "jcm_xl.expr", "jcm_xl.model"],
    "answers": ["jcm_xl.submission.answers", "jcm_xl.model"],
    "inputs": ["jcm_xl.inputs", "jcm_xl.text"],
    "typed": ["jcm_xl.text", "jcm_xl.xlsx.number_format"],
}


def main() -> None:
    """Write the seeds into the folder and search until libFuzzer ends."""
    name, corpus, *options = sys.argv[1:]
    with atheris.instrument_imports(include=_WATCHED[name]):
        from tests.fuzz.targets import TARGETS, seeds
    folder = Path(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (folder / f"seed{number}").write_bytes(seed)
    target = TARGETS[name]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        atheris.Setup(
            [sys.argv[0], corpus, *options], lambda data: target(data, Path(place))
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
