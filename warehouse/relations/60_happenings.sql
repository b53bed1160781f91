-- Happenings: reports of one act between the same parties on the same days are one, however many articles tell it.
--
-- Parties are states where they differ, so that Moscow, the Kremlin and its minister are one party; within a state they
-- are the entities. What is mutual has no direction. Days: the exact days that clauses give; a report with the
-- dateline's day belongs to those of that day or the day before; a month or a year to the only days within it that
-- are told; a report without a day to the only dated one of its own article, else to what its article and the copies
-- of it tell. Places part what is told of two countries, or two towns; a report without a place goes with the others.
CREATE TEMP TABLE reports AS
SELECT
    e.event_id,
    e.article_id,
    e.event_type,
    e.status,
    e.starts_on,
    e.ends_on,
    e.date_basis,
    e.starts_on IS NOT NULL AND e.ends_on - e.starts_on > 3 AS is_coarse,
    a.published_at,
    p.country AS place_country,
    CASE WHEN p.feature LIKE 'P%' THEN p.geonames_id END AS town,
    CASE
        WHEN e.source_country IS DISTINCT FROM e.target_country AND e.source_country IS NOT NULL
            THEN 'country:' || e.source_country
        ELSE coalesce(
            cs.canonical_id,
            e.source_id,
            'country:' || e.source_country,
            '~' || lower(regexp_extract(e.source_text, '(\S+)$', 1)),
            '-'
        )
    END AS source_key,
    CASE
        WHEN e.source_country IS DISTINCT FROM e.target_country AND e.target_country IS NOT NULL
            THEN 'country:' || e.target_country
        ELSE coalesce(
            ct.canonical_id,
            e.target_id,
            'country:' || e.target_country,
            '~' || lower(regexp_extract(e.target_text, '(\S+)$', 1)),
            '-'
        )
    END AS target_key,
    e.event_type IN ('CONSULT', 'COOPERATE') OR e.cameo_code = '057' AS is_mutual
FROM events e
JOIN articles a ON a.article_id = e.article_id AND a.is_current
LEFT JOIN places p ON p.place_id = e.place_id
LEFT JOIN canonical_ids cs ON cs.article_id = e.article_id AND cs.entity_id = e.source_id
LEFT JOIN canonical_ids ct ON ct.article_id = e.article_id AND ct.entity_id = e.target_id;

CREATE TEMP TABLE parties AS
SELECT
    * EXCLUDE (source_key, target_key),
    CASE WHEN is_mutual THEN least(source_key, target_key) ELSE source_key END AS source_key,
    CASE WHEN is_mutual THEN greatest(source_key, target_key) ELSE target_key END AS target_key
FROM reports;

-- Days that clauses tell.
CREATE TEMP TABLE exact_days AS
SELECT DISTINCT event_type, source_key, target_key, starts_on, ends_on
FROM parties
WHERE starts_on IS NOT NULL AND NOT is_coarse AND date_basis <> 'dateline';

CREATE TEMP TABLE dated AS
SELECT
    r.event_id,
    r.article_id,
    r.event_type,
    r.source_key,
    r.target_key,
    r.status,
    coalesce(same.starts_on, eve.starts_on, r.starts_on) AS starts_on,
    coalesce(same.ends_on, eve.ends_on, r.ends_on) AS ends_on
FROM parties r
LEFT JOIN exact_days same
    ON r.date_basis = 'dateline' AND same.starts_on = r.starts_on AND same.ends_on = r.starts_on
    AND (same.event_type, same.source_key, same.target_key) = (r.event_type, r.source_key, r.target_key)
LEFT JOIN exact_days eve
    ON r.date_basis = 'dateline' AND eve.starts_on = r.starts_on - 1 AND eve.ends_on = r.starts_on - 1
    AND (eve.event_type, eve.source_key, eve.target_key) = (r.event_type, r.source_key, r.target_key)
WHERE r.starts_on IS NOT NULL AND NOT r.is_coarse;

CREATE TEMP TABLE days AS
SELECT DISTINCT event_type, source_key, target_key, starts_on, ends_on FROM dated;

-- A month or a year is the only days within it.
INSERT INTO dated
SELECT
    r.event_id,
    r.article_id,
    r.event_type,
    r.source_key,
    r.target_key,
    r.status,
    CASE WHEN count(d.starts_on) = 1 THEN min(d.starts_on) ELSE r.starts_on END,
    CASE WHEN count(d.starts_on) = 1 THEN min(d.ends_on) ELSE r.ends_on END
FROM parties r
LEFT JOIN days d
    ON (d.event_type, d.source_key, d.target_key) = (r.event_type, r.source_key, r.target_key)
    AND d.starts_on >= r.starts_on AND d.ends_on <= r.ends_on
WHERE r.is_coarse
GROUP BY r.event_id, r.article_id, r.event_type, r.source_key, r.target_key, r.status, r.starts_on, r.ends_on;

CREATE TEMP TABLE sole_days AS
SELECT article_id, event_type, source_key, target_key, min(starts_on) AS starts_on, min(ends_on) AS ends_on
FROM dated
WHERE status IN ('occurred', 'ongoing')
GROUP BY ALL
HAVING count(DISTINCT (starts_on, ends_on)) = 1;

CREATE TEMP TABLE cells AS
SELECT
    r.*,
    o.copy_id,
    coalesce(d.starts_on, sole.starts_on) AS first_on,
    coalesce(d.ends_on, sole.ends_on) AS last_on,
    md5(concat_ws(
        '|',
        r.event_type,
        r.source_key,
        r.target_key,
        coalesce(CAST(coalesce(d.starts_on, sole.starts_on) AS VARCHAR), 'told by ' || o.copy_id),
        coalesce(CAST(coalesce(d.ends_on, sole.ends_on) AS VARCHAR), r.status)
    )) AS cell
FROM parties r
JOIN copies o USING (article_id)
LEFT JOIN dated d USING (event_id)
LEFT JOIN sole_days sole
    ON r.starts_on IS NULL AND r.status IN ('occurred', 'ongoing') AND sole.article_id = r.article_id
    AND (sole.event_type, sole.source_key, sole.target_key) = (r.event_type, r.source_key, r.target_key);

-- Places: a report without one goes with the only country, and the only town, that the others name.
CREATE TEMP TABLE placed AS
WITH countries_told AS (
    SELECT cell, CASE WHEN count(DISTINCT place_country) = 1 THEN min(place_country) END AS country FROM cells GROUP BY cell
),
in_country AS (
    SELECT c.event_id, c.cell, coalesce(c.place_country, t.country) AS country, c.town
    FROM cells c
    JOIN countries_told t USING (cell)
),
towns_told AS (
    SELECT cell, country, CASE WHEN count(DISTINCT town) = 1 THEN min(town) END AS town
    FROM in_country
    GROUP BY cell, country
)
SELECT i.event_id, i.country, coalesce(i.town, t.town) AS town
FROM in_country i
JOIN towns_told t ON t.cell = i.cell AND t.country IS NOT DISTINCT FROM i.country;

CREATE TEMP TABLE happened AS
SELECT c.*, p.country AS happened_in, substr(md5(concat_ws('|', c.cell, p.country, p.town)), 1, 20) AS happening_id
FROM cells c
JOIN placed p USING (event_id);

INSERT INTO happenings BY NAME
SELECT
    happening_id,
    any_value(event_type) AS event_type,
    CASE min(CASE status
        WHEN 'occurred' THEN 1
        WHEN 'ongoing' THEN 2
        WHEN 'planned' THEN 3
        WHEN 'demanded' THEN 4
        WHEN 'hypothetical' THEN 5
        ELSE 6
    END)
        WHEN 1 THEN 'occurred'
        WHEN 2 THEN 'ongoing'
        WHEN 3 THEN 'planned'
        WHEN 4 THEN 'demanded'
        WHEN 5 THEN 'hypothetical'
        ELSE 'denied'
    END AS status,
    count(*) FILTER (WHERE status = 'denied') AS denied_count,
    any_value(CASE WHEN contains(source_key, ':') THEN source_key END) AS source_id,
    any_value(CASE WHEN contains(target_key, ':') THEN target_key END) AS target_id,
    any_value(first_on) AS starts_on,
    any_value(last_on) AS ends_on,
    any_value(happened_in) AS country,
    count(*) AS report_count,
    count(DISTINCT article_id) AS article_count,
    count(DISTINCT copy_id) AS independent_count,
    min(published_at) AS first_reported_at,
    max(published_at) AS last_reported_at
FROM happened
GROUP BY happening_id;

UPDATE events SET happening_id = NULL WHERE happening_id IS NOT NULL;

UPDATE events SET happening_id = h.happening_id FROM happened h WHERE h.event_id = events.event_id;
