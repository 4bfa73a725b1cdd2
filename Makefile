# Titian: two commands to start with are `make demo` and `make test`. Everything stays inside this folder.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
CONSOLE := src/titian/server/console/index.html
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/.vite/*' -not -path '*/test-results/*' -not -name '*.test.*' 2>/dev/null)
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_CACHE_DIR ?= $(CURDIR)/.cache/pip
export npm_config_cache ?= $(CURDIR)/.cache/npm
export UV_CACHE_DIR ?= $(CURDIR)/.cache/uv
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup demo test test-full check format bench e2e wheel pins docs clean

help: ## list what there is
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 20

setup: $(VENV)/.packages $(CONSOLE) ## .venv with everything in it, and the built console

demo: setup ## the real sample data in layers, on http://127.0.0.1:8484
	@$(BIN)/titian demo $(DEMO)

test: setup ## every test that fits twelve minutes
	$(PYTEST) -m "not full" $(TESTS)

test-full: setup ## all tests, the long ones too
	$(PYTEST) $(TESTS)

check: setup ## format, lint, types, walls, budgets
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/house/test_budgets.py tests/house/test_clean.py
	cd web && npm run check

format: setup ## put the Python files in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## time and memory against hand-written SQL, Polars, pandas and lifetimes
	$(BIN)/python -m bench $(BENCH)

e2e: setup ## drive the console in Chromium
	$(BIN)/python -m pytest -m e2e tests/e2e

wheel: setup ## dist/titian-*.whl, which carries the console
	$(BIN)/python -m build --no-isolation --wheel --sdist

pins: $(VENV)/.packages ## find new versions for requirements/
	$(BIN)/uv pip compile --upgrade --universal --no-emit-index-url --no-header --quiet pyproject.toml --extra polars --group dev --group bench -o requirements/dev.txt
	$(BIN)/uv pip compile --universal --no-emit-index-url --no-header --quiet pyproject.toml -c requirements/dev.txt -o requirements/runtime.txt
	$(BIN)/uv pip compile --upgrade --universal --no-emit-index-url --no-header --quiet --group node -o requirements/node.txt

docs: setup ## write the reference pages that are made from the code
	$(BIN)/python docs/reference/write.py

clean: ## forget what was built and installed
	rm -rf $(VENV) .cache build dist web/node_modules src/titian/server/console .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/bin/python:
	@python=$$(for name in python3 python3.13 python3.12 python3.11 python3.14; do \
	    if command -v $$name >/dev/null && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then echo $$name; break; fi; done); \
	if [ -z "$$python" ]; then echo "Titian needs Python 3.11 or newer; none was found. Install python3.11 and run make again." >&2; exit 1; fi; \
	echo "1/4 environment ($$($$python --version))" >&2; \
	$$python -m venv $(VENV) || { rm -rf $(VENV); echo "Python has no venv module here: install python3-venv and run make again." >&2; exit 1; }

$(VENV)/.packages: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "2/4 Python packages" >&2
	@$(BIN)/python requirements/install.py requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.node: requirements/node.txt | $(VENV)/.packages
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null \
	    && command -v npm >/dev/null || { echo "    Node from a package" >&2; $(BIN)/python requirements/install.py requirements/node.txt; }
	@touch $@

web/node_modules/.ready: web/package-lock.json $(VENV)/.node
	@echo "3/4 console packages" >&2
	@cd web && npm ci --no-fund --no-audit --loglevel=error
	@touch $@

$(CONSOLE): web/node_modules/.ready $(WEB_SOURCES)
	@echo "4/4 console" >&2
	@cd web && npm run build --silent -- --logLevel warn
	@touch $@
