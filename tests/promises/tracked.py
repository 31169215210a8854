"""The files of the repository, as git would take them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def files(*patterns: str) -> list[Path]:
    """Every file that is, or could be, in the repository: none that .gitignore leaves out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file()]


def texts(*patterns: str) -> Iterator[tuple[str, str]]:
    """The name and the text of each that is text."""
    for file in files(*patterns):
        try:
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, or gzipped records
