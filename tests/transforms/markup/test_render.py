from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.markup.render import Rendering, render
from transforms.markup.tree import parse_markup


def show(body: str) -> Rendering:
    return render(parse_markup(f"<html><body>{body}</body></html>"), ["promo"])


MARKUP = st.recursive(
    st.sampled_from(["word ", "a b\nc", "<br>", "<script>x()</script>", "<img src=a>", "tail"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["div", "p", "b", "ul", "li", "div class=promo", "a href=/x", "article", "figure"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(MARKUP)
def test_boxes_are_nested_and_numbered_in_the_pages_order(markup: str) -> None:
    page = show(f"<div>{markup}</div>text")
    assert len(page.parents) == len(page.tags) == len(page.ends)
    for box in range(1, len(page.tags)):
        parent = page.parents[box]
        assert parent < box < page.ends[box] <= page.ends[parent]
    boxes = [block.box for block in page.blocks]
    assert all(page.tags[block.box] == block.tag for block in page.blocks)
    assert all(
        block.clutter_box == -1 or block.box in range(block.clutter_box, page.ends[block.clutter_box])
        for block in page.blocks
    )
    assert not boxes or max(boxes) < len(page.tags)


@given(MARKUP)
def test_no_word_is_lost_or_told_twice(markup: str) -> None:
    tree = parse_markup(f"<html><body><div>{markup}</div></body></html>")
    shown = "".join(block.key for block in render(tree).blocks)
    for script in tree.iter("script"):
        script.text = None
    assert shown == "".join(tree.text_content().split())


def test_what_holds_for_a_part_holds_for_all_within() -> None:
    page = show(
        '<div class="promo box"><p>one <b>two</b></p></div><p style="display: none">three</p>'
        '<figure><p>four</p></figure><div id="Pull-Quote">five</div><a href="/x"><p>six</p></a><nav>seven</nav>eight'
    )
    blocks = {block.text: block for block in page.blocks}
    assert page.tags[blocks["one two"].clutter_box] == "div"
    assert [text for text, block in blocks.items() if block.clutter_box >= 0] == ["one two"]
    assert [text for text, block in blocks.items() if block.is_hidden] == ["three"]
    assert [text for text, block in blocks.items() if block.in_caption] == ["four"]
    assert [text for text, block in blocks.items() if block.in_pull_quote] == ["five"]
    assert [text for text, block in blocks.items() if block.link_share] == ["six"]
    assert [text for text, block in blocks.items() if block.in_aside] == ["seven"]
    assert list(blocks)[-1] == "eight"


def test_the_innermost_box_with_a_tag_is_found_from_within() -> None:
    page = show("<article><div><p>one</p></div></article><p>two</p>")
    one, two = page.blocks
    outer = page.find_outer("article")
    assert page.tags[outer[one.box]] == "article"
    assert outer[two.box] == 0
