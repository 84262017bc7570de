# Two commands: `make slides` builds and checks everything in content/, `make test` runs the tests.
# Both set up what is missing: system libraries and fonts, .venv, locked dependencies.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/conformance
PAGES  ?= content
OUT    ?= build
FLAGS  ?=
PICTURED ?= docker-vs-virtual-machine
LOOKS    := lecture dark

.DEFAULT_GOAL := help
.PHONY: help slides handout cheatsheet check test conformance pictures lint lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  PAGES=folder-or-page OUT=folder FLAGS='--paper letter' change what is built and how"

$(READY): requirements.lock pyproject.toml .ci/system-packages
	@sh .ci/system-packages
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q pipeline
	@touch $@

slides: $(READY) ## build deck, handout and comparison sheet of every page, and check them
	@$(BIN)/slides build $(PAGES) -o $(OUT) $(FLAGS)

handout: $(READY) ## build the handouts only
	@$(BIN)/slides build $(PAGES) -o $(OUT) --only handout $(FLAGS)

cheatsheet: $(READY) ## build the comparison sheets only
	@$(BIN)/slides build $(PAGES) -o $(OUT) --only cheatsheet $(FLAGS)

check: $(READY) ## check files that were built earlier
	@$(BIN)/slides check $(PAGES) -o $(OUT)

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest -n auto --dist loadscope

$(TOOLS)/.ready: $(READY) .ci/conformance-tools $(wildcard tests/conformance/tools/*)
	@sh .ci/system-packages office
	@sh .ci/conformance-tools

conformance: $(TOOLS)/.ready slides ## hold decks and PDFs against Office's schema, PDF/UA-1 and LibreOffice's drawing
	@PYTHONPATH=$(TOOLS)/java $(BIN)/python tests/conformance/check_outputs.py $(OUT)
	@PYTHONPATH=$(TOOLS)/java $(BIN)/python -m pytest -m conformance tests/conformance

pictures: $(READY) slides ## draw the README's pictures anew, into .github/pictures
	@sh .ci/system-packages office
	@for look in $(LOOKS); do $(BIN)/slides build $(PAGES)/$(PICTURED).md -o $(VENV)/looks/$$look --only deck --theme $$look --force --quiet; done
	@PYTHONPATH=tests/conformance $(BIN)/python .ci/pictures.py $(OUT)/$(PICTURED) .github/pictures $(LOOKS:%=$(VENV)/looks/%/$(PICTURED))

bench: $(READY) ## how fast the build is, beside pandoc and WeasyPrint (takes a few minutes)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/bench/requirements.lock
	@$(BIN)/python tests/bench/bench.py

corpus: $(READY) ## read a whole corpus of pages (CORPUS=folder) and measure it
	@CORPUS='$(CORPUS)' CORPUS_EVERY=1 $(BIN)/python -m pytest -s tests/read/test_corpus.py

sabotage: $(READY) ## damage finished files over 2,000 times; every damage must be named
	@SABOTAGE=12 $(BIN)/python -m pytest -n auto tests/verify/test_verify_every_damage.py tests/verify/test_verify_retyped.py

lint: $(READY) ## style and types
	@$(BIN)/ruff check pipeline tests .ci
	@$(BIN)/ruff format --check pipeline tests .ci
	@$(BIN)/mypy

lock: $(READY) ## renew requirements.lock from pyproject.toml
	@$(BIN)/pip-compile --quiet --strip-extras --extra dev --extra build --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-header -o requirements.lock pyproject.toml
	@$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o tests/bench/requirements.lock tests/bench/requirements.in
	@for part in java node; do $(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-header -o tests/conformance/tools/$$part.lock tests/conformance/tools/$$part.in; done

clean: ## remove what was built
	@find $(OUT) -mindepth 1 -maxdepth 1 ! -name .gitignore -exec rm -rf {} +
