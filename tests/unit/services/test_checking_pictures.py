"""Pictures are asked about once, again when nobody took the question or answered it, and shown only when they passed."""

from datetime import timedelta

import pytest

from common.domain.moderation import ANSWER_WITHIN, GIVE_UP_AFTER, TRY_AGAIN_AFTER, Finding, Scene
from common.errors import NotLoggedIn, PersonNotSeen, VendorUnavailable
from common.services.checking_pictures import ask_again, request_check, state_of, take_answer

KEY = "avatars/u_1/a.jpg"


@pytest.fixture
def request_it(picture_desk, han):
    return lambda key=KEY: request_check(key, han.id, scene=Scene.PROFILE, desk=picture_desk)


def test_picture_waits_until_its_answer_comes(request_it, picture_desk, media_checks, clock):
    asked = request_it()

    take_answer("trace-1", Finding(), checks=media_checks, now=clock())

    assert (asked, state_of(KEY, checks=media_checks)) == ("waiting", "passed")
    assert request_it() == "passed"


def test_picture_is_asked_about_once_when_it_is_requested_twice(request_it, picture_vendor):
    request_it()
    request_it()

    assert len(picture_vendor.asked) == 1


def test_picture_nobody_asked_about_has_no_state(media_checks):
    assert state_of(KEY, checks=media_checks) is None


@pytest.mark.parametrize("failure", [VendorUnavailable(), PersonNotSeen()])
def test_question_nobody_took_is_reported_and_asked_again(
    request_it, picture_desk, picture_vendor, reports, clock, failure
):
    picture_vendor.fail["check_picture"] = [failure]
    asked = request_it()
    clock.now += TRY_AGAIN_AFTER

    looked_at = ask_again(picture_desk)

    assert (asked, looked_at, len(picture_vendor.asked)) == ("waiting", 1, 1)
    assert reports.codes == [(KEY, failure.code)]


def test_picture_without_an_answer_is_asked_about_twice_and_given_up(
    request_it, picture_desk, picture_vendor, media_checks, clock
):
    request_it()

    states = []
    for _ in range(3):
        clock.now += ANSWER_WITHIN
        ask_again(picture_desk)
        states.append(state_of(KEY, checks=media_checks))

    assert states == ["waiting", "unanswered", "unanswered"]
    assert len(picture_vendor.asked) == 2


def test_picture_is_given_up_when_nobody_took_the_question_for_a_day(
    request_it, picture_desk, picture_vendor, media_checks, clock
):
    picture_vendor.fail["check_picture"] = [VendorUnavailable()] * 200
    request_it()
    began = clock.now

    while clock.now - began < GIVE_UP_AFTER:
        clock.now += TRY_AGAIN_AFTER
        ask_again(picture_desk)

    assert state_of(KEY, checks=media_checks) == "unanswered"


def test_one_failure_does_not_stop_the_other_pictures(request_it, picture_desk, picture_vendor, clock):
    picture_vendor.fail["check_picture"] = [VendorUnavailable()] * 2
    request_it("a.jpg")
    request_it("b.jpg")
    picture_vendor.fail["check_picture"] = [VendorUnavailable(), None]
    clock.now += TRY_AGAIN_AFTER

    ask_again(picture_desk)

    assert len(picture_vendor.asked) == 1


def test_link_lives_as_long_as_an_answer_may_take(request_it, picture_vendor):
    request_it()

    (url,) = picture_vendor.asked
    assert str(int(ANSWER_WITHIN / timedelta(seconds=1))) in url


def test_account_that_is_gone_has_no_pictures(picture_desk, han):
    with pytest.raises(NotLoggedIn):
        request_check(KEY, "u_gone", scene=Scene.PROFILE, desk=picture_desk)
