"""Logging in: one user and one gift per openid, limits per address."""

from typing import Any

import pytest

from common.domain.users import LogIn, UserId
from common.errors import LoginCodeInvalid, NotLoggedIn, TooManyRequests
from common.services.accounts import LoggedIn, log_in, show_profile
from tests.builders import NOW
from tests.doubles import FakeIdentities, MemoryLimits, PlainSessions


def a_link(key: str) -> str:
    return f"https://bucket/{key}"


@pytest.fixture
def enter(users: Any, credits: Any) -> Any:
    limits = MemoryLimits()

    def call(code: str, *, openid: str = "oNew", client_ip: str = "203.0.113.9", **changes: Any) -> LoggedIn:
        needed = {"per_minute": 2, "welcome": 5, "now": NOW, "limits": limits, "link": a_link, **changes}
        return log_in(
            LogIn(code=code),
            client_ip=client_ip,
            identities=FakeIdentities(**{code: openid}),
            users=users,
            credits=credits,
            sessions=PlainSessions(),
            **needed,
        )

    return call


def test_log_in_gives_a_session_and_the_welcome_credits_when_it_is_the_first(enter):
    session = enter("c1")

    assert session.token == f"token-of-{session.user.id}"
    assert session.user.credits == 5


def test_log_in_grants_the_welcome_credits_once_when_repeated(enter):
    first = enter("c1")

    second = enter("c2")

    assert second.user.id == first.user.id
    assert second.user.credits == 5


def test_log_in_makes_another_user_when_the_openid_is_another(enter):
    first = enter("c1", openid="oA")

    second = enter("c2", openid="oB")

    assert first.user.id != second.user.id


def test_log_in_grants_nothing_when_the_gift_is_switched_off(enter):
    session = enter("c1", welcome=0)

    assert session.user.credits == 0


def test_log_in_grants_the_gift_later_when_the_first_login_died_before_it(enter, users, credits):
    enter("c1", welcome=0)

    session = enter("c2", welcome=5)

    assert session.user.credits == 5


def test_log_in_is_refused_when_an_address_asks_too_often(enter):
    enter("c1")
    enter("c2")

    with pytest.raises(TooManyRequests):
        enter("c3")


def test_log_in_still_works_when_another_address_asked_too_often(enter):
    enter("c1")
    enter("c2")

    session = enter("c3", client_ip="203.0.113.10")

    assert session.token


def test_log_in_counts_nobody_when_the_address_is_unknown(enter):
    sessions = [enter(f"c{number}", client_ip="") for number in range(5)]

    assert len(sessions) == 5


def test_log_in_creates_no_user_when_the_code_is_bad(users, credits):
    with pytest.raises(LoginCodeInvalid):
        log_in(
            LogIn(code="bad"),
            client_ip="",
            identities=FakeIdentities(),
            users=users,
            credits=credits,
            sessions=PlainSessions(),
            limits=MemoryLimits(),
            per_minute=1,
            welcome=5,
            link=a_link,
            now=NOW,
        )


def test_profile_tells_what_can_be_spent_when_some_is_held(han, users, credits):
    credits.place_hold(han.id, "s_01/r1", 4, now=NOW, expires_at=NOW.replace(year=2027))

    profile = show_profile(han.id, users=users, credits=credits, link=a_link)

    assert (profile.credits, profile.credits_held) == (6, 4)


def test_profile_shows_no_identity_of_wechat_when_asked(han, users, credits):
    profile = show_profile(han.id, users=users, credits=credits, link=a_link)

    assert han.openid not in repr(profile)


def test_profile_is_refused_when_the_account_is_gone(users, credits):
    with pytest.raises(NotLoggedIn):
        show_profile(UserId("u_gone"), users=users, credits=credits, link=a_link)
