-- A date's period ends before it begins, or lacks one of its ends; a length or what recurs has one; or a value is none of TIMEX3.
-- tables: dates
SELECT t.article_id, t.text, t.value, t.starts_on, t.ends_on
FROM {table} t
WHERE t.starts_on > t.ends_on
   OR (t.starts_on IS NULL) <> (t.ends_on IS NULL)
   OR (t.starts_on IS NOT NULL AND t.timex_type IN ('DURATION', 'SET'))
   OR NOT regexp_full_match(
        coalesce(t.value, 'PRESENT_REF'),
        'P(X|[\d.]+)[A-Z]+(T?[\d.]+[A-Z])*|PT(X|[\d.]+)[HMS]([\d.]+[MS])?|P[\d.]+[DWMY][\d.]*[MD]?|(PAST|PRESENT|FUTURE)_REF'
        '|BC\d{2,4}(-\d\d|-[A-Z]{2})?|[\dX]{2,4}(-(0[1-9]|1[0-2]|W[\dX]{2}|Q\d|H\d|SP|SU|FA|WI|XX)(-(\d\d?|XX|WE))?)?(T(\d\d:\d\d|[A-Z]{2}))?'
   )
