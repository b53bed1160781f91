from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.markup import MarkupError, NotArticleError, WebPage, read_page
from transforms.markup.tree import MAX_DEPTH, MAX_NODES, parse_markup

PARAGRAPHS = [
    "The harbour council voted on Tuesday to close the northern pier until the spring, its chair said.",
    "Fishermen who use the pier were told of the vote by letter, and some of them came to the hall to protest.",
    "The council will pay for berths in the southern basin. “Nobody will be left without one,” the chair said.",
    "An engineer who examined the pier in the autumn had found that a third of its piles were hollow.",
    "The work is to begin in the first week of December and will cost about two million crowns.",
]
WORDS = {"page_error": ["page not found"], "page_consent": ["we use cookies"], "page_clutter": ["newsletter", "relat"]}


def make_page(*paragraphs: str, head: str = "", between: str = "") -> str:
    body = "".join(f"<p>{p}</p>" for p in paragraphs[:2]) + between + "".join(f"<p>{p}</p>" for p in paragraphs[2:])
    return f"<html><head>{head}</head><body><article><h1>Council closes pier</h1>{body}</article></body></html>"


def read(markup: str, url: str | None = "https://harbour.example/2025/11/pier") -> WebPage:
    return read_page(markup, url, None, WORDS)


def story(page: WebPage) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks if block.is_story]


def linked_data(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def test_the_story_is_told_from_what_stands_between_its_paragraphs() -> None:
    between = '<aside><ul><li><a href="/a">Pier festival called off</a></li></ul></aside>'
    page = read(make_page(*PARAGRAPHS, between=between))
    assert [text for text in story(page) if text != "Council closes pier"] == PARAGRAPHS
    assert "Pier festival called off" in page.text
    assert page.text.startswith("Council closes pier\n\n")


def test_spans_are_those_of_the_blocks() -> None:
    page = read(make_page(*PARAGRAPHS, between="<div>Share<br>Print<br><br>Save</div>"))
    assert all(page.text[b.start : b.end] == b.rendered.text for b in page.blocks)
    assert {"Share\nPrint", "Save"} <= {b.rendered.text for b in page.blocks}


def test_a_teaser_that_repeats_the_lede_is_not_the_story() -> None:
    teaser = f"<div><p>{PARAGRAPHS[0]}</p></div><div>More from here</div>"
    page = read(make_page(*PARAGRAPHS).replace("</article>", "</article>" + teaser))
    assert story(page).count(PARAGRAPHS[0]) == 1
    assert "More from here" not in page.text


def test_what_is_hidden_until_a_script_shows_it_may_be_the_story() -> None:
    page = read(make_page(*PARAGRAPHS).replace("<body>", '<body style="display:none">'))
    assert PARAGRAPHS[3] in story(page)


@pytest.mark.parametrize(
    ("markup", "url", "reason"),
    [
        ("<html><body><h1>Page not found</h1><p>It has moved.</p></body></html>", None, "an error page"),
        ("<html><body><p>We use cookies to show advertisements.</p></body></html>", None, "a wall of consent"),
        ("<html><body><script>render()</script><div id=app></div></body></html>", None, "no main text"),
        (make_page(*PARAGRAPHS), "https://harbour.example/", "the front page"),
        (make_page(*(f'<a href="/{i}">{p}</a>' for i, p in enumerate(PARAGRAPHS))), None, "a list of links"),
        (
            make_page(PARAGRAPHS[0], head='<meta property="og:type" content="video.other">'),
            "https://harbour.example/v/1",
            "a video",
        ),
    ],
)
def test_pages_without_an_article_say_what_they_are(markup: str, url: str | None, reason: str) -> None:
    with pytest.raises(NotArticleError, match=reason):
        read(markup, url)


def test_markup_beyond_the_bounds_is_refused() -> None:
    with pytest.raises(MarkupError, match="elements"):
        parse_markup("<p><b>a</b></p>" * (MAX_NODES // 2 + 1))
    with pytest.raises(MarkupError, match="tags"):
        parse_markup("<i>" * (4 * MAX_NODES + 1))
    with pytest.raises(MarkupError, match="no element"):
        parse_markup(" ")


def test_deep_markup_is_refused_or_flattened_and_never_breaks() -> None:
    markup = "<div>" * (3 * MAX_DEPTH) + "deep" + "</div>" * (3 * MAX_DEPTH)
    with pytest.raises((MarkupError, NotArticleError)):
        read(markup)


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    doctype = '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    page = read(doctype + make_page(*PARAGRAPHS[:4], "He said &a; and &x; then left the hall for the day."))
    assert "boom" not in page.text
    assert "root:" not in page.text


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        (
            '<meta property="og:title" content="Council closes pier - Harbour Post">'
            + linked_data(headline="Council closes pier"),
            "title",
            "Council closes pier",
        ),
        ("<title>Council shuts pier | Post</title>", "title", "Council closes pier"),
        (linked_data(headline="x", author="A. Lake, Bo Reed and C. Ng"), "authors", ["A. Lake", "Bo Reed", "C. Ng"]),
        (linked_data(headline="x", author={"@type": "Organization", "name": "Post"}), "authors", []),
        ('<meta name="author" content="https://a.example"><meta name="byl" content="By A. Li">', "authors", ["A. Li"]),
        ('<meta name="author" content="Lake, Ann">', "authors", ["Lake, Ann"]),
        (linked_data(headline="x", datePublished="2025-11-04T10:00:00Z"), "published", "2025-11-04T10:00:00Z"),
        ('<meta property="article:published_time" content="2025-11-04">', "published", "2025-11-04"),
        (linked_data(headline="x", publisher=[{"name": "Post &amp; Mail"}]), "publisher", "Post & Mail"),
        ('<link rel="canonical" href="/2025/11/pier">', "url", "https://harbour.example/2025/11/pier"),
        ('<link rel="canonical" href="https://harbour.example/">', "url", None),
        ('<meta property="article:section" content="News">', "section", "News"),
    ],
)  # fmt: skip
def test_metadata(head: str, field: str, expected: object) -> None:
    assert getattr(read(make_page(*PARAGRAPHS, head=head)).metadata, field) == expected


def test_an_author_may_stand_elsewhere_in_the_graph() -> None:
    graph = {
        "@graph": [
            {"@type": "Person", "@id": "#ann", "name": "Ann Lake"},
            {"@type": "NewsArticle", "headline": "x", "author": {"@id": "#ann"}},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert read(make_page(*PARAGRAPHS, head=head)).metadata.authors == ["Ann Lake"]


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, "null", '"text"', '[{"@type": ["NewsArticle", 3], "author": [[1]]}]']
)
def test_broken_linked_data_is_passed_over(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    assert read(make_page(*PARAGRAPHS, head=head)).metadata.title == "Council closes pier"


def test_a_page_says_that_its_story_is_longer_than_what_was_found() -> None:
    rest = "".join(f"<div class='x{i}'><span>{p}</span></div>" for i, p in enumerate(PARAGRAPHS * 2))
    told = " ".join(PARAGRAPHS * 3)
    page = read(make_page(*PARAGRAPHS, head=linked_data(headline="x", articleBody=told), between=rest))
    assert sum(map(len, story(page))) > sum(map(len, PARAGRAPHS))


TAGS = st.sampled_from(["p", "div", "ul", "li", "h2", "table", "td", "aside", "span", "br", "script", "figure", "a"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TAGS, st.booleans(), st.text(max_size=30)), max_size=30))
def test_any_markup_gives_spans_or_a_reason(parts: list[tuple[str, bool, str]]) -> None:
    soup = "".join(f"<{'/' if is_end else ''}{tag}>{text}" for tag, is_end, text in parts)
    try:
        page = read(make_page(*PARAGRAPHS, between=soup))
    except (MarkupError, NotArticleError):
        return
    end = page.text_start
    for block in page.blocks:
        assert end <= block.start < block.end
        assert not page.text[end : block.start].strip()
        assert page.text[block.start : block.end] == block.rendered.text
        end = block.end
    assert not page.text[end:].strip()
