# Every target does its own set-up, and only when something changed.
#   make start   the API on port 5000 and the page on port 3000; Ctrl-C stops both
#   make check   lint, types and the fast tests
#   make test    everything: also models, servers, notebooks, and the page in a browser
# `make help` lists the rest.

.DEFAULT_GOAL := help

PYTHON ?= python3
export API_PORT ?= 5000
# Without it, every process compiles TensorFlow anew, for five seconds.
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python
PY_READY := .venv/.ready
PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile # Python compiles what it imports
NPM_READY := frontend/node_modules/.ready
PAGE := frontend/dist/.built
PAGE_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts frontend/pageConfig.ts frontend/watModules.ts frontend/firstPaint.ts frontend/installable.ts models/*.tflite models/*.json 2>/dev/null)

.PHONY: help setup start api web dev train learn evaluate notebooks bench audit screenshots check test test-engines \
	check-python check-web fast-python test-python test-notebooks test-page test-web lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(PY_READY) $(NPM_READY) ## make .venv and node_modules

start: $(PY_READY) $(PAGE) ## serve API and page; Ctrl-C stops both
	@exec $(PY) -m backend.serving.start

api: $(PY_READY) ## serve the API alone
	@exec $(PY) -m backend

web: $(PAGE) ## serve the built page alone
	@cd frontend && exec node node_modules/vite/bin/vite.js preview

dev: $(PY_READY) $(NPM_READY) ## the API, and the page with hot reload
	@exec $(PY) -m backend.serving.start --dev

ALPHABET ?= digits

# Where there is a graphics card that TensorFlow can compute on, training gets the TensorFlow that does.
ifeq ($(shell uname -sm),Linux x86_64)
CARD_READY := $(if $(shell command -v nvidia-smi),.venv/.card-ready)
endif

train: $(PY_READY) $(CARD_READY) ## train the shipped model anew, or with ALPHABET=letters that of letters; resumes if interrupted
	$(PY) -m model_training.train --recipe full --alphabet $(ALPHABET)

learn: $(PY_READY) ## learn from the corrections that were kept; BACK=--back takes the last adopted model back
	$(if $(BACK),,$(PY) -m backend.store export --out build/lessons)
	$(PY) -m model_training.learn --lessons build/lessons/corrections.npz $(BACK) $(if $(filter command line,$(origin ALPHABET)),--alphabet $(ALPHABET))

evaluate: $(PY_READY) ## measure the shipped model again, on the data sets, photographs and numbers
	$(PY) -m model_training.evaluate --alphabet $(ALPHABET)
	$(PY) -m model_training.hard_styles
	$(PY) -m backend.evaluation.pictures
	$(PY) -m backend.evaluation.numbers

notebooks: $(PY_READY) ## open the notebooks in JupyterLab
	.venv/bin/jupyter lab model_training

bench: $(PY_READY) $(PAGE) ## speed, as ratios against a plain reference in the same run
	$(PIP) -r requirements-bench.txt
	$(PY) -m backend.bench
	$(PY) -m backend.bench.cluster
	cd frontend && npm run --silent bench

audit: $(PY_READY) $(PAGE) ## Lighthouse on the built page, as a phone and a desktop load it; on an idle machine
	cd frontend && npm run --silent audit:page

screenshots: $(PY_READY) $(PAGE) ## take the pictures in docs/ from the running app
	cd frontend && npm run --silent screenshots

# Python and the page side by side, each with its own set-up: much of what they run takes one core. Only the
# browser has the machine to itself.
check: ## lint, types and the fast tests: under two minutes
	@$(MAKE) --no-print-directory -j 2 fast-python check-web

test: ## lint, types, pytest, notebooks, Vitest, Playwright
	@$(MAKE) --no-print-directory -j 3 test-python test-notebooks test-page
	@$(MAKE) --no-print-directory test-web

check-python: $(PY_READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

check-web: $(NPM_READY)
	cd frontend && npm run --silent lint && npm run --silent typecheck && npm test

# Two processes share the tests, each taking what the other hasn't begun; the notebooks run in a third, as
# many tests do little but wait.
SHARED := -n 2 --dist worksteal
# Threads that wait for one another's cores only spin.
check test fast-python test-python test-notebooks: export OMP_NUM_THREADS := 1

fast-python: check-python
	$(PY) -m pytest $(SHARED) -m "not slow and not notebooks"

test-python: check-python
	$(PY) -m pytest $(SHARED)

test-notebooks: $(PY_READY)
	$(PY) -m pytest -m notebooks model_training/tests/test_notebooks.py

test-page: check-web $(PY_READY) $(PAGE)
	cd frontend && npm run --silent size && npm run --silent numbers

test-web: $(PY_READY) $(PAGE)
	cd frontend && npm run --silent e2e

test-engines: $(PY_READY) $(PAGE) ## the page's journeys in Firefox and WebKitGTK, where the system has them
	cd frontend && npm run --silent test:engines

LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --custom-compile-command "make lock"
lock: $(PY_READY) ## resolve pyproject.toml into the requirements; UPGRADE=--upgrade takes newer versions
	$(LOCK) $(UPGRADE) --group serve --group train --group cluster --group test -o requirements.txt
	$(LOCK) --constraint requirements.txt --group serve -o requirements-serve.txt
	$(LOCK) --constraint requirements.txt --group serve --group cluster -o requirements-cluster.txt
	$(LOCK) --constraint requirements.txt --group gpu -o requirements-gpu.txt
	$(LOCK) --constraint requirements.txt --group bench -o requirements-bench.txt

clean: ## delete what was installed and built
	rm -rf .venv build frontend/node_modules frontend/dist

$(PY_READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14) and "Python 3.11 to 3.13 is needed: make PYTHON=python3.13")'
	$(PYTHON) -m venv .venv
	@# uv takes a fifth of pip's time; pip knows the ways to the packages that a machine's owner told it alone.
	$(PIP) $(shell grep '^uv==' requirements.txt)
	.venv/bin/uv pip install --quiet --python .venv -r requirements.txt || $(PIP) -r requirements.txt
	@touch $@

.venv/.card-ready: $(PY_READY) requirements-gpu.txt
	$(PY) -m pip uninstall --quiet --yes tensorflow-cpu tensorflow # both are the same package, and one would lie over the other
	$(PIP) -r requirements-gpu.txt
	@touch $@

$(NPM_READY): frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

$(PAGE): $(NPM_READY) $(PAGE_SOURCES)
	cd frontend && npm run --silent build
	@touch $@
