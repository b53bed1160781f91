-- The countries that an article is about, with their salience: the share of its evidence (the dateline six times, a country or place in the headline twice, elsewhere once) that points there, from a fifth on.
WITH evidence AS (
    SELECT article_id, dateline_country AS country, 6 AS weight FROM articles WHERE dateline_country IS NOT NULL
    UNION ALL
    SELECT m.article_id, coalesce(p.country, m.country), CASE b.kind WHEN 'headline' THEN 2 ELSE 1 END
    FROM mentions m
    JOIN sentences s ON s.article_id = m.article_id AND s.sentence_no = m.sentence_no
    JOIN blocks b ON b.article_id = s.article_id AND b.block_no = s.block_no
    LEFT JOIN places p ON p.article_id = m.article_id AND p.char_start = m.char_start AND p.char_end = m.char_end
    WHERE coalesce(p.country, m.country) IS NOT NULL AND m.entity_type IN ('country', 'place') AND b.kind <> 'dateline'
),
shares AS (
    SELECT article_id, country, sum(weight) / sum(sum(weight)) OVER (PARTITION BY article_id) AS salience
    FROM evidence
    GROUP BY article_id, country
)
SELECT article_id, country, salience
FROM shares
WHERE salience >= 0.2
