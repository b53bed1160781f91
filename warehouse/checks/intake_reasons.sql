-- A rejected record without a reason, or another with one.
SELECT run_id, source_uri, record_no, outcome, reason
FROM intake
WHERE (outcome = 'rejected') <> (reason IS NOT NULL)
