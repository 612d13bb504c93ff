# The fixed commands. Every target sets up what it needs; `make demo` and `make test` are all a newcomer types.
SHELL := /bin/bash
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
export DJANGO_SETTINGS_MODULE := bolwerk.config.settings
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE :=  # tests start hundreds of processes: what one compiled, the others read

.PHONY: setup demo test drills slow check spark bench planted lock clean messages reference

setup: .venv/ready ## everything from nothing: wheels, translations, and a browser for the tests where one is missing
	@$(BIN)/python -m tests.tools.messages compile
	@$(BIN)/python -m tests.tools.browser

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## the demo municipality on http://127.0.0.1:$(PORT)
	$(BIN)/bolwerk demo --dir var/demo --port $(PORT)

test: setup ## the whole suite: PostgreSQL first, then SQLite with the journeys in a browser
	BOLWERK_TEST_DB=postgres $(BIN)/pytest -q -n 3 --dist worksteal -m "not journey and not drill" src/bolwerk tests/security
	$(BIN)/pytest -q -n 4 --dist worksteal -m "not drill"

drills: setup ## what `make test` leaves out and every landing has: faults, whole installations, sizes, statistics, and everybody on every route
	$(BIN)/pytest -q -n 4 --dist worksteal -m drill
	BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 4 --dist worksteal tests/security/test_access_matrix.py tests/security/test_host_mode.py tests/security/test_query_ceiling.py

slow: drills ## the drills, and what is too slow for every time, at full size: 100,000 rows get a new key, the server is killed 200 times, a million records are looked at, 10,000 reports come twice, all figures of 60 houses are attacked together, a thousand random tables too, every journey goes through a whole browser and over a slow line, every page is looked at in both languages on both sizes, everybody is asked on every route, beside what does not exist, on PostgreSQL too
	BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 0 tests/crash/test_key_rotation.py
	BOLWERK_TEST_DB=postgres BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 0 tests/crash/test_key_rotation.py
	BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 0 tests/crash/test_server_crash.py
	BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 0 tests/crash/test_erasing_many.py
	BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 0 src/bolwerk/incidents/tests/test_sealed.py -k out_of_order
	BOLWERK_TEST_DB=postgres BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 0 src/bolwerk/incidents/tests/test_sealed.py -k out_of_order
	BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 2 src/bolwerk/incidents/tests/test_figures_attacker.py
	BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 2 src/knooppunt/tests/test_disclosure_attacker.py
	BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 2 tests/journeys
	BOLWERK_SLOW_LINE=0.5 $(BIN)/pytest -q -n 6 --dist worksteal tests/journeys --ignore tests/journeys/test_every_page.py
	BOLWERK_TEST_DB=postgres BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 2 tests/security/test_access_matrix.py
	BOLWERK_TEST_DB=postgres BOLWERK_FULL_SIZE=1 $(BIN)/pytest -q -n 2 -m once src/bolwerk tests/security

check: setup ## ruff, mypy, import-linter, migrations, translations, routes, docs: seconds
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src tests
	$(BIN)/lint-imports
	$(BIN)/python -m django makemigrations --check --dry-run
	$(BIN)/python -m tests.tools.messages check
	$(BIN)/bolwerk routes --check
	$(BIN)/pytest -q -p no:randomly tests/test_architecture.py tests/test_docs.py

spark: setup ## the rules on a real Spark cluster of two workers, beside DuckDB; then one worker is killed half-way; needs Java
	$(BIN)/python -m pip install --quiet "pyspark>=4.3"
	$(BIN)/python -m tests.tools.spark_cluster
	$(BIN)/python -m tests.tools.spark_worker_dies

bench: setup ## every benchmark, one JSON file each in var/bench
	$(BIN)/python -m tests.bench

planted: setup ## everything planted in a municipality of a million residents: precision and recall of each rule, and memory
	$(BIN)/python -m tests.bench.bench_planted 1000000

reference: setup ## write docs/reference anew from the code
	@$(BIN)/python -m tests.tools.reference

messages: ## collect new texts of every app for translation
	$(BIN)/python -m tests.tools.messages collect

lock: ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra test --generate-hashes --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --universal --no-header --no-annotate --quiet -o requirements.lock

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis
