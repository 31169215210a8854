"""The cast, and what is in the records on purpose."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from demo import neighbourhood, place
from demo.place import LARKFIELD_TEAM, NAMED, ORGANISATIONS, PRIORY_TEAM, TEAMS, Sector
from tests.demo.conftest import Export, answers

NOT_COMMUNITY_OR_SOCIAL = {Sector.GENERAL_PRACTICE, Sector.ACUTE, Sector.PHARMACY}
SECTOR = {one.key: one.sector for one in ORGANISATIONS}


def test_the_neighbourhood_has_about_twelve_organisations_of_every_sector() -> None:
    assert 11 <= len(ORGANISATIONS) <= 14
    assert {one.sector for one in ORGANISATIONS} == set(Sector)
    assert len({one.key for one in ORGANISATIONS} | {one.code for one in ORGANISATIONS}) == 2 * len(ORGANISATIONS)


def test_about_150_people_of_many_professions_work_there() -> None:
    there = neighbourhood.hathermere()
    professions = defaultdict(set)
    for person in there.practitioners:
        professions[person.organisation].add(person.profession)

    assert 140 <= len(there.practitioners) <= 165
    assert len({person.key for person in there.practitioners}) == len(there.practitioners)
    assert len(professions[place.COMMUNITY]) > 10
    assert len(professions[place.HOSPITAL]) > 10
    assert set(NAMED) <= set(there.practitioners)
    assert all(re.fullmatch(r"[a-z.-]+@example\.org", person.email) for person in there.practitioners)


def test_the_teams_come_from_seven_organisations_or_more_and_esi_is_in_neither() -> None:
    members = [person for team in TEAMS for person in team.members]

    assert len(set(members)) >= 20
    assert len({person.organisation for person in members}) >= 7
    assert place.ESI not in members
    assert PRIORY_TEAM.seats[0].holder == place.ASHA
    assert PRIORY_TEAM.seats[0].deputies == (place.BEN,)


def test_every_seat_is_held_and_deputised_for_by_people_of_its_own_organisation() -> None:
    for team in TEAMS:
        assert len({seat.role for seat in team.seats}) == len(team.seats)
        for seat in team.seats:
            assert {person.organisation for person in (seat.holder, *seat.deputies)} == {seat.organisation}, seat.role


def test_other_neighbourhoods_share_trusts_and_have_their_own_practices() -> None:
    third, another = neighbourhood.neighbourhood(2011, 3), neighbourhood.neighbourhood(2011, 14)
    third_keys = {one.key for one in third.organisations}

    assert {place.HOSPITAL, place.SOCIAL_CARE, place.COMMUNITY} <= third_keys
    assert not third_keys & {place.PRIORY_END, place.GOOD_NEIGHBOURS}
    assert not {one.key for one in another.organisations} & third_keys
    assert {area.practice for area in another.areas} <= {one.key for one in another.organisations}


def team_lists(export: Export) -> dict[str, list[str]]:
    """Who is on each team's list, among those alive."""
    alive = {one["id"] for one in export.of("Patient") if "deceasedDateTime" not in one}
    found = defaultdict(list)
    for one in export.of("CareTeam"):
        if answers(one["subject"]) in alive:
            found[one["identifier"][0]["value"]].append(answers(one["subject"]))
    return found


def known_to(export: Export) -> dict[str, set[str]]:
    """For each person: the professionals of the community and social side whom they met in the last year."""
    found = defaultdict(set)
    for one in export.of("Encounter"):
        community = SECTOR[answers(one["serviceProvider"])] not in NOT_COMMUNITY_OR_SOCIAL
        if community and one["period"]["start"] > "2025-10-31":
            found[answers(one["subject"])].add(answers(one["participant"][0]["individual"]))
    return found


def test_priory_end_depends_on_one_person_and_larkfield_does_not(hathermere: Export) -> None:
    lists, known = team_lists(hathermere), known_to(hathermere)

    priory, larkfield = lists[PRIORY_TEAM.key], lists[LARKFIELD_TEAM.key]
    only_asha = sum(known[person] == {place.ASHA.key} for person in priory)
    only_one = Counter(next(iter(known[person])) for person in larkfield if len(known[person]) == 1)
    shared = Counter(key for person in larkfield for key in known[person])

    assert 30 <= len(priory) <= 80
    assert 20 <= len(larkfield) <= 80
    assert only_asha / len(priory) > 0.7
    assert sum(only_one.values()) / len(larkfield) < 0.1
    assert all(shared[who.key] < 0.9 * len(larkfield) for who in neighbourhood.hathermere().circle)
    assert len([key for key, number in shared.items() if number > 0.3 * len(larkfield)]) >= 5


def older_with_many_organisations(export: Export) -> dict[str, list[str]]:
    """People of 65 or over with four illnesses or more: the organisations they met, contact by contact."""
    illnesses = defaultdict(set)
    for one in export.of("Condition"):
        illnesses[answers(one["subject"])].add(one["code"]["coding"][0]["code"])
    complex_needs = {
        one["id"] for one in export.of("Patient") if one["birthDate"] <= "1961-10-31" and len(illnesses[one["id"]]) >= 4
    }
    contacts = defaultdict(list)
    for one in sorted(export.of("Encounter"), key=lambda one: str(one["period"]["start"])):
        person = answers(one["subject"])
        if person in complex_needs and one["period"]["start"] > "2024-10-31":
            contacts[person].append(answers(one["serviceProvider"]))
    return contacts


def test_some_older_peoples_care_is_in_pieces_and_some_peoples_is_not(hathermere: Export) -> None:
    contacts = older_with_many_organisations(hathermere)

    in_pieces = [
        person
        for person, seen in contacts.items()
        if len(set(seen)) >= 5 and sum(one != after for one, after in pairwise(seen)) >= len(seen) * 0.5
    ]
    together = [person for person, seen in contacts.items() if Counter(seen).most_common(1)[0][1] >= 0.8 * len(seen)]

    assert 20 <= len(in_pieces) <= 120
    assert len(together) >= 40


def test_in_pieces_means_refused_and_referred_again(hathermere: Export) -> None:
    asked = Counter((answers(one["subject"]), one["code"]["text"]) for one in hathermere.of("ServiceRequest"))
    refused = [one for one in hathermere.of("Task") if one["status"] == "rejected"]

    assert sum(times >= 3 for times in asked.values()) >= 10
    assert len(refused) >= 100
    assert all(one["statusReason"]["text"] for one in refused)


def fifth_of(export: Export) -> dict[str, int]:
    return {
        one["id"]: (extension["valueInteger"] + 1) // 2
        for one in export.of("Patient")
        for extension in one["extension"]
        if extension["url"].endswith("deprivation-decile")
    }


def test_everybody_lives_in_a_deprivation_fifth_and_all_five_are_lived_in(hathermere: Export) -> None:
    fifths = Counter(fifth_of(hathermere).values())

    assert set(fifths) == {1, 2, 3, 4, 5}
    assert sum(fifths.values()) == 3000


def test_what_was_agreed_is_carried_out_less_in_the_more_deprived_fifths(hathermere: Export) -> None:
    fifth, done, ended = fifth_of(hathermere), Counter[int](), Counter[int]()
    for one in hathermere.of("Task"):
        if one["intent"] == "plan" and one["status"] in ("completed", "failed"):
            ended[fifth[answers(one["for"])]] += 1
            done[fifth[answers(one["for"])]] += one["status"] == "completed"

    shares = {each: done[each] / ended[each] for each in range(1, 6)}
    assert all(abs(shares[each] - expected) < 0.08 for each, expected in enumerate((0.73, 0.76, 0.82, 0.82, 0.85), 1))
    assert shares[1] < shares[3]
    assert shares[1] < shares[5]


def test_people_in_the_most_deprived_fifth_wait_longer(hathermere: Export) -> None:
    fifth = fifth_of(hathermere)
    asked = {one["id"]: one for one in hathermere.of("ServiceRequest")}
    waits = defaultdict(list)
    for one in hathermere.of("Encounter"):
        for request in one.get("basedOn", ()):
            referral = asked[answers(request)]
            days = (int(one["period"]["start"][:4]) - int(referral["authoredOn"][:4])) * 365 + (
                int(one["period"]["start"][5:7]) - int(referral["authoredOn"][5:7])
            ) * 30
            assert one["period"]["start"][:10] >= referral["authoredOn"][:10]
            waits[fifth[answers(one["subject"])]].append(days)

    def usual(days: list[int]) -> float:
        return sum(days) / len(days)

    assert usual(waits[1]) > usual(waits[5])


def test_people_fall_and_are_admitted(hathermere: Export) -> None:
    classes = Counter(one["class"]["code"] for one in hathermere.of("Encounter"))
    fallen = [
        one
        for one in hathermere.of("Encounter")
        if one["class"]["code"] == "EMER" and one["reasonCode"][0]["coding"][0]["code"] == "161898004"
    ]

    assert classes["IMP"] > 200
    assert len(fallen) > 80
    assert all(one["period"]["end"] for one in hathermere.of("Encounter") if one["status"] == "finished")


def test_needs_for_help_with_communication_are_recorded(hathermere: Export) -> None:
    interpreter = [one for one in hathermere.of("Patient") if one.get("communication")]

    assert len(interpreter) > 30
    assert any("hearing" in one["code"]["text"] for one in hathermere.of("Flag"))
    assert any("large print" in one["code"]["text"] for one in hathermere.of("Flag"))
