# Two commands for a newcomer: `make demo` and `make test`. Needs only Python 3.11 (or newer) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check corpus faults format lock clean

demo: $(VENV)/runtime
	@$(BIN)/bakohumas demo

test: check
	@$(BIN)/python -m pytest -n 4 --maxschedchunk 1

check: $(VENV)/development
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

# Precision and recall of every rule on the texts of tests/corpus/.
corpus: $(VENV)/development
	@$(BIN)/python tests/corpus/corpus.py

# Breaks the code on purpose in a copy, and sees the named tests turn red (docs/delivery-proofs.md).
faults: $(VENV)/development
	@$(BIN)/python tests/deliberate_faults.py

format: $(VENV)/development
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

$(VENV)/bin/python:
	@echo "Menyiapkan lingkungan Python di $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Memasang pustaka (sekali saja) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/development: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Memasang pustaka dan alat pengembang (sekali saja) ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/runtime

# Locks name no index: every line is a version and its hashes.
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --extra video --generate-hashes \
  --no-header --no-annotate --no-emit-index-url pyproject.toml requirements.build
lock: | $(VENV)/bin/python
	@$(PIP) uv
	@$(LOCK) --upgrade -o requirements.lock
	@$(LOCK) --extra postgres --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) var build
