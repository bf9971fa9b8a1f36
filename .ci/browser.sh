#!/bin/sh
# browser.sh [page]: put what the tests need of npm into .venv: the browser's Python
# (Pyodide), Microsoft's Open XML validator, and what drives the page in Chromium.
# Installs Node.js and Chromium from Debian's packages if they are missing and we may.
# With `page` only what the page itself is made of, into the same place.
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

# has_installed PACKAGE...: install Debian's packages where that is allowed.
has_installed() {
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo -n"
    fi
    if ! command -v apt-get >/dev/null 2>&1 || ! $as_root true 2>/dev/null; then
        return 1
    fi
    echo "Installing for the tests: $* ..."
    get="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
    { $get update && $get install -y --no-install-recommends "$@"; } \
        </dev/null >/dev/null 2>&1
}

if ! command -v npm >/dev/null 2>&1; then
    has_installed nodejs npm ||
        left_out "install Node.js 18 or newer with npm (on Debian: apt-get install nodejs npm)."
fi
if [ "${1:-}" = page ]; then
    version=$(sed -n 's/.*"pyodide": "\(.*\)".*/\1/p' "$wanted")
    if ! grep -qs "\"version\": \"$version\"" "$target/node_modules/pyodide/package.json"; then
        npm install --prefix "$target" --ignore-scripts --no-audit --no-fund --no-save \
            --no-package-lock --loglevel=error "pyodide@$version" </dev/null
    fi
    exit 0
fi
if ! command -v chromium >/dev/null 2>&1 && ! has_installed chromium; then
    echo "The tests of the page are left out: install Chromium (on Debian:" \
        "apt-get install chromium)."
fi
if is_there; then
    exit 0
fi
echo "Installing Pyodide, the Open XML validator and playwright-core into $target ..."
mkdir -p "$target"
cp "$wanted" "$target/package.json"
if ! npm install --prefix "$target" --ignore-scripts --no-audit --no-fund --no-package-lock \
    --loglevel=error </dev/null >/dev/null 2>&1; then
    rm -f "$target/package.json"
    left_out "npm could not install them."
fi
