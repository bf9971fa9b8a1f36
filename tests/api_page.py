"""docs/api.md out of the docstrings: `make docs` prints it, a test compares it."""

from __future__ import annotations

import inspect

import jcm_xl

_HEAD = """\
# The words of Python

Made by `make docs` from the docstrings of `jcm_xl`. What is not here may change with
any version. A cell of a notebook for each step: [first-steps.ipynb](first-steps.ipynb).
"""


def page() -> str:
    """Return the page: each public name, how it is called, what it says."""
    return _HEAD + "".join(map(_part, sorted(jcm_xl.__all__)))


def _part(name: str) -> str:
    value = getattr(jcm_xl, name)
    if not callable(value):
        return f"\n## `{name}`\n\nThe version, a text.\n"
    text = inspect.cleandoc(value.__doc__ or "")
    call = f"{name}{inspect.signature(value)}".replace("'", "")
    return f"\n## `{name}`\n\n```python\n{call}\n```\n\n{text}\n"


if __name__ == "__main__":
    print(page(), end="")
