# Cloud Systems Playbook: `make` lists what there is.
# All of it is installed in .venv, made when it is missing and again when requirements.lock changes.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help book test lab serve notebooks diagrams spark bench lock clean

# Settings, as in `make book JOBS=1`.
# PYTHON  the interpreter; empty: the first on the path that is new enough
# UV      the installer; empty: the locked one, fetched by pip; `no`: pip installs everything
# JOBS    processes of one build or test run
# PORT    where `make serve` listens
PYTHON ?=
UV ?= $(shell uv --version >/dev/null 2>&1 && command -v uv)
JOBS ?= auto
PORT ?= 8000

RUN := .venv/bin/python
LOCKED := .venv/.locked
READY := .venv/.ready
NODE := node_modules/.ready
SIMULATORS := _build/bench/.ready
SPARK := _build/spark/.ready
# JupyterLab asks no other host for updates, and starts for root where root is who is there (a container).
LAB := --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate $(if $(filter 0,$(shell id -u)),--allow-root)

# A reader's own IPython profile must not change what notebooks print.
export IPYTHONDIR := $(CURDIR)/_build/ipython

# Where bytecode may not be kept, each process compiles a thousand modules anew: two seconds, dozens of times.
unexport PYTHONDONTWRITEBYTECODE

# A moved or copied checkout brings a .venv that still points to the old place.
ifneq ($(shell cat $(LOCKED) 2>/dev/null),$(CURDIR))
$(shell rm -f $(LOCKED) $(READY))
endif

help:
	@awk -F ': .*## ' '/^[a-z]+:.* ## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

book: $(READY) ## bring stale notebooks up to date and build the book in _build/html
	@$(RUN) -m playbook book --jobs $(JOBS)

test: $(READY) ## check everything: style, types, layers, the book, notebooks, tests
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(NODE) || echo "Without node_modules some checks are skipped" >&2; fi
	@if [ -n "$$CI" ]; then $(MAKE) --no-print-directory $(SPARK); fi
	$(RUN) -m ruff check --quiet
	$(RUN) -m ruff format --check --quiet
	$(RUN) -m mypy --no-error-summary
	.venv/bin/lint-imports --no-logo
	$(RUN) -m playbook book --stale fail --fresh --jobs $(JOBS) --out _build/test
	PYTHONPATH=_build/spark PLAYBOOK_BOOK=_build/test $(RUN) -m pytest --quiet --numprocesses $(JOBS) --dist loadscope

lab: $(READY) ## open the notebooks in JupyterLab
	@.venv/bin/jupyter lab notebooks $(LAB)

serve: book ## build the book and serve it to this machine
	@echo "http://127.0.0.1:$(PORT)/"
	@$(RUN) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

notebooks: $(READY) ## execute every notebook again, stale or not
	@$(RUN) -m playbook notebooks --all --jobs $(JOBS)

diagrams: $(READY) $(NODE) ## draw the diagrams again, numbers included (needs Node.js)
	@$(RUN) -m playbook diagrams

spark: $(SPARK) ## install Spark in _build/spark, for engine="spark" (needs Java 17)

bench: $(READY) $(SIMULATORS) $(SPARK) ## measure what the budgets are about
	@PYTHONPATH=_build/bench:_build/spark $(RUN) -m tests.bench

lock: $(READY) ## resolve the ranges of pyproject.toml into requirements.lock anew
	@$(RUN) -m uv pip compile --quiet --upgrade $(LOCK_OPTIONS) --output-file requirements.lock --group dev pyproject.toml
	@$(RUN) -m uv pip compile --quiet --upgrade $(LOCK_OPTIONS) --constraint requirements.lock \
	  --no-emit-package numpy --no-emit-package setuptools --output-file tests/bench/requirements.lock tests/bench/requirements.in
	@$(RUN) -m uv pip compile --quiet --upgrade $(LOCK_OPTIONS) --constraint requirements.lock \
	  $$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.lock) \
	  --output-file requirements-spark.lock --group pyproject.toml:spark

clean: ## remove what was built; .venv stays
	rm -rf _build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# One resolution for every platform and every Python that we allow, without addresses.
LOCK_OPTIONS := --no-config --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --custom-compile-command "make lock"

# A stamp is written last: an interrupted installation is never taken for a whole one.
$(LOCKED): requirements.lock
	@rm -rf .venv
	@set -e; python=; \
	for name in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11; do \
	  python=$$("$$name" -c 'import sys; print(sys.executable if sys.version_info >= (3, 11) else "")' 2>/dev/null) || true; \
	  if [ -n "$$python" ]; then break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "No Python 3.11 or later here; name one: make PYTHON=/path/to/python3" >&2; exit 1; fi; \
	uv="$(UV)"; echo "Installing what requirements.lock lists into .venv ($$python)"; \
	if [ -n "$$uv" ] && [ "$$uv" != no ]; then \
	  "$$uv" venv --quiet --no-project --no-python-downloads --python "$$python" .venv; \
	else \
	  "$$python" -m venv .venv; \
	fi; \
	if [ -z "$$uv" ]; then \
	  sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock; \
	  if $(PIP) --requirement .venv/uv.lock; then uv=.venv/bin/uv; else uv=no; fi; \
	fi; \
	if [ "$$uv" != no ]; then \
	  VIRTUAL_ENV="$(CURDIR)/.venv" "$$uv" pip sync --quiet --require-hashes requirements.lock; \
	else \
	  $(PIP) --requirement requirements.lock; \
	fi
	@printf '%s\n' "$(CURDIR)" > $(LOCKED)

# The project itself, editable: its settings and entry points stand in pyproject.toml.
$(READY): $(LOCKED) pyproject.toml
	@rm -f $(READY)
	@if [ -x .venv/bin/pip ]; then set -- pip --disable-pip-version-check install; \
	else set -- uv pip install --python $(RUN); fi; \
	$(RUN) -m "$$@" --quiet --no-build-isolation --no-deps --no-index --editable .
	@touch $(READY)

# Simulators that `make bench` measures ours against, beside the book's environment and never in it.
# Ciw installs its tests under a name that is ours.
$(SIMULATORS): tests/bench/requirements.lock $(READY)
	@rm -rf _build/bench
	@$(RUN) -m uv pip install --quiet --target _build/bench --no-deps --require-hashes --requirement $<
	@rm -rf _build/bench/tests
	@touch $@

# Spark beside the book's environment, of which it takes the rest: only PySpark and Py4J are new.
# It is published as source alone, built here by the locked setuptools.
$(SPARK): requirements-spark.lock $(READY)
	@rm -rf _build/spark
	@$(RUN) -m uv pip install --quiet --target _build/spark --no-deps --no-build-isolation --require-hashes --requirement $<
	@touch $@

# Tools that run under Node.js: they draw and check, the book is built without them.
$(NODE): package-lock.json
	@command -v npm >/dev/null || { echo "Install Node.js 18 or later (Debian: apt-get install nodejs npm)" >&2; exit 1; }
	@npm ci --silent --no-audit --no-fund --prefer-offline --fetch-retries=1
	@touch $(NODE)

PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
