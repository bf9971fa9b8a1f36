"""jcm_xl: Excel workbooks of the Joint Crediting Mechanism, from definitions.

The same words as the commands: `load, new, fill, calc, explain, check, render` and, as
`import` is a word of Python, `import_book`. They are
loaded when first asked for, so that importing the package costs next to nothing.
"""

# Nothing is imported here: `python -m jcm_xl` runs this before `__main__` can take the
# current folder off the path. Type checkers know the name.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from jcm_xl.api import calc, check, explain, fill, import_book, load, new, render
    from jcm_xl.version import __version__

__all__ = [
    "__version__",
    "calc",
    "check",
    "explain",
    "fill",
    "import_book",
    "load",
    "new",
    "render",
]


def __getattr__(name: str) -> "Any":
    if name in __all__:
        from importlib import import_module

        home = "jcm_xl.version" if name == "__version__" else "jcm_xl.api"
        return getattr(import_module(home), name)
    raise AttributeError(f"module 'jcm_xl' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
