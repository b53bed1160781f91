-- The articles of each story in order of time, current versions only, with the time since its first article.
SELECT
    s.story_id,
    row_number() OVER in_story AS position,
    a.article_id,
    a.published_at,
    a.published_at - first_value(a.published_at) OVER in_story AS after_first,
    a.agency,
    a.publisher,
    a.headline,
    c.copy_id,
    c.is_earliest AS is_original
FROM stories s
JOIN articles a ON a.article_id = s.article_id AND a.is_current
LEFT JOIN copies c ON c.article_id = s.article_id
WINDOW in_story AS (PARTITION BY s.story_id ORDER BY a.published_at NULLS LAST, a.article_id)
