"""Answers of 200 candidates saved in one exam, against a JSON view that does nothing.

``python -m benchmarks.exam_autosave --candidates 200``. One server (gunicorn, one sync worker)
answers both kinds of request in turns. While answers are saved its worker is killed some times;
at the end every acknowledged answer must be in the database. ``DATABASE_URL`` chooses PostgreSQL.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.__main__ import set_up

SECONDS_TO_START = 60


def main():
    """Make an exam with its candidates in an empty database, serve it, measure, and check."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exam_autosave", description=__doc__)
    parser.add_argument("--candidates", type=int, default=200)
    parser.add_argument("--saves", type=int, default=10, help="of each candidate")
    parser.add_argument("--at-once", type=int, default=4, help="requests on their way")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--dir", default="var/benchmark-exams")
    options = parser.parse_args()
    home = Path(options.dir).resolve()
    shutil.rmtree(home, ignore_errors=True)
    set_up(home)

    # Only now: these need Django started with the settings above.
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from benchmarks import exam_sitters  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    sitters = exam_sitters.begin(options.candidates)
    connection.close()
    server, port = serve(home)
    try:
        exam_sitters.run(sitters, port, options, kill=lambda: kill_worker(server))
    finally:
        server.terminate()
        server.wait()


def serve(home):
    """Start the server on a free port; return its process and the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--worker-class", "sync", "--log-level", "critical", "benchmarks.exam_server:application",
    ]  # fmt: skip
    environment = {**os.environ, "BENCHMARK_DIR": str(home)}
    server = subprocess.Popen(command, env=environment)  # noqa: S603
    for _try in range(SECONDS_TO_START * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server, port
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def kill_worker(server):
    """Kill the worker at once, as a crash would; the server starts another."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    for pid in children:
        os.kill(int(pid), signal.SIGKILL)


if __name__ == "__main__":
    main()
