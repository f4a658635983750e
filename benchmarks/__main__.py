"""Run the benchmarks: ``python -m benchmarks --people 200000`` (``make bench``).

The database is that of ``DATABASE_URL``; without it, a file in ``--dir`` that later runs use again.
"""

import argparse
import os
import time
from pathlib import Path


def main():
    """Make the roster if it is not there yet, and measure."""
    options = arguments()
    set_up(Path(options.dir).resolve())

    # Only now: these need Django started with the settings above.
    from django.core.management import call_command  # noqa: PLC0415

    from benchmarks import national, roster_search  # noqa: PLC0415
    from registry.models import MediatorRow  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if MediatorRow.objects.count() != options.people:
        MediatorRow.objects.all().delete()
        start = time.perf_counter()
        national.fill(options.seed, options.people)
        print(f"Roster of {options.people:,} made in {time.perf_counter() - start:.0f} s.")
    roster_search.run(number=options.questions, checked=options.checked, clock=options.clock)


def arguments():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--people", type=int, default=200_000, help="3200000 is the nation")
    parser.add_argument("--questions", type=int, default=200, help="of each class")
    parser.add_argument("--checked", type=int, default=10, help="of each class, against every row")
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dir", default="var/benchmarks")
    return parser.parse_args()


def set_up(home):
    """Start Django with the settings of production, as far as one machine can have them."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "static").mkdir(exist_ok=True)
    os.environ |= {
        "DEBUG": "1",
        "VAR_DIR": str(home),
        "LOG_LEVEL": "ERROR",
        "ROSTER_RECORDS_PER_HOUR": "0",
    }
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    settings.DEBUG = False
    settings.ROOT_URLCONF = "benchmarks.urls"
    django.setup()


if __name__ == "__main__":
    main()
