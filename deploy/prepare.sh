#!/bin/sh
# Make database and files fit this version of the code: at the installation and at every upgrade.
set -eu
cd "$(dirname "$0")/.."
python=$([ -x .venv/bin/python ] && echo .venv/bin/python || echo python)

$python manage.py compile_translations
# An index on millions of rows takes longer than a request may.
DATABASE_STATEMENT_TIMEOUT=0 $python manage.py migrate --verbosity 1
$python manage.py createcachetable
$python manage.py collectstatic --no-input --verbosity 0
