#!/bin/sh
# browser.sh: put what the tests need of npm into .venv: the browser's Python (Pyodide)
# and Microsoft's Open XML validator.
# Installs Node.js from Debian's packages if it is missing and we may.
set -eu
cd "$(dirname "$0")/.."
target=.venv/browser
wanted=tests/hosts/package.json

is_there() {
    [ -f "$target/node_modules/pyodide/pyodide.mjs" ] && cmp -s "$wanted" "$target/package.json"
}

left_out() {
    echo "The tests that need npm are left out: $1"
    exit 0
}

if ! command -v npm >/dev/null 2>&1; then
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo -n"
    fi
    if ! command -v apt-get >/dev/null 2>&1 || ! $as_root true 2>/dev/null; then
        left_out "install Node.js 18 or newer with npm (on Debian: apt-get install nodejs npm)."
    fi
    echo "Installing Node.js for the tests ..."
    get="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
    { $get update && $get install -y --no-install-recommends nodejs npm; } \
        </dev/null >/dev/null 2>&1 || left_out "Node.js could not be installed."
fi
if is_there; then
    exit 0
fi
echo "Installing Pyodide and the Open XML validator into $target ..."
mkdir -p "$target"
cp "$wanted" "$target/package.json"
if ! npm install --prefix "$target" --ignore-scripts --no-audit --no-fund --no-package-lock \
    --loglevel=error </dev/null >/dev/null 2>&1; then
    rm -f "$target/package.json"
    left_out "npm could not install them."
fi
