# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LANGUAGE_CODE ?= en
# How many processes share the tests; the tests of one file stay together.
JOBS ?= 2
# For the stick: this computer, or PLATFORMS=all, and for which versions of Python.
PLATFORMS ?= here
PYTHONS ?= $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
STICK ?= dist/stick
# A key of `amparo pack new-key` signs the list of digests.
KEY ?=

.PHONY: run test test-long check bench soak look lock clean portable portable-check offline hub-check proxy-check

$(VENV)/run.stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/run.stamp  ## open the fictional example in the browser; nothing is kept
	$(BIN)/amparo example --open --lang $(LANGUAGE_CODE)

test: $(VENV)/test.stamp  ## every check, and every test but the long ones
	@sh tests/chromium.sh
	$(MAKE) --no-print-directory check
	CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python -m pytest -q -m "not long" -n $(JOBS) --dist loadfile --no-loadscope-reorder

test-long: $(VENV)/test.stamp  ## ten organisations, whole walks, a hundred kills: some minutes more
	@sh tests/chromium.sh
	CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python -m pytest -q -m long -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports

bench: $(VENV)/test.stamp  ## ratios against plain papermill + nbconvert and plain Voilà, in one run
	CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python benchmarks/report_cold.py
	CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python benchmarks/reports.py
	CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python benchmarks/pages.py
	CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python benchmarks/room.py
	$(BIN)/python benchmarks/workshop.py

soak: $(VENV)/test.stamp  ## a room for twenty minutes, a thousand reports, the kills of the tests ten times
	CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python benchmarks/room.py --minutes 20
	$(BIN)/python benchmarks/soak.py
	for round in 1 2 3 4 5 6 7 8 9 10; do $(BIN)/python -m pytest -q -m slow || exit 1; done

hub-check: $(VENV)/test.stamp  ## a real hub with ten organisations: who reaches whom, and what it costs
	npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/hub configurable-http-proxy@5.3.0
	PATH="$(CURDIR)/$(BIN):$(CURDIR)/$(VENV)/hub/node_modules/.bin:$$PATH" $(BIN)/python tests/hub_check.py

proxy-check: $(VENV)/test.stamp  ## the hub behind nginx, with the configuration in deploy/ (needs nginx and openssl)
	npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/hub configurable-http-proxy@5.3.0
	PATH="$(CURDIR)/$(BIN):$(CURDIR)/$(VENV)/hub/node_modules/.bin:$$PATH" CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python tests/proxy_check.py

look: $(VENV)/test.stamp  ## contact sheets of every page and PDF, in look/
	CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python tests/look.py

portable: $(VENV)/test.stamp  ## a folder for a USB stick, installed and opened without a network
	$(BIN)/python tools/portable/build.py --out "$(STICK)" --platforms $(PLATFORMS) --pythons $(PYTHONS) $(if $(KEY),--key "$(KEY)")

portable-check: $(VENV)/test.stamp  ## try that folder where there is no network (Linux)
	CHROME="$$(sh tests/chromium.sh --print)" $(BIN)/python tools/portable/check.py "$(STICK)"

offline: $(VENV)/test.stamp  ## every test where there is no network at all (Linux)
	CHROME="$$(sh tests/chromium.sh --print)" sh tests/offline.sh $(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder

lock:  ## write both lock files anew (needs uv)
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -q pyproject.toml --group build -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -q pyproject.toml --group build --group test --group lint -o requirements-dev.lock

clean:
	rm -rf $(VENV) dist look .pytest_cache .ruff_cache .hypothesis
