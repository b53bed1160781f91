-- Who republished whose copy: one row per republication of the current version, with the agency whose copy it is even
-- where this publisher or the first one dropped the credit, the delay, and how much was kept and added.
WITH credited AS (
    SELECT c.copy_id, c.is_earliest, a.article_id, a.published_at, coalesce(a.agency, g.agency) AS agency
    FROM copies c
    JOIN articles a ON a.article_id = c.article_id
    LEFT JOIN agencies g ON g.agency = a.publisher
),
sources AS (
    SELECT copy_id, arg_min(agency, (NOT is_earliest, published_at IS NULL, published_at, article_id)) AS agency
    FROM credited
    WHERE agency IS NOT NULL
    GROUP BY copy_id
)
SELECT
    c.copy_id,
    original.article_id AS original_id,
    s.agency,
    original.publisher AS original_publisher,
    original.headline AS original_headline,
    copy.article_id,
    copy.publisher,
    copy.headline,
    copy.headline IS DISTINCT FROM original.headline AS has_new_headline,
    CASE WHEN s.agency IS NOT NULL THEN copy.agency IS NOT DISTINCT FROM s.agency END AS has_credit,
    try_cast(regexp_extract(copy.headline, '^(?:UPDATE|WRAPUP) (\d{1,2})\b', 1, 'i') AS INTEGER) AS update_no,
    copy.published_at - original.published_at AS delay,
    c.similarity,
    c.kept,
    c.added
FROM copies c
JOIN copies first ON first.copy_id = c.copy_id AND first.is_earliest
JOIN articles original ON original.article_id = first.article_id
JOIN articles copy ON copy.article_id = c.article_id AND copy.is_current
LEFT JOIN sources s ON s.copy_id = c.copy_id
WHERE NOT c.is_earliest
