# Everything runs in .venv, which is made from requirements.lock the first time. Needed: make, Python 3.11 or later,
# and the network once. Another Python: make PYTHON=python3.13 test

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
CHINESE := src/rebalance/locale/zh/LC_MESSAGES/rebalance
TEST_FLAGS ?= -n auto --dist worksteal
CASES ?= 1
TESTERS := babel hatchling hypothesis ipykernel latex2mathml nbclient nbformat pytest pytest-timeout pytest-xdist sphinx

define NEW_ENOUGH
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "rebalance needs Python 3.11 or later; $(PYTHON) is" \
	"$$($(PYTHON) -c 'import platform; print(platform.python_version())' 2>/dev/null || echo missing)." \
	"Name another one, like this: make PYTHON=python3.13 test" >&2; exit 1; }
endef

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: bench campaign clean demo docs floors help lint lock notebooks slips test wheel words

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## solve the example county and write its papers to out/
	$(BIN)/rebalance demo --out out

test: $(READY) ## run the tests (TEST_FLAGS='-x -k words' for some)
	$(BIN)/pytest $(TEST_FLAGS)

campaign: $(READY) ## run the long tests, with new random cases (CASES=5: five times as many; SEED=7: again)
	REBALANCE_CASES=$(CASES) REBALANCE_SEED=$(or $(SEED),$(shell date +%s)) $(BIN)/pytest -m campaign --timeout 0 $(TEST_FLAGS)

slips: $(READY) ## plant slips of the pen in rules, goals, problem and plan, and see who notices (SLIPS=200; SEED=7: again)
	$(BIN)/python -m tests.slips --slips $(or $(SLIPS),200) --seed $(or $(SEED),$(shell date +%s))

lint: $(READY) ## check style, format, types and the layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

docs: $(READY) ## build the guide into build/site; every warning is an error
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet --jobs auto --doctree-dir build/doctrees docs build/site

notebooks: $(READY) ## run the notebooks and store what they show, in place
	$(BIN)/ruff format --quiet notebooks
	$(BIN)/python -m tests.notebooks

bench: $(READY) ## time the solver on counties of several sizes
	$(BIN)/python -m benchmarks

# The catalogue keeps its own date, so that running this twice changes nothing. (`pybabel compile` is not used:
# it takes the "% o" in "{share} % of" for a placeholder and wants it in the translation too.)
words: $(READY) ## collect texts, update the Chinese catalogue, compile it
	@mkdir -p build
	$(BIN)/pybabel -q extract --mapping-file pyproject.toml --no-default-keywords --keyword _ --keyword Column:3 --keyword described:2 --keyword Fact:1 \
		--no-location --sort-output --no-wrap --output build/rebalance.pot src/rebalance
	$(BIN)/pybabel -q update --locale zh --input-file build/rebalance.pot --output-file $(CHINESE).po \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	@$(BIN)/python -c 'from babel.messages import mofile, pofile; \
		mofile.write_mo(open("$(CHINESE).mo", "wb"), pofile.read_po(open("$(CHINESE).po", "rb"), locale="zh"))'

wheel: $(READY) ## build dist/rebalance-*.whl, to be installed elsewhere with pipx, uv or pip
	$(BIN)/python -m hatchling build --target wheel --directory dist

# Keeps the versions that still fit; UPGRADE=--upgrade takes the newest, UPGRADE='--upgrade-package rich' one of them.
lock: ## write requirements.lock anew from pyproject.toml (UPGRADE=--upgrade: newest versions)
	@$(NEW_ENOUGH)
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	$(PYTHON) -m venv "$$scratch" && "$$scratch/bin/pip" install --quiet uv && \
	"$$scratch/bin/uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev $(UPGRADE) pyproject.toml -o requirements.lock

floors: $(READY) ## run the tests with the oldest versions that pyproject.toml allows
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	$(PYTHON) -m venv "$$scratch" && "$$scratch/bin/pip" install --quiet uv && \
	"$$scratch/bin/uv" pip compile --quiet --resolution lowest-direct --no-emit-index-url --no-header --no-annotate \
		--extra cluster --extra drawings pyproject.toml -o "$$scratch/lowest" && \
	"$$scratch/bin/uv" pip install --quiet --python "$$scratch/bin/python" --requirement "$$scratch/lowest" $(TESTERS) && \
	"$$scratch/bin/pip" install --quiet --no-deps --editable . && \
	"$$scratch/bin/pytest" $(TEST_FLAGS) -W default

clean: ## remove everything made here: .venv, caches, build/, dist/, out/
	rm -rf $(VENV) build dist out .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing into $(VENV) (the first time this needs the network) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(BIN)/pip:
	@$(NEW_ENOUGH)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Cannot make $(VENV) with $(PYTHON). On Debian: apt-get install python3-venv" >&2; exit 1; }
