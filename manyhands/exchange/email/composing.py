"""
What a letter says: how many things wait, a sentence for each notice, and a link to it. There is nothing in it that
anybody wrote but the name of the team, and no link to a patient's page; whoever follows one has to sign in.
"""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from manyhands.notices.kinds import KINDS, Kind, Thing
from manyhands.notices.models import Letter, Notice

STOPPING = "manyhands.notices.stop"
"""What the link that ends e-mail is signed for, so that no other signed thing can be used for it."""

PARTS = {
    Thing.PROPOSAL: "proposal",
    Thing.REVIEW: "proposal",
    Thing.RESPONSIBILITY: "responsibility",
    Thing.MEETING: "meeting",
    Thing.MINUTES: "meeting",
    Thing.MATTER: "matter",
    Thing.PAPER: "paper",
    Thing.POLL: "poll",
}
"""What the identifier of a thing is called in the address of its page; the rest have one page for the whole team."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a letter says, and where it leads."""

    says: str
    address: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Said:
    """All that a letter says. `unsure` is how many letters before it may not have arrived."""

    subject: str
    waiting: int
    teams: tuple[tuple[str, tuple[Line, ...]], ...]
    unsure: int


def address_of(notice: Notice) -> str:
    """The page that a notice leads to, within the site."""
    thing = Thing(notice.thing)
    if thing in (Thing.MY_WORK, Thing.GLASS):
        return reverse(thing.value)
    part = PARTS.get(thing)
    more = {part: notice.which} if part else {}
    changed = "#since-1" if notice.kind == Kind.CHANGED else ""
    return reverse(thing.value, kwargs={"team": notice.team, **more}) + changed


def said_in(letter: Letter, notices: list[Notice], team_names: dict[str, str], unsure: int) -> Said:
    """What a letter says, from the notices in it."""
    by_team = groupby(sorted(notices, key=lambda each: (each.team, each.at, each.id)), key=lambda each: each.team)
    teams = tuple((team_names.get(team, "A team"), tuple(_lines(list(of_team)))) for team, of_team in by_team)
    urgent = any(line.urgent for _, lines in teams for line in lines)
    waits = f"{letter.waiting} {'thing waits' if letter.waiting == 1 else 'things wait'} for you"
    subject = f"{'Urgent: ' if urgent else ''}{waits if letter.waiting else 'what is new'} in Manyhands"
    return Said(subject, letter.waiting, teams, unsure)


def _lines(notices: list[Notice]) -> list[Line]:
    """The urgent first; two of the same about the same thing are one."""
    lines = dict.fromkeys(
        Line(KINDS[Kind(each.kind)].says, address_of(each), KINDS[Kind(each.kind)].urgent) for each in notices
    )
    return sorted(lines, key=lambda line: not line.urgent)


def composed(letter: Letter, notices: list[Notice], team_names: dict[str, str], unsure: int) -> EmailMultiAlternatives:
    """The message, in plain words and as a page of links, with the same Message-ID whenever it is made."""
    said = said_in(letter, notices, team_names, unsure)
    stop = settings.SITE + reverse("stop-notices", kwargs={"token": token_for(letter.person_id)})
    message = EmailMultiAlternatives(
        subject=said.subject,
        body=as_text(said, stop),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.person.email],
        headers={
            "Message-ID": f"<{letter.id}@{_domain()}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    message.attach_alternative(as_html(said, stop), "text/html")
    return message


def _domain() -> str:
    """What stands behind the @ of whom messages are from."""
    return str(settings.DEFAULT_FROM_EMAIL).rstrip(">").rpartition("@")[2] or "localhost"


def token_for(person: str) -> str:
    """Stands for somebody in the link that ends e-mail. It can be used for nothing else."""
    return signing.dumps(person, salt=STOPPING)


def person_of(token: str) -> str | None:
    """Whom such a link is of; nobody, where it was not made here."""
    try:
        return str(signing.loads(token, salt=STOPPING))
    except signing.BadSignature:
        return None


# ---- in plain words ----------------------------------------------------------------------------------------------


def as_text(said: Said, stop: str) -> str:
    parts = [_opening(said)]
    if said.unsure:
        parts.append(_unsure(said.unsure))
    for team, lines in said.teams:
        parts.append(f"{team}\n{'-' * len(team)}")
        parts += [f"{_marked(line)}\n{settings.SITE}{line.address}" for line in lines]
    parts.append(f"{_closing()}\n{settings.SITE}{reverse('my-work')}")
    parts.append(f"Choose what is sent to you, and when:\n{settings.SITE}{reverse('notices')}")
    parts.append(f"No more e-mail:\n{stop}")
    return "\n\n".join(parts) + "\n"


def _opening(said: Said) -> str:
    if not said.waiting:
        return "Nothing waits for you in Manyhands. This is new:"
    return f"{said.waiting} {'thing waits' if said.waiting == 1 else 'things wait'} for you in Manyhands. This is new:"


def _unsure(how_many: int) -> str:
    which = "A message to you" if how_many == 1 else f"{how_many} messages to you"
    return f"{which} may not have arrived. What was in {'it' if how_many == 1 else 'them'} is under Notices."


def _marked(line: Line) -> str:
    return f"URGENT: {line.says}" if line.urgent else line.says


def _closing() -> str:
    return "Everything that waits for you is on My work:"


# ---- as a page of links ------------------------------------------------------------------------------------------


def as_html(said: Said, stop: str) -> SafeString:
    teams = format_html_join("", "<h2>{}</h2><ul>{}</ul>", ((team, _listed(lines)) for team, lines in said.teams))
    return format_html(
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{}</title></head><body>'
        '<h1>{}</h1>{}{}<p><a href="{}">Everything that waits for you is on My work</a></p>'
        '<p><a href="{}">Choose what is sent to you, and when</a>. <a href="{}">No more e-mail</a>.</p>'
        "</body></html>",
        said.subject,
        _opening(said),
        format_html("<p>{}</p>", _unsure(said.unsure)) if said.unsure else "",
        teams,
        settings.SITE + reverse("my-work"),
        settings.SITE + reverse("notices"),
        stop,
    )


def _listed(lines: tuple[Line, ...]) -> SafeString:
    return format_html_join(
        "",
        '<li>{}<a href="{}">{}</a></li>',
        (
            (SafeString("<strong>Urgent:</strong> ") if line.urgent else "", settings.SITE + line.address, line.says)
            for line in lines
        ),
    )
