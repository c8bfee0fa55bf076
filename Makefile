# Tisserand: `make chat` opens the chat, `make test` checks everything. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What `make test` installs besides the product; CI adds `models`, several hundred megabytes.
EXTRAS ?= dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: env chat test lint clean

chat: $(VENV)/product
	$(BIN)/tisserand chat

env: $(VENV)/product $(VENV)/checks

test: env lint
	$(BIN)/pytest

lint: $(VENV)/checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/product: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing the product in $(VENV) (a few minutes the first time)…"
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/checks: $(VENV)/product
	@echo "Installing the checks in $(VENV)…"
	$(PIP) install --constraint constraints.txt --editable '.[$(EXTRAS)]'
	@touch $@

clean:
	rm -rf $(VENV) artifacts .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
