"""Grouping: articles into groups that grow with each load, and are what one load of them all would give.

Each article has keys. It is compared with the articles just before it, by time, among those that share a key, so
that the work for an article is bounded however many there are; the rules say which of these pairs are linked.

Chains of links would join what has nothing in common at their ends. So each article asks those that it is linked with
and that are denser, which is to say have more and stronger links, which group they are of (density peaks; A. Rodriguez
and A. Laio, 2014), and joins it if it is like the densest of the group as well (star clusters; J. Aslam and others,
2004).

Keys, links and answers are kept in the schema `internal` of the warehouse. A load adds its articles' keys, finds the
articles whose neighbours have changed, makes their links anew, and then whatever hangs on these, until nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

_STATE = """
CREATE TABLE internal.compared (doc INTEGER, article_id VARCHAR, published_at TIMESTAMP);
CREATE TABLE internal.compared_by (version VARCHAR);
"""
_STATE_OF = """
CREATE TABLE internal.{table}_keys (key UBIGINT, doc INTEGER);
CREATE TABLE internal.{table}_docs (doc INTEGER, keys INTEGER, density BIGINT, centre INTEGER, chain INTEGER);
CREATE TABLE internal.{table}_profiles (doc INTEGER, profile BLOB);
CREATE TABLE internal.{table}_links (doc INTEGER, other INTEGER, weight BIGINT);
"""
_ORDER = "published_at NULLS LAST, article_id"
"""The order of time, as the contract tells which article of a group is the earliest."""
_KEYED = 50_000
"""Articles whose keys are made at a time."""
_COMPARED = 50_000
"""Pairs that are compared at a time."""
_SETTLED = 20_000
"""Articles that are told their groups at a time."""
_SCANNED = 8_000_000
"""Keys that are sorted at a time."""
_UNIT = 1_000_000
"""Weights are whole numbers of this part, since sums of fractions depend on their order."""


@dataclass(frozen=True)
class Grouping:
    """What puts articles into the groups of one table; the rules are Arrow in, Arrow out.

    `read` selects, for the articles of a select `{ids}`, what `key` takes; it gives for each `article_id` its `keys`
    and a `profile`, which may be null. An article is compared with `window` others before it for each key, and only
    with those that meet it in `least_keys` keys or more, and in the share `least_share` of the keys of whichever has
    fewer. `recall` selects what `compare` takes of articles, beside the pairs (`article_id`, `other_id`); it gives for
    each pair the `measures`, the first of which is the link's weight, and `is_linked`.

    An article is as dense as the squares of its `strongest` strongest links, summed, and asks by links of
    `least_weight` or more. `settle` takes articles as `recall` selects them, densest first; their links to denser ones
    (`article_id`, `other_id`), strongest first; and of those of them that are not among the articles, as `settled`, the
    `group_id` that they have with what `recall` selects of it. It gives for each article as `group_id` the densest of
    its group.

    `given` selects pairs that belong together anyway: with `merge` their groups are one, by a function of articles,
    earliest first, and pairs; without, the first of a pair goes where the second does.
    """

    table: str
    column: str
    measures: tuple[str, ...]
    read: str
    key: Callable[[pa.Table], pa.Table]
    window: int
    least_keys: int
    least_share: float
    recall: str
    compare: Callable[[pa.Table, pa.Table], pa.Table]
    strongest: int
    least_weight: float
    settle: Callable[[pa.Table, pa.Table, pa.Table], pa.Table]
    given: str
    merge: Callable[[pa.Table, pa.Table], pa.Table] | None


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """Has the next grouping begin anew: for when articles that are loaded have changed."""
    if "compared" in _list_state(con):
        con.execute("DROP TABLE internal.compared")


def _list_state(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Names of tables in the schema `internal`."""
    rows = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'internal' AND database_name = current_database()"
    ).fetchall()
    return {name for (name,) in rows}


def group_articles(con: duckdb.DuckDBPyConnection, groupings: tuple[Grouping, ...], version: str) -> None:
    """Brings the groups up to date with the articles, of which those of one item know their versions."""
    _prepare(con, groupings, version)
    ((known,),) = con.execute("SELECT coalesce(max(doc), 0) FROM internal.compared").fetchall()
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE fresh AS
        SELECT
            CAST(row_number() OVER (ORDER BY {_ORDER}) + {known} AS INTEGER) AS doc,
            article_id,
            published_at
        FROM articles
        ANTI JOIN internal.compared USING (article_id)
        """
    )
    con.execute("INSERT INTO internal.compared SELECT doc, article_id, published_at FROM fresh")
    for grouping in groupings:
        _Work(con, grouping).run()


def _prepare(con: duckdb.DuckDBPyConnection, groupings: tuple[Grouping, ...], version: str) -> None:
    found = _list_state(con)
    if "compared" in found and con.execute("SELECT version FROM internal.compared_by").fetchall() == [(version,)]:
        return
    con.execute("CREATE SCHEMA IF NOT EXISTS internal")
    for name in found:
        if name.startswith("compared") or name.startswith(tuple(f"{grouping.table}_" for grouping in groupings)):
            con.execute(f'DROP TABLE internal."{name}"')
    con.execute(_STATE)
    con.execute("INSERT INTO internal.compared_by VALUES (?)", [version])
    for grouping in groupings:
        con.execute(_STATE_OF.format(table=grouping.table))
        con.execute(f"DELETE FROM {grouping.table}")


class _Work:
    """One grouping brought up to date. `fresh` holds the articles that came."""

    def __init__(self, con: duckdb.DuckDBPyConnection, grouping: Grouping) -> None:
        self._con = con
        self._rules = grouping
        state = f"internal.{grouping.table}"
        self._keys, self._docs, self._profiles = f"{state}_keys", f"{state}_docs", f"{state}_profiles"
        self._links = f"{state}_links"

    def run(self) -> None:
        self._add_keys()
        self._find_touched()
        self._find_pairs()
        self._link()
        self._find_densities()
        while self._count("open"):
            self._settle()
        self._find_given()
        self._gather()
        self._write()

    def _count(self, what: str) -> int:
        (count,) = self._con.execute(f"SELECT count(*) FROM {what}").fetchall()[0]
        return int(count)

    def _read(self, question: str, ids: str) -> pa.Table:
        """What a question asks of the articles that a select of `article_id` names."""
        contents: pa.Table = self._con.sql(question.format(ids=f"({ids})")).to_arrow_table()
        return contents

    def _recall(self, ids: str) -> str:
        return self._rules.recall.format(ids=f"({ids})")

    def _add_keys(self) -> None:
        ((first, last),) = self._con.execute("SELECT min(doc), max(doc) FROM fresh").fetchall()
        if first is None:
            return
        for start in range(first, last + 1, _KEYED):
            ids = f"SELECT article_id FROM fresh WHERE doc BETWEEN {start} AND {start + _KEYED - 1}"
            self._con.register("made", self._rules.key(self._read(self._rules.read, ids)))
            self._con.execute(
                f"""
                INSERT INTO {self._docs}
                SELECT doc, len(m.keys), 0, doc, doc FROM made m JOIN fresh USING (article_id)
                """
            )
            self._con.execute(
                f"""
                INSERT INTO {self._profiles}
                SELECT doc, profile FROM made JOIN fresh USING (article_id) WHERE profile IS NOT NULL
                """
            )
            self._con.execute(
                f"INSERT INTO {self._keys} SELECT unnest(m.keys), doc FROM made m JOIN fresh USING (article_id)"
            )
            self._con.unregister("made")

    def _bucket(self, some: str) -> str:
        """A select of all that has a key of the articles in a table."""
        return f"{self._keys} SEMI JOIN (SELECT key FROM {self._keys} SEMI JOIN {some} USING (doc)) USING (key)"

    def _meet(self, keys: str, some: str, sign: str) -> str:
        """A select of the articles in a table with the ones before (`-`) or behind (`+`) them in the order of time.

        It has a row (`doc`, `other`) for each of some keys by which they meet within the window.
        """
        return f"""
            WITH ranked AS MATERIALIZED (
                SELECT key, doc, row_number() OVER (PARTITION BY key ORDER BY {_ORDER}) AS n
                FROM ({keys})
                JOIN internal.compared USING (doc)
                QUALIFY count(*) OVER (PARTITION BY key) > 1
            ),
            mine AS MATERIALIZED (
                SELECT doc, key, n {sign} unnest(range(1, {self._rules.window + 1})) AS n
                FROM ranked SEMI JOIN {some} USING (doc)
            )
            SELECT mine.doc, r.doc AS other FROM mine JOIN ranked r USING (key, n)
        """

    def _find_touched(self) -> None:
        """`touched`: the articles that came, and those that have one of them among their neighbours."""
        self._con.execute("CREATE OR REPLACE TEMP TABLE touched AS SELECT doc FROM fresh")
        if self._count("fresh") == self._count("internal.compared"):
            return
        behind = self._meet(f"SELECT * FROM {self._bucket('fresh')}", "fresh", "+")
        self._con.execute(
            f"INSERT INTO touched SELECT DISTINCT other FROM ({behind}) ANTI JOIN fresh ON fresh.doc = other"
        )

    def _find_pairs(self) -> None:
        """`pairs`: each touched article with its neighbours that meet it in enough keys."""
        is_all = self._count("touched") == self._count("internal.compared")
        bucket = self._keys if is_all else self._bucket("touched")
        parts = 1 + (self._count(self._keys) // _SCANNED if is_all else 0)
        self._con.execute("CREATE OR REPLACE TEMP TABLE met (doc INTEGER, other INTEGER, keys INTEGER)")
        for part in range(parts):
            before = self._meet(f"SELECT * FROM {bucket} WHERE key % {parts} = {part}", "touched", "-")
            self._con.execute(f"INSERT INTO met SELECT doc, other, count(*) FROM ({before}) GROUP BY doc, other")
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE pairs AS
            SELECT doc, other
            FROM (SELECT doc, other, sum(keys) AS keys FROM met GROUP BY doc, other) m
            JOIN {self._docs} a USING (doc)
            JOIN {self._docs} b ON b.doc = m.other
            WHERE m.keys >= {self._rules.least_keys} AND m.keys >= {self._rules.least_share} * least(a.keys, b.keys)
            """
        )
        self._con.execute("DROP TABLE met")

    def _link(self) -> None:
        """Brings links up to date with `pairs`; `moved` has the articles that came and those whose links change by it.

        Of two articles that were there before, one may no longer be near the other, but nothing else changes.
        """
        self._con.execute("CREATE OR REPLACE TEMP TABLE moved AS SELECT doc FROM fresh")
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE lost AS
            SELECT doc, other FROM {self._links} SEMI JOIN touched USING (doc) ANTI JOIN pairs USING (doc, other)
            """
        )
        self._con.execute(f"DELETE FROM {self._links} WHERE (doc, other) IN (FROM lost)")
        self._move("lost")
        came = """
            SELECT CAST(row_number() OVER (ORDER BY doc, other) AS INTEGER) AS n, doc, other
            FROM pairs
            WHERE greatest(doc, other) >= (SELECT min(doc) FROM fresh)
        """
        for likeness in self._compare(came):
            self._con.register("found", likeness)
            self._con.execute(
                f"""
                CREATE OR REPLACE TEMP TABLE gained AS
                SELECT a.doc, b.doc AS other, CAST(round({_UNIT} * f."{self._rules.measures[0]}") AS BIGINT) AS weight
                FROM found f
                JOIN internal.compared a ON a.article_id = f.article_id
                JOIN internal.compared b ON b.article_id = f.other_id
                WHERE f.is_linked
                """
            )
            self._con.unregister("found")
            self._con.execute(f"INSERT INTO {self._links} FROM gained")
            self._move("gained")

    def _move(self, links: str) -> None:
        self._con.execute(
            f"INSERT INTO moved SELECT doc FROM (SELECT doc FROM {links} UNION SELECT other FROM {links}) "
            "ANTI JOIN moved USING (doc)"
        )

    def _compare(self, pairs: str) -> Iterator[pa.Table]:
        """What the rules say of pairs (`doc`, `other`, numbered by `n` from 1), so many at a time."""
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE asked AS
            SELECT n, a.article_id, b.article_id AS other_id
            FROM ({pairs}) p
            JOIN internal.compared a USING (doc)
            JOIN internal.compared b ON b.doc = p.other
            """
        )
        for start in range(0, self._count("asked"), _COMPARED):
            some = f"FROM asked WHERE n BETWEEN {start + 1} AND {start + _COMPARED}"
            contents = self._read(self._rules.recall, f"SELECT article_id {some} UNION SELECT other_id {some}")
            asked = self._con.sql(f"SELECT article_id, other_id {some} ORDER BY n").to_arrow_table()
            yield self._rules.compare(asked, contents)

    def _find_given(self) -> None:
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE given AS
            SELECT a.doc, b.doc AS other
            FROM ({self._rules.given}) g
            JOIN internal.compared a USING (article_id)
            JOIN internal.compared b ON b.article_id = g.other_id
            """
        )

    @property
    def _both(self) -> str:
        """A select of the links of an article with those before it and after it."""
        return f"(SELECT doc, other, weight FROM {self._links} UNION ALL SELECT other, doc, weight FROM {self._links})"

    def _find_densities(self) -> None:
        """Brings densities up to date; `open` has the articles that may be told something else now."""
        self._con.execute(
            f"""
            UPDATE {self._docs} SET density = d.density
            FROM (
                SELECT m.doc, coalesce(sum(b.weight * b.weight), 0) AS density
                FROM moved m
                LEFT JOIN (
                    FROM {self._both} SEMI JOIN moved USING (doc)
                    QUALIFY row_number() OVER (PARTITION BY doc ORDER BY weight DESC) <= {self._rules.strongest}
                ) b USING (doc)
                GROUP BY m.doc
            ) d
            WHERE d.doc = {self._docs}.doc
            """
        )
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE open AS
            SELECT doc FROM moved UNION SELECT other FROM {self._both} SEMI JOIN moved USING (doc)
            """
        )

    def _settle(self) -> None:
        """Tells `open` articles their groups, and leaves in it those that ask one whose group is another now."""
        order = "d.density DESC, c.published_at NULLS LAST, c.article_id"
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE near AS
            SELECT d.doc, row_number() OVER (ORDER BY {order}) AS place
            FROM {self._docs} d
            JOIN internal.compared c USING (doc)
            SEMI JOIN (
                FROM open UNION SELECT other FROM {self._both} SEMI JOIN open USING (doc)
            ) o ON o.doc = d.doc
            """
        )
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE asks AS
            SELECT b.doc, b.other, row_number() OVER (ORDER BY mine.place, b.weight DESC, o.place) AS n
            FROM {self._both} b
            SEMI JOIN open ON open.doc = b.doc
            JOIN near mine ON mine.doc = b.doc
            JOIN near o ON o.doc = b.other
            WHERE b.weight >= {round(self._rules.least_weight * _UNIT)} AND o.place < mine.place
            """
        )
        self._con.execute(
            """
            CREATE OR REPLACE TEMP TABLE asking AS
            SELECT doc, CAST(row_number() OVER (ORDER BY place) AS INTEGER) AS turn FROM near SEMI JOIN asks USING (doc)
            """
        )
        self._con.execute("CREATE OR REPLACE TEMP TABLE changed (doc INTEGER)")
        self._answer("SELECT doc, doc AS centre FROM open ANTI JOIN asks USING (doc)")
        for start in range(0, self._count("asking"), _SETTLED):
            some = f"SELECT doc, turn FROM asking WHERE turn BETWEEN {start + 1} AND {start + _SETTLED}"
            self._con.register("told", self._tell(some))
            self._answer(
                """
                SELECT a.doc, b.doc AS centre
                FROM told
                JOIN internal.compared a USING (article_id)
                JOIN internal.compared b ON b.article_id = told.group_id
                """
            )
            self._con.unregister("told")
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE open AS
            SELECT DISTINCT b.other AS doc
            FROM {self._both} b
            SEMI JOIN changed USING (doc)
            ANTI JOIN open ON open.doc = b.other
            """
        )

    def _tell(self, some: str) -> pa.Table:
        """What the rules answer some of those that are `asking`, when all that are denser have been told."""
        names = "internal.compared"
        self._con.execute(f"CREATE OR REPLACE TEMP TABLE now AS {some}")
        articles = f"""
            SELECT r.*
            FROM ({self._recall(f"SELECT article_id FROM {names} SEMI JOIN now USING (doc)")}) r
            JOIN {names} USING (article_id)
            JOIN now USING (doc)
            ORDER BY turn
        """
        links = f"""
            SELECT a.article_id, b.article_id AS other_id
            FROM asks
            SEMI JOIN now ON now.doc = asks.doc
            JOIN {names} a ON a.doc = asks.doc
            JOIN {names} b ON b.doc = asks.other
            ORDER BY n
        """
        settled = f"""
            WITH centres AS (
                SELECT c.article_id, g.article_id AS group_id
                FROM {self._docs} d
                SEMI JOIN (SELECT other FROM asks SEMI JOIN now ON now.doc = asks.doc) o ON o.other = d.doc
                ANTI JOIN now ON now.doc = d.doc
                JOIN {names} c ON c.doc = d.doc
                JOIN {names} g ON g.doc = d.centre
            )
            SELECT centres.article_id, centres.group_id, r.* EXCLUDE (article_id)
            FROM centres
            JOIN ({self._recall("SELECT group_id AS article_id FROM centres")}) r ON r.article_id = centres.group_id
        """
        asked = (self._con.sql(question).to_arrow_table() for question in (articles, links, settled))
        return self._rules.settle(*asked)

    def _answer(self, answers: str) -> None:
        """Enters answers (`doc`, `centre`); those that are new go into `changed`."""
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE answered AS
            SELECT a.* FROM ({answers}) a JOIN {self._docs} d USING (doc) WHERE d.centre <> a.centre
            """
        )
        self._con.execute("INSERT INTO changed SELECT doc FROM answered")
        self._con.execute(f"UPDATE {self._docs} SET centre = a.centre FROM answered a WHERE a.doc = {self._docs}.doc")

    def _gather(self) -> None:
        """`belongs`: the articles of groups that are not what they were, with the earliest of each."""
        if self._rules.merge:
            self._merge(self._rules.merge)
        else:
            self._follow()
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE belongs AS
            WITH changed AS (
                SELECT f.doc, f.chain, d.chain AS old
                FROM final f
                JOIN {self._docs} d USING (doc)
                WHERE f.chain <> d.chain OR f.doc IN (FROM fresh SELECT doc)
            ),
            members AS (
                SELECT f.doc, f.chain, c.article_id, c.published_at
                FROM final f
                JOIN internal.compared c USING (doc)
                WHERE f.chain IN (SELECT chain FROM changed UNION SELECT old FROM changed)
            )
            SELECT
                doc,
                article_id,
                chain,
                first_value(doc) OVER in_story AS first_doc,
                first_value(article_id) OVER in_story AS group_id
            FROM members
            WINDOW in_story AS (PARTITION BY chain ORDER BY {_ORDER})
            """
        )
        self._con.execute(
            f"UPDATE {self._docs} SET chain = b.chain FROM belongs b "
            f"WHERE b.doc = {self._docs}.doc AND {self._docs}.chain <> b.chain"
        )

    def _follow(self) -> None:
        """`final`: the centre of each article, or of the one that it goes with, or that its centre goes with."""
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE final AS
            WITH told AS (
                SELECT d.doc, o.centre
                FROM {self._docs} d
                LEFT JOIN given g USING (doc)
                JOIN {self._docs} o ON o.doc = coalesce(g.other, d.doc)
            )
            SELECT t.doc, coalesce(o.centre, t.centre) AS chain
            FROM told t
            LEFT JOIN given g ON g.doc = t.centre
            LEFT JOIN {self._docs} o ON o.doc = g.other
            """
        )

    def _merge(self, merge: Callable[[pa.Table, pa.Table], pa.Table]) -> None:
        """`final`: the centre of each article; of groups with a given pair the centre that came first."""
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE bridges AS
            SELECT DISTINCT a.centre AS doc, b.centre AS other
            FROM given g
            JOIN {self._docs} a ON a.doc = g.doc
            JOIN {self._docs} b ON b.doc = g.other
            WHERE a.centre <> b.centre
            """
        )
        ends = "SELECT doc FROM bridges UNION SELECT other FROM bridges"
        merged = merge(
            self._con.sql(
                f"SELECT article_id FROM internal.compared SEMI JOIN ({ends}) USING (doc) ORDER BY {_ORDER}"
            ).to_arrow_table(),
            self._con.sql(
                """
                SELECT a.article_id, b.article_id AS other_id
                FROM bridges
                JOIN internal.compared a USING (doc)
                JOIN internal.compared b ON b.doc = bridges.other
                """
            ).to_arrow_table(),
        )
        self._con.register("merged", merged)
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE final AS
            WITH heads AS (
                SELECT a.doc, b.doc AS head
                FROM merged m
                JOIN internal.compared a USING (article_id)
                JOIN internal.compared b ON b.article_id = m.group_id
            )
            SELECT d.doc, coalesce(h.head, d.centre) AS chain
            FROM {self._docs} d
            LEFT JOIN heads h ON h.doc = d.centre
            """
        )
        self._con.unregister("merged")

    def _write(self) -> None:
        rules = self._rules
        self._con.execute(f"DELETE FROM {rules.table} WHERE article_id IN (SELECT article_id FROM belongs)")
        alone = {"similarity": 1.0, "kept": 1.0, "added": 0.0}
        self._con.execute(
            f"""
            INSERT INTO {rules.table} BY NAME
            SELECT group_id AS {rules.column}, article_id, TRUE AS is_earliest,
                {", ".join(f"{alone[name]} AS {name}" for name in rules.measures)}
            FROM belongs WHERE doc = first_doc
            """
        )
        rest = (
            "SELECT CAST(row_number() OVER (ORDER BY first_doc, doc) AS INTEGER) AS n, doc, first_doc AS other "
            "FROM belongs WHERE doc <> first_doc"
        )
        for likeness in self._compare(rest):
            self._con.register("found", likeness)
            self._con.execute(
                f"""
                INSERT INTO {rules.table} BY NAME
                SELECT other_id AS {rules.column}, article_id, FALSE AS is_earliest, {", ".join(rules.measures)}
                FROM found
                """
            )
            self._con.unregister("found")
        self._con.execute(
            f"""
            UPDATE articles SET {rules.column} = b.group_id
            FROM belongs b
            WHERE b.article_id = articles.article_id AND articles.{rules.column} IS DISTINCT FROM b.group_id
            """
        )
