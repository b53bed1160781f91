"""Reference data: read, checked, and refused with file, line, cause and cure."""

from __future__ import annotations

import pycountry
import pytest

from flows.resources import load_reference, load_resources
from warehouse.contract.reference import REFERENCE, ReferenceFile, ReferenceFileError

MONTHS = REFERENCE["months"]
HEADER = "# on top\nmonth,language,names\n"


def test_all_files_are_read() -> None:
    reference = load_reference()
    assert set(reference) == set(REFERENCE)
    for name, file in REFERENCE.items():
        assert reference[name].schema.equals(file.schema)
        assert reference[name].num_rows > 0


def test_resources_are_loaded_once() -> None:
    assert load_resources() is load_resources()


def test_countries_are_those_of_the_standard() -> None:
    countries = load_reference()["countries"]
    assert set(countries["country"].to_pylist()) == {c.alpha_3 for c in pycountry.countries} | {"XKX"}


def test_countries_that_others_name_exist() -> None:
    reference = load_reference()
    known = set(reference["countries"]["country"].to_pylist())
    for name in ("agencies", "regions", "dateline_places"):
        assert set(reference[name]["country"].to_pylist()) <= known, name


def test_cells() -> None:
    assert MONTHS.read(HEADER + "1,en,January | Jan\n").to_pylist() == [
        {"month": 1, "language": "en", "names": ["January", "Jan"]}
    ]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (MONTHS, "month,names\n", "months.csv, line 1: the header is"),
        (MONTHS, "# only this\n", "months.csv, line 1: no header"),
        (MONTHS, HEADER + "one,en,January\n", "line 3: month is 'one'; write a whole number"),
        (MONTHS, HEADER + "1,en\n", "line 3: 2 cells where 3 are declared"),
        (MONTHS, HEADER + "1,en,January\n1,en,Jan\n", "line 4: 1, en stands at line 3 too"),
        (MONTHS, HEADER + "1,,January\n", "line 3: language is empty"),
        (MONTHS, HEADER + "1,en,|\n", "line 3: names is empty"),
        (MONTHS, HEADER + '1,en,"January\n', "no CSV"),
        (
            REFERENCE["languages"],
            "language,names,is_supported\nen,english,perhaps\n",
            "languages.csv, line 2: is_supported is 'perhaps'; use one of yes, no",
        ),
    ],
)
def test_a_bad_file_is_refused(file: ReferenceFile, text: str, message: str) -> None:
    with pytest.raises(ReferenceFileError) as raised:
        file.read(text)
    assert message in str(raised.value)
    assert str(raised.value).startswith("seeds/reference/")
    assert "; " in str(raised.value)
