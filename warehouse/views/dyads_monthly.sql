-- Happenings between two states by month and type: occurred and ongoing only, each counted once however many articles report it.
SELECT
    CAST(date_trunc('month', h.starts_on) AS DATE) AS month_on,
    e.source_country,
    e.target_country,
    h.event_type,
    count(DISTINCT h.happening_id) AS happenings,
    count(*) AS reports,
    avg(e.goldstein) AS goldstein_mean
FROM happenings h
JOIN events e USING (happening_id)
JOIN articles a ON a.article_id = e.article_id AND a.is_current
WHERE h.status IN ('occurred', 'ongoing') AND e.status IN ('occurred', 'ongoing')
    AND e.source_country IS NOT NULL AND e.target_country IS NOT NULL
GROUP BY ALL
