# Everything a developer calls. Needs make, git and a Python of 3.11 or newer with venv.
# Another Python: make test PYTHON=/opt/python/bin/python3
# Options of pytest: make test PYTEST='-k recalculation -x'

.PHONY: docs pictures help demo web test test-all lint validate bench quality fuzz hosts release earlier clean

help:
	@echo 'make demo     a virtual environment in .venv, then sample workbooks in demo-output'
	@echo 'make web      the page for the browser, a folder of static files: web/'
	@echo 'make test     the tests to wait for, minutes; installs LibreOffice and Node.js where'
	@echo '              that is possible (Debian); options of pytest as in PYTEST="-k stamp -x"'
	@echo 'make test-all make test, then the rest: every definition, every host, long runs'
	@echo 'make lint     style, types and layers: ruff, mypy, import-linter'
	@echo 'make validate the Open XML SDK and the limits of Excel over all that we write'
	@echo 'make hosts    every example through every host, number beside number (KEYS="...")'
	@echo 'make bench    measure the promised speed (BENCH="--quick --json FILE")'
	@echo 'make quality  measure how often the checker is wrong (QUALITY="--minutes 30")'
	@echo 'make fuzz     search for inputs that break a reader, led by coverage (MINUTES=20)'
	@echo 'make docs     write the pages that are generated anew: docs/rules, definitions.md, hosts.md'
	@echo 'make pictures make the moving picture of README anew, from the page in Chromium'
	@echo 'make release  write down what a release ships, once (VERSION=0.2.0)'
	@echo 'make earlier  keep the released texts of definitions that were corrected since'
	@echo 'make clean    remove .venv, demo-output and all caches'

demo:
	@PYTHON='$(PYTHON)' sh .ci/install.sh
	@.venv/bin/jcm-xl demo demo-output

web:
	@PYTHON='$(PYTHON)' sh .ci/install.sh
	@sh .ci/browser.sh page
	@.venv/bin/jcm-xl addin web -o web --force

test:
	@PYTHON='$(PYTHON)' sh .ci/test.sh short $(PYTEST)

test-all:
	@PYTHON='$(PYTHON)' sh .ci/test.sh all $(PYTEST)

lint:
	@PYTHON='$(PYTHON)' sh .ci/install.sh test
	@sh .ci/lint.sh

hosts:
	@PYTHON='$(PYTHON)' sh .ci/install.sh test
	@sh .ci/office.sh
	@sh .ci/browser.sh
	@.venv/bin/python -m tests.hosts $(KEYS)

validate:
	@PYTHON='$(PYTHON)' sh .ci/install.sh test
	@sh .ci/browser.sh
	@.venv/bin/python -m tests.validity $(VALIDATE)

bench:
	@PYTHON='$(PYTHON)' sh .ci/install.sh test
	@.venv/bin/python -m bench $(BENCH)

pictures:
	@PYTHON='$(PYTHON)' sh .ci/install.sh test
	@sh .ci/browser.sh
	@.venv/bin/python -m tests.pictures

release:
	@PYTHON='$(PYTHON)' sh .ci/install.sh test
	@.venv/bin/python -m tests.field.release $(VERSION)

earlier:
	@PYTHON='$(PYTHON)' sh .ci/install.sh test
	@.venv/bin/python -m tests.field.release --earlier

docs:
	@PYTHON='$(PYTHON)' sh .ci/install.sh
	@.venv/bin/jcm-xl rule -o docs/rules
	@.venv/bin/jcm-xl list --grades > docs/definitions.md
	@.venv/bin/jcm-xl passport hosts > docs/hosts.md
	@.venv/bin/python -m tests.api_page > docs/api.md
	@.venv/bin/python -m tests.honesty

quality:
	@PYTHON='$(PYTHON)' sh .ci/install.sh test
	@.venv/bin/python -m bench.quality --write $(QUALITY)

fuzz:
	@PYTHON='$(PYTHON)' sh .ci/fuzz.sh $(MINUTES)

clean:
	@rm -rf .venv demo-output web build dist jcm_xl.egg-info
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .test-times .hypothesis .fuzz .import_linter_cache .grimp_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
