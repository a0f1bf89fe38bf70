# Everything a person or CI does here. Each target sets up what it needs.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
RENDERERS := var/renderers/page.js
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test test-all check bench crash teams-package lock clean

demo: .venv/run
	@$(PY) -m bot demo

test: .venv/dev
	@$(PY) -m pytest -m "not browser"

test-all: .venv/dev $(RENDERERS)
	@command -v chromium >/dev/null || { echo "Chromium is missing: apt-get install chromium"; exit 1; }
	@$(PY) -m pytest

check: .venv/dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache

bench: .venv/dev
	@$(PY) -m bench

crash: .venv/dev
	@$(PY) -m tests.crash

teams-package: .venv/run
	@$(PY) -m bot teams-package

lock: .venv/dev
	$(PY) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q pyproject.toml -o requirements.lock
	$(PY) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv var tests/renderers/node_modules

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements.lock | .venv/bin/python
	@test -e .venv/dev || $(PY) -m pip install -q --require-hashes -r requirements.lock
	@touch $@

.venv/dev: requirements-dev.lock | .venv/bin/python
	$(PY) -m pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

$(RENDERERS): $(wildcard tests/renderers/*.js*) tests/renderers/page.css
	cd tests/renderers && npm ci --silent && npm run --silent build
