-- Where things are reported to be or happen, current versions only: a row per place that is named literally, with its point, the articles that name it, and the days of publication on which it was first and last named.
SELECT
    p.geonames_id,
    p.name,
    p.country,
    p.feature,
    any_value(p.latitude) AS latitude,
    any_value(p.longitude) AS longitude,
    count(DISTINCT p.article_id) AS articles,
    CAST(min(a.published_at) AS DATE) AS first_named_on,
    CAST(max(a.published_at) AS DATE) AS last_named_on
FROM places p
JOIN articles a ON a.article_id = p.article_id AND a.is_current
WHERE p.sense = 'literal'
GROUP BY p.geonames_id, p.name, p.country, p.feature
