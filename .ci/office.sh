#!/bin/sh
# office.sh: see to it that LibreOffice is there for the tests that recalculate books.
# Installs it from Debian's packages if we may; otherwise says what to install.
set -eu
# Carlito has the widths of Calibri, in which the books are written.
packages="libreoffice-calc libreoffice-writer python3-uno fonts-crosextra-carlito"

is_there() (
    unset PYTHONHOME PYTHONPATH
    command -v soffice >/dev/null 2>&1 &&
        /usr/bin/python3 -c 'import uno' </dev/null >/dev/null 2>&1
)
has_font() {
    ! command -v fc-list >/dev/null 2>&1 || fc-list | grep -q Carlito
}

has_writer() {
    [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libswlo.so" ]
}

if is_there && has_writer && has_font; then
    exit 0
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi
if ! command -v apt-get >/dev/null 2>&1 || ! $as_root true 2>/dev/null; then
    echo "The tests that need LibreOffice are left out: install its Calc, its Writer and its Python" \
        "bridge (on Debian and Ubuntu: apt-get install $packages)."
    exit 0
fi
echo "Installing LibreOffice for the tests: $packages ..."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
get="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
if ! { $get update && $get install -y --no-install-recommends $packages; } \
    </dev/null >"$log" 2>&1 || ! is_there; then
    tail -n 20 "$log"
    echo "The tests that need LibreOffice are left out: $packages could not be installed."
fi
