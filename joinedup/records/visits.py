"""
The contacts that count, as rows of small numbers in the order that measures need: each person's together, in time.

Measures are worked out from these rows alone, so that a country's contacts are a few bytes each and nobody has to sort
them again. What a number stands for is in `numbers`.

A contact is with a *team* when the record says so; else, when the professional is in the team on whose list the person
is: both are in care teams of the same name.
"""

from __future__ import annotations

from joinedup.records.questions import COUNTING, PROFESSIONALS

_LISTS = """
CREATE TABLE team_lists AS
WITH members AS (
    SELECT DISTINCT t.name, coalesce(r.practitioner, m.member, m.member_text) AS practitioner
    FROM care_teams t JOIN care_team_members m USING (care_team)
    LEFT JOIN practitioner_roles r ON m.member = r.practitioner_role
    WHERE t.name IS NOT NULL AND m.member_type IN ('Practitioner', 'PractitionerRole')
)
SELECT t.patient, m.practitioner, min(t.name) AS team
FROM (SELECT DISTINCT patient, name FROM care_teams WHERE patient IS NOT NULL) t JOIN members m ON t.name = m.name
GROUP BY t.patient, m.practitioner
"""

_KEYED = """
CREATE TABLE keyed_visits AS
SELECT p.number AS patient, c.started_at, c.sequence, c.ordinal AS read_as, c.practitioner,
       coalesce(c.team, l.team) AS team, c.organisation, o.sector, w.profession, c.activity
FROM counting_contacts c
JOIN patients p ON c.patient = p.patient
LEFT JOIN organisations o ON c.organisation = o.organisation
LEFT JOIN professionals w ON c.practitioner = w.practitioner
LEFT JOIN team_lists l ON c.patient = l.patient AND c.practitioner = l.practitioner
"""


def _met_most(level: str, within: str) -> str:
    """For each key of a level, the one at another level that its contacts are with most; ties: the first in order."""
    return f"""
SELECT {level} AS key, {within} AS within FROM keyed_visits WHERE {level} IS NOT NULL AND {within} IS NOT NULL
GROUP BY {level}, {within} QUALIFY row_number() OVER (PARTITION BY {level} ORDER BY count(*) DESC, {within}) = 1
"""


_NUMBERS = f"""
CREATE TABLE numbers AS
WITH named AS (
    SELECT 'practitioner' AS level, practitioner AS key, any_value(name) AS name FROM professionals GROUP BY 2
    UNION ALL SELECT 'organisation', organisation, any_value(name) FROM organisations GROUP BY 2
    UNION ALL SELECT DISTINCT 'team', team, team FROM keyed_visits WHERE team IS NOT NULL
    UNION ALL SELECT DISTINCT 'sector', sector, sector FROM organisations WHERE sector IS NOT NULL
    UNION ALL SELECT DISTINCT 'profession', profession, profession FROM professionals WHERE profession IS NOT NULL
    UNION ALL SELECT DISTINCT 'activity', activity, activity FROM keyed_visits WHERE activity IS NOT NULL
), numbered AS (
    SELECT *, CAST(row_number() OVER (PARTITION BY level ORDER BY key) - 1 AS INTEGER) AS number FROM named
), met AS (
    SELECT 'practitioner' AS level, * FROM ({_met_most("practitioner", "organisation")})
    UNION ALL SELECT 'team', * FROM ({_met_most("team", "organisation")})
    UNION ALL SELECT 'organisation', organisation, sector FROM organisations
)
SELECT n.level, n.number, n.key, n.name, w.number AS within
FROM numbered n LEFT JOIN met m ON n.level = m.level AND n.key = m.key
LEFT JOIN numbered w ON m.within = w.key
    AND w.level = CASE WHEN n.level = 'organisation' THEN 'sector' ELSE 'organisation' END
"""

LEVELS = ("practitioner", "team", "organisation", "sector", "profession", "activity")

_NUMBERED = " ".join(
    f"LEFT JOIN numbers {level}_ ON {level}_.level = '{level}' AND v.{level} = {level}_.key" for level in LEVELS
)

_VISITS = f"""
CREATE TABLE visits AS
SELECT row_number() OVER (ORDER BY v.patient, v.started_at NULLS LAST, v.sequence NULLS LAST, v.read_as) - 1
           AS ordinal, v.patient, v.started_at, {", ".join(f"{level}_.number AS {level}" for level in LEVELS)}
FROM keyed_visits v
{_NUMBERED}
"""

STATEMENTS = (COUNTING, PROFESSIONALS, _LISTS, _KEYED, _NUMBERS, _VISITS)
"""Run in this order on the finished tables."""
