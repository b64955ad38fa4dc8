"""The lists of the ties have the bar of the main pages, at the foot on a phone and at the top of a desk."""

import pytest
from apiflask import APIFlask

from service.storage.accounts import Account
from tests.pages.coming_in import signed_in


@pytest.mark.parametrize("path", ["/gatherings", "/reconnect", "/focus", "/worth", "/referrals", "/introductions"])
def test_the_lists_of_the_ties_have_the_bar(app: APIFlask, ana: Account, path: str) -> None:
    page = signed_in(app, app.extensions["undrawer"], ana).get(path).text
    assert '<nav class="bar"' in page
    assert page.count('aria-current="page"') == 1
