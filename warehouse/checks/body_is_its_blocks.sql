-- The body is not its body blocks: pieces of a paragraph joined by a space, paragraphs by a blank line.
WITH paragraphs AS (
    SELECT article_id, paragraph_no, string_agg(text, ' ' ORDER BY block_no) AS text
    FROM blocks
    WHERE kind = 'body'
    GROUP BY ALL
),
bodies AS (
    SELECT article_id, string_agg(text, ' ' ORDER BY paragraph_no) AS text, count(*) AS paragraphs
    FROM paragraphs
    GROUP BY article_id
)
SELECT a.article_id, coalesce(b.paragraphs, 0) AS paragraphs
FROM articles a
LEFT JOIN bodies b USING (article_id)
WHERE regexp_replace(a.body, '[\s\p{Z}\x{1C}-\x{1F}\x{85}]+', '', 'g')
          <> regexp_replace(coalesce(b.text, ''), '[\s\p{Z}\x{1C}-\x{1F}\x{85}]+', '', 'g')
   OR len(string_split(a.body, chr(10) || chr(10))) <> greatest(coalesce(b.paragraphs, 0), 1)
