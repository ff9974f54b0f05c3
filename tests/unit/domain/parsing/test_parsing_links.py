"""Addresses behind words: accounts, home page and e-mail that a document links to without printing them."""

import pytest

from common.domain.parsing.source import Line
from common.domain.parsing.structure import structure
from common.domain.resume.model import Basics


def basics(text: str, *links: str) -> Basics:
    return structure([Line("林小满"), Line(text, links=links), Line("教育背景")]).basics


def test_account_is_found_when_only_its_network_is_printed() -> None:
    (profile,) = basics("13900001234 | GitHub", "https://github.com/linxm").profiles

    assert (profile.network, profile.username, profile.url) == ("GitHub", "linxm", "https://github.com/linxm")


def test_home_page_is_found_when_a_word_leads_to_it() -> None:
    assert basics("我的网站", "https://linxm.example.com").url == "https://linxm.example.com"


def test_no_account_is_made_up_when_a_link_leads_to_the_front_page_of_a_network() -> None:
    assert basics("LinkedIn", "https://linkedin.com").profiles == []


def test_email_is_found_when_only_the_word_is_printed() -> None:
    assert basics("Email", "mailto:lin@example.com?subject=hello").email == "lin@example.com"


@pytest.mark.parametrize("text", ["邮箱：shown@example.com", "Email"])
def test_printed_email_wins_when_a_link_says_another(text: str) -> None:
    resume = structure(
        [Line("林小满"), Line("邮箱：shown@example.com"), Line(text, links=("mailto:other@example.com",))]
    )

    assert resume.basics.email == "shown@example.com"
