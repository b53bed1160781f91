-- A document whose last row in intake does not say loaded, or a record loaded last of which there is no document.
WITH last_outcome AS (
    SELECT i.document_id, max_by(i.outcome, r.started_at) AS outcome
    FROM intake i
    JOIN runs r USING (run_id)
    WHERE i.document_id IS NOT NULL AND i.outcome <> 'duplicate'
    GROUP BY i.document_id
)
SELECT coalesce(d.document_id, l.document_id) AS document_id, l.outcome AS last_outcome, d.document_id IS NULL AS is_lost
FROM documents d
FULL JOIN last_outcome l ON l.document_id = d.document_id
WHERE (d.document_id IS NOT NULL) IS DISTINCT FROM (l.outcome IS NOT DISTINCT FROM 'loaded')
