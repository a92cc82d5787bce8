# What one does with this project. One virtual environment, .venv; it is made when it is missing
# and brought up to date when a lock file or pyproject.toml has changed.
#
#   make PYTHON=python3.13 setup     another Python than python3
#   make serve ARGS='--port 8080'    ARGS goes to the command behind serve, check, test, format, bench, mutate

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev browser serve check test lint format mutate bench lock editor

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1 \t/p' Makefile | expand -t 16

setup: .venv/.setup ## what running needs
setup-dev: .venv/.setup-dev ## what running, testing and checking need

serve: setup ## build the strategy, then serve it on http://127.0.0.1:8000/
	$(BIN)/glokal serve $(ARGS)

check: setup ## validate the ontology and the data
	$(BIN)/glokal check $(ARGS)

test: setup-dev browser ## all tests
	$(BIN)/pytest $(ARGS)

lint: setup-dev ## style, types, floors and the layout of the Turtle files; changes nothing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/glokal format --check

format: setup-dev ## write Python and Turtle files in their one layout
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/glokal format $(ARGS)

mutate: setup-dev ## change the data in every way and count what `glokal check` notices
	$(BIN)/python -m tests.mutation $(ARGS)

bench: setup-dev ## run the benchmarks and print what they measure
	$(BIN)/python -m tests.benchmarks $(ARGS)

browser:
	@sh tests/browser/install-chromium.sh

COMPILE := CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --generate-hashes \
  --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links \
  --no-emit-trusted-host --no-config

lock: setup-dev ## resolve the dependencies of pyproject.toml anew (Python 3.11)
	$(COMPILE) --upgrade --output-file requirements.lock pyproject.toml
	$(COMPILE) --upgrade --extra dev --constraint requirements.lock \
	  --output-file requirements-dev.lock pyproject.toml

editor: ## bundle the query field anew from service/editor (Node 20 or newer)
	cd service/editor && npm ci --no-audit --no-fund && npm run build

.venv/.setup: requirements.lock pyproject.toml | $(BIN)/pip
	@echo 'Installing what Glokal runs on …'
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --editable .
	@touch $@

.venv/.setup-dev: requirements-dev.lock pyproject.toml | $(BIN)/pip
	@echo 'Installing what Glokal is developed with …'
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@$(PIP) --no-deps --editable .
	@touch $@ .venv/.setup

# Debian keeps a part of venv in a package of its own.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Glokal needs Python 3.11 or newer: make PYTHON=python3.13 setup' >&2; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { \
	  rm -rf .venv; \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo='sudo -n'; \
	  { $$sudo apt-get update -qq && $$sudo apt-get install -qq -y python3-venv; } >/dev/null 2>&1; \
	  $(PYTHON) -m venv .venv >/dev/null 2>&1; } || { \
	  rm -rf .venv; \
	  echo 'No virtual environment can be made: install the package python3-venv' >&2; exit 1; }
