"""`python -m tests.fuzz --count 5000`: thousands of damaged books under limits.

With `--agree`: books that programs could read differently, each of which LibreOffice
has to read as `check` does, or its exit code is not 0. With `--differential`: books
with one change, which openpyxl and calamine have to read as `check` does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.agree import Divided, disagreement, divided_book
from tests.fuzz.books import Fuzzed, fuzzed_book, fuzzed_books
from tests.fuzz.child import Child, Outcome
from tests.fuzz.differ import ASIDE, changed_book
from tests.fuzz.differ import judge as judge_by_all
from tests.fuzz.judge import judge
from tests.office.harness import Office


def main() -> int:
    """Judge each book, keep those that broke a law, and print the figures."""
    asked = _arguments()
    if asked.number is not None:
        book = _maker(asked)(asked.seed, asked.number)
        (asked.keep / f"fuzz_{asked.seed}_{asked.number}.xlsx").write_bytes(book.data)
        print(book)
        return 0
    if asked.agree:
        return _agree(asked)
    if asked.differential:
        return _differ(asked)
    child = Child(judge, asked.memory, asked.seconds)
    began = time.perf_counter()
    outcomes = []
    for book in fuzzed_books(asked.seed, asked.count, asked.first):
        outcome = child.judge(book.data)
        outcomes.append(outcome)
        if outcome.trouble:
            _tell(book, outcome, asked.keep)
    child.close()
    print(_figures(outcomes, asked, time.perf_counter() - began))
    return 1 if any(o.trouble for o in outcomes) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=5_000, help="how many books")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number to begin with")
    parser.add_argument("--seconds", type=float, default=5.0, help="limit for one book")
    parser.add_argument("--memory", type=int, default=512, help="limit in MB")
    parser.add_argument("--keep", type=Path, default=Path(), help="folder for finds")
    parser.add_argument("--number", type=int, help="only write this one book")
    parser.add_argument("--agree", action="store_true", help="ask LibreOffice, too")
    parser.add_argument(
        "--differential", action="store_true", help="ask openpyxl and calamine, too"
    )
    return parser.parse_args()


def _maker(asked: argparse.Namespace) -> Callable[[int, int], Fuzzed | Divided]:
    if asked.differential:
        return changed_book
    return divided_book if asked.agree else fuzzed_book


def _differ(asked: argparse.Namespace) -> int:
    """Compare each clean book with two other readers, keep those that differ."""
    child = Child(judge_by_all, 2 * asked.memory, 4 * asked.seconds)
    codes: Counter[int] = Counter()
    troubles = 0
    for number in range(asked.first, asked.first + asked.count):
        book = changed_book(asked.seed, number)
        outcome = child.judge(book.data)
        codes[outcome.exit_code] += not outcome.trouble
        troubles += bool(outcome.trouble)
        if outcome.trouble:
            kept = asked.keep / f"unlike_{asked.seed}_{number}.xlsx"
            kept.write_bytes(book.data)
            print(f"{book}\n  {outcome.trouble.splitlines()[-1]}", flush=True)
    child.close()
    print(
        f"{asked.count} books of seed {asked.seed}: {troubles} read otherwise at exit "
        f"0; {codes[0] + codes[ASIDE]} clean ({codes[ASIDE]} of them not opened by a "
        f"reader, as explained), {codes[1]} with findings, {codes[2]} refused"
    )
    return 1 if troubles else 0


def _agree(asked: argparse.Namespace) -> int:
    """Compare each clean book with LibreOffice, keep those that differ, and count."""
    codes: Counter[int] = Counter()
    refused = differing = 0
    with tempfile.TemporaryDirectory() as folder, Office() as office:
        path = Path(folder) / "book.xlsx"
        for number in range(asked.first, asked.first + asked.count):
            book = divided_book(asked.seed, number)
            path.write_bytes(book.data)
            compared = disagreement(path, office)
            codes[compared.exit_code] += 1
            if not (compared.differences or compared.is_refused):
                continue
            refused += compared.is_refused
            differing += not compared.is_refused
            kept = asked.keep / f"divided_{asked.seed}_{number}.xlsx"
            kept.write_bytes(book.data)
            how = [*compared.differences, "LibreOffice does not open it"][0]
            print(f"{book}\n  {how}", flush=True)
    print(
        f"{asked.count} books of seed {asked.seed}: {differing} read otherwise by "
        f"LibreOffice at exit 0; {codes[0]} clean ({refused} that LibreOffice does not "
        f"open), {codes[1]} with findings, {codes[2]} refused"
    )
    return 1 if differing else 0


def _tell(book: Fuzzed, outcome: Outcome, folder: Path) -> None:
    path = folder / f"fuzz_{book.seed}_{book.number}.xlsx"
    path.write_bytes(book.data)
    print(f"{book}\n  kept as {path}\n{outcome.trouble}", flush=True)


def _figures(outcomes: list[Outcome], asked: argparse.Namespace, took: float) -> str:
    """Return the figures in one sentence."""
    codes = Counter(outcome.exit_code for outcome in outcomes if not outcome.trouble)
    troubles = sum(bool(outcome.trouble) for outcome in outcomes)
    slowest = max((outcome.seconds for outcome in outcomes), default=0.0)
    largest = max((outcome.megabytes for outcome in outcomes), default=0.0)
    return (
        f"{len(outcomes)} books of seed {asked.seed} in {took:.0f} s: {troubles} in "
        f"trouble; {codes[0]} clean, {codes[1]} with findings, {codes[2]} refused; "
        f"slowest {slowest:.2f} s of {asked.seconds:g}, at most {largest:.0f} MB of "
        f"{asked.memory}"
    )


if __name__ == "__main__":
    sys.exit(main())
