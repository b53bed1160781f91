"""Reference data: read, checked, and refused with file, line, cause and cure."""

from __future__ import annotations

import pycountry
import pytest

from flows.resources import load_reference, load_resources
from warehouse.contract.reference import ReferenceFile, ReferenceFileError
from warehouse.contract.reference_files import REFERENCE

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
    for name in (
        "agencies",
        "regions",
        "dateline_places",
        "country_forms",
        "organisations",
        "name_places",
        "publishers",
        "sport_names",
    ):
        assert set(reference[name]["country"].to_pylist()) - {None} <= known, name


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


def test_names_of_organisations_mean_one_of_them() -> None:
    """An acronym or other name that several bodies bear would link copy to the wrong one."""
    owners: dict[str, set[str]] = {}
    for row in load_reference()["organisations"].to_pylist():
        for form in {row["name"], *row["acronyms"], *row["other_names"]}:
            owners.setdefault(form, set()).add(f"{row['entity_type']}:{row['slug']}")
    shared = {form: sorted(slugs) for form, slugs in owners.items() if len(slugs) > 1}
    assert shared == {}


def test_slugs_and_offices_are_in_lower_case() -> None:
    reference = load_reference()
    for name, column in (("organisations", "slug"), ("offices", "office"), ("descriptions", "noun")):
        wrong = [value for value in reference[name][column].to_pylist() if value != value.lower() or "  " in value]
        assert wrong == [], name


def test_first_names_and_words_come_from_the_packages() -> None:
    resources = load_resources()
    names = dict(zip(*(resources.first_names[c].to_pylist() for c in ("name", "gender")), strict=True))
    assert len(names) > 10_000
    assert (names["Kjersti"], names["Giovanni"]) == ("f", "m")
    assert [tag for tag, _ in resources.tag_word("said")][:2] == ["VVD", "VVN"]
