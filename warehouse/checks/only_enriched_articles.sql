-- A row of enrichment belongs to an article that is not enriched.
-- tables: mentions, quotes, dates, places, events
SELECT t.article_id, count(*) AS rows
FROM {table} t
LEFT JOIN articles a USING (article_id)
WHERE a.is_enriched IS DISTINCT FROM TRUE
GROUP BY t.article_id
