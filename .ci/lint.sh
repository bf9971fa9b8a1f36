#!/bin/sh
# lint.sh: style, types and layers, all of them, whatever the first one says.
cd "$(dirname "$0")/.." || exit 1
status=0
.venv/bin/python -m ruff check --quiet . || status=1
.venv/bin/python -m ruff format --check . || status=1
.venv/bin/python -m mypy || status=1
.venv/bin/lint-imports || status=1
exit $status
