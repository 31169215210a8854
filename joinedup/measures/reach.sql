-- Each proposal with whether it affects another organisation than its own, and each responsibility taken on with whether
-- another organisation proposed or asked for it. One row for each, with the sector of whoever proposed or took it on.
WITH sectors AS (
    SELECT organisation, max(sector) AS sector
    FROM acts
    GROUP BY organisation
),
proposals AS (
    SELECT team, said(about, 'proposal') AS proposal, organisation, done_at,
           CASE WHEN said(about, 'terms.affected') NOT IN ('[]', concat('["', organisation, '"]')) THEN 1 ELSE 0 END
               AS across
    FROM acts
    WHERE kind = 'propose'
),
wordings AS (
    SELECT team, said(about, 'proposal') AS proposal, said(about, 'terms.follows') AS follows
    FROM acts
    WHERE kind IN ('propose', 'amend')
),
asked AS (
    SELECT team, said(about, 'responsibility') AS responsibility, organisation
    FROM acts
    WHERE kind = 'ask'
),
taken AS (
    SELECT team, said(about, 'responsibility') AS responsibility, organisation, done_at, number
    FROM acts
    WHERE kind = 'take-on'
),
came_from AS (
    SELECT t.team, t.number, p.organisation
    FROM taken t
    JOIN wordings w ON w.team = t.team
                   AND contains(w.follows, concat('"responsibility":"', t.responsibility, '"'))
    JOIN proposals p ON p.team = w.team AND p.proposal = w.proposal
    UNION ALL
    SELECT t.team, t.number, a.organisation
    FROM taken t
    JOIN asked a ON a.team = t.team AND a.responsibility = t.responsibility
),
responsibilities AS (
    SELECT t.team, t.organisation, t.done_at, t.number, max(CASE WHEN c.organisation = t.organisation THEN 0 ELSE 1 END) AS across
    FROM taken t
    JOIN came_from c ON c.team = t.team AND c.number = t.number
    GROUP BY t.team, t.organisation, t.done_at, t.number
),
both_kinds AS (
    SELECT 'proposals' AS what, team, organisation, done_at, across
    FROM proposals
    UNION ALL
    SELECT 'responsibilities', team, organisation, done_at, across
    FROM responsibilities
)
SELECT b.what, b.team, b.done_at, b.organisation, s.sector, CAST(b.across AS INTEGER) AS across
FROM both_kinds b
LEFT JOIN sectors s ON s.organisation = b.organisation
WHERE b.done_at >= :since AND b.done_at < :until
ORDER BY b.what, b.team, b.done_at, b.organisation
