-- Who belonged to a team at any time in a window, for which organisation, and in which profession if they ever held one.
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
professions AS (
    SELECT team, person, max(profession) AS profession
    FROM (
        SELECT team, person, role_kind AS profession
        FROM acts
        WHERE role_kind IS NOT NULL
        UNION ALL
        SELECT h.team, said(h.about, 'person'), k.profession
        FROM acts h
        JOIN kinds k ON k.team = h.team AND k.role = said(h.about, 'role')
        WHERE h.kind = 'hold'
    ) known
    GROUP BY team, person
),
joined AS (
    SELECT team, person, organisation, min(done_at) AS joined_at
    FROM acts
    WHERE kind IN ('join', 'convene')
    GROUP BY team, person, organisation
),
parted AS (
    SELECT team, CASE WHEN kind = 'leave' THEN person ELSE said(about, 'person') END AS person, done_at
    FROM acts
    WHERE kind IN ('leave', 'remove')
),
again AS (
    SELECT team, person, organisation, max(done_at) AS joined_at
    FROM acts
    WHERE kind IN ('join', 'convene')
    GROUP BY team, person, organisation
),
left_for_good AS (
    SELECT a.team, a.person, a.organisation, min(p.done_at) AS left_at
    FROM again a
    JOIN parted p ON p.team = a.team AND p.person = a.person AND p.done_at > a.joined_at
    GROUP BY a.team, a.person, a.organisation
)
SELECT j.team, j.person, j.organisation, s.sector, f.profession
FROM joined j
LEFT JOIN left_for_good l ON l.team = j.team AND l.person = j.person AND l.organisation = j.organisation
LEFT JOIN professions f ON f.team = j.team AND f.person = j.person
LEFT JOIN sectors s ON s.organisation = j.organisation
WHERE j.joined_at < :until AND (l.left_at IS NULL OR l.left_at > :since)
ORDER BY j.team, j.person, j.organisation
