-- What became of requests from one organisation to another, as things stood at :until. Each counts once, as the first of:
--   completed        its task was completed, or the request itself says that it is
--   refused          its task was rejected, and nobody saw the person
--   ended            withdrawn, cancelled or failed, and nobody saw the person
--   open, seen       somebody saw the person, and it is not completed
--   open, accepted   its task was accepted, or work on it began
--   open, unanswered none of these
-- A row for each group: everybody; each boundary between two organisations, and between two sectors; each organisation
-- asked, and asking; each priority; and each month, of those asked in it and, by itself, of those first seen in it.
-- When it was asked, who asked and who was asked are as the request says, else as its first task does.
WITH places AS (
    SELECT organisation AS who, organisation FROM organisations
    UNION ALL
    SELECT practitioner_role AS who, organisation FROM practitioner_roles WHERE organisation IS NOT NULL
),
tasked AS (
    SELECT t.referral,
           min(t.asked_at) AS first_asked_at,
           min_by(f.organisation, t.asked_at) AS from_organisation,
           min_by(o.organisation, t.asked_at) AS to_organisation,
           min(CASE WHEN status = 'rejected' THEN coalesce(ended_at, changed_at, asked_at) END) AS refused_at,
           min(CASE WHEN status IN ('cancelled', 'failed', 'entered-in-error')
                    THEN coalesce(ended_at, changed_at, asked_at) END) AS dropped_at,
           min(CASE WHEN status = 'completed' THEN coalesce(ended_at, changed_at, asked_at) END) AS completed_at,
           min(CASE WHEN status = 'rejected' THEN coalesce(ended_at, changed_at) END) AS said_to_be_refused_at,
           min(CASE WHEN status = 'completed' THEN coalesce(ended_at, changed_at) END) AS said_to_be_completed_at,
           max(CASE WHEN status IN ('accepted', 'ready', 'in-progress', 'on-hold', 'failed', 'completed')
                    THEN 1 ELSE 0 END) AS accepted
    FROM tasks t
    LEFT JOIN places f ON t.requester = f.who
    LEFT JOIN places o ON t.owner = o.who
    WHERE t.referral IS NOT NULL
    GROUP BY t.referral
),
made AS (
    SELECT r.referral, r.priority, r.status, r.intent, r.seen_at,
           coalesce(r.asked_at, t.first_asked_at) AS asked_at,
           coalesce(r.from_organisation, t.from_organisation) AS from_organisation,
           coalesce(r.to_organisation, t.to_organisation) AS to_organisation
    FROM referrals r
    LEFT JOIN tasked t ON r.referral = t.referral
),
requested AS (
    SELECT r.from_organisation, r.to_organisation, f.sector AS from_sector, o.sector AS to_sector, r.priority, r.asked_at,
           CASE WHEN r.seen_at < :until THEN r.seen_at END AS seen_at,
           CASE WHEN t.refused_at < :until THEN t.refused_at END AS refused_at,
           CASE WHEN t.dropped_at < :until THEN t.dropped_at
                WHEN r.status IN ('revoked', 'entered-in-error') THEN r.asked_at END AS dropped_at,
           CASE WHEN t.completed_at < :until THEN t.completed_at
                WHEN r.status = 'completed' AND t.completed_at IS NULL AND coalesce(r.seen_at, r.asked_at) < :until
                THEN coalesce(r.seen_at, r.asked_at) END AS completed_at,
           t.said_to_be_refused_at, t.said_to_be_completed_at,
           CASE WHEN r.seen_at < :until OR t.accepted = 1 THEN 1 ELSE 0 END AS accepted
    FROM made r
    LEFT JOIN tasked t ON r.referral = t.referral
    LEFT JOIN organisations f ON r.from_organisation = f.organisation
    LEFT JOIN organisations o ON r.to_organisation = o.organisation
    WHERE r.asked_at < :until
      AND coalesce(r.intent, 'order') NOT IN ('proposal', 'plan', 'option')
      AND (r.seen_at IS NULL OR r.seen_at >= r.asked_at)
),
standing AS (
    SELECT *,
           asked_at >= :since AS asked_within,
           seen_at >= :since AS seen_within,
           CASE WHEN completed_at IS NOT NULL THEN 'completed'
                WHEN seen_at IS NOT NULL THEN 'open, seen'
                WHEN refused_at IS NOT NULL THEN 'refused'
                WHEN dropped_at IS NOT NULL THEN 'ended'
                WHEN accepted = 1 THEN 'open, accepted'
                ELSE 'open, unanswered' END AS state,
           days_between(asked_at, said_to_be_refused_at) AS refused_days,
           days_between(asked_at, seen_at) AS seen_days,
           days_between(asked_at, said_to_be_completed_at) AS completed_days
    FROM requested
),
grouped AS (
    SELECT 'everybody' AS what, CAST(NULL AS STRING) AS from_key, CAST(NULL AS STRING) AS to_key, * FROM standing
    WHERE asked_within
    UNION ALL
    SELECT 'boundary', from_organisation, to_organisation, * FROM standing
    WHERE asked_within AND from_organisation IS NOT NULL AND to_organisation IS NOT NULL
    UNION ALL
    SELECT 'sector boundary', from_sector, to_sector, * FROM standing
    WHERE asked_within AND from_sector IS NOT NULL AND to_sector IS NOT NULL
    UNION ALL
    SELECT 'organisation asked', CAST(NULL AS STRING), to_organisation, * FROM standing
    WHERE asked_within AND to_organisation IS NOT NULL
    UNION ALL
    SELECT 'organisation asking', from_organisation, CAST(NULL AS STRING), * FROM standing
    WHERE asked_within AND from_organisation IS NOT NULL
    UNION ALL
    SELECT 'priority', CAST(NULL AS STRING), priority, * FROM standing WHERE asked_within AND priority IS NOT NULL
    UNION ALL
    SELECT 'month asked', CAST(NULL AS STRING), CAST(month_of(asked_at) AS STRING), * FROM standing WHERE asked_within
    UNION ALL
    SELECT 'month seen', CAST(NULL AS STRING), CAST(month_of(seen_at) AS STRING), * FROM standing WHERE seen_within
)
SELECT what, from_key, to_key,
       count(*) AS asked,
       CAST(sum(accepted) AS BIGINT) AS accepted,
       CAST(sum(CASE WHEN seen_at IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS seen,
       count(*) FILTER (WHERE state = 'completed') AS completed,
       count(*) FILTER (WHERE state = 'refused') AS refused,
       count(*) FILTER (WHERE state = 'ended') AS ended,
       count(*) FILTER (WHERE state = 'open, seen') AS open_seen,
       count(*) FILTER (WHERE state = 'open, accepted') AS open_accepted,
       count(*) FILTER (WHERE state = 'open, unanswered') AS open_unanswered,
       percentile(CASE WHEN state = 'refused' THEN refused_days END, 5e-1) AS refused_median_days,
       percentile(seen_days, 5e-1) AS seen_median_days,
       percentile(seen_days, 9e-1) AS seen_ninetieth_days,
       percentile(CASE WHEN state = 'completed' AND completed_days >= 0 THEN completed_days END, 5e-1) AS completed_median_days,
       max(CASE WHEN state LIKE 'open%' THEN days_between(asked_at, :until) END) AS longest_open_days
FROM grouped
GROUP BY what, from_key, to_key
ORDER BY what, asked DESC, from_key NULLS FIRST, to_key NULLS FIRST
