"""Compare every file beside this one with the list that came with them."""

import hashlib
import os
import sys
from collections.abc import Iterator

LIST = "MANIFEST.sha256"


def main(folder: str) -> int:
    """Return 0 where all files are those that were sent, else 1; say which is not."""
    with open(os.path.join(folder, LIST), encoding="utf-8") as file:
        pairs = [line.rstrip("\n").split("  ", 1) for line in file]
    told = {name: digest for digest, name in pairs}
    wrong = []
    for name, wanted in told.items():
        try:
            with open(os.path.join(folder, *name.split("/")), "rb") as file:
                found = hashlib.sha256(file.read()).hexdigest()
        except OSError:
            found = "none"
        if found != wanted:
            wrong.append(name)
    wrong += [name for name in files(folder) if name not in told and name != LIST]
    for name in wrong[:10]:
        print("not as it was sent:", name)
    if not wrong:
        print(len(told), "files are as they were sent.")
    return 1 if wrong else 0


def files(folder: str) -> Iterator[str]:
    """Yield the files below the folder as the list names them."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(os.path.join(place, name), folder)
            yield path.replace(os.sep, "/")


if __name__ == "__main__":
    sys.exit(main(os.path.dirname(os.path.abspath(__file__))))
