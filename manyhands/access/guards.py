"""
What the database itself refuses: of the log of reads anything but one more sight, after the last of its team; of
agreements and wishes, anything but one more.
"""

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

WISHES = (
    *(
        Guard(f"access_{table}_{name}", f"access_{table}", event, f"{what} {says}")
        for table, what in (("agreement", "a sharing agreement"), ("wish", "what a patient has said"))
        for name, event, says in (("never_changes", "UPDATE", "never changes"), ("never_goes", "DELETE", "is kept"))
    ),
)

GLASS = tuple(
    Guard(f"access_{table}_{name}", f"access_{table}", event, f"{what} {says}")
    for table, what in (
        ("brokenglass", "a broken glass"),
        ("glassreview", "the review of a broken glass"),
        ("emergencynote", "an emergency note"),
    )
    for name, event, says in (("never_changes", "UPDATE", "never changes"), ("never_goes", "DELETE", "is kept"))
)

GUARDS = (*READS, *WISHES, *GLASS)
