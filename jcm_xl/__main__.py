"""`python -m jcm_xl` is the command `jcm-xl`.

Started so, Python looks for modules in the current folder first, where a stranger's
files may lie. That ends here, before anything else is imported, unless jcm_xl itself
was found there: then that folder is a checkout whose code runs anyway. What Python
imports to run this came before; with `jcm-xl` and `python -P -m jcm_xl` nothing does.
"""

import os  # loaded already by what runs this
import sys

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_NOT_INSTALLED = (
    f"jcm_xl is not installed, only its source lies in {_HERE}. Install it from there: "
    "pip install -e ."
)


def _leave_the_current_folder() -> None:
    """Take the entry off that `python -m` puts first; with -P there is none."""
    first = sys.path[0]
    if not sys.flags.safe_path and first != _HERE and first in ("", os.getcwd()):
        del sys.path[0]


def _is_installed() -> bool:
    """Tell whether templates and other packages are found; a bare source lacks some."""
    from importlib.util import find_spec

    from jcm_xl.places import templates

    return templates().is_dir() and find_spec("click") is not None


if __name__ == "__main__":
    _leave_the_current_folder()
    if not _is_installed():
        sys.exit(_NOT_INSTALLED)
    from jcm_xl.cli import main

    main(prog_name="jcm-xl")
