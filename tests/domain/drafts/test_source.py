"""The line below a first mail that says where the address is from, in every language and tone of the drafts."""

import pytest

from service.domain.drafts import Draft
from service.domain.drafts.source import with_source

WRITTEN = Draft("Nos vimos", "Hola, Nuria:\n\nMe alegró conocerte.\n\nUn saludo,\nAna")
LANGUAGES = ("es", "en", "pt", "pt-br", "fr", "de", "it")


@pytest.mark.parametrize("formal", [False, True])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_stands_below_the_name_and_says_where_one_met_if_that_is_known(lang: str, *, formal: bool) -> None:
    known = with_source(WRITTEN, where="Feria de Bilbao", lang=lang, formal=formal)
    unknown = with_source(WRITTEN, where="", lang=lang, formal=formal)
    for draft in (known, unknown):
        assert draft.text.startswith(f"{WRITTEN.text}\n\nP")
        assert "{" not in draft.text
        assert draft.subject == WRITTEN.subject
    assert "Feria de Bilbao" in known.text
    assert known != unknown


def test_a_language_without_texts_gets_those_of_the_drafts_themselves() -> None:
    assert with_source(WRITTEN, where="", lang="ja", formal=False) == with_source(
        WRITTEN, where="", lang="en", formal=False
    )
    assert with_source(WRITTEN, where="", lang="es-MX", formal=False) == with_source(
        WRITTEN, where="", lang="es", formal=False
    )
