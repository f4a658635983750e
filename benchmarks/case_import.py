"""A file of many cases, checked, entered, checked again and taken back.

``python -m benchmarks.case_import --rows 100000``. The reference, measured in the same run, is the
fastest way the database has to take the same cells: COPY, or ``executemany`` on SQLite. ``--xlsx``
writes a workbook instead of a CSV file.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.__main__ import set_up


def main():
    """Begin with an empty database in ``--dir``, and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.case_import", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="1000000 is the goal")
    parser.add_argument("--xlsx", action="store_true")
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    parser.add_argument("--dir", default="var/benchmark-cases")
    options = parser.parse_args()
    home = Path(options.dir).resolve()
    shutil.rmtree(home, ignore_errors=True)
    set_up(home)

    # In a process of its own: the memory that migrations take is not that of an import.
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True)  # noqa: S603

    # Only now: it needs Django started with the settings above.
    from benchmarks import case_files  # noqa: PLC0415

    case_files.run(home, options.rows, xlsx=options.xlsx, clock=options.clock)


if __name__ == "__main__":
    main()
