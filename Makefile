# Two commands do everything on a machine with Python 3.11+ and make:
#   make warehouse   sets up, and runs the main job on seeds/raw
#   make test        sets up, and runs formatting, types and tests
# Both set up once, in .venv.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup warehouse test format dictionary benchmark clean

help:  ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY)  ## Install the pinned dependencies into .venv

# constraints also hold for the build backend, hence the variable
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "copydesk needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[tests]'
	@touch $(READY)

warehouse: $(READY)  ## Run the main job on seeds/raw
	$(BIN)/copydesk run

test: $(READY)  ## Check formatting and types, and run the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

format: $(READY)  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

dictionary: $(READY)  ## Write the data dictionary page
	$(BIN)/copydesk dictionary --output warehouse/DICTIONARY.md

benchmark: $(READY)  ## Measure the pipeline
	$(BIN)/python -m tests.benchmarks.pipeline

clean:  ## Remove what was set up; the warehouse stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
