"""
The questions that a store is asked, in SQL. Each takes a list of keys ($keys) and is answered once for all of them.

**Contacts that count** are those of a known person that were not planned, cancelled or entered in error, and are not
part of another contact that is in the store: a stay and its parts are one contact.
"""

from __future__ import annotations

NOT_COUNTED = ("planned", "cancelled", "entered-in-error")

COUNTING = f"""
CREATE VIEW counting_contacts AS
SELECT contact, patient, organisation, practitioner, team, activity, sequence, started_at, ended_at, class, ordinal
FROM contacts
WHERE patient IS NOT NULL AND part_of IS NULL AND coalesce(status, '') NOT IN {NOT_COUNTED}
"""

PROFESSIONALS = """
CREATE VIEW professionals AS
SELECT practitioner, name, profession FROM practitioners
UNION ALL SELECT practitioner_role, NULL, role FROM practitioner_roles WHERE practitioner IS NULL
"""
"""Everyone whose key is in contacts.practitioner: a post that names nobody stands for whoever holds it."""

VIEWS = (COUNTING, PROFESSIONALS)

LAST_CONTACT = "SELECT CAST(max(started_at) AS DATE) AS day FROM visits"

SOURCES = "SELECT source, load, digest, bytes, outcome, resources, set_aside FROM sources ORDER BY ordinal"

_WANTED = """
wanted AS (
    SELECT DISTINCT coalesce(a.known_as, k.key) AS patient
    FROM (SELECT unnest(CAST($keys AS VARCHAR[])) AS key) k LEFT JOIN also_known_as a ON k.key = a.key
)
"""

KNOWN_AS = """
SELECT k.key, coalesce(a.known_as, k.key) AS known_as
FROM (SELECT DISTINCT unnest(CAST($keys AS VARCHAR[])) AS key) k LEFT JOIN also_known_as a ON k.key = a.key
"""

PATIENTS = f"""
WITH {_WANTED}
SELECT p.patient, p.nhs_number, p.nhs_number_state, p.family_name, p.given_names, p.gender, p.born_on, p.deceased,
       p.died_at, p.postcode, p.ethnicity, p.language, p.communication_need, p.deprivation_decile,
       p.general_practice, o.name
FROM patients p LEFT JOIN organisations o ON p.general_practice = o.organisation
WHERE p.patient IN (SELECT patient FROM wanted) ORDER BY p.patient
"""

CONTACTS = f"""
WITH {_WANTED}
SELECT c.contact, c.patient, c.started_at, c.ended_at, c.organisation, o.name, c.organisation_from, c.practitioner,
       coalesce(r.name, CASE WHEN NOT regexp_matches(c.practitioner_as_given, '[/?]') THEN c.practitioner_as_given END),
       r.profession, c.class, c.type, c.reason, c.status, c.part_of
FROM contacts c
LEFT JOIN organisations o ON c.organisation = o.organisation
LEFT JOIN professionals r ON c.practitioner = r.practitioner
WHERE c.patient IN (SELECT patient FROM wanted)
  AND ($since IS NULL OR c.started_at >= CAST($since AS TIMESTAMPTZ))
  AND ($until IS NULL OR c.started_at < CAST($until AS TIMESTAMPTZ))
ORDER BY c.patient, c.started_at NULLS LAST, c.ordinal
"""

CONDITIONS = f"""
WITH {_WANTED}
SELECT condition, patient, system, code, display, snomed_code, icd10_code, onset_on, abated_on, clinical_status,
       verification_status
FROM conditions WHERE patient IN (SELECT patient FROM wanted) ORDER BY patient, onset_on NULLS LAST, condition
"""

REFERRALS = f"""
WITH {_WANTED}
SELECT r.referral, r.patient, r.asked_at, r.status, r.priority, r.service, r.reason, r.from_organisation, f.name,
       r.to_organisation, t.name, r.requester_as_given, r.performer_as_given, r.seen_at, r.days_waiting
FROM referrals r
LEFT JOIN organisations f ON r.from_organisation = f.organisation
LEFT JOIN organisations t ON r.to_organisation = t.organisation
WHERE r.patient IN (SELECT patient FROM wanted) ORDER BY r.patient, r.asked_at NULLS LAST, r.referral
"""

CARE_TEAMS = f"""
WITH {_WANTED}, names AS (
    SELECT practitioner AS key, name FROM practitioners WHERE name IS NOT NULL
    UNION ALL SELECT organisation, name FROM organisations
    UNION ALL SELECT care_team, name FROM care_teams
    UNION ALL SELECT related_person, name FROM related_persons
    UNION ALL SELECT patient, concat_ws(' ', given_names, family_name) FROM patients
    UNION ALL SELECT r.practitioner_role, coalesce(p.name, r.role)
        FROM practitioner_roles r LEFT JOIN practitioners p USING (practitioner)
)
SELECT t.care_team, t.patient, t.name, t.status, t.category,
       coalesce(list({{'member': m.member, 'member_type': m.member_type, 'member_as_given': m.member_as_given,
                       'name': n.name, 'role': m.role}} ORDER BY m.position) FILTER (m.care_team IS NOT NULL), [])
           AS members
FROM care_teams t
LEFT JOIN care_team_members m ON t.care_team = m.care_team
LEFT JOIN names n ON m.member = n.key
WHERE t.patient IN (SELECT patient FROM wanted)
GROUP BY ALL ORDER BY t.patient, t.care_team
"""

ORGANISATIONS = """
SELECT organisation, name, ods_code, type, part_of, known_from FROM organisations ORDER BY name NULLS LAST, organisation
"""

PRACTITIONERS = """
WITH posts AS (
    SELECT coalesce(practitioner, practitioner_role) AS practitioner, organisation, count(*) AS times
    FROM practitioner_roles WHERE organisation IS NOT NULL GROUP BY ALL
), met AS (
    SELECT p.practitioner, c.organisation, count(*) AS times
    FROM contact_practitioners p JOIN contacts c USING (contact)
    WHERE p.practitioner IS NOT NULL AND c.organisation IS NOT NULL
      AND p.practitioner NOT IN (SELECT practitioner FROM posts) GROUP BY ALL
), places AS (
    SELECT practitioner, list(organisation ORDER BY times DESC, organisation) AS organisations
    FROM (FROM posts UNION ALL FROM met) GROUP BY practitioner
)
SELECT p.practitioner, p.name, p.profession, coalesce(l.organisations, []) AS organisations
FROM professionals p LEFT JOIN places l USING (practitioner) ORDER BY p.name NULLS LAST, p.practitioner
"""

KNOWN_BY = f"""
WITH {_WANTED}, met AS (
    SELECT c.contact, c.patient, c.organisation, c.started_at, c.practitioner
    FROM counting_contacts c WHERE c.practitioner IS NOT NULL
    UNION
    SELECT c.contact, c.patient, c.organisation, c.started_at, p.practitioner
    FROM counting_contacts c JOIN contact_practitioners p ON c.contact = p.contact WHERE p.practitioner IS NOT NULL
)
SELECT patient, practitioner, organisation, count(*) AS contacts, max(started_at) AS last_at
FROM met
WHERE patient IN (SELECT patient FROM wanted)
  AND ($whom IS NULL OR list_contains(CAST($whom AS VARCHAR[]), practitioner))
  AND ($since IS NULL OR started_at >= CAST($since AS TIMESTAMPTZ))
  AND ($until IS NULL OR started_at < CAST($until AS TIMESTAMPTZ))
GROUP BY ALL ORDER BY patient, practitioner, organisation
"""
