-- Versions of one item: the same id (a `-vN` at its end apart), else the same address. A higher
-- version stated, else a later modification, supersedes; where neither tells, both stay current.
CREATE OR REPLACE TEMP TABLE versions AS
WITH items AS (
    SELECT
        a.article_id,
        regexp_replace(d.record_id, '-v\d{1,4}$', '') AS base_id,
        -- Short ids (1, 2, 3) are a file's own: they mean an item only together with who published it.
        CASE
            WHEN length(base_id) >= 12 OR regexp_matches(base_id, '[:/]') THEN 'id ' || base_id
            WHEN base_id IS NOT NULL AND a.publisher IS NOT NULL THEN 'id ' || base_id || ' ' || a.publisher
            WHEN regexp_matches(coalesce(a.canonical_url, d.url), '^https?://[^/]+/.')
                THEN 'url ' || coalesce(a.canonical_url, d.url)
        END AS item,
        coalesce(a.stated_version, 1) AS stated,
        coalesce(a.modified_at, a.published_at, d.fetched_at, TIMESTAMP '0001-01-01') AS changed_at
    FROM articles a
    JOIN documents d ON d.document_id = a.article_id
),
ranked AS (
    SELECT article_id, item, dense_rank() OVER (PARTITION BY item ORDER BY stated, changed_at) AS version_no
    FROM items
    WHERE item IS NOT NULL
),
heads AS (SELECT item, version_no, min(article_id) AS article_id FROM ranked GROUP BY item, version_no)
SELECT r.article_id, r.version_no, h.article_id AS superseded_by
FROM ranked r
LEFT JOIN heads h ON h.item = r.item AND h.version_no = r.version_no + 1;

UPDATE articles SET version_no = 1, superseded_by = NULL, is_current = TRUE
WHERE version_no IS DISTINCT FROM 1 OR superseded_by IS NOT NULL OR NOT is_current;

UPDATE articles SET version_no = v.version_no, superseded_by = v.superseded_by, is_current = v.superseded_by IS NULL
FROM versions v
WHERE v.article_id = articles.article_id AND (v.version_no > 1 OR v.superseded_by IS NOT NULL);
