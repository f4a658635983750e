"""Run a command with a PostgreSQL of its own: ``python tests/cluster.py COMMAND...``.

The cluster lives in a temporary directory, listens on a free port of the loopback only, promises
no durability, and is gone when the command ends, fails or is interrupted.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

SECONDS_TO_START = 30
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    # A world that lasts a module holds a lock on every table and index until it is rolled back.
    "max_locks_per_transaction": "1024",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
}


def programs():
    """Return the directory of the newest PostgreSQL server installed."""
    if versions := sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version):
        return versions[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    sys.exit("PostgreSQL is not installed (on Debian: apt-get install postgresql).")


def _version(initdb):
    return int(initdb.parts[-3])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def identity():
    """Return what starts a program as somebody else than root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def answers(address):
    try:
        psycopg.connect(address, connect_timeout=1).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def cluster():
    """Start a cluster, yield its address, stop and delete it."""
    home, port, somebody = tempfile.mkdtemp(prefix="register-postgres-"), free_port(), identity()
    address = f"postgres://register@127.0.0.1:{port}/postgres"
    server = None
    try:
        if somebody:
            os.chown(home, somebody["user"], somebody["group"])
        subprocess.run(  # noqa: S603
            [programs() / "initdb", "-D", f"{home}/data", "-U", "register", "-A", "trust",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=home, **somebody,
        )  # fmt: skip
        options = [word for item in OPTIONS.items() for word in ("-c", "=".join(item))]
        server = subprocess.Popen(  # noqa: S603
            [programs() / "postgres", "-D", f"{home}/data", "-p", str(port), *options],
            cwd=home, start_new_session=True, **somebody,
        )  # fmt: skip
        for _ in range(SECONDS_TO_START * 10):
            if answers(address):
                break
            if server.poll() is not None:
                sys.exit("The PostgreSQL for the tests did not start.")
            time.sleep(0.1)
        yield address
    finally:
        if server and server.poll() is None:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def main(command):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with cluster() as address:
        return subprocess.run(  # noqa: S603
            command, env={**os.environ, "DATABASE_URL": address}, check=False
        ).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
