import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.printed import card, row
from workers.extraction.fields.candidate import left_of
from workers.extraction.fields.contact import emails


def found(*texts: str) -> list[str]:
    return [mail.value for mail in emails.propose(card(*texts))]


@pytest.mark.parametrize(
    ("printed", "mail"),
    [
        ("E-mail: ana@acme.es", "ana@acme.es"),
        ("Correo electrónico: ana@acme.es", "ana@acme.es"),
        ("メール：hana@acme.co.jp", "hana@acme.co.jp"),
        ("mailto:ana@acme.com", "ana@acme.com"),
        ("Emailana.garcia@acme.com", "ana.garcia@acme.com"),
        ("JUAN.PEREZ@ACME.COM", "juan.perez@acme.com"),
        ("ana.garcia @acme . com", "ana.garcia@acme.com"),
        ("ana @ acme.com . mx", "ana@acme.com.mx"),
        ("ana.garcia@, acme.com.mx", "ana.garcia@acme.com.mx"),
        ("maria _lopez@acme.com", "maria_lopez@acme.com"),
        ("info © acme.com", "info@acme.com"),
        ("ana(a)acme.com", "ana@acme.com"),
        ("ana[at]acme.com", "ana@acme.com"),
        ("anaQacme.com", "ana@acme.com"),
        ("ana@acme.corn", "ana@acme.com"),
        ("ana@acme.corn.br", "ana@acme.com.br"),
        ("ana@acme,com", "ana@acme.com"),
        ("ana@acme.e5", "ana@acme.es"),
        ("ana@gmailcom", "ana@gmail.com"),
        ("ana@acme.comwww.acme.com", "ana@acme.com"),
        ("ana@acme.com-www.acme.com", "ana@acme.com"),
        ("ana@acme.comTel", "ana@acme.com"),
        ("ana@acme.com.Tel.91", "ana@acme.com"),
        ("Tel. 91 123 45 67 · ana@acme.es", "ana@acme.es"),
        ("C. Mayor 3. ana@acme.com", "ana@acme.com"),
        ("@ elodie.dubois@acme.be", "elodie.dubois@acme.be"),
        ("回 ana@acme.es", "ana@acme.es"),
        ("josé.muñoz@acme.es", "jose.munoz@acme.es"),
        ("wei,huang@acme.cn", "wei.huang@acme.cn"),
        ("ana@ferreirasiIva.com", "ana@ferreirasilva.com"),
        ("e.info@acme.com", "info@acme.com"),
        ("anagil8ı@acme.com", "anagil81@acme.com"),
        ("jvos@acme.nI", "jvos@acme.nl"),
        ("martinez6o@acme.com", "martinez60@acme.com"),
        ("h2o@acme.com", "h2o@acme.com"),
        ("sjoerd@outiook.com", "sjoerd@outlook.com"),
        ("hej@acme.fI", "hej@acme.fi"),
    ],
)
def test_a_mailbox_is_read_however_it_is_printed(printed: str, mail: str) -> None:
    assert found(printed) == [mail]


@pytest.mark.parametrize(
    ("above", "under", "mail"),
    [
        ("ana.garcia@", "acme.com", "ana.garcia@acme.com"),
        ("ana.garcia", "@acme.com", "ana.garcia@acme.com"),
        ("maria.fernandez-", "lopez@acme.com", "maria.fernandez-lopez@acme.com"),
        ("ana.garcia@acme-", "larga.com.mx", "ana.garcia@acme-larga.com.mx"),
        ("ana@empresa", ".com.mx", "ana@empresa.com.mx"),
    ],
)
def test_a_mailbox_broken_over_two_lines_is_one(above: str, under: str, mail: str) -> None:
    assert found(above, under) == [mail]


def test_a_sentence_that_ends_with_a_mailbox_does_not_take_the_next_line() -> None:
    assert found("ana@acme.com.", "Madrid") == ["ana@acme.com"]


@pytest.mark.parametrize("text", ["@cafe.lola", "Acme® Systems", "visit us @ stand 12", "S.L.", "a@b"])
def test_what_only_looks_like_a_mailbox_is_none(text: str) -> None:
    assert found(text) == []


def test_several_mailboxes_of_a_line_are_all_found_and_the_same_one_once() -> None:
    assert found("info@acme.com / ventas@acme.com", "info@acme.com") == ["info@acme.com", "ventas@acme.com"]


def test_an_initial_is_no_icon_though_a_comma_follows_the_name() -> None:
    assert found("Garnier & Bonnet", "Pierre Garnier, Kinésithérapeute", "pgarnier@acme.com") == ["pgarnier@acme.com"]


def test_an_icon_read_as_a_letter_goes_where_the_rest_spells_the_name() -> None:
    assert found("Saskia Jansen", "Djansen@klaver.eu") == ["jansen@klaver.eu"]
    assert found("Ivan D'Angelo", "Qdangelo@bottegavela.eu") == ["dangelo@bottegavela.eu"]
    assert found("Ana Doe", "adoe@acme.com") == ["adoe@acme.com"]
    assert found("Anna Vogel", "na.vogel@koch.co.at") == ["na.vogel@koch.co.at"]


def test_a_stroke_at_the_beginning_is_the_letter_that_spells_the_name_or_the_company() -> None:
    assert found("Leïla Fournier", "Ifournier@wanadoo.fr") == ["lfournier@wanadoo.fr"]
    assert found("lan Stevens", "Ian.stevens@acme.com") == ["ian.stevens@acme.com"]
    assert found("Inés Fournier", "Ifournier@wanadoo.fr") == ["ifournier@wanadoo.fr"]
    assert found("LTF Logistics Ltd", "ana@Itflogistics.com", "Itflogistics.com") == ["ana@ltflogistics.com"]


def test_a_label_ends_at_a_long_dash() -> None:
    assert found("五十嵐千尋", "X—chihiroi@mitsubafudosan.jp") == ["chihiroi@mitsubafudosan.jp"]


def test_a_label_letter_glued_to_a_mailbox_goes_where_the_card_labels_with_letters() -> None:
    assert found("T. 91 123 45 67", "E.ana@acme.com") == ["ana@acme.com"]
    assert found("e.lopez@acme.com") == ["e.lopez@acme.com"]


def test_the_domain_is_mended_by_the_site_and_the_company() -> None:
    assert found("ACME", "www.acme.com", "ana@acrne.com") == ["ana@acme.com"]


def test_a_mended_domain_that_nothing_proves_is_in_doubt() -> None:
    mail = emails.propose(card("ana@unheard.corn"))[0]
    assert mail.failed == ("domain_unknown",)
    assert emails.propose(card("ana@unheard.com"))[0].failed == ()


def test_a_mailbox_takes_its_label_and_leaves_its_neighbours() -> None:
    lines = card("Tel 91 123 45 67  E-mail: ana@acme.es")
    assert left_of(lines, emails.propose(lines))[0].strip() == "Tel 91 123 45 67"


def test_halves_beside_each_other_are_joined() -> None:
    assert [mail.value for mail in emails.propose(row("ana.garcia@", "acme.com"))] == ["ana.garcia@acme.com"]


@given(
    st.from_regex(r"[a-z]{2,9}([._-][a-z0-9]{2,9})?", fullmatch=True),
    st.from_regex(r"[a-z]{3,12}", fullmatch=True),
    st.sampled_from(["com", "es", "com.mx", "co.uk", "de", "com.br", "fr", "it"]),
    st.sampled_from(["", "E-mail: ", "Mail. ", "E ", "✉ "]),
)
def test_every_plain_mailbox_is_read_as_it_stands(box: str, name: str, suffix: str, label: str) -> None:
    assert found(f"{label}{box}@{name}.{suffix}") == [f"{box}@{name}.{suffix}"]


@given(st.lists(st.text(max_size=40), max_size=6))
def test_no_print_breaks_it(texts: list[str]) -> None:
    emails.propose(card(*texts))


def test_the_name_tells_that_rn_was_an_m() -> None:
    assert found("Ramiro Mamani Ferrer", "marnani@nexdex.com") == ["mamani@nexdex.com"]


@pytest.mark.parametrize(
    ("company", "printed", "mail"),
    [("Faro S.p.A.", "ana@far0.eu", "ana@faro.eu"), ("Postma BV", "ana@postrna.be", "ana@postma.be")],
)
def test_the_company_tells_what_a_letter_of_its_domain_was(company: str, printed: str, mail: str) -> None:
    assert found(company, printed) == [mail]


def test_the_letter_before_a_dot_is_the_initial_that_spells_the_name() -> None:
    assert found("Luciana dos Santos", "1.dos@acme.com") == ["l.dos@acme.com"]
    assert found("Lorenzo Longo", "i.longo@acme.it") == ["l.longo@acme.it"]
    assert found("Irene Longo", "i.longo@acme.it") == ["i.longo@acme.it"]


def test_what_is_glued_behind_a_host_is_no_part_of_it_though_the_site_stands_below() -> None:
    assert found("chloe@acme-sa.combd des Acacias 42", "acme-sa.com") == ["chloe@acme-sa.com"]


def test_a_host_that_lost_its_dot_is_the_site_that_the_card_prints() -> None:
    assert found("mberg@acmebilverkstadse", "www.acmebilverkstad.se") == ["mberg@acmebilverkstad.se"]
    assert found("mberg@acmebilverkstadse", "www.acmeskog.se") == []
