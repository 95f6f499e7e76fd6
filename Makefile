# What a newcomer runs. Only make and Python 3.11 or later must be there; the rest is fetched into .venv.

VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
PORT ?= 8000
export PORT
WORKERS ?= 3  # of tests; two processors are busy with three, as each of them often waits

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

CATALOGUES := $(wildcard volunteer_site/translations/*/LC_MESSAGES/*.po)

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench screens papers requirements translations clean

help: ## Show what can be run
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.site $(VENV)/.words ## Fetch what the site needs, into .venv

# Without https there is no secure cookie, so a phone in the same network can log in as well.
run: export FLASK_SESSION_COOKIE_SECURE ?= false
run: setup ## Start the site with a small demo district at http://127.0.0.1:8000 (PORT=…)
	@$(FLASK) db upgrade
	@$(FLASK) demo load --scale small
	@echo "The site: http://127.0.0.1:$(PORT) (stop it with Ctrl-C)"
	@exec $(BIN)/gunicorn -c deploy/gunicorn.conf.py wsgi:app

test: $(VENV)/.developer $(VENV)/.words $(VENV)/.browser ## Try every promise, on SQLite, PostgreSQL and in a browser
	$(BIN)/pytest -n $(WORKERS) --ignore tests/browser --ignore tests/journeys
	$(BIN)/pytest -n $(WORKERS) --dist loadfile tests/browser tests/journeys

check: $(VENV)/.developer $(VENV)/.words ## Check style, types, layers, templates and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python -m volunteer_site.translations check

format: $(VENV)/.developer ## Put code and templates into the usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.developer $(VENV)/.words ## Measure the speed on a whole demo district
	$(BIN)/python -m bench

screens: $(VENV)/.developer $(VENV)/.words $(VENV)/.browser ## Take pictures of the pages into screens/
	@$(FLASK) db upgrade
	@$(FLASK) demo load --scale small
	$(BIN)/python -m tests.browser.screens

papers: $(VENV)/.developer ## Take pictures of everything printed into screens/papers
	$(BIN)/python -m tests.printouts.samples

requirements: | $(BIN)/python ## Choose and hash the newest allowed libraries
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile $(HASHED) requirements.in -o requirements.txt
	$(BIN)/uv pip compile $(HASHED) requirements-dev.in -c requirements.txt -o requirements-dev.txt

HASHED := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

translations: $(VENV)/.developer ## Collect the words of code and templates into the catalogues
	$(BIN)/python -m volunteer_site.translations update
	$(BIN)/python -m volunteer_site.translations compile

clean: ## Remove what was fetched or made; the database in instance/ stays
	rm -rf $(VENV) .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache screens
	find volunteer_site tests bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
	find volunteer_site -name '*.mo' -delete

# Each file below stands for a step that is done, so that the next run skips it.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "The site needs Python 3.11 or later, and none was found."; exit 1; }
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV) && \
		$(PYTHON) -m pip install --quiet --target .tools virtualenv && \
		PYTHONPATH=.tools $(PYTHON) -m virtualenv --quiet $(VENV); } || { rm -rf $(VENV); \
		echo "Python cannot make a virtual environment here; on Debian: apt install python3-venv"; exit 1; }

$(VENV)/.site: requirements.txt | $(BIN)/python
	@echo "Fetching the libraries (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.developer: requirements-dev.txt $(VENV)/.site
	@echo "Fetching what the tests need (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.words: $(CATALOGUES) $(VENV)/.site
	@$(BIN)/python -m volunteer_site.translations compile
	@touch $@

$(VENV)/.browser: tests/browser/install-browser.sh $(VENV)/.developer
	@sh tests/browser/install-browser.sh $(BIN)/python
	@touch $@
