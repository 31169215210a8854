"""
The command `manyhands`.

    manyhands demo      open the demo: a made-up place, its records, and a year of a team's work
    manyhands migrate   bring the database up to this version
    manyhands serve     serve the site
    manyhands notices   tell people what waits for them, by e-mail
    manyhands verify    check that what was recorded is as it was recorded
    manyhands export-acts
                        acts for analysts, without words and patients, for joinedup to load
    manyhands export, import
                        everything, written out in open formats, and taken in again
    manyhands backup, restore
                        the whole database in one file, and put back
    manyhands check     look for settings that are unsafe
    manyhands ready     ask the site on this machine whether it can answer
    manyhands add-organisation, add-person, set-password, close-account
                        who can be signed in as, and for whom
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import click

from manyhands import who

PORT = 8000


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Where people from several organisations decide together, and hold what follows between them."""


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Where to answer.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 to answer other machines too.")
@click.option(
    "--people", type=click.IntRange(1), default=3000, show_default=True, help="How many residents to make up."
)
@click.option(
    "--records",
    type=click.Path(exists=True, path_type=Path),
    help="FHIR records to open the demo over, instead of made-up ones.",
)
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Where the demo is kept: var/demo, or a folder of its own beside it for each set of records.",
)
@click.option("--prepare-only", is_flag=True, help="Make the demo ready, and do not serve it.")
def demo(port: int, host: str, people: int, records: Path | None, home: Path | None, prepare_only: bool) -> None:
    """Open the demo: make it ready unless that has been done, and serve it."""
    if not prepare_only:
        _need_port(host, port, "make demo")
    # Told to stop while it is made ready, as by Ctrl-C: what it started stops too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ["MANYHANDS_SITE"] = f"http://localhost:{port}"
    from demo import opening

    home = home or Path("var") / ("demo" if records is None else f"demo-{records.resolve().name}")
    try:
        place = opening.made_ready(home, people=people, records=records, say=click.echo)
    except (opening.InUse, opening.NothingToOpen) as in_the_way:
        raise click.ClickException(str(in_the_way)) from in_the_way
    except KeyboardInterrupt:
        click.echo("\nStopped. Nothing half-made is kept: the next start begins again.")
        sys.exit(130)
    if prepare_only:
        return
    _static_files_in_place()

    def ready() -> None:
        click.echo(f"\nManyhands is open at http://localhost:{port}   (Ctrl-C stops it)\n")
        for line in place.who_can_be_signed_in_as:
            click.echo(line)

    from manyhands.site import noticing

    with noticing.beside(every=10):
        _serve(host, port, 1, ready)
    click.echo("Stopped.")


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes that make pages.")
def serve(port: int, host: str, workers: int) -> None:
    """Serve the site. Settings are read from the environment: see manyhands/site/settings.py."""
    _need_port(host, port, "manyhands serve")
    _django()
    if behind := _migrations_not_applied():
        raise click.ClickException(
            f"The database is behind this version by {behind} migrations. Run: manyhands migrate"
        )
    _refuse_unsafe_settings()
    _static_files_in_place()
    _serve(host, port, workers, lambda: click.echo(f"Manyhands answers at http://{host}:{port}"))


@main.command()
@click.option("--quiet", is_flag=True, help="Say nothing unless something goes wrong.")
def migrate(quiet: bool) -> None:
    """Bring the database up to this version."""
    _django()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0 if quiet else 1)


@main.command()
@click.option("--keep-going", is_flag=True, help="Go on until told to stop, instead of once.")
@click.option("--every", type=click.IntRange(1), default=60, show_default=True, help="Seconds between rounds.")
@click.option("--status", "only_status", is_flag=True, help="Say how things stand, and do nothing.")
@click.option("--send-again", metavar="MESSAGE", help="Send a message again that is refused, or may not have arrived.")
@click.option("--give-up", metavar="MESSAGE", help="Let a message be that could not be sent.")
def notices(keep_going: bool, every: int, only_status: bool, send_again: str | None, give_up: str | None) -> None:
    """
    Tell people what waits for them: read on in each team's log, and send what is due. It can be ended at any moment,
    and run twice: nothing is lost, and nothing is sent twice by itself.
    """
    _django()
    from manyhands.site import noticing

    if only_status:
        noticing.say_status(click.echo)
    elif send_again or give_up:
        noticing.decide(send_again, give_up)
    elif keep_going:
        noticing.keep_going(every, click.echo)
    else:
        noticing.once(click.echo)


@main.command()
@click.argument("organisation", required=False)
@click.option("--from", "from_on", type=click.DateTime(["%Y-%m-%d"]), help="The first day. Today, if not said.")
@click.option("--until", "until_on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it is over, if known.")
@click.option("--leaves", "leaves_on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it leaves after all.")
def agreement(
    organisation: str | None, from_on: datetime | None, until_on: datetime | None, leaves_on: datetime | None
) -> None:
    """
    Write down that ORGANISATION is under the sharing agreement, or leaves it. Without one: say which are under it.

    From the first that is written down, people of organisations that are not under it see no patient.
    """
    _django()
    from django.utils import timezone

    from manyhands.site import accounts

    today = timezone.localdate()
    if organisation is None:
        there = accounts.under_agreement(today)
        click.echo("\n".join(there) or "Nobody has written down a sharing agreement that holds today.")
    elif leaves_on is not None:
        left = accounts.leave_agreement(organisation, leaves_on.date())
        click.echo(f"{left.name} leaves the sharing agreement on {leaves_on:%Y-%m-%d}.")
    else:
        since = from_on.date() if from_on else today
        agreed = accounts.agree(organisation, since, until_on.date() if until_on else None)
        click.echo(f"{agreed.name} is under the sharing agreement from {since}.")


@main.command("privacy-officer")
@click.argument("email")
@click.option("--no-longer", is_flag=True, help="They are not one any more.")
def privacy_officer(email: str, no_longer: bool) -> None:
    """Have the person of EMAIL review broken glass, and look at who has seen whom. It shows them no patient."""
    _django()
    from manyhands.site import accounts

    person = accounts.make_privacy_officer(email, no_longer=no_longer)
    click.echo(f"{person.name} is {'no longer a' if no_longer else 'a'} privacy officer.")


@main.command()
@click.argument("team", required=False)
@click.argument("number", type=int, required=False)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What this command printed earlier, kept elsewhere: shows whether a chain was cut or written anew.",
)
def verify(team: str | None, number: int | None, against: Path | None) -> None:
    """
    Check that what was recorded is as it was recorded: every team, or one TEAM, or that team up to entry NUMBER.

    Prints each team with how many entries fit and the digest of the last, and the same of its log of reads
    (TEAM/reads): keep these lines somewhere else.
    """
    _django()
    from django.db import DatabaseError

    from manyhands.access import verify as reads
    from manyhands.log import guards
    from manyhands.log.verify import verify as checked

    noted = _noted(against) if against else {}
    named = who.Team(team) if team else None
    wrong = 0
    try:
        of_acts = ((each.team, each) for each in checked(named, number, noted))
        of_reads = ((f"{each.team}/reads", each) for each in reads.verify(named, noted) if number is None)
        for name, each in chain[tuple[str, Any]](of_acts, of_reads):
            click.echo(f"{name} {each.fitting} {each.digest}")
            if each.misfit:
                wrong += 1
                click.echo(f"  {name}, entry {each.misfit.number}: {each.misfit.why}", err=True)
        missing = guards.missing() + reads.missing_guards()
    except DatabaseError as problem:
        raise click.ClickException(f"There is no log to check here ({type(problem).__name__}). {_where()}") from problem
    for name in missing:
        wrong += 1
        click.echo(f"  the guard {name} is not in the database, or is switched off", err=True)
    if wrong:
        sys.exit(1)
    click.echo("Everything fits.", err=True)


@main.command()
@click.argument("team", required=False)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write to: acts.ndjson.")
def export_acts(team: str | None, out: Path | None) -> None:
    """
    Write out the acts of every team, or of one TEAM, a line of JSON for each, for `joinedup load`.

    Nothing that anybody wrote is in them, and nothing of patients but how many. They still say which colleague did
    what: keep them as you keep other records about staff.
    """
    _django()
    from manyhands.exchange.acts import exported
    from manyhands.log.models import Entry

    known = [who.Team(each) for each in Entry.objects.order_by("team").values_list("team", flat=True).distinct()]
    if team is not None and team not in known:
        raise click.ClickException(f"There is no team {team}. There are: {', '.join(known) or 'none'}.")
    wanted = [who.Team(team)] if team is not None else known
    lines = (line + b"\n" for each in wanted for line in exported(each))
    with out.open("wb") if out else nullcontext(sys.stdout.buffer) as file:
        for line in lines:
            file.write(line)


@main.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
def export_everything(folder: Path) -> None:
    """
    Write everything out into FOLDER, in open formats: acts with their words, sights, people, patients; as lines of
    JSON, as FHIR, and as sheets. The site can be in use.

    It holds what people wrote and who the patients are: guard it as you guard the place itself.
    Passwords are not in it.
    """
    _django()
    from manyhands.exchange.everything import CannotWriteOut, write_out

    with _progress() as tell:
        try:
            manifest = write_out(folder, tell)
        except CannotWriteOut as in_the_way:
            raise click.ClickException(str(in_the_way)) from in_the_way
    click.echo(f"{folder} holds {_counted(manifest)}.")


@main.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def import_everything(folder: Path) -> None:
    """
    Take in everything that `manyhands export` wrote into FOLDER, where nothing is yet: run `manyhands migrate` first.

    All of it is taken in or nothing, and every chain is followed. Nobody can sign in until `manyhands set-password`.
    """
    _django()
    from manyhands.exchange.everything import CannotTakeIn, take_in

    if _migrations_not_applied():
        raise click.ClickException("The database is not ready for this version. Run: manyhands migrate")
    with _progress() as tell:
        try:
            manifest = take_in(folder, tell)
        except CannotTakeIn as in_the_way:
            raise click.ClickException(f"{in_the_way} Nothing was taken in.") from in_the_way
    click.echo(f"Taken in: {_counted(manifest)}. Every chain fits.")
    click.echo("Everybody needs a new password: manyhands set-password EMAIL")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the whole database into FILE. The site can be in use, and FILE is there whole or not at all."""
    _django()
    from manyhands.site.backing_up import InTheWay, back_up

    try:
        size = back_up(file)
    except InTheWay as in_the_way:
        raise click.ClickException(str(in_the_way)) from in_the_way
    click.echo(f"{file} holds everything as it stood ({size / 1e6:,.1f} MB). Guard it as you guard the place itself.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Also where something is: that is set aside, not deleted.")
def restore(file: Path, replace: bool) -> None:
    """
    Put back the database that `manyhands backup` copied into FILE, bring it up to this version, and follow every chain.

    Where anything does not fit, everything is as it was before.
    """
    _django()
    from manyhands.site.backing_up import InTheWay, put_back

    try:
        teams = put_back(file, replace=replace)
    except InTheWay as in_the_way:
        raise click.ClickException(f"{in_the_way} Nothing was put back.") from in_the_way
    for team, acts in teams.items():
        click.echo(f"{team} {acts}")
    click.echo(f"Put back: {sum(teams.values()):,} acts of {len(teams):,} teams. Every chain fits.")


@main.command()
def check() -> None:
    """Look for settings that are unsafe for real people, and for anything that Django finds amiss."""
    _django()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    _refuse_unsafe_settings()
    try:
        call_command("check", deploy=True, fail_level="WARNING")
    except SystemCheckError as found:
        raise click.ClickException(str(found)) from found


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def ready(port: int, host: str) -> None:
    """Ask the site on this machine whether it can answer people; leave with 1 where it cannot."""
    _django()
    from manyhands.site import readiness

    try:
        click.echo(readiness.asked(host, port))
    except readiness.NotReady as why:
        raise click.ClickException(str(why)) from why


@main.command()
@click.argument("name")
@click.option("--ods-code", default="", help="Its ODS code, where it has one.")
@click.option("--sector", default="", help="general-practice, social-care, charity, …")
@click.option("--record", default="", help="Its key in the loaded records: see `joinedup tables STORE organisations`.")
def add_organisation(name: str, ods_code: str, sector: str, record: str) -> None:
    """Put the organisation NAME on file, so that people can be in teams for it."""
    _django()
    from manyhands.site import accounts

    click.echo(accounts.add_organisation(name, ods_code=ods_code, sector=sector, record=record).id)


@main.command()
@click.argument("email")
@click.argument("name")
@click.option(
    "--for", "organisations", multiple=True, required=True, help="An organisation of theirs; can be repeated."
)
@click.option("--profession", default="")
@click.option("--record", default="", help="Their key as a practitioner in the loaded records.")
@click.password_option(help="Asked for when it is not given.")
def add_person(
    email: str, name: str, organisations: tuple[str, ...], profession: str, record: str, password: str
) -> None:
    """Open an account for the person NAME, who signs in with EMAIL."""
    _django()
    from manyhands.site import accounts

    accounts.open_account(email, name, list(organisations), password, profession=profession, record=record)
    click.echo(f"{name} can sign in with {email}.")


@main.command()
@click.argument("email")
@click.password_option(help="Asked for when it is not given.")
def set_password(email: str, password: str) -> None:
    """Give the account of EMAIL a new password. Whoever is signed in with the old one is signed out."""
    _django()
    from manyhands.site import accounts

    accounts.set_password(email, password)
    click.echo(f"{email} signs in with the new password from now on.")


@main.command()
@click.argument("email")
@click.argument("provider")
@click.argument("subject")
def tie_account(email: str, provider: str, subject: str) -> None:
    """Let the person of EMAIL sign in with an identity PROVIDER (its key in the file), who calls them SUBJECT."""
    _django()
    from manyhands.site import accounts

    accounts.tie_account(email, provider, subject)
    click.echo(f"{email} can sign in with {provider}.")


@main.command()
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """
    Let the person of EMAIL set up their second factor anew, who has lost it. Make sure first that it is them who asks.
    Whoever is signed in to the account is signed out.
    """
    _django()
    from manyhands.site import accounts

    accounts.reset_second_factor(email)
    click.echo(f"{email} sets up a second factor at the next sign-in.")


@main.command()
@click.argument("email")
def close_account(email: str) -> None:
    """Close the account of EMAIL, once they have left their teams. What they did stands."""
    _django()
    from manyhands.site import accounts

    accounts.close_account(email)
    click.echo(f"{email} can no longer sign in.")


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manyhands.site.settings")
    import django

    django.setup()


def _refuse_unsafe_settings() -> None:
    from manyhands.site import unsafe

    try:
        unsafe.refuse()
    except unsafe.Unsafe as found:
        raise click.ClickException(str(found)) from found


def _serve(host: str, port: int, workers: int, ready: Callable[[], None]) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from manyhands.site import serving, telemetry

    try:
        with telemetry.answered():
            serving.serve(host, port, workers=workers, when_ready=ready)
    except ImproperlyConfigured as why:
        raise click.ClickException(str(why)) from why


def _need_port(host: str, port: int, command: str) -> None:
    from manyhands.site import serving

    if not serving.port_is_free(host, port):
        another = f"PORT={port + 1} {command}" if command.startswith("make") else f"{command} --port {port + 1}"
        raise click.ClickException(
            f"Port {port} is taken by another program on this machine. Choose another: {another}"
        )


def _static_files_in_place() -> None:
    _django()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _migrations_not_applied() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _noted(file: Path) -> dict[tuple[who.Team, int], str]:

    lines = [line.split() for line in file.read_text().splitlines() if line.strip() and not line.startswith(" ")]
    return {(who.Team(team), int(number)): digest for team, number, digest in lines}


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """How far something long has come, on one line of a terminal; nothing where there is none."""
    shown = sys.stderr.isatty()

    def tell(file: str, lines: int) -> None:
        if shown:
            click.echo(f"\r\033[K{file} {lines:,}", nl=False, err=True)

    try:
        yield tell
    finally:
        if shown:
            click.echo("\r\033[K", nl=False, err=True)


def _counted(manifest: Any) -> str:
    said = {name.removesuffix(".ndjson"): each["lines"] for name, each in manifest.files.items() if "/" not in name}
    return ", ".join(f"{lines:,} {name}" for name, lines in said.items())


def _where() -> str:
    from django.conf import settings

    return f"MANYHANDS_HOME is {settings.HOME}; `manyhands migrate` makes a database there."


if __name__ == "__main__":
    main()
