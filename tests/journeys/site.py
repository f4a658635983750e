"""The site of the journeys in a process of its own, over a city that is prepared once a run."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.databases import ROOT, copy_migrated

SETTINGS = "tests.journeys.settings"
SECONDS_TO_START = 60


def _environment(folder, **more):
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": f"sqlite:///{folder / 'city.sqlite3'}",
        "TEST_DIR": str(folder),
        **more,
    }


def prepared_city():
    """Return the folder of a city that the workers of one run share; the first one makes it."""
    folder = Path(os.environ["TEST_DIR"]) / "city"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            copy_migrated(folder / "city.sqlite3")
            fill(folder, "tests.journeys.city")
            (folder / "made").touch()
    return folder


def fill(folder, module):
    """Let a module write into the database of a folder that nobody serves meanwhile."""
    command = [sys.executable, "-m", module]
    subprocess.run(command, cwd=ROOT, env=_environment(folder), check=True)  # noqa: S603


@contextmanager
def serving(folder, **environment):
    """Serve a copy of the city in ``folder``; yield the address. The log is ``folder/log``.

    A folder that was served before is served as it was left.
    """
    site = Site(folder, **environment)
    site.start()
    try:
        yield site.address
    finally:
        site.stop()


class Site:
    """A site over a copy of the city in ``folder``, at an address that outlives its process."""

    def __init__(self, folder, **environment):
        if not (folder / "made").exists():
            shutil.copytree(prepared_city(), folder, dirs_exist_ok=True)
        self.folder, self.server = folder, None
        self.environment = _environment(folder, **environment)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.host = f"127.0.0.1:{probe.getsockname()[1]}"
        self.address = f"http://{self.host}"

    def start(self):
        """Start a process and wait until it answers."""
        with (self.folder / "log").open("a") as log:
            self.server = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "manage.py", "runserver", self.host, "--noreload",
                 "--skip-checks"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )  # fmt: skip
        _wait_for(f"{self.address}/healthz", self.server)

    def kill(self):
        """End the process as a power failure would."""
        self.server.kill()
        self.server.wait()

    def stop(self):
        """End the process if there is one."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait()


def _wait_for(address, server):
    until = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address):  # noqa: S310 - of this machine
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"The site does not answer at {address}.")
