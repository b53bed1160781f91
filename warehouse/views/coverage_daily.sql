-- Articles by publisher, language and day of publication, current versions only: the denominator of every trend.
SELECT
    publisher,
    language,
    CAST(published_at AS DATE) AS published_on,
    count(*) AS articles,
    sum(word_count) AS words
FROM articles
WHERE is_current
GROUP BY ALL
