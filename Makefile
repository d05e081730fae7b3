# `make report` and `make test` are all a newcomer needs; both make their own environment.
# The other targets: test-more, lab, bench, pictures, constraints, clean.

PYTHON ?= python3
EVALUATION ?= data/customer-support
WORKERS ?= 2

# Bytecode is a third of the start-up time, so a wish not to write it stops at this door.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
RESAVED := tests/workbooks/resaved
PINS := pyproject.toml constraints.txt
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

# $(call install,ENVIRONMENT,REQUIREMENT): by uv where its wheel can be had, by pip elsewhere; compiled.
define install
	@$(PYTHON) scripts/install.py $(1) "$(2)"
	@touch $@
endef

.PHONY: report test test-more lint check-types unit more fuzz lab bench pictures constraints clean python browser programs

report: .venv/.installed
	@$(BIN)/vendor-eval run $(EVALUATION)

test: lint check-types unit

# What is slow or needs more: every notebook on every evaluation, the wheel in an environment of its
# own, benchmarks at their smallest sizes, long journeys in a browser; then properties once more.
test-more: more fuzz

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: .venv/.installed-dev
	$(BIN)/mypy

unit: .venv/.installed-dev .venv-lab/.installed browser
	$(PYTEST) -m "not more" $(PYTEST_FLAGS)

more: .venv/.installed-dev .venv-lab/.installed browser programs $(RESAVED)/node_modules/.installed
	$(PYTEST) -m more $(PYTEST_FLAGS)

fuzz: .venv/.installed-dev
	HYPOTHESIS_PROFILE=fuzz $(PYTEST) -m hypothesis $(PYTEST_FLAGS)

# JupyterLab has an environment of its own (docs/decisions.md).
lab: .venv-lab/.installed
	@.venv-lab/bin/vendor-eval lab

bench: .venv/.installed-dev .venv-lab/.installed browser
	@$(BIN)/python benchmarks/bench.py

# The pictures in docs/images, of the report and of JupyterLab as they are now.
pictures: .venv/.installed-dev .venv-lab/.installed browser
	@PYTHONPATH=tests $(BIN)/python scripts/take_pictures.py --lab "$$($(BIN)/vendor-eval run $(EVALUATION) | tail -n 1)"

# Every version of everything, for every platform, resolved for the oldest Python we support.
constraints: | python
	@test -x .venv-pins/bin/python || $(PYTHON) -m venv .venv-pins
	@.venv-pins/bin/python -m pip install -qq uv
	@.venv-pins/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--fork-strategy fewest --all-extras --no-header --no-annotate --no-emit-index-url \
		--no-emit-find-links --output-file constraints.txt pyproject.toml
	@echo "constraints.txt: $$(wc -l < constraints.txt) packages pinned"

clean:
	rm -rf .venv .venv-lab .venv-pins $(RESAVED)/node_modules build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: $(PINS) | python
	$(call install,.venv,.)

.venv/.installed-dev: $(PINS) | python
	$(call install,.venv,.[dev])
	@touch .venv/.installed

.venv-lab/.installed: $(PINS) | python
	$(call install,.venv-lab,.[lab])

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "vendor-eval needs Python 3.11 or newer; say which: make PYTHON=python3.12 ..." >&2; exit 2; }

# What opens and saves workbooks as vendors' programs do; Debian's, where one is missing.
programs:
	@for each in node:nodejs npm:npm soffice:libreoffice-calc; do \
		command -v "$${each%%:*}" >/dev/null || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null || \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
			--no-install-recommends "$${each##*:}"; } >&2 || exit 1; \
	done

$(RESAVED)/node_modules/.installed: $(RESAVED)/package.json | programs
	@cd $(RESAVED) && npm install --no-audit --no-fund --no-package-lock --loglevel=error >&2
	@touch $@

# Debian's Chromium is fetched only where no browser of its family is found and we may install one.
browser: .venv/.installed-dev
	@$(BIN)/python tests/make/browser.py >/dev/null 2>&1 || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null || \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >&2
