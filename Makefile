# Everything a person types. Each target sets up what it needs; a second run skips what is there.

BIN := .venv/bin
SOURCES := campotech_wa worker tests alembic rxconfig.py
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet $(LOCK_OPTIONS)

.PHONY: help demo up test check bench lock clean

help:
	@echo "make demo     try it: everything, with demo data and a simulated WhatsApp"
	@echo "make up       run it, as the environment or .env configures it (see .env.example)"
	@echo "make test     all tests        make check    lint, types, imports"
	@echo "make bench    benchmarks       make lock     new versions (LOCK_OPTIONS=--upgrade)"
	@echo "make clean    forget what was built; data stays"

demo: .venv/.runtime
	@$(BIN)/campotech-wa demo

up: .venv/.runtime
	@$(BIN)/campotech-wa up

test: .venv/.dev
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		{ echo "make: The tests drive a browser and chromium is missing. On Debian: apt-get install chromium" >&2; exit 2; }
	@$(BIN)/campotech-wa build
	@$(BIN)/pytest tests/e2e tests/faults
	@$(BIN)/pytest tests/architecture tests/unit tests/integration --numprocesses 2 --dist loadfile

check: .venv/.dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/basedpyright
	$(BIN)/lint-imports

bench: .venv/.dev
	@$(BIN)/campotech-wa build
	@$(BIN)/python -m tests.bench

lock: .venv/.dev
	$(COMPILE) --group build --output-file requirements/runtime.txt
	$(COMPILE) --group build --group dev --output-file requirements/dev.txt

clean:
	rm -rf .venv .web .states .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage*

# Packages for development contain those for running.
.venv/.runtime: requirements/runtime.txt pyproject.toml scripts/install
	@{ test .venv/.dev -nt requirements/dev.txt && test .venv/.dev -nt pyproject.toml; } || scripts/install runtime
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml scripts/install
	@scripts/install dev
	@touch $@
