"""
Writers in other processes, on the database of the test that starts them.

    python -m tests.log.elsewhere TEAM NAME HOW-MANY     says the number of each act on a line, once it is recorded

HOW-MANY of 0 goes on until killed.
"""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

from manyhands import who

ROOT = Path(__file__).parent.parent.parent


def address() -> str:
    """The address of the database that this test is on."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    name, word = quote(settings["USER"]), quote(settings["PASSWORD"])
    where = urlencode({"host": settings["HOST"]}) if settings["HOST"] else ""
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgresql://{name}:{word}@{port}/{settings['NAME']}?{where}"


def writer(team: who.Team, name: str, how_many: int = 0) -> "subprocess.Popen[str]":
    """Somebody recording in another process, with the settings of this one."""
    environment = {**os.environ, "MANYHANDS_DATABASE": address(), "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.log.elsewhere", team, name, str(how_many)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def bytes_of(file: Path) -> bytes:
    """
    What is in a file of the database, read by another process. Read by this one, the locks that SQLite has on the file
    here would be dropped as it is closed (POSIX drops all that a process has), and whoever opened the database next
    would take it for one that nobody uses: disk I/O errors in some later test.
    """
    reading = "import sys; sys.stdout.buffer.write(open(sys.argv[1], 'rb').read())"
    return subprocess.run([sys.executable, "-c", reading, file], check=True, stdout=subprocess.PIPE).stdout


def main(team: str, name: str, how_many: str) -> None:
    from itertools import count, islice

    import django

    django.setup()

    from manyhands.log.record import record
    from tests.log.scene import MORNING, Scene

    scene, afternoon = Scene(who.Team(team)), MORNING + timedelta(hours=6)
    for i in islice(count(1), int(how_many) or None):
        two_at_once = [scene.say(f"{name} {i}.{part} " + "and so on " * 20, at=afternoon) for part in (1, 2)]
        for recorded in record(*two_at_once):
            print(recorded.number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
