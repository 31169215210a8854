"""What has happened to one person, as far as the records know: contacts, conditions, referrals with waits, teams."""

from dataclasses import dataclass

from joinedup.records.questions import NOT_COUNTED
from joinedup.records.rows_out import CareTeamRecord, ConditionRecord, ContactRecord, ReferralRecord
from manyhands import who
from manyhands.exchange.records.opening import opened
from manyhands.exchange.records.patients import records_of

OVER = frozenset({"resolved", "inactive", "remission"})
NEVER_TRUE = frozenset({"refuted", "entered-in-error"})


@dataclass(frozen=True, slots=True)
class CareStory:
    """
    A person's care. `contacts` are those that count, oldest first: not those planned or cancelled, nor the parts of
    another. `conditions` are those not refuted; `over` those of them that have ended.
    """

    contacts: tuple[ContactRecord, ...] = ()
    conditions: tuple[ConditionRecord, ...] = ()
    over: tuple[ConditionRecord, ...] = ()
    referrals: tuple[ReferralRecord, ...] = ()
    care_teams: tuple[CareTeamRecord, ...] = ()


def story_of(patient: who.Patient) -> CareStory:
    """All that the records say of a patient's care. Four queries of the records. Raises NoRecords."""
    store = opened()
    keys = list(records_of([patient], store))
    if not keys:
        return CareStory()
    all_contacts = store.contacts_of(keys)
    there = {contact.contact for contact in all_contacts}
    counting = (c for c in all_contacts if c.status not in NOT_COUNTED and c.part_of not in there)
    said = [c for c in store.conditions_of(keys) if c.verification_status not in NEVER_TRUE]
    return CareStory(
        contacts=tuple(c for c in counting if c.started_at is not None),
        conditions=tuple(c for c in said if not _is_over(c)),
        over=tuple(c for c in said if _is_over(c)),
        referrals=tuple(store.referrals_of(keys)),
        care_teams=tuple(store.care_teams_of(keys)),
    )


def _is_over(condition: ConditionRecord) -> bool:
    return condition.abated_on is not None or condition.clinical_status in OVER
