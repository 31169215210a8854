"""
What no single record says, worked out once all are known: whose organisation, and how long people waited.

The organisation of a contact is, in this order: the one that the record names (serviceProvider); that of the
professional's post; that of the place. A place that nobody manages stands for the organisation of the same name, and
where there is none, for itself, unless it is a home. An organisation or professional that is only referred to is still
somebody: it becomes a row known from 'reference', so that the contact is not lost; and a post that names nobody stands
for whoever holds it. A condition that names a contact and nobody is of the person of that contact.
"""

from __future__ import annotations

_ORGANISATION_TEXT = "^(.*/)?Organization[/?]"
_PRACTITIONER_TEXT = "^(.*/)?Practitioner[/?]"

_NAMED_ORGANISATIONS = """
CREATE TABLE organisation_names AS
SELECT lower(trim(name)) AS name, min(organisation) AS organisation FROM resolved_organisations
WHERE name IS NOT NULL GROUP BY 1 HAVING count(*) = 1
"""

_PLACES = """
CREATE TABLE places AS
SELECT l.location, l.name, coalesce(l.organisation, n.organisation, l.location) AS organisation,
       l.organisation IS NULL AND n.organisation IS NULL AS stands_for_itself
FROM resolved_locations l LEFT JOIN organisation_names n ON lower(trim(l.name)) = n.name
WHERE NOT l.home
"""

_POSTS = """
CREATE TABLE posts AS
SELECT practitioner, min(organisation) AS organisation FROM resolved_practitioner_roles
WHERE practitioner IS NOT NULL AND organisation IS NOT NULL GROUP BY 1 HAVING count(DISTINCT organisation) = 1
"""

_CONTACTS = f"""
CREATE TABLE contacts AS
WITH people AS (
    SELECT c.*,
           coalesce(c.practitioner, pr.practitioner, c.practitioner_role,
                    CASE WHEN regexp_matches(c.practitioner_text, '{_PRACTITIONER_TEXT}') THEN c.practitioner_text END
           ) AS seen,
           coalesce(c.organisation,
                    CASE WHEN regexp_matches(c.organisation_text, '{_ORGANISATION_TEXT}') THEN c.organisation_text
                         WHEN c.organisation_text IS NULL AND c.organisation_as_given IS NOT NULL
                         THEN coalesce(n.organisation, 'Organization?name=' || c.organisation_as_given) END
           ) AS provider,
           pr.organisation AS post_organisation
    FROM resolved_contacts c
    LEFT JOIN resolved_practitioner_roles pr ON c.practitioner_role = pr.practitioner_role
    LEFT JOIN organisation_names n ON c.organisation_text IS NULL AND lower(trim(c.organisation_as_given)) = n.name
)
SELECT p.* EXCLUDE (organisation, practitioner, seen, provider, post_organisation),
       p.seen AS practitioner,
       coalesce(p.provider, p.post_organisation, po.organisation, pl.organisation) AS organisation,
       CASE WHEN p.provider IS NOT NULL THEN 'serviceProvider'
            WHEN coalesce(p.post_organisation, po.organisation) IS NOT NULL THEN 'practitioner_role'
            WHEN pl.organisation IS NOT NULL THEN 'location' END AS organisation_from,
       p.place AS ordinal
FROM people p LEFT JOIN posts po ON p.seen = po.practitioner LEFT JOIN places pl ON p.location = pl.location
"""

_CONTACT_PRACTITIONERS = f"""
CREATE TABLE contact_practitioners AS
SELECT c.* EXCLUDE (practitioner),
       coalesce(c.practitioner, pr.practitioner, c.practitioner_role,
                CASE WHEN regexp_matches(c.practitioner_text, '{_PRACTITIONER_TEXT}') THEN c.practitioner_text END
       ) AS practitioner
FROM resolved_contact_practitioners c
LEFT JOIN resolved_practitioner_roles pr ON c.practitioner_role = pr.practitioner_role
"""

_ORGANISATIONS = """
CREATE TABLE organisations AS
SELECT o.* REPLACE (coalesce(o.sector, o.type, w.sector, w.type) AS sector), 'record' AS known_from
FROM resolved_organisations o LEFT JOIN resolved_organisations w ON o.part_of = w.organisation
UNION ALL BY NAME
SELECT p.location AS organisation, any_value(p.name) AS name, 'location' AS known_from
FROM contacts c JOIN places p ON c.location = p.location AND c.organisation = p.location
WHERE p.stands_for_itself GROUP BY p.location
UNION ALL BY NAME
SELECT c.organisation,
       arg_min(c.organisation_as_given, c.place) FILTER (NOT regexp_matches(c.organisation_as_given, '[/?]')) AS name,
       nullif(upper(regexp_extract(c.organisation, '(?i)ods-organization-code\\|(.+)$', 1)), '') AS ods_code,
       'reference' AS known_from
FROM contacts c
WHERE c.organisation_from = 'serviceProvider'
  AND c.organisation NOT IN (SELECT organisation FROM resolved_organisations)
GROUP BY c.organisation
"""

_PRACTITIONERS = """
CREATE TABLE practitioners AS
WITH roles AS (
    SELECT practitioner, arg_min(role, place) AS role, arg_min(role_code, place) AS role_code
    FROM resolved_practitioner_roles WHERE practitioner IS NOT NULL GROUP BY 1
)
SELECT p.* REPLACE (coalesce(p.profession, r.role) AS profession,
                    coalesce(p.profession_code, CASE WHEN p.profession IS NULL THEN r.role_code END)
                        AS profession_code),
       'record' AS known_from
FROM resolved_practitioners p LEFT JOIN roles r ON p.practitioner = r.practitioner
UNION ALL BY NAME
SELECT c.practitioner,
       arg_min(c.practitioner_as_given, c.place) FILTER (NOT regexp_matches(c.practitioner_as_given, '[/?]')) AS name,
       'reference' AS known_from
FROM (
    SELECT practitioner, practitioner_as_given, place FROM contacts
    UNION ALL SELECT practitioner, NULL, place FROM contact_practitioners
) c
WHERE c.practitioner IS NOT NULL AND c.practitioner NOT IN (SELECT practitioner FROM resolved_practitioners)
  AND c.practitioner NOT IN (SELECT practitioner_role FROM resolved_practitioner_roles)
GROUP BY c.practitioner
"""

_MEMBERS = """
CREATE TABLE care_team_members AS
SELECT m.*,
       coalesce(k.resource_type,
                nullif(regexp_extract(m.member_text, '^(?:.*/)?([A-Z][A-Za-z]+)[/?]', 1), '')) AS member_type
FROM resolved_care_team_members m LEFT JOIN (SELECT DISTINCT key, resource_type FROM known) k ON m.member = k.key
"""

_REFERRALS = """
CREATE TABLE referrals AS
WITH answered AS (
    SELECT referral, min(started_at) AS at FROM contacts
    WHERE referral IS NOT NULL AND coalesce(status, '') NOT IN ('planned', 'cancelled', 'entered-in-error') GROUP BY 1
), done AS (
    SELECT referral, min(coalesce(ended_at, changed_at)) AS at FROM resolved_tasks
    WHERE referral IS NOT NULL AND status = 'completed' GROUP BY 1
), places_of AS (
    SELECT organisation AS who, organisation FROM organisations
    UNION ALL SELECT practitioner_role, organisation FROM resolved_practitioner_roles WHERE organisation IS NOT NULL
    UNION ALL SELECT practitioner, organisation FROM posts
)
SELECT r.*, f.organisation AS from_organisation, t.organisation AS to_organisation,
       coalesce(a.at, d.at) AS seen_at,
       (epoch_us(coalesce(a.at, d.at)) - epoch_us(r.asked_at)) / 86400000000.0 AS days_waiting
FROM resolved_referrals r
LEFT JOIN answered a ON r.referral = a.referral LEFT JOIN done d ON r.referral = d.referral
LEFT JOIN places_of f ON r.requester = f.who LEFT JOIN places_of t ON r.performer = t.who
"""

_PATIENTS = """
CREATE TABLE patients AS
SELECT *, CAST(row_number() OVER (ORDER BY patient) - 1 AS INTEGER) AS number FROM resolved_patients
"""

_CONDITIONS = """
CREATE TABLE conditions AS
SELECT d.* REPLACE (coalesce(d.patient, c.patient) AS patient)
FROM resolved_conditions d LEFT JOIN contacts c ON d.patient IS NULL AND d.contact = c.contact
"""

_AS_THEY_ARE = (
    "practitioner_roles",
    "locations",
    "condition_codes",
    "care_teams",
    "care_plans",
    "care_plan_links",
    "goals",
    "tasks",
    "appointments",
    "related_persons",
    "flags",
    "memberships",
    "acts",
    "turned_to",
    "network_members",
)

STATEMENTS = (
    _NAMED_ORGANISATIONS,
    _PLACES,
    _POSTS,
    _CONTACTS,
    _CONTACT_PRACTITIONERS,
    _ORGANISATIONS,
    _PRACTITIONERS,
    _MEMBERS,
    _REFERRALS,
    _PATIENTS,
    _CONDITIONS,
    *(f"CREATE VIEW {name} AS SELECT * FROM resolved_{name}" for name in _AS_THEY_ARE),
)
"""Run in this order on the resolved tables; each makes one finished table, or what the next ones need."""
