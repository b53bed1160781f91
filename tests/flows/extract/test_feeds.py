from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.extract import Limits, Record, Rejection
from warehouse.contract.codes import FRAGMENT_TYPE, Reason, SourceFormat

from .helpers import outcomes, read, read_record, read_records, reject

ITEM: dict[str, Any] = {
    "uri": "urn:example.org:1",
    "version": "3",
    "versioncreated": "2026-01-10T09:00:00Z",
    "headline": "Talks resume",
    "body_text": "GENEVA, Jan 10 (Newsroom) - Envoys met.",
}
NEWSML = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:example.org:2" version="4">
<itemMeta><itemClass qcode="ninat:{kind}"/><versionCreated>2026-01-10T09:00:00Z</versionCreated>
<pubStatus qcode="stat:{status}"/>{embargo}</itemMeta>
<contentMeta><headline>Talks resume</headline><subject qcode="medtop:11000000"/></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
XHTML = '<inlineXML><html xmlns="x"><body><p>Envoys &amp; aides met.</p></body></html></inlineXML>'


def newsml(content: str = XHTML, kind: str = "text", status: str = "usable", embargo: str = "") -> str:
    return NEWSML.format(content=content, kind=kind, status=status, embargo=embargo)


def write(folder: Path, text: str, name: str = "item") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def reasons(path: Path) -> list[Reason | None]:
    return [item.reason if isinstance(item, Rejection) else None for item in read(path)]


@pytest.mark.parametrize("indent", [None, 2])
def test_ninjs_is_told_by_its_properties(tmp_path: Path, indent: int | None) -> None:
    record = read_record(write(tmp_path, json.dumps(ITEM, indent=indent), "a.json"))
    assert record.source_format is SourceFormat.NINJS
    assert record.text == ITEM["body_text"]
    assert record.field_values == {
        "id": "urn:example.org:1",
        "modified_at": "2026-01-10T09:00:00Z",
        "published_at": "2026-01-10T09:00:00Z",
        "title": "Talks resume",
        "version": "3",
    }


def test_lines_of_copy_are_no_ninjs(tmp_path: Path) -> None:
    record = read_record(write(tmp_path, '{"uri": "x", "text": "One."}\n', "a.jsonl"))
    assert record.source_format is SourceFormat.JSONL


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"pubstatus": "canceled"}, Reason.CANCELED),
        ({"pubstatus": "stat:withheld"}, Reason.EMBARGOED),
        ({"embargoed": "2999-01-01T00:00:00Z"}, Reason.EMBARGOED),
        ({"embargoed": "soon"}, Reason.EMBARGOED),
        ({"body_text": " "}, Reason.MISSING_TEXT),
        ({"embargoed": "2020-01-01T00:00:00Z"}, None),
        ({"pubstatus": "usable"}, None),
    ],
)
def test_what_must_not_be_used_is_rejected(tmp_path: Path, changes: dict[str, str], reason: Reason | None) -> None:
    assert reasons(write(tmp_path, json.dumps({**ITEM, **changes}))) == [reason]


def test_version_3_of_ninjs_has_bodies_and_capitals(tmp_path: Path) -> None:
    item = {
        "uri": "https://example.org/3",
        "versionCreated": "2026-01-10T09:00:00Z",
        "headlines": [{"role": "short", "value": "Talks"}, {"role": "main", "value": "Talks resume"}],
        "bodies": [
            {"role": "summary", "contentType": "text/plain", "value": "They met."},
            {"role": "main", "contentType": "text/html", "value": "<p>Envoys met.</p>"},
        ],
        "subjects": [{"uri": "medtop:11000000", "name": "politics"}],
        "by": "Ann Lake",
    }
    record = read_record(write(tmp_path, json.dumps([item]), "a.json"))
    assert record.text == "<p>Envoys met.</p>"
    values = record.field_values
    assert values["content_type"] == FRAGMENT_TYPE
    assert (values["title"], values["authors"], values["subjects"]) == ("Talks resume", "Ann Lake", ["medtop:11000000"])
    assert values["url"] == "https://example.org/3"


def test_newsml_holds_its_text_in_xhtml_nitf_or_plain(tmp_path: Path) -> None:
    nitf = "<inlineXML><nitf xmlns=''><body><body.content><p>Envoys met.</p></body.content></body></nitf></inlineXML>"
    plain = "<inlineData contenttype='text/plain'>Envoys met.</inlineData>"
    texts = [read_record(write(tmp_path, newsml(content))).text for content in (XHTML, nitf, plain)]
    assert texts == ["<p>Envoys &amp; aides met.</p>", "<p>Envoys met.</p>", "Envoys met."]


def test_newsml_fields(tmp_path: Path) -> None:
    record = read_record(write(tmp_path, newsml()))
    assert record.source_format is SourceFormat.NEWSML
    assert record.field_values == {
        "content_type": FRAGMENT_TYPE,
        "id": "urn:example.org:2",
        "modified_at": "2026-01-10T09:00:00Z",
        "published_at": "2026-01-10T09:00:00Z",
        "subjects": ["medtop:11000000"],
        "title": "Talks resume",
        "version": "4",
    }


def test_newsml_that_must_not_be_used(tmp_path: Path) -> None:
    assert reasons(write(tmp_path, newsml(status="canceled"))) == [Reason.CANCELED]
    embargo = "<embargoed>2999-01-01T00:00:00Z</embargoed>"
    assert reasons(write(tmp_path, newsml(embargo=embargo))) == [Reason.EMBARGOED]
    picture = newsml("<remoteContent href='x.jpg'/>", kind="picture")
    message = f"<newsMessage><itemSet>{picture}{newsml()}</itemSet></newsMessage>"
    assert reasons(write(tmp_path, message)) == [None]


def test_nitf_dates_are_read(tmp_path: Path) -> None:
    text = (
        "<nitf><head><docdata><doc-id id-string='n1'/><date.issue norm='20260122T103000-0300'/></docdata></head>"
        "<body><body.head><hedline><hl1>Rain</hl1></hedline><dateline><location>Lima</location></dateline></body.head>"
        "<body.content><p>It rained.</p><media><media-caption>Rain.</media-caption></media></body.content></body>"
        "</nitf>"
    )
    record = read_record(write(tmp_path, text))
    assert record.source_format is SourceFormat.NITF
    assert record.text == "<p>It rained.</p><figure><figcaption>Rain.</figcaption></figure>"
    assert record.field_values["published_at"] == "2026-01-22T10:30:00-03:00"
    assert (record.field_values["dateline"], record.field_values["located"]) == ("Lima", "Lima")


def test_rss_items_need_their_whole_text(tmp_path: Path) -> None:
    items = "".join(
        f"<item><guid>{guid}</guid><author>desk@example.org (Ann Lake)</author>{body}</item>"
        for guid, body in (
            ("g1", "<c:encoded><![CDATA[<p>Envoys met.</p>]]></c:encoded>"),
            ("g2", "<description>They met.</description>"),
            ("g3", f"<description>{'Envoys met. ' * 60}</description>"),
        )
    )
    feed = f'<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>{items}</channel></rss>'
    first, second, third = read(write(tmp_path, feed))
    assert isinstance(first, Record)
    assert (first.text, first.field_values["authors"]) == ("<p>Envoys met.</p>", ["Ann Lake"])
    assert isinstance(second, Rejection)
    assert second.reason is Reason.MISSING_TEXT
    assert isinstance(third, Record)
    assert [item.record_no for item in read(write(tmp_path, feed), skip=1)] == [2, 3]


def test_atom_content_may_be_xhtml_html_or_text(tmp_path: Path) -> None:
    entries = "".join(
        f"<entry><id>{kind}</id><link href='https://a.example/{kind}'/><updated>2026-01-10T09:00:00Z</updated>"
        f"<content type='{kind}'>{content}</content></entry>"
        for kind, content in (("xhtml", "<div><p>One.</p></div>"), ("html", "&lt;p>One.&lt;/p>"), ("text", "One."))
    )
    records = read_records(write(tmp_path, f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'))
    assert [record.text for record in records] == ["<div><p>One.</p></div>", "<p>One.</p>", "One."]
    assert records[0].field_values["url"] == "https://a.example/xhtml"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss><channel>&a;</channel></rss>', Reason.BAD_MARKUP),
        ("<rss><channel><item>", Reason.BAD_MARKUP),
        ("<rss>" + "<a>" * 100_000, Reason.BAD_MARKUP),
        ('<?xml version="1.0"?><opml/>', Reason.UNSUPPORTED),
        ("<rss></rss>", Reason.EMPTY),
    ],
)
def test_bad_xml_is_one_rejection(tmp_path: Path, text: str, reason: Reason) -> None:
    assert reject(write(tmp_path, text)).reason is reason


def test_external_entities_are_neither_read_nor_fetched(tmp_path: Path) -> None:
    secret = write(tmp_path, "SECRET", "secret")
    text = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss><channel><item>&x;</item></channel></rss>'
    assert "SECRET" not in reject(write(tmp_path, '<?xml version="1.0"?>' + text)).detail
    outside = (
        '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/x.dtd">'
        "<nitf><body><body.content><p>One.</p></body.content></body></nitf>"
    )
    assert outcomes(read(write(tmp_path, '<?xml version="1.0"?>' + outside))) == [(1, "<p>One.</p>")]


def test_a_feed_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    rejection = reject(write(tmp_path, newsml() + " " * 1000), Limits(max_record_bytes=500))
    assert rejection.reason is Reason.TOO_LARGE
