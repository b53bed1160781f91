-- Who republished whose copy: one row per republication, with the delay and how much of the original it keeps.
SELECT
    c.copy_id,
    original.article_id AS original_id,
    original.agency,
    original.publisher AS original_publisher,
    copy.article_id,
    copy.publisher,
    copy.headline,
    copy.headline IS DISTINCT FROM original.headline AS has_new_headline,
    copy.published_at - original.published_at AS delay,
    c.similarity
FROM copies c
JOIN copies first ON first.copy_id = c.copy_id AND first.is_earliest
JOIN articles original ON original.article_id = first.article_id
JOIN articles copy ON copy.article_id = c.article_id
WHERE NOT c.is_earliest
