"""
What the database itself refuses: of the log of reads anything but one more sight, after the last of its team; of
agreements, wishes, broken glass, its reviews and emergency notes anything but one more. A text about a patient can be
erased, and nothing else, once an act of its team says that their record is removed.
"""

from manyhands.acts import WITHHELD
from manyhands.triggers import Guard

DOES_NOT_FOLLOW = """
    NEW.number <> 1 + COALESCE((SELECT MAX(number) FROM access_sight WHERE team = NEW.team), 0)
    OR NEW.previous <> COALESCE(
        (SELECT digest FROM access_sight WHERE team = NEW.team AND number = NEW.number - 1),
        '0000000000000000000000000000000000000000000000000000000000000000')
"""

READS = (
    Guard(
        "access_sight_follows",
        "access_sight",
        "INSERT",
        "a sight in the log of reads follows the last one of its team",
        DOES_NOT_FOLLOW,
    ),
    Guard("access_sight_never_changes", "access_sight", "UPDATE", "a sight in the log of reads never changes"),
    Guard("access_sight_never_goes", "access_sight", "DELETE", "a sight in the log of reads is never deleted"),
)

TEXTS = {
    "access_wish": ("because", "OLD.team", "OLD.patient", "what a patient has said"),
    "access_brokenglass": ("because", "OLD.team", "OLD.patient", "a broken glass"),
    "access_glassreview": (
        "because",
        "(SELECT team FROM access_brokenglass WHERE id = OLD.glass_id)",
        "(SELECT patient FROM access_brokenglass WHERE id = OLD.glass_id)",
        "the review of a broken glass",
    ),
    "access_emergencynote": (
        "words",
        "(SELECT team FROM access_brokenglass WHERE id = OLD.glass_id)",
        "OLD.patient",
        "an emergency note",
    ),
}
"""For each table with a text about one patient: where the text is, in which team it is and about whom, and its name."""

COLUMNS = {
    "access_wish": "id kind patient team person roles until_at ends by in_role at",
    "access_brokenglass": "id team patient person role organisation reason at until_at review_by",
    "access_glassreview": "glass_id found by at",
    "access_emergencynote": "id glass_id patient at",
}
"""The other columns of each."""

ABOUT = {"sqlite": "json_extract(payload, '$.act.about')", "postgresql": "payload::jsonb -> 'act' ->> 'about'"}
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def guards(vendor: str) -> tuple[Guard, ...]:
    """All of them, in the words of one kind of database."""
    return (
        *READS,
        Guard("access_agreement_never_changes", "access_agreement", "UPDATE", "a sharing agreement never changes"),
        Guard("access_agreement_never_goes", "access_agreement", "DELETE", "a sharing agreement is kept"),
        *(guard for table in TEXTS for guard in _of_a_text(table, vendor)),
    )


def _of_a_text(table: str, vendor: str) -> tuple[Guard, Guard]:
    text, team, patient, called = TEXTS[table]
    other = " OR ".join(f'NEW."{column}" {DIFFERS[vendor]} OLD."{column}"' for column in COLUMNS[table].split())
    not_erasing = f"""
        NEW.{text} <> '{WITHHELD}' OR {other} OR NOT EXISTS (
            SELECT 1 FROM log_entry WHERE team = {team} AND name = 'withhold' AND {ABOUT[vendor]} = {patient})
    """
    says = f"{called} never changes; its words are erased once the record of the patient is removed"
    return (
        Guard(f"{table}_never_changes", table, "UPDATE", says, not_erasing),
        Guard(f"{table}_never_goes", table, "DELETE", f"{called} is kept"),
    )
