-- Who leads and who follows: one row for each person in a team and sector who did either in the window.
WITH sectors AS (
    SELECT organisation, max(sector) AS sector
    FROM acts
    GROUP BY organisation
),
proposers AS (
    SELECT team, said(about, 'proposal') AS proposal, person
    FROM acts
    WHERE kind = 'propose'
),
wordings AS (
    SELECT team, said(about, 'proposal') AS proposal, said(about, 'terms.follows') AS follows
    FROM acts
    WHERE kind IN ('propose', 'amend')
),
parts AS (
    SELECT team, said(about, 'person') AS person, said(about, 'part') AS part, done_at,
           row_number() OVER (PARTITION BY team, said(about, 'meeting'), said(about, 'person') ORDER BY number DESC)
               AS newest
    FROM acts
    WHERE kind IN ('attend', 'not-there')
),
homes AS (
    SELECT team, person, max(organisation) AS organisation
    FROM acts
    WHERE kind IN ('join', 'convene')
    GROUP BY team, person
),
said_for AS (
    SELECT team, number, done_at, said(about, 'proposal') AS proposal,
           CASE WHEN kind = 'record-position' THEN said(about, 'said_by') ELSE person END AS person,
           CASE WHEN kind = 'record-position' THEN said(about, 'said_for') ELSE organisation END AS organisation,
           CASE WHEN kind IN ('object', 'consent-with-concern', 'consent-if')
                  OR said(about, 'stance') IN ('object', 'concern', 'condition') THEN 1 ELSE 0 END AS challenges,
           CASE WHEN kind IN ('consent', 'comment') OR said(about, 'stance') = 'consent' THEN 1 ELSE 0 END AS agrees
    FROM acts
    WHERE kind IN ('consent', 'consent-with-concern', 'consent-if', 'object', 'comment', 'record-position')
),
done AS (
    SELECT team, person, organisation, done_at, 1 AS leads, 0 AS follows
    FROM acts
    WHERE kind IN ('raise', 'propose', 'open-review')
    UNION ALL
    SELECT team, person, organisation, done_at, 1, 0
    FROM said_for
    WHERE challenges = 1
    UNION ALL
    SELECT p.team, p.person, h.organisation, p.done_at, 1, 0
    FROM parts p
    JOIN homes h ON h.team = p.team AND h.person = p.person
    WHERE p.newest = 1 AND p.part = 'chairs'
    UNION ALL
    SELECT s.team, s.person, s.organisation, s.done_at, 0, 1
    FROM said_for s
    JOIN proposers p ON p.team = s.team AND p.proposal = s.proposal AND p.person <> s.person
    WHERE s.agrees = 1
    UNION ALL
    SELECT team, person, organisation, done_at, 0, 1
    FROM acts
    WHERE kind = 'be-moved' AND (said(about, 'entry') IS NOT NULL OR said(about, 'person') IS NOT NULL)
    UNION ALL
    SELECT t.team, t.person, t.organisation, t.done_at, 0, 1
    FROM acts t
    JOIN wordings w ON w.team = t.team
                   AND contains(w.follows, concat('"responsibility":"', said(t.about, 'responsibility'), '"'))
    JOIN proposers p ON p.team = w.team AND p.proposal = w.proposal AND p.person <> t.person
    WHERE t.kind = 'take-on'
    UNION ALL
    SELECT t.team, t.person, t.organisation, t.done_at, 0, 1
    FROM acts t
    JOIN acts a ON a.team = t.team AND a.kind = 'ask' AND a.person <> t.person
               AND said(a.about, 'responsibility') = said(t.about, 'responsibility')
    WHERE t.kind = 'take-on'
)
SELECT d.team, d.person, s.sector, CAST(max(d.leads) AS INTEGER) AS leads, CAST(max(d.follows) AS INTEGER) AS follows
FROM done d
LEFT JOIN sectors s ON s.organisation = d.organisation
WHERE d.done_at >= :since AND d.done_at < :until
GROUP BY d.team, d.person, s.sector
ORDER BY d.team, d.person, s.sector NULLS FIRST
