-- The countries that an article is about, with their salience: the share of its evidence (the dateline three times, each mention and place once) that points there.
WITH evidence AS (
    SELECT article_id, dateline_country AS country, 3 AS weight FROM articles WHERE dateline_country IS NOT NULL
    UNION ALL
    SELECT article_id, country, 1 FROM mentions WHERE country IS NOT NULL
    UNION ALL
    SELECT article_id, country, 1 FROM places WHERE country IS NOT NULL
)
SELECT article_id, country, sum(weight) / sum(sum(weight)) OVER (PARTITION BY article_id) AS salience
FROM evidence
GROUP BY article_id, country
