-- Each responsibility that a window began: when it was asked for, how it ended by the end of the window, how many
-- professions had answered the proposal that it follows from by then, and the fifth of deprivation of whom it is about.
WITH kinds AS (
    SELECT team, said(about, 'role') AS role, max(said(about, 'kind')) AS profession
    FROM acts
    WHERE kind IN ('create-role', 'convene')
    GROUP BY team, said(about, 'role')
),
decided AS (
    SELECT team, said(about, 'proposal') AS proposal, min(done_at) AS done_at, min(number) AS number
    FROM acts
    WHERE kind IN ('agree', 'proceed-without') AND done_at < :until
    GROUP BY team, said(about, 'proposal')
),
wordings AS (
    SELECT w.team, said(w.about, 'proposal') AS proposal, said(w.about, 'terms') AS follows,
           row_number() OVER (PARTITION BY w.team, said(w.about, 'proposal') ORDER BY w.number DESC) AS newest
    FROM acts w
    JOIN decided d ON d.team = w.team AND d.proposal = said(w.about, 'proposal') AND w.number < d.number
    WHERE w.kind IN ('propose', 'amend')
),
places AS (
    SELECT place FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15), (16),
                              (17), (18), (19), (20), (21), (22), (23), (24), (25), (26), (27), (28), (29)) AS p(place)
),
answered AS (
    SELECT p.team, p.proposal, count(DISTINCT p.profession) AS professions
    FROM (
        SELECT a.team, said(a.about, 'proposal') AS proposal, a.number,
               CASE WHEN a.kind = 'record-position' THEN k.profession ELSE a.role_kind END AS profession
        FROM acts a
        LEFT JOIN kinds k ON k.team = a.team AND k.role = said(a.about, 'said_in')
        WHERE a.kind IN (
            'consent', 'consent-with-concern', 'consent-if', 'object', 'stand-aside', 'give-no-view', 'record-position',
            'propose'
        )
    ) p
    JOIN decided d ON d.team = p.team AND d.proposal = p.proposal AND p.number < d.number
    GROUP BY p.team, p.proposal
),
begun AS (
    SELECT w.team, said(w.follows, concat('follows[', CAST(n.place AS STRING), '].responsibility')) AS responsibility,
           d.done_at AS asked_at, w.proposal, CAST(NULL AS BIGINT) AS fifth
    FROM wordings w
    JOIN decided d ON d.team = w.team AND d.proposal = w.proposal
    CROSS JOIN places n
    WHERE w.newest = 1
    UNION ALL
    SELECT team, said(about, 'responsibility'), min(done_at), CAST(NULL AS STRING), max(deprivation_fifth)
    FROM acts
    WHERE kind = 'ask'
    GROUP BY team, said(about, 'responsibility')
),
begun_once AS (
    SELECT team, responsibility, min(asked_at) AS asked_at, max(proposal) AS proposal, max(fifth) AS fifth
    FROM begun
    WHERE responsibility IS NOT NULL
    GROUP BY team, responsibility
),
ended AS (
    SELECT team, said(about, 'responsibility') AS responsibility, max(said(about, 'outcome')) AS outcome,
           max(said(about, 'reached_by_fifth')) AS by_fifth
    FROM acts
    WHERE kind = 'complete' AND done_at < :until
    GROUP BY team, said(about, 'responsibility')
)
SELECT b.team, b.responsibility, b.asked_at, b.proposal, e.outcome, CAST(a.professions AS INTEGER) AS professions,
       CAST(b.fifth AS INTEGER) AS fifth, e.by_fifth
FROM begun_once b
LEFT JOIN ended e ON e.team = b.team AND e.responsibility = b.responsibility
LEFT JOIN answered a ON a.team = b.team AND a.proposal = b.proposal
WHERE b.asked_at >= :since AND b.asked_at < :until
ORDER BY b.team, b.responsibility
