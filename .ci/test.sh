#!/bin/sh
# test.sh short|all [OPTIONS OF PYTEST]: set up what the tests need, then run them: the
# short round, or that and then the rest. Prints how long each of the three took.
set -u
cd "$(dirname "$0")/.." || exit 1
rounds=short
if [ "$1" = all ]; then
    rounds="short rest"
fi
shift

# took FROM WHAT: print how long it took since then; the seconds are in $seconds.
took() {
    seconds=$(($(date +%s) - $1))
    printf '%s: %d min %02d s.\n' "$2" $((seconds / 60)) $((seconds % 60))
}

rm -rf .test-times
mkdir .test-times
began=$(date +%s)
sh .ci/install.sh test && sh .ci/office.sh && sh .ci/browser.sh || exit 1
took "$began" Set-up

status=0
for round in $rounds; do
    began=$(date +%s)
    .venv/bin/python -m pytest -n auto --maxprocesses 4 --dist worksteal \
        --round "$round" --junitxml ".test-times/$round.xml" "$@"
    code=$?
    # Code 5: nothing was chosen. That is no fault where somebody chose by an option.
    if [ $code -ne 0 ] && { [ $code -ne 5 ] || [ $# -eq 0 ]; }; then
        status=1
    fi
    took "$began" "Tests, $round round"
    echo "$seconds" >".test-times/$round.seconds"
done
exit $status
