"""
The workspace of the demo: accounts for its people, names for everything, and both teams' year through the front door.

Over records that are not ours (`ours` false) the same people decide about groups found in those records; nothing made
up is then said about anybody in them: no responsibility names one of them, and nobody's wishes are invented.
"""

from datetime import date

from django.contrib.auth.hashers import make_password

from demo import groups, larkfield, papers, place, priory_end
from demo.acts import Telling
from demo.groups import Chosen, OnTheList
from demo.place import ESI, LARKFIELD_TEAM, PRIORY_TEAM, TEAMS, UCHE, NeighbourhoodTeam, Practitioner
from demo.telling import tell_everybody
from joinedup.records.store import Store
from manyhands import who
from manyhands.exchange.records import put_on_file
from manyhands.exchange.records.opening import opened
from manyhands.log.record import record
from manyhands.people.models import Organisation, Patient, Person, Role, Team
from manyhands.people.second_wall import opened_for_the_site

PASSWORD = "many hands, light work"
CONVENED, JOINED, LISTED, FIRST_SEARCH, SECOND_SEARCH = 352, 349, 341, 206, 38
"""How many days ago the teams were convened, came together, and gathered their groups."""

PRIVACY_OFFICER = UCHE
PEOPLE: tuple[Practitioner, ...] = (*dict.fromkeys(p for team in TEAMS for p in team.members), ESI)
"""Everybody with an account: the members of the teams, and Esi, who is in neither."""

WHAT_MATTERS = (
    "To stay in this house, with the garden door open when it is warm.",
    "The dog. Whatever is arranged, the dog comes too.",
    "To hear the cricket on the wireless and not be talked over.",
    "That my daughter gets her Saturdays back.",
    "To walk to the corner shop and pay for my own paper.",
    "Not to be moved again. I have been moved four times this year.",
    "Being asked, and not told. I ran a ward for thirty years.",
    "My prayers at the proper times, and food I know.",
    "To be at my grandson's wedding in June, in a proper hat.",
    "That somebody writes down what was said, because I forget and then I worry.",
    "To sleep through the night, both of us.",
    "My allotment. If I cannot dig I can tell others where to.",
    "No more hospitals unless it is something they can mend.",
    "Speaking my own language with somebody once a week.",
    "To be clean and to smell nice. It is a small thing and it is everything.",
    "That the carers shut the gate, so that the tortoise does not get out.",
)
"""What some of the people looked after have said matters to them."""


def furnish(today: date, *, ours: bool) -> None:
    """
    Fill an empty database over the records loaded at `settings.RECORDS`: accounts, names, groups, a year of acts that
    ends the day before `today`, and what people were told of it in its last days. Raises `log.Refused` if the rules are
    against any of them.
    """
    name_everything(ours=ours)
    open_accounts()
    for team, year in ((PRIORY_TEAM, _priory_end), (LARKFIELD_TEAM, _larkfield)):
        say = Telling(team, today)
        year(say, ours)
        record(*say.in_order())
    tell_everybody(today)


def open_accounts() -> None:
    """
    An account for each, for the organisation that they work for, which is there already. All have the same password;
    it is worked into a digest once, since that is made slow.
    """
    digest = make_password(PASSWORD)
    Person.objects.bulk_create(
        Person(
            id=one.key,
            email=one.email,
            name=one.name,
            profession=one.profession.capitalize(),
            record=f"Practitioner/{one.key}",
            password=digest,
            is_privacy_officer=one == PRIVACY_OFFICER,
        )
        for one in PEOPLE
    )
    works_for = Person.organisations.through
    works_for._default_manager.bulk_create(
        works_for(person_id=one.key, organisation_id=one.organisation) for one in PEOPLE
    )


def name_everything(*, ours: bool) -> None:
    """
    What organisations, teams and roles are called. Only our own records know the organisations; over others, those of
    the teams stand in for a share of the organisations there, so that there is somebody to be found.
    """
    keys = {one.key: f"Organization/{one.key}" for one in place.ORGANISATIONS} if ours else _stood_in_for()
    Organisation.objects.bulk_create(
        Organisation(
            id=one.key,
            name=one.name,
            sector=one.sector.says,
            ods_code="" if one.sector in place.NOT_IN_ODS else one.code,
            record=keys.get(one.key, ""),
        )
        for one in place.ORGANISATIONS
    )
    Team.objects.bulk_create(Team(id=team.key, name=team.name, place=place.NAME) for team in TEAMS)
    Role.objects.bulk_create(
        Role(id=seat.role, team_id=team.key, title=seat.title) for team in TEAMS for seat in team.seats
    )


def _stood_in_for() -> dict[str, str]:
    """The organisations of records that are not ours, dealt out to those of our teams: their keys, one to a line."""
    busiest = opened().query(
        "SELECT organisation FROM contacts WHERE organisation IS NOT NULL"
        " GROUP BY organisation ORDER BY count(DISTINCT patient) DESC, organisation"
    )
    keys = busiest.column("organisation").to_pylist()
    in_a_team = list(dict.fromkeys(seat.organisation for team in TEAMS for seat in team.seats))
    return {one: "\n".join(keys[number :: len(in_a_team)]) for number, one in enumerate(in_a_team)}


# ---- the two years -----------------------------------------------------------------------------------------------


def _priory_end(say: Telling, ours: bool) -> None:
    patients = _begin(say, priory_end.LIST, "On the Priory End list", priory_end.PRACTICES, ours)
    group = priory_end.LIST if patients is not None else None
    _search(say, FIRST_SEARCH, priory_end.IN_PIECES, "Care in pieces, Priory End and Millgate", priory_end.PRACTICES)
    pieces = _search(
        say, SECOND_SEARCH, priory_end.IN_PIECES, "Care in pieces, Priory End and Millgate", priory_end.PRACTICES
    )
    for season in (priory_end.winter, priory_end.spring, priory_end.summer):
        season(say, group)
    for paper in (papers.one_name, papers.memory_clinic, papers.leading):
        paper(say)
    named = patients if patients and ours else []
    priory_end.autumn(say, group, priory_end.IN_PIECES if pieces else None, named)


def _larkfield(say: Telling, ours: bool) -> None:
    patients = _begin(say, larkfield.LIST, "On the Larkfield list", larkfield.PRACTICES, ours)
    group = larkfield.LIST if patients is not None else None
    pieces = _search(say, SECOND_SEARCH, larkfield.IN_PIECES, "Care in pieces, Larkfield", larkfield.PRACTICES)
    for season in (larkfield.winter, larkfield.spring, larkfield.summer):
        season(say, group)
    papers.larkfields(say)
    named = patients if patients and ours else []
    larkfield.autumn(say, group, larkfield.IN_PIECES if pieces else None, named)


def _begin(say: Telling, group: str, called: str, practices: tuple[str, ...], ours: bool) -> list[who.Patient] | None:
    """The team comes together and gathers whom it looks after; gives who is on its list now, None without a list."""
    say.on(CONVENED)
    say.convenes()
    say.on(JOINED, 8)
    say.everybody_joins()
    store = opened()
    listed = groups.the_list(store, say.team)
    if any(_was_on(each, say.in_days(-LISTED)) for each in listed):
        patients = _list(say, group, called, store, listed)
        _say_what_matters(patients, say.team)
        return patients
    looser = 0 if ours else 2  # a second group, of other people than the one in pieces, as far as that can be
    chosen = groups.in_pieces(
        store, say.in_days(-LISTED), _keys(practices), _team_of(say), looser=looser, half=_half(say)
    )
    return None if chosen is None else _gather(say, LISTED, group, called, chosen)


def _list(say: Telling, group: str, called: str, store: Store, listed: tuple[OnTheList, ...]) -> list[who.Patient]:
    """Gather those on the team's list, then add and let go whoever came and went since, on the day they did."""
    coordinator = say.team.seats[0].holder
    begun = say.in_days(-LISTED)
    on_file = put_on_file([each.record for each in listed])
    there = [each for each in listed if _was_on(each, begun)]
    say.on(LISTED)
    rule = groups.list_rule(store, say.team, there, begun)
    people = [(on_file[each.record], f"On the team's list since {_spoken(each.since)}.") for each in there]
    say.gathers(coordinator, group, called, rule, people)
    for each in listed:
        came = each.since > begun
        if came and each.since < say.today:
            say.on_day(each.since)
            say.includes(
                coordinator, group, on_file[each.record], "Referred by their practice; agreed on the weekly call."
            )
        if each.until is not None and max(begun, each.since) < each.until < say.today:
            say.on_day(each.until, 16)
            say.releases(coordinator, group, on_file[each.record], f"Died on {_spoken(each.until)}.")
    return [on_file[each.record] for each in listed if each.until is None]


def _was_on(each: OnTheList, day: date) -> bool:
    return each.since <= day and (each.until is None or each.until > day)


def _search(
    say: Telling, days_ago: int, group: str, called: str, practices: tuple[str, ...]
) -> list[who.Patient] | None:
    """Gather whom the search finds on a day, leaving out those on the team's list."""
    store = opened()
    on_list = [each.record for each in groups.the_list(store, say.team) if each.until is None]
    chosen = groups.in_pieces(store, say.in_days(-days_ago), _keys(practices), _team_of(say), on_list, half=_half(say))
    return None if chosen is None else _gather(say, days_ago, group, called, chosen)


def _gather(say: Telling, days_ago: int, group: str, called: str, chosen: Chosen) -> list[who.Patient]:
    on_file = put_on_file([key for key, _ in chosen.people])
    people = [(on_file[key], because) for key, because in chosen.people]
    say.on(days_ago, 11)
    say.gathers(say.team.seats[0].holder, group, called, chosen.rule, people)
    return [patient for patient, _ in people]


def _team_of(say: Telling) -> frozenset[who.Organisation]:
    """The organisations of the team."""
    return frozenset(who.Organisation(seat.organisation) for seat in say.team.seats)


def _half(say: Telling) -> int:
    return TEAMS.index(say.team)


def _keys(practices: tuple[str, ...]) -> list[str]:
    return [f"Organization/{practice}" for practice in practices]


def _say_what_matters(patients: list[who.Patient], team: NeighbourhoodTeam) -> None:
    """Each team's first people have said what matters to them; the rest have not been asked yet."""
    lines = WHAT_MATTERS[::2] if team == PRIORY_TEAM else WHAT_MATTERS[1::2]
    with opened_for_the_site():
        rows = {row.id: row for row in Patient.objects.filter(id__in=patients[: len(lines)])}
        for patient, words in zip(patients, lines, strict=False):
            rows[patient].what_matters = words
        Patient.objects.bulk_update(rows.values(), ["what_matters"])


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
