# `make` alone lists what there is.
BIN := .venv/bin
ONCE ?=
TIER ?=
QUICK ?=
SPREAD := -n auto --maxprocesses 4 --dist loadfile

unexport PYTHONDONTWRITEBYTECODE # compiled once, not by each of a hundred processes

.PHONY: help setup demo test test-fast lint types law audit faults bench messages clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## make the virtual environment with everything, and find or install a Chromium
	@bin/setup --dev --browser

demo: ## run a whole campaign against the simulator, then the web app (ONCE=1: end after the report)
	@bin/setup
	@$(BIN)/izin demo $(if $(filter-out 0,$(ONCE)),--once)

test: setup ## style, types, import contracts and every test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest $(SPREAD) -m "not flow and not browser"
	$(BIN)/pytest $(SPREAD) -m browser
	$(BIN)/pytest $(SPREAD) -m "flow and not browser"

test-fast: ## the inner loop: what needs no database, no whole processes of Izin and no browser
	@bin/setup --dev
	@$(BIN)/pytest $(SPREAD) tests/rules tests/simulator

lint: ## style and import contracts
	@bin/setup --dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: ## mypy
	@bin/setup --dev
	$(BIN)/mypy

law: setup ## the law matrix: each requirement, its tests, passed or open and why (law-report.md)
	@$(BIN)/python bin/law

audit: setup ## the ten questions that an auditor asks in an hour (audit-report.md)
	@$(BIN)/python bin/law --audit

faults: ## whole processes killed, cut off and told everything twice (TIER=release: at full size)
	@bin/setup --dev
	IZIN_TIER=$(TIER) $(BIN)/pytest -m flow -s tests/flows

bench: ## measure speed beside its ceilings, about ten minutes (QUICK=1: two); fills docs/performance.md
	@bin/setup --bench || bin/setup --dev
	$(BIN)/python -m bench $(if $(filter-out 0,$(QUICK)),--quick,--write)

messages: ## collect and compile the translations (gettext)
	@bin/setup --dev
	$(BIN)/python bin/messages

clean: ## remove caches; the virtual environment and the data stay
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache staticfiles
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
