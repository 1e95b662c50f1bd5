# Each target sets up what it needs in .venv from a bare Python 3.11 with venv and pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
SERVE ?= $(shell [ -t 0 ] && echo 1 || echo 0)

.PHONY: demo test test-slow lint bench recall lock clean

# A run of findings ends with status 1 by contract; only 2 is a failure here.
demo: $(VENV)/.ready
	rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/python -m ledger.example $(DEMO)/workbook.xlsx
	$(BIN)/union-audit init $(DEMO)/book --name 某市第一医院工会委员会 --region 340500 --year 2025
	cp $(DEMO)/union.toml $(DEMO)/book/union.toml
	$(BIN)/union-audit import $(DEMO)/workbook.xlsx --into $(DEMO)/book
	$(BIN)/union-audit close $(DEMO)/book 2025
	$(BIN)/union-audit statements $(DEMO)/book --period 2025 -o $(DEMO)/reports
	$(BIN)/union-audit report $(DEMO)/book --period 2025 --redact committee -o $(DEMO)/reports || [ $$? -eq 1 ]
	$(BIN)/union-audit report $(DEMO)/book --period 2025 --kind departure --subject 张某某 --redact committee \
	    -o $(DEMO)/reports || [ $$? -eq 1 ]
	$(BIN)/union-audit audit $(DEMO)/book --period 2025 || [ $$? -eq 1 ]
ifeq ($(SERVE),1)
	$(BIN)/union-audit serve $(DEMO)/book
endif

test: lint
	$(BIN)/pytest -n 2 -m "not slow"

test-slow: $(VENV)/.ready
	$(BIN)/pytest -n 2 -m slow

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.ready
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_import
	$(BIN)/python -m tests.bench_entry

# How many irregularities put into clean years are found, and what is found in clean years.
recall: $(VENV)/.ready
	$(BIN)/python -m tests.recall

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Needs uv; run after a change of the dependencies in pyproject.toml.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	    --no-annotate --no-header --quiet --output-file requirements.lock

clean:
	rm -rf build $(VENV)
