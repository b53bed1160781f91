from __future__ import annotations

import codecs
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.encoding import find_encoding
from warehouse.contract.codes import Reason

from .helpers import STORY, read_record, reject

ENGLISH = "The café owner, José Müller, said on Tuesday that “the talks are over” – Zürich’s mayor wouldn’t go.\n"
FRENCH = "Le président a déclaré mercredi que « la situation est préoccupante », après une réunion à l’Élysée.\n"
GERMAN = "Der Außenminister sagte am Dienstag, die Gespräche würden fortgesetzt. „Wir müssen reden“, sagte er.\n"
SPANISH = "El presidente dijo el miércoles que las conversaciones continuarán. «Mañana habrá más», señaló.\n"
SWEDISH = "Statsministern sade på onsdagen att samtalen ska fortsätta i Genève. Många åhörare var på plats.\n"
POLISH = "Prezydent powiedział w środę, że rząd będzie dążyć do porozumienia. Żołnierze zostaną na granicy.\n"
CZECH = "Premiér řekl, že vláda schválí rozpočet příští týden; ministři se sejdou v pondělí. Žádné další kroky.\n"
RUSSIAN = "Президент заявил во вторник, что переговоры с НАТО будут продолжены в Женеве в январе.\n"
GREEK = "Ο πρωθυπουργός δήλωσε την Τετάρτη ότι οι συνομιλίες θα συνεχιστούν στη Γενεύη.\n"
TURKISH = "Cumhurbaşkanı çarşamba günü yaptığı açıklamada görüşmelerin süreceğini söyledi. İstanbul'da Erdoğan.\n"
ARABIC = "قال الرئيس يوم الأربعاء إن المحادثات ستستمر في جنيف في يناير وإن الحكومة مستعدة.\n"
JAPANESE = "首相は水曜日、安全保障に関する協議を一月にジュネーブで続けると述べた。\n"
CHINESE = "外交部发言人星期三表示，双方将于一月在日内瓦继续会谈。中方希望有关各方保持克制。\n"
KOREAN = "대통령은 수요일 기자회견에서 협상이 1월 제네바에서 계속될 것이라고 밝혔다.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [STORY, ENGLISH, RUSSIAN, CHINESE])
def test_a_mark_decides(tmp_path: Path, encoding: str, text: str) -> None:
    mark = b"" if encoding.startswith("utf-8") else "\ufeff".encode(encoding)
    (tmp_path / "a.txt").write_bytes(mark + text.encode(encoding))
    record = read_record(tmp_path / "a.txt")
    assert (record.encoding, record.text) == (encoding, text)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [STORY, ENGLISH, RUSSIAN * 3, STORY + " Ā Ȁ"])
def test_wide_characters_show_without_a_mark(tmp_path: Path, encoding: str, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    record = read_record(tmp_path / "a.txt")
    assert (record.encoding, record.text) == (encoding, text)


@pytest.mark.parametrize("repeat", [1, 1000])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (SPANISH, "cp1252"),
        (SWEDISH, "cp1252"),
        (ENGLISH, "mac-roman"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (GREEK, "cp1253"),
        (TURKISH, "cp1254"),
        (ARABIC, "cp1256"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "cp949"),
    ],
)
def test_legacy_copy_is_decoded(tmp_path: Path, text: str, encoding: str, repeat: int) -> None:
    (tmp_path / "a.txt").write_bytes((text * repeat).encode(encoding))
    record = read_record(tmp_path / "a.txt")
    assert record.text == text * repeat
    assert codecs.lookup(record.encoding).name == codecs.lookup(encoding).name


@pytest.mark.parametrize(
    "text",
    ["The café closed.", "Ärger", "It’s over.", "“Yes,” he said.", "5°C", "¿Qué?", "A £20m deal", "Straße”"],
)
def test_a_short_text_with_few_odd_letters_is_windows_1252(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    record = read_record(tmp_path / "a.txt")
    assert (record.encoding, record.text) == ("cp1252", text)


def test_one_odd_letter_in_long_ascii_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(STORY.encode() * 3000 + b"\x93Nein,\x94 said M\xfcller.")
    record = read_record(tmp_path / "a.txt")
    assert record.encoding == "cp1252"
    assert record.text.endswith("“Nein,” said Müller.")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (ENGLISH.encode() * 3 + b"cut: \xe2\x80", ENGLISH * 3 + "cut: \ufffd"),
        (ENGLISH.encode() * 3 + b"stray \xe9t\xe9", ENGLISH * 3 + "stray \ufffdt\ufffd"),
        (b"Plain, then a cut quote \xe2\x80 and on.", "Plain, then a cut quote \ufffd and on."),
    ],
)
def test_damaged_utf8_stays_utf8(tmp_path: Path, content: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    record = read_record(tmp_path / "a.txt")
    assert (record.encoding, record.text) == ("utf-8", text)


@given(st.data())
def test_utf8_with_one_byte_lost_stays_utf8(data: st.DataObject) -> None:
    content = (ENGLISH * 3 + RUSSIAN).encode()
    lost = data.draw(st.integers(0, len(content) - 1))
    assert find_encoding(content[:lost] + content[lost + 1 :]) == "utf-8"


def test_an_encoding_that_is_no_candidate_is_not_read_as_another(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode("cp866"))
    assert reject(tmp_path / "a.txt").reason is Reason.UNDECODABLE


def test_bytes_that_make_no_text_are_undecodable(tmp_path: Path) -> None:
    noise = random.Random(1)
    for _ in range(20):
        high, letters = bytes(range(0xA0, 0x100)), b"abcdefghijklmnopqrstuvwxyz"
        words = [
            bytes(
                noise.choice(high) if noise.random() < 0.5 else noise.choice(letters)
                for _ in range(noise.randrange(3, 9))
            )
            for _ in range(30)
        ]
        (tmp_path / "a.txt").write_bytes(b" ".join(words))
        rejection = reject(tmp_path / "a.txt")
        assert rejection.reason is Reason.UNDECODABLE
        assert rejection.detail.startswith("byte 0x")


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"Talks\x00resume", "NUL byte at byte 5"),
        (bytes(range(1, 256)) * 4, "control characters in 1020 bytes"),
        (b"\xff\xfe" + bytes(range(256)) * 8, "begins like UTF-16-LE but does not decode to text"),
    ],
)
def test_binary_is_told(tmp_path: Path, content: bytes, detail: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    rejection = reject(tmp_path / "a.txt")
    assert rejection.reason is Reason.BINARY
    assert detail in rejection.detail


def test_control_characters_of_a_wire_header_are_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x16\x16\x01r i\x1fBC-TALKS\x02\n" + STORY.encode() + b"\x03\n")
    assert read_record(tmp_path / "a.txt").encoding == "utf-8"


@given(st.binary(max_size=300))
def test_any_bytes_are_decided_the_same_way_twice(content: bytes) -> None:
    found = find_encoding(content)
    assert found == find_encoding(content)
    if isinstance(found, str):
        content.decode(found, "replace")
