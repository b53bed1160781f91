-- A finished run's counts are not those of its rows in intake.
WITH counted AS (
    SELECT
        run_id,
        count(*) AS records_read,
        count(*) FILTER (WHERE outcome = 'loaded') AS records_loaded,
        count(*) FILTER (WHERE outcome = 'duplicate') AS records_duplicate,
        count(*) FILTER (WHERE outcome = 'rejected') AS records_rejected
    FROM intake
    GROUP BY run_id
)
SELECT
    r.run_id, r.records_read, c.records_read AS rows_in_intake,
    r.records_loaded, c.records_loaded AS rows_loaded
FROM runs r
LEFT JOIN counted c USING (run_id)
WHERE r.status = 'succeeded'
  AND (
      r.records_read <> coalesce(c.records_read, 0)
      OR r.records_loaded <> coalesce(c.records_loaded, 0)
      OR r.records_duplicate <> coalesce(c.records_duplicate, 0)
      OR r.records_rejected <> coalesce(c.records_rejected, 0)
      OR r.records_read <> r.records_loaded + r.records_duplicate + r.records_rejected
  )
