import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.printed import card
from workers.extraction.fields.contact import emails, urls


def found(*texts: str) -> list[str]:
    lines = card(*texts)
    return [url.value for url in urls.propose(lines, emails.propose(lines))]


@pytest.mark.parametrize(
    ("printed", "url"),
    [
        ("www.acme.es", "www.acme.es"),
        ("WWW.ACME.COM", "www.acme.com"),
        ("Web: www. acme .com", "www.acme.com"),
        ("wwW,acme,com", "www.acme.com"),
        ("www acme.com", "www.acme.com"),
        ("Wwww.acme.com", "www.acme.com"),
        ("vvww.acme.es", "www.acme.es"),
        ("Bwww.acme.com", "www.acme.com"),
        ("URLwww.acme.com", "www.acme.com"),
        ("www.acme.corn", "www.acme.com"),
        ("www.acme.comTel", "www.acme.com"),
        ("www.acme.com. Madrid", "www.acme.com"),
        ("www.acme.com.br | 11 2222-3333", "www.acme.com.br"),
        ("https://acme.de/kontakt", "https://acme.de/kontakt"),
        ("http:/ /acme.com", "http://acme.com"),
        ("https://www.acme.com/", "https://www.acme.com/"),
        ("acme.es", "acme.es"),
        ("W: acme.io", "acme.io"),
        ("https://acme.kr/早52,7(48779)", "https://acme.kr"),
        ("ACME.COM.MX", "acme.com.mx"),
        ("cargo.example.com/ana", "cargo.example.com/ana"),
        ("facebook.com/acmetaller", "facebook.com/acmetaller"),
    ],
)
def test_a_site_is_read_however_it_is_printed(printed: str, url: str) -> None:
    assert found(printed) == [url]


@pytest.mark.parametrize(
    "text",
    [
        "S.L.",
        "St.John",
        "Av.de la Paz",
        "Acme S.A.",
        "C/ Mayor, 3. 28013",
        "Dr.med",
        "Tel.91",
        "node.js developer",
        "Sr.No",
    ],
)
def test_abbreviations_are_no_sites(text: str) -> None:
    assert found(text) == []


def test_the_domain_of_a_mailbox_alone_is_no_site() -> None:
    assert found("ana@acme.com") == []


def test_mailbox_and_site_glued_together_come_apart() -> None:
    assert found("ana@acme.comwww.acme.com") == ["www.acme.com"]


def test_a_site_broken_over_two_lines_is_one() -> None:
    assert found("www.very-long-", "name.com") == ["www.very-long-name.com"]
    assert found("www.acme.com/", "contacto") == ["www.acme.com/contacto"]


def test_a_linkedin_address_is_a_profile_and_no_site() -> None:
    assert found("linkedin.com/in/ana-garcia") == []


def test_an_icon_before_a_bare_site_goes_where_the_mailbox_knows_the_domain() -> None:
    assert found("ana@copperline.com", "wcopperline.com") == ["copperline.com"]


def test_the_stroke_a_site_begins_with_is_the_letter_that_the_company_has() -> None:
    mail = "c.roy@lrv-conseil.fr"
    assert found("LRV Conseil", mail, "https://Irv-conseil.fr") == ["https://lrv-conseil.fr"]


def test_the_same_site_printed_twice_is_one() -> None:
    assert found("www.acme.com", "https://acme.com/") == ["www.acme.com"]


@given(st.lists(st.text(alphabet="wW.,:/ htps@acme-com123|", max_size=40), max_size=5))
def test_no_print_breaks_it(texts: list[str]) -> None:
    found(*texts)
