#!/bin/sh
# fuzz.sh [MINUTES]: coverage-guided fuzzing of everything that strangers write.
# Installs atheris, which nothing else needs, into .venv if it is not there.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-} sh .ci/install.sh test
python=.venv/bin/python
if ! "$python" -c 'import atheris' </dev/null >/dev/null 2>&1; then
    "$python" -m pip install -qq --no-input --disable-pip-version-check \
        --editable '.[fuzz]' </dev/null
fi
"$python" -m tests.fuzz.rounds --minutes "${1:-14}" ${FUZZ:-}
