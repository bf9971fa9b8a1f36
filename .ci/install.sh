#!/bin/sh
# install.sh [EXTRA]: make .venv and install jcm_xl into it, editable, with the extra.
# Does nothing when that was done already for this folder, Python and list of packages.
set -eu
cd "$(dirname "$0")/.."
extra=${1:-}
python=.venv/bin/python
stamp=.venv/jcm_xl-installed

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1
}

is_usable() {
    is_new_enough "$1" && "$1" -c 'import pip' </dev/null >/dev/null 2>&1
}

has_venv() {
    "$1" -c 'import venv, ensurepip' </dev/null >/dev/null 2>&1
}

# Prints a Python to build the environment with, or explains why there is none.
choose_python() {
    unfit=
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 \
        /usr/bin/python3; do
        [ -n "$candidate" ] && is_new_enough "$candidate" || continue
        if has_venv "$candidate"; then
            echo "$candidate"
            return
        fi
        unfit=${unfit:-$candidate}
    done
    if [ -n "$unfit" ]; then
        version=$("$unfit" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "$unfit is Python $version but cannot make virtual environments:" \
            "install venv for it, on Debian and Ubuntu the package" \
            "python$version-venv." >&2
    else
        echo "jcm_xl needs Python 3.11 or newer; install it, or name one that is not" \
            "on the path with: make PYTHON=/path/to/python3" >&2
    fi
    return 1
}

# What an installation depends on: this very folder (it is editable), Python, packages.
fingerprint() {
    pwd
    "$python" -V
    cksum setup.cfg pyproject.toml
}

is_installed() {
    [ -f "$stamp$1" ] && [ "$(cat "$stamp$1")" = "$(fingerprint)" ]
}

if ! is_usable "$python"; then
    chosen=$(choose_python)
    rm -rf .venv
    "$chosen" -m venv .venv
fi
if is_installed -test || is_installed "${extra:+-$extra}"; then
    exit 0
fi
echo "Installing jcm_xl${extra:+ with what its ${extra}s need} into .venv ..."
"$python" -m pip install -qq --no-input --disable-pip-version-check \
    --editable ".${extra:+[$extra]}" </dev/null
rm -f "$stamp" "$stamp"-*
fingerprint >"$stamp${extra:+-$extra}"
