"""Grouping: articles into groups that grow with each load, and are what one load of them all would give.

Each article has keys. It is compared with the articles just before it, by time, among those that share a key, so
that the work for an article is bounded however many there are; the rules say which of these pairs are linked.

Chains of links would join what has nothing in common at their ends. So each article asks those that it is linked with
and that are denser, which is to say have more and stronger links, which group they are of (density peaks; A. Rodriguez
and A. Laio, 2014), and joins it if it is like the densest of the group as well (star clusters; J. Aslam and others,
2004).

Keys, links and answers are kept in the schema `internal` of the warehouse. A load adds its articles with their
neighbours, drops the links of those that are neighbours no more since something came between, and then tells whatever
hangs on these anew, until nothing changes. What is compared are profiles, so that no text is read twice.
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
CREATE TABLE internal.{table}_links (doc INTEGER, other INTEGER, weight BIGINT, keys INTEGER);
"""
"""Links have the later article first, and the number of keys by which the two are neighbours."""
_TEXTS = """
SELECT doc, headline, coalesce(body, '') AS body, language
FROM articles
JOIN fresh USING (article_id)
WHERE articles.rowid >= (SELECT min(row) FROM fresh)
"""
"""What keys are made of. What came stands behind the rest, which need not be read then."""
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

    Articles go by a number, `doc`. `key` takes each with `headline`, `body` and `language`, and gives its `keys` and a
    `profile`. An article is compared with `window` others before it for each key, and only with those that meet it in
    `least_keys` keys or more, and in the share `least_share` of the keys of whichever has fewer. `compare` takes the
    pairs (`doc`, `other`), and the articles with `profile` and `published_at`; it gives for each pair the `measures`,
    the first of which is the link's weight, and `is_linked`.

    An article is as dense as the squares of its `strongest` strongest links, summed, and asks by links of
    `least_weight` or more. `settle` takes articles as `compare` does, densest first; their links to denser ones (`doc`,
    `other`), strongest first; and of those of them that are not among the articles, as `settled`, the `centre` that
    they have with its `profile` and `published_at`. It gives for each article as `centre` the densest of its group.

    `given` selects pairs (`article_id`, `other_id`) that belong together anyway: with `merge` their groups are one, by
    a function of articles, earliest first, and pairs; without, the first of a pair goes where the second does.
    """

    table: str
    column: str
    measures: tuple[str, ...]
    key: Callable[[pa.Table], pa.Table]
    window: int
    least_keys: int
    least_share: float
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
            published_at,
            articles.rowid AS row
        FROM articles
        ANTI JOIN internal.compared USING (article_id)
        """
    )
    con.execute("INSERT INTO internal.compared SELECT doc, article_id, published_at FROM fresh")
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE sequence AS
        SELECT doc, CAST(row_number() OVER (ORDER BY {_ORDER}) AS INTEGER) AS place FROM internal.compared
        """
    )
    ((last,),) = con.execute("SELECT coalesce(max(doc), 0) FROM internal.compared").fetchall()
    works = [_Work(con, grouping, known + 1) for grouping in groupings]
    for start in range(known + 1, last + 1, _KEYED):
        texts = con.sql(f"{_TEXTS} AND doc BETWEEN {start} AND {start + _KEYED - 1}").to_arrow_table()
        for work in works:
            work.add_keys(texts)
    for work in works:
        work.run()


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
    """One grouping brought up to date.

    The articles that came have the numbers from `first` on; `sequence` has the places of all in the order of time, as
    numbers that are quickly sorted.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, grouping: Grouping, first: int) -> None:
        self._con = con
        self._rules = grouping
        state = f"internal.{grouping.table}"
        self._keys, self._docs, self._profiles = f"{state}_keys", f"{state}_docs", f"{state}_profiles"
        self._links = f"{state}_links"
        self._first = first

    def add_keys(self, texts: pa.Table) -> None:
        """Adds keys and profiles of articles that came."""
        self._enter("keyed", "FROM answers", self._rules.key(texts))
        self._con.execute(f"INSERT INTO {self._docs} SELECT doc, len(keys), 0, doc, doc FROM keyed")
        self._con.execute(f"INSERT INTO {self._profiles} SELECT doc, profile FROM keyed")
        self._con.execute(f"INSERT INTO {self._keys} SELECT unnest(keys), doc FROM keyed")

    def run(self) -> None:
        """Brings the groups up to date when all that came have keys."""
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

    def _read(self, question: str) -> pa.Table:
        contents: pa.Table = self._con.sql(question).to_arrow_table()
        return contents

    def _enter(self, name: str, question: str, answers: pa.Table) -> None:
        """Makes a temporary table by a question that reads the rules' `answers`."""
        self._con.register("answers", answers)
        self._con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {question}")
        self._con.unregister("answers")

    def _recall(self, docs: str) -> str:
        """A select of what is compared of the articles of a select of `doc`."""
        return f"""
            SELECT doc, profile, published_at
            FROM {self._profiles} JOIN internal.compared USING (doc)
            SEMI JOIN ({docs}) USING (doc)
        """

    def _find_pairs(self) -> None:
        """`pairs`: the articles that came with their neighbours, and by how many keys they are; `displaced`: others
        that are neighbours no more, with how many keys fewer."""
        self._con.execute("CREATE OR REPLACE TEMP TABLE met (doc INTEGER, other INTEGER, keys INTEGER)")
        self._con.execute("CREATE OR REPLACE TEMP TABLE parted (doc INTEGER, other INTEGER, keys INTEGER)")
        keys = self._keys
        if self._first > 1:
            self._con.execute(
                f"""
                CREATE OR REPLACE TEMP TABLE bucket AS
                FROM {self._keys} SEMI JOIN (SELECT key FROM {self._keys} WHERE doc >= {self._first}) USING (key)
                """
            )
            keys = "bucket"
        parts = 1 + self._count(keys) // _SCANNED
        for part in range(parts):
            self._rank(f"FROM {keys} WHERE key % {parts} = {part}")
            self._meet()
            self._part()
        self._con.execute(f"CREATE OR REPLACE TEMP TABLE pairs AS {self._select('met', are_near=True)}")
        self._con.execute(
            """
            CREATE OR REPLACE TEMP TABLE displaced AS
            SELECT doc, other, CAST(sum(keys) AS INTEGER) AS keys FROM parted GROUP BY doc, other
            """
        )

    def _select(self, met: str, *, are_near: bool) -> str:
        """A select of the pairs of a table that meet in keys enough to be compared, or do not."""
        enough = f"keys >= {self._rules.least_keys} AND keys >= {self._rules.least_share} * least(here, there)"
        return f"""
            SELECT m.*
            FROM (SELECT doc, other, CAST(sum(keys) AS INTEGER) AS keys FROM {met} GROUP BY doc, other) m
            JOIN (SELECT doc, keys AS here FROM {self._docs}) USING (doc)
            JOIN (SELECT doc AS other, keys AS there FROM {self._docs}) USING (other)
            WHERE {"" if are_near else "NOT"} ({enough})
        """

    def _rank(self, keys: str) -> None:
        """`ranked`: for each of some keys its articles by their rank `n` in time, and by the rank that they had before
        this load."""
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE ranked AS
            SELECT
                key,
                doc,
                CAST(row_number() OVER in_time AS INTEGER) AS n,
                CAST(count_if(doc < {self._first}) OVER in_time AS INTEGER) AS was
            FROM ({keys})
            JOIN sequence USING (doc)
            WINDOW in_time AS (PARTITION BY key ORDER BY place ROWS UNBOUNDED PRECEDING)
            QUALIFY count(*) OVER (PARTITION BY key) > 1
            """
        )

    def _meet(self) -> None:
        """Adds to `met` the neighbours of articles that came; `behind` has those of them that were there, by key."""

        def within(sign: str) -> str:
            reach = f"unnest(range(1, {self._rules.window + 1}))"
            came = f"SELECT doc, key, n {sign} {reach} AS n FROM ranked WHERE doc >= {self._first}"
            return f"({came}) f JOIN ranked r USING (key, n)"

        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE behind AS
            SELECT r.*, f.doc AS other FROM {within("+")} WHERE r.doc < {self._first}
            """
        )
        self._con.execute(
            f"""
            INSERT INTO met
            SELECT doc, other, count(*)
            FROM (
                SELECT f.doc, r.doc AS other FROM {within("-")}
                UNION ALL
                SELECT doc, other FROM behind
            )
            GROUP BY doc, other
            """
        )

    def _part(self) -> None:
        """Adds to `parted` the linked neighbours between which, for a key, too many have come."""
        self._con.execute(
            f"""
            INSERT INTO parted
            SELECT doc, other, count(*)
            FROM (
                SELECT x.doc, y.doc AS other
                FROM (
                    SELECT doc, key, n, was - unnest(range(1, {self._rules.window + 1})) AS was
                    FROM (SELECT DISTINCT doc, key, n, was FROM behind SEMI JOIN {self._links} USING (doc))
                ) x
                JOIN (FROM ranked WHERE doc < {self._first}) y USING (key, was)
                WHERE x.n - y.n > {self._rules.window}
            )
            SEMI JOIN {self._links} USING (doc, other)
            GROUP BY doc, other
            """
        )

    def _link(self) -> None:
        """Brings links up to date; `moved` has the articles that came and those whose links change by it."""
        self._con.execute(
            f"CREATE OR REPLACE TEMP TABLE moved AS SELECT doc FROM internal.compared WHERE doc >= {self._first}"
        )
        self._con.execute(
            f"""
            UPDATE {self._links} SET keys = {self._links}.keys - d.keys
            FROM displaced d
            WHERE d.doc = {self._links}.doc AND d.other = {self._links}.other
            """
        )
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE lost AS
            SELECT doc, other
            FROM ({self._select(f"(FROM {self._links} SEMI JOIN displaced USING (doc, other))", are_near=False)})
            """
        )
        self._con.execute(f"DELETE FROM {self._links} WHERE (doc, other) IN (FROM lost)")
        self._move("lost")
        for likeness in self._compare("pairs"):
            self._enter(
                "gained",
                f"""
                SELECT doc, other, CAST(round({_UNIT} * "{self._rules.measures[0]}") AS BIGINT) AS weight, keys
                FROM answers
                JOIN pairs USING (doc, other)
                WHERE is_linked
                """,
                likeness,
            )
            self._con.execute(f"INSERT INTO {self._links} FROM gained")
            self._move("gained")

    def _move(self, links: str) -> None:
        self._con.execute(
            f"INSERT INTO moved SELECT doc FROM (SELECT doc FROM {links} UNION SELECT other FROM {links}) "
            "ANTI JOIN moved USING (doc)"
        )

    def _compare(self, pairs: str) -> Iterator[pa.Table]:
        """What the rules say of the pairs of a table, so many at a time."""
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE asked AS
            SELECT CAST(row_number() OVER (ORDER BY doc, other) AS INTEGER) AS n, doc, other FROM {pairs}
            """
        )
        for start in range(0, self._count("asked"), _COMPARED):
            some = f"FROM asked WHERE n BETWEEN {start + 1} AND {start + _COMPARED}"
            contents = self._read(self._recall(f"SELECT doc {some} UNION SELECT other {some}"))
            yield self._rules.compare(self._read(f"SELECT doc, other {some} ORDER BY n"), contents)

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
        self._con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE near AS
            SELECT d.doc, row_number() OVER (ORDER BY d.density DESC, p.place) AS place
            FROM {self._docs} d
            JOIN sequence p USING (doc)
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
            self._enter(
                "told",
                "FROM answers",
                self._tell(f"SELECT doc, turn FROM asking WHERE turn BETWEEN {start + 1} AND {start + _SETTLED}"),
            )
            self._answer("FROM told")
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
        self._con.execute(f"CREATE OR REPLACE TEMP TABLE now AS {some}")
        articles = f"SELECT r.* FROM ({self._recall('SELECT doc FROM now')}) r JOIN now USING (doc) ORDER BY turn"
        links = "SELECT doc, other FROM asks SEMI JOIN now ON now.doc = asks.doc ORDER BY n"
        settled = f"""
            WITH centres AS (
                SELECT d.doc, d.centre
                FROM {self._docs} d
                SEMI JOIN (SELECT other FROM asks SEMI JOIN now ON now.doc = asks.doc) o ON o.other = d.doc
                ANTI JOIN now ON now.doc = d.doc
            )
            SELECT centres.doc, centres.centre, r.profile, r.published_at
            FROM centres
            JOIN ({self._recall("SELECT centre AS doc FROM centres")}) r ON r.doc = centres.centre
        """
        return self._rules.settle(*map(self._read, (articles, links, settled)))

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
                WHERE f.chain <> d.chain OR f.doc >= {self._first}
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
            self._read(f"SELECT doc FROM sequence SEMI JOIN ({ends}) USING (doc) ORDER BY place"),
            self._read("SELECT doc, other FROM bridges"),
        )
        self._enter(
            "final",
            f"""
            SELECT d.doc, coalesce(m.centre, d.centre) AS chain
            FROM {self._docs} d
            LEFT JOIN answers m ON m.doc = d.centre
            """,
            merged,
        )

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
        self._con.execute(
            """
            CREATE OR REPLACE TEMP TABLE rest AS
            SELECT doc, first_doc AS other, article_id, group_id FROM belongs WHERE doc <> first_doc
            """
        )
        for likeness in self._compare("rest"):
            self._enter("likeness", "FROM answers", likeness)
            self._con.execute(
                f"""
                INSERT INTO {rules.table} BY NAME
                SELECT group_id AS {rules.column}, article_id, FALSE AS is_earliest, {", ".join(rules.measures)}
                FROM likeness JOIN rest USING (doc, other)
                """
            )
        self._con.execute(
            f"""
            UPDATE articles SET {rules.column} = b.group_id
            FROM belongs b
            WHERE b.article_id = articles.article_id AND articles.{rules.column} IS DISTINCT FROM b.group_id
            """
        )
