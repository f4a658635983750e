"""A roster of many rows, checked, encrypted, indexed and told in the ledger.

``python -m benchmarks.imports --rows 100000``. The reference, measured in the same run, is the
fastest way the database has to take the same rows: COPY, or ``executemany`` on SQLite.
"""

import argparse
import shutil
from pathlib import Path

from benchmarks.__main__ import set_up


def main():
    """Begin with an empty database in ``--dir``, and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--dir", default="var/benchmark-imports")
    options = parser.parse_args()
    home = Path(options.dir).resolve()
    shutil.rmtree(home, ignore_errors=True)
    set_up(home)

    # Only now: these need Django started with the settings above.
    from django.core.management import call_command  # noqa: PLC0415

    from benchmarks import roster_import  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    roster_import.run(home, options.rows)


if __name__ == "__main__":
    main()
