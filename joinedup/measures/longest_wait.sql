-- The longest that each person waited to be seen, of the referrals made in the window, as things stood at :until; of two
-- as long, one that still waits. Outcomes as in waits.sql: those refused, withdrawn or dropped are left out.
WITH tasked AS (
    SELECT referral,
           min(CASE WHEN status IN ('rejected', 'cancelled', 'failed', 'entered-in-error')
                    THEN coalesce(ended_at, changed_at, asked_at) END) AS over_at
    FROM tasks
    WHERE referral IS NOT NULL
    GROUP BY referral
),
referred AS (
    SELECT r.patient, r.asked_at,
           CASE WHEN r.seen_at < :until THEN r.seen_at END AS seen_at,
           CASE WHEN t.over_at < :until OR r.status IN ('revoked', 'entered-in-error') THEN 1 ELSE 0 END AS closed
    FROM referrals r
    LEFT JOIN tasked t ON r.referral = t.referral
    WHERE r.patient IS NOT NULL
      AND r.asked_at >= :since AND r.asked_at < :until
      AND coalesce(r.intent, 'order') NOT IN ('proposal', 'plan', 'option')
      AND (r.seen_at IS NULL OR r.seen_at >= r.asked_at)
),
waited AS (
    SELECT patient,
           greatest(0e0, days_between(asked_at, coalesce(seen_at, :until))) AS days,
           CASE WHEN seen_at IS NULL THEN 1 ELSE 0 END AS waiting
    FROM referred
    WHERE seen_at IS NOT NULL OR closed = 0
),
ranked AS (
    SELECT patient, days, waiting,
           row_number() OVER (PARTITION BY patient ORDER BY days DESC, waiting DESC) AS place
    FROM waited
)
SELECT patient, days, waiting
FROM ranked
WHERE place = 1
ORDER BY patient
