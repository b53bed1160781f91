-- Every article is in one group of copies and one of stories, each named by its earliest, and copies are of one story.
WITH grouped AS (
    SELECT 'copies' AS table_name, copy_id AS group_id, article_id, is_earliest FROM copies
    UNION ALL
    SELECT 'stories', story_id, article_id, is_earliest FROM stories
),
placed AS (
    SELECT
        g.*,
        a.article_id IS NOT NULL AS is_article,
        CASE g.table_name WHEN 'copies' THEN a.copy_id ELSE a.story_id END AS told_id,
        row_number() OVER (
            PARTITION BY g.table_name, g.group_id ORDER BY a.published_at NULLS LAST, g.article_id
        ) = 1 AS comes_first,
        count(*) OVER (PARTITION BY g.table_name, g.article_id) AS times
    FROM grouped g
    LEFT JOIN articles a ON a.article_id = g.article_id
)
SELECT table_name, group_id, article_id, 'not its earliest, not named in articles, or twice' AS wrong
FROM placed
WHERE NOT is_article OR told_id IS DISTINCT FROM group_id OR comes_first <> is_earliest
   OR is_earliest <> (group_id = article_id) OR times > 1
UNION ALL
SELECT t.table_name, NULL, a.article_id, 'in no group'
FROM articles a
CROSS JOIN (VALUES ('copies'), ('stories')) t(table_name)
ANTI JOIN grouped g ON g.table_name = t.table_name AND g.article_id = a.article_id
UNION ALL
SELECT 'stories', a.copy_id, any_value(a.article_id), 'copies in several stories'
FROM articles a
GROUP BY a.copy_id
HAVING count(DISTINCT a.story_id) > 1
