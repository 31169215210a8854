"""Governance scenarios of the reference that are about pages: what a page costs when there is much on it."""

from dataclasses import replace
from time import process_time

import pytest

from manyhands import acts, who
from manyhands.people.models import Patient
from tests import small_records
from tests.cast import MATRON, TEAM, VISIT, agrees, consents, proposes, reports_on, takes_on
from tests.workspace.reading import queries_of, text_of
from tests.workspace.test_groups import gathers

EVERYBODY = tuple(f"patient-{number}" for number in range(300))
DECISIONS = tuple(f"decision-{number}" for number in range(20))
SECONDS = 1.0
"""
What a page may cost this machine with three hundred people and twenty decisions behind it. Half a second is a page that
people call quick; twice that leaves room for the tests' own checking, and still fails for anything that looks at each
person once for each person (300 × 300 × 20 lines are some 20 s).
"""


@pytest.fixture
def much(story, store, settings):
    """Three hundred people in a group, and twenty decisions about them, each reported on for all but the last."""
    small_records.settle(settings, store)
    Patient.objects.bulk_create(Patient(id=each, record=each, family_name="Many") for each in EVERYBODY)
    story.happened(_gathers(EVERYBODY[:1]), *_decides(DECISIONS[0], EVERYBODY[:1]))
    return story


def _gathers(patients):
    def doing(story):
        one = gathers("asha", "ruth")(story)
        included = tuple(
            acts.Included(patient=who.Patient(each), because=acts.Words("Many conditions")) for each in patients
        )
        return replace(one, patients=included, rule=replace(one.rule, found=300))

    return doing


def _decides(decision, patients):
    follows = replace(VISIT, responsibility=who.Responsibility(f"r-{decision}"))
    yield proposes("carol", decision, follows=(follows,)).but(group=who.Group("frail"))
    yield from (consents(person, decision) for person in ("asha", "carol", "dev"))
    yield agrees("asha", decision)
    yield takes_on("carol", f"r-{decision}")
    yield reports_on("carol", *patients, responsibility=f"r-{decision}").speaking_as(MATRON)


ADDRESSES = (
    "",
    "groups",
    "groups/frail",
    f"people/{EVERYBODY[0]}",
    f"responsibilities/r-{DECISIONS[0]}",
    f"proposals/{DECISIONS[0]}",
    f"proposals/{DECISIONS[0]}/review",
)


def test_three_hundred_people_and_twenty_decisions(much):
    """As many queries as for one person and one decision, and within the time that a page may take."""
    browser = much.as_("carol")
    few = {address: queries_of(browser, f"/teams/{TEAM}/{address}") for address in ADDRESSES}

    much.happened(_gathers(EVERYBODY))
    for decision in DECISIONS[1:]:
        much.happened(*_decides(decision, EVERYBODY[:-1]))

    assert {address: queries_of(browser, f"/teams/{TEAM}/{address}") for address in ADDRESSES} == few
    for address in ADDRESSES:
        began = process_time()
        page = browser.get(f"/teams/{TEAM}/{address}")
        assert process_time() - began < SECONDS, address
        assert page.status_code == 200
    assert "299 of 300 done · 1 not started" in text_of(browser.get(f"/teams/{TEAM}/groups/frail"))
