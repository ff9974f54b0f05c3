"""Shared vendor tokens: the one that lives longest is kept."""

from datetime import timedelta

from common.domain.tokens import AccessToken
from common.persistence.tokens import SqlTokenStore
from tests.unit.persistence.builders import NOW

HOUR = timedelta(hours=1)


def test_token_is_none_when_none_was_kept(tokens):
    assert tokens.read("wechat") is None


def test_token_is_read_as_it_was_when_kept(tokens):
    token = AccessToken("a" * 512, NOW + HOUR)

    assert tokens.keep("wechat", token) is True

    assert tokens.read("wechat") == token


def test_token_is_replaced_when_the_new_one_lives_longer(tokens):
    tokens.keep("wechat", AccessToken("old", NOW))

    assert tokens.keep("wechat", AccessToken("new", NOW + HOUR)) is True

    assert tokens.read("wechat").value == "new"


def test_token_stays_when_the_new_one_does_not_live_longer(tokens):
    tokens.keep("wechat", AccessToken("long", NOW + HOUR))

    assert tokens.keep("wechat", AccessToken("short", NOW)) is False
    assert tokens.keep("wechat", AccessToken("equal", NOW + HOUR)) is False

    assert tokens.read("wechat").value == "long"


def test_longest_token_wins_when_many_are_kept_at_once(at_once, tokens):
    hours = iter(range(20))

    def keep(own):
        number = next(hours)
        return SqlTokenStore(own).keep("wechat", AccessToken(str(number), NOW + number * HOUR))

    outcomes = at_once(keep)

    assert True in outcomes
    assert tokens.read("wechat") == AccessToken("19", NOW + 19 * HOUR)
