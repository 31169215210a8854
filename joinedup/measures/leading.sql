-- Every time that somebody led, in one of eight ways: who, for which organisation, of which sector and profession.
-- The ways are those of leading.py. A position that was written down is its speaker's, not its writer's.
WITH sectors AS (
    SELECT organisation, max(sector) AS sector
    FROM acts
    GROUP BY organisation
),
kinds AS (
    SELECT team, said(about, 'role') AS role, max(said(about, 'kind')) AS profession
    FROM acts
    WHERE kind IN ('create-role', 'convene')
    GROUP BY team, said(about, 'role')
),
places AS (
    SELECT team, person, organisation, profession, number,
           row_number() OVER (PARTITION BY team, person ORDER BY number DESC) AS newest
    FROM (
        SELECT a.team, a.person, a.organisation, a.role_kind AS profession, a.number
        FROM acts a
        WHERE a.role_kind IS NOT NULL
        UNION ALL
        SELECT team, person, organisation, CAST(NULL AS STRING) AS profession, -number AS number
        FROM acts
        WHERE kind IN ('join', 'convene')
    ) known
),
place AS (
    SELECT team, person, organisation, profession
    FROM places
    WHERE newest = 1
),
positions AS (
    SELECT team, number, done_at, person, organisation, role_kind AS profession,
           CASE WHEN kind IN ('object', 'consent-with-concern', 'consent-if') THEN 1 ELSE 0 END AS challenges
    FROM acts
    WHERE kind IN ('consent', 'consent-with-concern', 'consent-if', 'object', 'stand-aside', 'give-no-view')
    UNION ALL
    SELECT a.team, a.number, a.done_at, said(a.about, 'said_by') AS person, said(a.about, 'said_for') AS organisation,
           k.profession, CASE WHEN said(a.about, 'stance') IN ('object', 'concern', 'condition') THEN 1 ELSE 0 END
    FROM acts a
    LEFT JOIN kinds k ON k.team = a.team AND k.role = said(a.about, 'said_in')
    WHERE a.kind = 'record-position'
),
written AS (
    SELECT team, number, person, organisation, profession
    FROM positions
    UNION ALL
    SELECT team, number, person, organisation, role_kind
    FROM acts
    WHERE kind IN ('comment', 'raise', 'amend', 'lower-to-concern', 'correct-position')
),
moved AS (
    SELECT team, number, done_at, said(about, 'entry') AS entry, said(about, 'person') AS person,
           row_number() OVER (PARTITION BY team, said(about, 'position') ORDER BY number DESC) AS newest
    FROM acts
    WHERE kind = 'be-moved'
),
parts AS (
    SELECT a.team, a.number, a.done_at, said(a.about, 'part') AS part, said(a.about, 'person') AS person,
           said(a.about, 'role') AS role,
           row_number() OVER (
               PARTITION BY a.team, said(a.about, 'meeting'), said(a.about, 'person') ORDER BY a.number DESC
           ) AS newest
    FROM acts a
    WHERE a.kind IN ('attend', 'not-there')
),
led AS (
    SELECT team, number, done_at, 'raises' AS way, person, organisation, role_kind AS profession
    FROM acts
    WHERE kind = 'raise'
    UNION ALL
    SELECT team, number, done_at, 'proposes', person, organisation, role_kind
    FROM acts
    WHERE kind = 'propose'
    UNION ALL
    SELECT team, number, done_at, 'challenges', person, organisation, profession
    FROM positions
    WHERE challenges = 1
    UNION ALL
    SELECT team, number, done_at, 'challenges', person, organisation, role_kind
    FROM acts
    WHERE kind = 'open-review'
    UNION ALL
    SELECT m.team, m.number, m.done_at, 'moves others', w.person, w.organisation, w.profession
    FROM moved m
    JOIN written w ON w.team = m.team AND CAST(w.number AS STRING) = m.entry
    WHERE m.newest = 1
    UNION ALL
    SELECT m.team, m.number, m.done_at, 'moves others', m.person, p.organisation, p.profession
    FROM moved m
    JOIN place p ON p.team = m.team AND p.person = m.person
    WHERE m.newest = 1
    UNION ALL
    SELECT team, number, done_at, 'takes on', person, organisation, role_kind
    FROM acts
    WHERE kind = 'take-on'
    UNION ALL
    SELECT team, number, done_at, 'carries out', person, organisation, role_kind
    FROM acts
    WHERE kind = 'complete' AND said(about, 'outcome') IN ('done', 'partly-done')
    UNION ALL
    SELECT m.team, m.number, m.done_at, m.part, m.person, p.organisation, coalesce(k.profession, p.profession)
    FROM parts m
    JOIN place p ON p.team = m.team AND p.person = m.person
    LEFT JOIN kinds k ON k.team = m.team AND k.role = m.role
    WHERE m.newest = 1 AND m.part IN ('chairs', 'records')
)
SELECT l.team, l.number, l.done_at, l.way, l.person, l.organisation, s.sector, l.profession
FROM led l
LEFT JOIN sectors s ON s.organisation = l.organisation
WHERE l.done_at >= :since AND l.done_at < :until
ORDER BY l.team, l.number, l.way, l.person
