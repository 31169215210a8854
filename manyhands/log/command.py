"""
The command `manyhands verify`.

    manyhands verify                     every team
    manyhands verify TEAM                one team
    manyhands verify TEAM NUMBER         one team, up to an entry
    manyhands verify --note FILE         and write each team's last digest to a file, to be kept somewhere else
    manyhands verify --against FILE      and hold the chains against digests noted earlier

Ends with 0 if everything fits, and with 1 if something does not.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from manyhands import who
from manyhands.log import guards
from manyhands.log.verify import Checked, verify


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, say what was found, and return what the command ends with. Expects Django to be set up."""
    asked = _parser().parse_args(arguments)
    noted = _read_note(asked.against) if asked.against else {}
    fits, notes = True, []
    for checked in verify(asked.team, asked.number, noted):
        print(_said(checked), flush=True)
        fits = fits and checked.misfit is None
        notes.append(f"{checked.team} {checked.fitting} {checked.digest}\n")
    for missing in guards.missing():
        print(f"The database has lost its guard {missing}: it no longer refuses what that was there for.")
        fits = False
    if asked.note:
        asked.note.write_text("".join(notes))
    if not notes:
        print("There are no acts yet.")
    return 0 if fits else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("manyhands verify", description="Check that everything is as it was recorded.")
    parser.add_argument("team", nargs="?", type=who.Team, help="check one team only")
    parser.add_argument("number", nargs="?", type=int, help="check up to this entry only")
    parser.add_argument("--note", type=Path, metavar="FILE", help="write each team's last digest to this file")
    parser.add_argument("--against", type=Path, metavar="FILE", help="hold the chains against digests noted earlier")
    return parser


def _said(checked: Checked) -> str:
    if checked.misfit is not None:
        return f"{checked.team}: DOES NOT FIT at entry {checked.misfit.number}: {checked.misfit.why}"
    return f"{checked.team}: {checked.fitting} entries fit, last digest {checked.digest}"


def _read_note(file: Path) -> dict[tuple[who.Team, int], str]:
    """The digests in a note. Raises ValueError, naming the line, for one that is none."""
    noted = {}
    for line, text in enumerate(file.read_text().splitlines(), start=1):
        try:
            team, number, digest = text.rsplit(maxsplit=2)
            noted[who.Team(team), int(number)] = digest
        except ValueError as problem:
            raise ValueError(f"{file}:{line}: expected a team, a number and a digest, found {text!r}") from problem
    return noted
