"""The list of sources: entries with their places, names, identifiers, and what is wrong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.language import language_of
from bukti.manuscript.bibliography.checks import bibliography_findings
from bukti.manuscript.bibliography.identifiers import (
    bare_doi,
    holds_isbn,
    holds_issn,
    is_address,
    is_doi,
)
from bukti.manuscript.bibliography.names import (
    Name,
    has_degree,
    is_divided_body,
    names_of,
    stands_for_others,
)
from bukti.manuscript.bibliography.scan import entries_of

BODIES = language_of("en").bodies
HEADS = language_of("id").body_heads


def codes(text: str, *, draft: bool = True) -> list[str]:
    """The codes of what is found, each with the words at its place."""
    lines = text.splitlines()
    found = []
    for each in bibliography_findings(text, ("id", "en"), draft=draft):
        assert each.span is not None
        assert each.span.line is not None
        assert each.span.column is not None
        assert each.span.end_column is not None
        line = lines[each.span.line - 1]
        found.append(f"{each.code} {line[each.span.column - 1 : each.span.end_column - 1]}")
    return found


def book(fields: str) -> str:
    return (
        "@book{k, author = {Sari, Dewi}, title = {Perpustakaan desa}, publisher = {P},"
        f" year = 2018, langid = {{id}}, {fields}}}"
    )


def test_values_in_braces_quotes_and_parts() -> None:
    text = (
        '@string{j = "Jurnal"}\n@comment{@book{no, title = {x}}}\n'
        '@Article(a1, Title = "A {"quoted"} \\"{o}" , journal = j # { Desa}, year = 2020)\n'
    )
    (entry,) = entries_of(text)
    assert (entry.kind, entry.key) == ("article", "a1")
    assert entry.fields["title"].plain == 'A "quoted" \\"o'
    assert entry.fields["journal"].value == "Jurnal Desa"
    assert entry.fields["year"].value == "2020"


def test_the_place_of_a_field_is_its_value() -> None:
    text = '@misc{k, title = {Satu}, note = "dua" , year = 2020}'
    (entry,) = entries_of(text)
    places = {name: text[each.start : each.end] for name, each in entry.fields.items()}
    assert places == {"title": "Satu", "note": "dua", "year": "2020"}


def test_what_is_broken_hides_no_later_entry() -> None:
    text = "@book{a, title = {x}, year 2020, note = {y}}\n@book{b, title = , year = {1}}\n@misc{c,}"
    assert [entry.key for entry in entries_of(text)] == ["a", "b", "c"]


@given(st.text(alphabet='@{}()",=#\\ \nabk1%'))
def test_any_text_is_scanned_and_places_lie_within_it(text: str) -> None:
    for entry in entries_of(text):
        assert text[entry.start : entry.end] == entry.key
        for field in entry.fields.values():
            assert 0 <= field.start <= field.end <= len(text)
    bibliography_findings(text, ("id",), draft=False)


@given(st.text(alphabet="ab12 .-\u2013", min_size=1).filter(lambda text: text.strip()))
def test_a_braced_value_comes_back(value: str) -> None:
    (entry,) = entries_of(f"@misc{{k, title = {{{value}}}}}")
    assert entry.fields["title"].value == value


def test_names_are_divided_outside_of_braces() -> None:
    value = "Sari, Dewi and {Pustaka and Arsip}  and\n others"
    names = list(names_of(value))
    assert [name.text for name in names] == ["Sari, Dewi", "{Pustaka and Arsip}", "others"]
    assert all(value[n.offset :].startswith(n.text) for n in names)


@pytest.mark.parametrize("text", ["et al.", "dkk", "Sari, D., dkk.", "Sari et al", "al., et al."])
def test_words_for_others(text: str) -> None:
    assert stands_for_others(Name(text=text, offset=0))


@pytest.mark.parametrize("text", ["others", "Albert, Etna", "Dkkara", "{{UNICEF}}"])
def test_names_that_are_no_words_for_others(text: str) -> None:
    assert not stands_for_others(Name(text=text, offset=0))


@pytest.mark.parametrize(
    "text",
    [
        "Prof. Dr. Siti Rahmawati, M.Si.",
        "Rahmawati, Siti, S.H.",
        "Siti Rahmawati, M.Pd.I.",
        "Rahmawati, Dr. Siti",
        "Siti Rahmawati, Ph.D.",
        "Siti Rahmawati, S.Sos., M.A.",
    ],
)
def test_degrees(text: str) -> None:
    assert has_degree(Name(text=text, offset=0))


@pytest.mark.parametrize(
    "text",
    [
        "Sari, M. A.",
        "Brown, S.H.",
        "Edwards, III, George C.",
        "Drajat, Sunu",
        "Irawan, Budi",
        "Si, Mei",
        "{Dr. Soetomo Foundation}",
    ],
)
def test_names_without_degrees(text: str) -> None:
    assert not has_degree(Name(text=text, offset=0))


@pytest.mark.parametrize(
    "text",
    ["Badan Pusat Statistik", "World Bank", "Ministry of Health, Republic of X", "United Nations"],
)
def test_bodies_that_would_be_divided(text: str) -> None:
    assert is_divided_body(Name(text=text, offset=0), BODIES, HEADS)


@pytest.mark.parametrize(
    "text",
    [
        "{World Bank}",
        "UNICEF",
        "Dewan, Rani",
        "Sari, Dewi",
        "Union",
        "Alejandro Kantor",
        "Rani Dewan",
    ],
)
def test_names_that_are_left_whole(text: str) -> None:
    assert not is_divided_body(Name(text=text, offset=0), BODIES, HEADS)


def test_identifiers() -> None:
    assert is_doi(bare_doi("https://dx.doi.org/10.3316/QRJ0902027"))
    assert not is_doi("10.3316")
    assert holds_isbn("978-0-306-40615-7 (pbk.)")
    assert holds_isbn("0 306 40615 2")
    assert not holds_isbn("978-0-306-40615-8")
    assert holds_issn("0378-5955")
    assert not holds_issn("0378-5956")
    assert is_address("https://www.bps.go.id/id/statistics-table?subject=1")
    assert not is_address("www.bps.go.id")
    assert not is_address("https://www.bps.go.id/a b")


@given(st.integers(0, 999_999_999))
def test_of_ten_check_digits_one_is_right(number: int) -> None:
    stem = f"978{number:09}"
    assert sum(holds_isbn(f"{stem}{digit}") for digit in range(10)) == 1


WRONG = {
    "isbn = {978-0-306-40615-8}": ["REF113 978-0-306-40615-8"],
    "doi = {doi:10.1234/x}": ["REF114 doi:10.1234/x"],
    "editor = {Kementerian Sosial}": ["REF124 Kementerian Sosial"],
    "date = {c. 1990}": ["REF119 c. 1990"],
    "pages = {pp. 3-7}": ["REF120 pp. 3-7"],
    "month = mei": ["REF121 mei"],
}


@pytest.mark.parametrize("fields", WRONG)
def test_what_is_wrong_is_found_at_its_place(fields: str) -> None:
    assert codes(book(fields)) == WRONG[fields]


@pytest.mark.parametrize(
    "fields",
    [
        "pages = {3-7, 12}",
        "pages = {e1003285}",
        "month = sep",
        "date = {2020-05-31}",
        "date = {2019/2020}",
        "url = {https://example.org/~a}",
        "editor = {{Kementerian Sosial}}",
        "isbn = {0306406152, 978-0-306-40615-8}",
        "note = {et al.}",
    ],
)
def test_what_is_right_is_let_pass(fields: str) -> None:
    assert codes(book(fields)) == []


def test_a_percent_sign_begins_a_comment() -> None:
    text = (
        f"{'%' * 90}\n"
        "% @book{no, title = {q}}\n@misc{a, % one, {\n title = {x}, % two,, }\n % three\n"
        " langid = {id} % four\n}\n"
    )
    (entry,) = entries_of(f"{text}@misc{{{'%' * 90}\n{'%' * 90}")
    assert (entry.key, list(entry.fields)) == ("a", ["title", "langid"])
    assert codes(text) == []
    assert codes(book("note = {Rose by 50% of all}")) == ["REF128 Rose by 50% of all"]
    assert codes(book("note = {Rose by 50\\% of all}, url = {https://a.org/b%20c}")) == []


@pytest.mark.parametrize("year", ["2020", "2019/2020", "1999--2001", "in press", "akan terbit"])
def test_years(year: str) -> None:
    text = f"@misc{{k, title = {{x}}, year = {{{year}}}, langid = {{id}}}}"
    assert codes(text) == []


def test_a_volume_of_another_year_is_another_work() -> None:
    one = "@book{a, author = {{BPS}}, title = {Statistik Desa}, year = 2018, langid = {id}}\n"
    other = one.replace("{a,", "{b,").replace("2018", "2019")
    assert codes(one + other) == []
    assert codes(one + one.replace("{a,", "{b,")) == ["REF125 b"]
    volumes = [re.sub(r"year", f"volume = {n}, year", one.replace("{a,", f"{{v{n},")) for n in "12"]
    assert codes("".join(volumes)) == []


def test_the_number_of_a_law_belongs_to_its_title() -> None:
    law = "@legislation{uu13, title = {UU Nomor 13}, date = {2003}, number = {13}, langid = {id}}"
    assert codes(law) == ["REF126 13"]
    assert codes(law.replace("legislation", "report").replace("date", "author = {{A}}, date")) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("@book{a,\n title = {x}\n year = {2018}\n}", "year = {2018}"),
        ("@book{a b, title = {x}}", "a b, title = {x}}"),
        ("@book{a,\n title = {x,\n year = 2018}\n\n@misc{b, title = {y}}", "x,"),
        ("@book{a, title = {x}", "x}"),
        ("@book{a, title = }", "}"),
        ("@book{a, title = {x},, year = 2018}", "year = 2018}"),
        ("@book{a, title = {x}, doi = 10.1234/x}", ".1234/x}"),
        ("@booka,\n title = {x}}", "booka,"),
    ],
)
def test_where_an_entry_breaks_off(text: str, place: str) -> None:
    assert f"REF127 {place}" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = {x}, langid = {id},\n}",
        "@misc(a, title = {x}, langid = {id})",
        "Written to sari@desa (May) @ home.\n@misc{a, title = {x}, langid = {id}}",
        "",
    ],
)
def test_entries_that_are_whole(text: str) -> None:
    assert codes(text) == []


def test_entries_that_inherit_are_let_pass() -> None:
    assert codes("@inproceedings{a, title = {x}, crossref = {b}, langid = {id}}") == []
