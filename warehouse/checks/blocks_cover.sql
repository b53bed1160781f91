-- Blocks do not cover all of source_text but white space, or take in more than it holds.
WITH covered AS (
    SELECT article_id, sum(length(regexp_replace(text, '[\s\p{Z}\x{1C}-\x{1F}\x{85}]', '', 'g'))) AS characters
    FROM blocks
    GROUP BY article_id
)
SELECT
    a.article_id,
    length(regexp_replace(a.source_text, '[\s\p{Z}\x{1C}-\x{1F}\x{85}]', '', 'g')) AS expected,
    coalesce(covered.characters, 0) AS found
FROM articles a
LEFT JOIN covered USING (article_id)
WHERE expected <> found
