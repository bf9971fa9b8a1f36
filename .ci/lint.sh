#!/bin/sh
# lint.sh: style, types and layers, all of them, whatever the first one says; of Python,
# and the types of the page's JavaScript.
cd "$(dirname "$0")/.." || exit 1
status=0
.venv/bin/python -m ruff check --quiet . || status=1
.venv/bin/python -m ruff format --check . || status=1
.venv/bin/python -m mypy || status=1
.venv/bin/lint-imports || status=1
compiler=.venv/browser/node_modules/typescript/bin/tsc
if [ -f "$compiler" ]; then
    node "$compiler" -p tests/hosts/web/tsconfig.json || status=1
else
    echo "The types of the page's JavaScript are not checked: \`make test\` installs what does."
fi
exit $status
