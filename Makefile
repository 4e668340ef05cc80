# `make serve` and `make test` do everything on a fresh machine; the rest is for developers.
# Operators use the command `linyu` (.venv/bin/linyu --help).
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
BIN := .venv/bin
NLU := bot/nlu/.venv/bin
CASES ?=
MINUTES ?= 30

.PHONY: help setup setup-tests serve phone test test-calls check format train demo-data evaluate bench lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## both environments and the models
	@scripts/setup

setup-tests: setup
	@scripts/setup-tests

serve: setup ## set up and run the assistant
	@$(BIN)/linyu serve

phone: setup ## set up and run the assistant with a telephone for a softphone on this machine
	@$(BIN)/python scripts/fetch_asterisk.py
	@LINYU_TELEPHONE=asterisk $(BIN)/linyu serve

check: setup ## format, lint, types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: setup ## put the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

test: setup-tests check ## set up and run the whole suite
	@scripts/test

test-calls: setup-tests ## only the telephone: every journey as a real call, about seven minutes
	@$(BIN)/python -m pytest tests/telephone

train: setup ## train the Rasa model if its data changed
	@$(BIN)/linyu train

demo-data: setup ## load the offerings marked 示例
	@$(BIN)/linyu demo-data

evaluate: setup ## how good is it? CASES=file.jsonl for your own cases
	@$(BIN)/python -m evaluation.readers
	@LINYU_RENDER_AHEAD=false scripts/with-linyu $(BIN)/python -m evaluation.run $(if $(CASES),--cases "$(CASES)")
	@$(if $(CASES),:,LINYU_DEMO_DATA=false LINYU_RENDER_AHEAD=false scripts/with-linyu $(BIN)/python -m evaluation.residents.run)
	@$(if $(CASES),:,LINYU_DEMO_DATA=false LINYU_RENDER_AHEAD=false scripts/with-linyu $(BIN)/python -m evaluation.monkey.run)
	@$(if $(CASES),:,$(BIN)/python scripts/fetch_asterisk.py)
	@$(if $(CASES),:,$(BIN)/python -m evaluation.residents.called.run)

bench: setup-tests ## how fast is it, and does it hold? MINUTES=5 for a shorter soak at the end
	@$(BIN)/python scripts/fetch_asterisk.py
	@LINYU_RENDER_AHEAD=false scripts/with-linyu $(BIN)/python -m evaluation.bench.run
	@$(BIN)/python -m evaluation.bench.telephone
	@$(BIN)/python -m evaluation.bench.soak --minutes $(MINUTES)

lock: ## resolve both lock files anew
	@scripts/lock

clean: ## remove what was made here, but not the state folder
	rm -rf .venv bot/nlu/.venv .tools test-output evaluation/results
