#!/bin/sh
# Prove the ledger against the head noted last, then note today's: ledger-head.sh FILE
# Keep the file where whoever can write the database cannot; publish its last line.
set -eu
heads=$1
cd "$(dirname "$0")/.."

last=$(tail -n 1 "$heads" 2>/dev/null | cut -d' ' -f2)
said=$(.venv/bin/python manage.py verify_ledger ${last:+--head "$last"})
echo "$(date -I) ${said##* }" >>"$heads"
echo "$said"
