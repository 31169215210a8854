-- How long people waited to be seen after being referred, and what came of it, as things stood at :until.
-- One row for each group of referrals: everybody; each boundary between two organisations, and between two sectors; each
-- organisation asked; and, of the people, each deprivation fifth (1 the most deprived) and ethnic category.
-- outcome of a referral:  seen          somebody saw the person about it
--                         refused       the task that answers it was rejected
--                         ended unseen  withdrawn, cancelled, failed, or the person died
--                         waiting       none of these yet
-- km_…: Kaplan and Meier's estimate, in which those not seen count for as long as they waited.
WITH tasked AS (
    SELECT referral,
           min(CASE WHEN status = 'rejected' THEN coalesce(ended_at, changed_at, asked_at) END) AS refused_at,
           min(CASE WHEN status IN ('cancelled', 'failed', 'entered-in-error')
                    THEN coalesce(ended_at, changed_at, asked_at) END) AS dropped_at,
           min(CASE WHEN status = 'completed' THEN coalesce(ended_at, changed_at, asked_at) END) AS completed_at,
           max(CASE WHEN status IN ('accepted', 'ready', 'in-progress', 'on-hold', 'failed', 'completed')
                    THEN 1 ELSE 0 END) AS accepted
    FROM tasks
    WHERE referral IS NOT NULL
    GROUP BY referral
),
referred AS (
    SELECT r.from_organisation,
           r.to_organisation,
           f.sector AS from_sector,
           o.sector AS to_sector,
           CAST(floor((p.deprivation_decile + 1) / 2) AS INTEGER) AS fifth,
           p.ethnicity,
           r.asked_at,
           CASE WHEN r.seen_at < :until THEN r.seen_at END AS seen_at,
           CASE WHEN t.refused_at < :until THEN t.refused_at END AS refused_at,
           CASE WHEN t.dropped_at < :until THEN t.dropped_at
                WHEN r.status IN ('revoked', 'entered-in-error') THEN r.asked_at END AS dropped_at,
           CASE WHEN r.seen_at < :until OR t.accepted = 1 THEN 1 ELSE 0 END AS accepted,
           CASE WHEN t.completed_at < :until THEN 1 ELSE 0 END AS completed
    FROM referrals r
    LEFT JOIN tasked t ON r.referral = t.referral
    LEFT JOIN organisations f ON r.from_organisation = f.organisation
    LEFT JOIN organisations o ON r.to_organisation = o.organisation
    LEFT JOIN patients p ON r.patient = p.patient
    WHERE r.asked_at >= :since AND r.asked_at < :until
      AND coalesce(r.intent, 'order') NOT IN ('proposal', 'plan', 'option')
      AND (r.seen_at IS NULL OR r.seen_at >= r.asked_at)
),
outcomes AS (
    SELECT *,
           CASE WHEN seen_at IS NOT NULL THEN 'seen'
                WHEN refused_at IS NOT NULL THEN 'refused'
                WHEN dropped_at IS NOT NULL THEN 'ended unseen'
                ELSE 'waiting' END AS outcome,
           greatest(0e0, days_between(asked_at, coalesce(seen_at, refused_at, dropped_at, :until))) AS days
    FROM referred
),
grouped AS (
    SELECT 'everybody' AS what, CAST(NULL AS STRING) AS from_key, CAST(NULL AS STRING) AS to_key, outcome, days,
           accepted, completed
    FROM outcomes
    UNION ALL
    SELECT 'boundary', from_organisation, to_organisation, outcome, days, accepted, completed
    FROM outcomes WHERE from_organisation IS NOT NULL AND to_organisation IS NOT NULL
    UNION ALL
    SELECT 'sector boundary', from_sector, to_sector, outcome, days, accepted, completed
    FROM outcomes WHERE from_sector IS NOT NULL AND to_sector IS NOT NULL
    UNION ALL
    SELECT 'organisation asked', CAST(NULL AS STRING), to_organisation, outcome, days, accepted, completed
    FROM outcomes WHERE to_organisation IS NOT NULL
    UNION ALL
    SELECT 'deprivation fifth', CAST(NULL AS STRING), CAST(fifth AS STRING), outcome, days, accepted, completed
    FROM outcomes WHERE fifth IS NOT NULL
    UNION ALL
    SELECT 'ethnicity', CAST(NULL AS STRING), ethnicity, outcome, days, accepted, completed
    FROM outcomes WHERE ethnicity IS NOT NULL
),
leaving AS (
    SELECT what, coalesce(from_key, '') AS from_key, coalesce(to_key, '') AS to_key, days,
           sum(CASE WHEN outcome = 'seen' THEN 1e0 ELSE 0e0 END) AS seen,
           CAST(count(*) AS DOUBLE) AS gone
    FROM grouped
    GROUP BY what, coalesce(from_key, ''), coalesce(to_key, ''), days
),
at_risk AS (
    SELECT what, from_key, to_key, days, seen,
           sum(gone) OVER (PARTITION BY what, from_key, to_key ORDER BY days DESC
                           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS still
    FROM leaving
),
surviving AS (
    SELECT what, from_key, to_key, days,
           sum(CASE WHEN seen = still THEN -1e9 ELSE ln(1e0 - seen / still) END)
               OVER (PARTITION BY what, from_key, to_key ORDER BY days
                     ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS log_unseen
    FROM at_risk
),
estimated AS (
    -- a share a hair above a half or a tenth, from adding logarithms, is that half or tenth
    SELECT what, from_key, to_key,
           min(CASE WHEN log_unseen <= ln(5e-1) + 1e-9 THEN days END) AS km_median_days,
           min(CASE WHEN log_unseen <= ln(1e-1) + 1e-9 THEN days END) AS km_ninetieth_days
    FROM surviving
    GROUP BY what, from_key, to_key
),
summed AS (
    SELECT what, coalesce(from_key, '') AS from_key, coalesce(to_key, '') AS to_key,
           count(*) AS asked,
           CAST(sum(accepted) AS BIGINT) AS accepted,
           count(*) FILTER (WHERE outcome = 'refused') AS refused,
           count(*) FILTER (WHERE outcome = 'seen') AS seen,
           CAST(sum(completed) AS BIGINT) AS completed,
           count(*) FILTER (WHERE outcome = 'ended unseen') AS ended_unseen,
           count(*) FILTER (WHERE outcome = 'waiting') AS waiting,
           percentile(CASE WHEN outcome = 'seen' THEN days END, 5e-1) AS median_days,
           percentile(CASE WHEN outcome = 'seen' THEN days END, 9e-1) AS ninetieth_days
    FROM grouped
    GROUP BY what, coalesce(from_key, ''), coalesce(to_key, '')
)
SELECT s.what, nullif(s.from_key, '') AS from_key, nullif(s.to_key, '') AS to_key,
       s.asked, s.accepted, s.refused, s.seen, s.completed, s.ended_unseen, s.waiting,
       s.median_days, s.ninetieth_days, e.km_median_days, e.km_ninetieth_days
FROM summed s
JOIN estimated e ON s.what = e.what AND s.from_key = e.from_key AND s.to_key = e.to_key
ORDER BY s.what, s.asked DESC, s.from_key, s.to_key
