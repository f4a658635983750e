# Every command of the project. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := DEBUG=1 $(BIN)/python manage.py
# In a demo nobody needs an authenticator app to look around; STAFF_SECOND_FACTOR=1 shows it.
SERVE := STAFF_SECOND_FACTOR=$${STAFF_SECOND_FACTOR:-0} $(MANAGE)
TESTS := $(BIN)/python -m pytest --quiet --numprocesses 2 --dist loadgroup
TEMPLATES = $$(git ls-files '*/templates/*.html')

.PHONY: help demo serve test check fix bench messages compile
.DEFAULT_GOAL := help

help:
	@echo "make demo      a city to try out at http://127.0.0.1:8000 (PORT=... for another port)"
	@echo "make serve     the same without checking the data, restarted when code changes"
	@echo "make test      every test, on SQLite and on a PostgreSQL of its own"
	@echo "make check     style, migrations, templates, translations, settings for production"
	@echo "make fix       put right what of the style a tool can"
	@echo "make bench     the benchmarks, with their tables"
	@echo "make messages  bring the sentences of the code into the translations"

demo: compile
	@$(SERVE) demo $(if $(PORT),--port $(PORT))

serve: compile
	@$(SERVE) runserver 127.0.0.1:$(or $(PORT),8000)

test: .venv/requirements-dev.txt compile
	@deploy/need.sh postgresql chromium-headless-shell gettext
	@$(BIN)/python -m tests.databases
	@echo "== Tests on SQLite =="
	@$(TESTS)
	@echo "== Tests on PostgreSQL (what asks no database, the browser and the demo city ran above) =="
	@$(BIN)/python tests/cluster.py $(TESTS) -m "not journey and not demo and not pure"

check: .venv/requirements-dev.txt
	@deploy/need.sh gettext
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --quiet --check .
	@$(MANAGE) makemigrations --check --dry-run --verbosity 0 \
	    || { echo "The models changed: run manage.py makemigrations."; exit 1; }
	@$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	@$(BIN)/djhtml --check $(TEMPLATES) 2>/dev/null \
	    || { echo "Templates are not indented: run make fix."; exit 1; }
	@$(MANAGE) check_translations --verbosity 0
	@key() { head -c $$1 /dev/urandom | base64 -w0; }; ENV_FILE=deploy/production.env.example \
	    SECRET_KEY=$$(key 48) PERSONAL_DATA_KEY=$$(key 32) PERSONAL_DATA_INDEX_KEY=$$(key 32) \
	    CERTIFICATE_SIGNING_KEY=$$(key 32) \
	    $(BIN)/python manage.py check --deploy --fail-level WARNING >/dev/null
	@echo "Checked: style, migrations, templates, translations, settings for production."

fix: .venv/requirements-dev.txt
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .
	@$(BIN)/djade --target-version 5.2 $(TEMPLATES) ; $(BIN)/djhtml $(TEMPLATES) 2>/dev/null || true

bench: .venv/requirements-dev.txt
	@for file in $$(grep -l __main__ benchmarks/*.py); do name=$$(basename $$file .py); \
	    echo "== $$name =="; DEBUG=1 $(BIN)/python -m benchmarks.$$name || exit 1; done

messages: .venv/requirements-dev.txt
	@deploy/need.sh gettext
	@$(MANAGE) makemessages --locale zh_Hans --no-wrap --add-location file --no-obsolete --verbosity 0 \
	    --ignore tests --ignore benchmarks --ignore var

compile: .venv/requirements.txt
	@$(MANAGE) compile_translations

# The copy beside the installed packages tells what was installed from it.
.venv/requirements.txt: requirements.txt .venv/bin/pip
	@cmp -s $< $@ || { echo "Installing the packages of $< ..." && $(BIN)/pip install --quiet --quiet -r $<; }
	@cp $< $@

.venv/requirements-dev.txt: requirements-dev.txt .venv/requirements.txt
	@cmp -s $< $@ || { echo "Installing the packages of $< ..." && $(BIN)/pip install --quiet --quiet -r $<; }
	@cp $< $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || deploy/need.sh python3-venv
	@$(PYTHON) -m venv .venv
