-- A surname alone, with an office, is the one person of that surname who is named in full elsewhere with an office of
-- the kind, in the country that the article gives, if it gives one. Where several are, it stays what it is.
CREATE TEMP TABLE holders AS
SELECT DISTINCT
    coalesce(here.canonical_id, everywhere.canonical_id, p.entity_id) AS canonical_id,
    k.surname_key,
    p.country,
    p.office_kind
FROM (SELECT entity_id, article_id, country, unnest(office_kinds) AS office_kind FROM people) p
JOIN name_keys k ON k.entity_id = p.entity_id AND k.name_key IS NOT NULL
LEFT JOIN entity_aliases here ON here.entity_id = p.entity_id AND here.article_id = p.article_id
LEFT JOIN entity_aliases everywhere ON everywhere.entity_id = p.entity_id AND everywhere.article_id IS NULL
WHERE p.country IS NOT NULL;

CREATE TEMP TABLE sole_holders AS  -- of each surname and office: in a country, and in any (country is null)
SELECT surname_key, office_kind, country, min(canonical_id) AS canonical_id
FROM holders
GROUP BY GROUPING SETS ((surname_key, office_kind, country), (surname_key, office_kind))
HAVING count(DISTINCT canonical_id) = 1;

INSERT INTO entity_aliases
SELECT p.entity_id, p.article_id, min(h.canonical_id), 'alias.surname-office'
FROM (SELECT entity_id, article_id, country, unnest(office_kinds) AS office_kind FROM people) p
JOIN name_keys k ON k.entity_id = p.entity_id AND k.name_key IS NULL
JOIN sole_holders h
    ON h.surname_key = k.surname_key
    AND h.office_kind = p.office_kind
    AND h.country IS NOT DISTINCT FROM p.country
GROUP BY p.entity_id, p.article_id
HAVING count(DISTINCT h.canonical_id) = 1;
