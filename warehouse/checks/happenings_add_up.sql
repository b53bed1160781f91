-- A happening does not count the reports that point to it, or a report of a current article points to none.
WITH told AS (
    SELECT
        e.happening_id,
        count(*) AS reports,
        count(DISTINCT e.article_id) AS articles,
        count(*) FILTER (WHERE e.status = 'denied') AS denials,
        count(DISTINCT e.event_type) AS types
    FROM events e
    JOIN articles a ON a.article_id = e.article_id AND a.is_current
    GROUP BY e.happening_id
)
SELECT coalesce(h.happening_id, t.happening_id) AS happening_id, h.report_count, t.reports
FROM happenings h
FULL JOIN told t ON t.happening_id = h.happening_id
WHERE h.happening_id IS NULL
   OR t.happening_id IS NULL
   OR (t.reports, t.articles, t.denials, t.types) IS DISTINCT FROM (h.report_count, h.article_count, h.denied_count, 1)
   OR h.independent_count NOT BETWEEN 1 AND h.article_count
