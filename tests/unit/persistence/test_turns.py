"""Turns at the model: never more than may be, first come first served, no user in the way of another."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest

from common.errors import VendorBusy
from common.persistence.redis_connection import RedisConnection
from common.persistence.turns import RedisTurns


def turns(redis, *, limit=2, per_user=1, lease_s=30.0):
    return RedisTurns(redis, "model", limit=limit, per_user=per_user, lease_s=lease_s)


def no_wait():
    return 0.0


def patient():
    return 30.0


def test_turn_is_refused_when_all_are_taken(redis):
    desk = turns(redis, limit=1)

    with desk.taken("u_a", wait_s=no_wait), pytest.raises(VendorBusy), desk.taken("u_b", wait_s=no_wait):
        pass


def test_turn_is_free_again_when_the_block_ends(redis):
    desk = turns(redis, limit=1)
    with desk.taken("u_a", wait_s=no_wait):
        pass

    with desk.taken("u_b", wait_s=no_wait):
        pass


def test_second_turn_of_a_user_waits_while_others_pass(redis):
    desk = turns(redis, limit=2, per_user=1)

    with desk.taken("u_a", wait_s=no_wait), pytest.raises(VendorBusy), desk.taken("u_a", wait_s=no_wait):
        pass
    with desk.taken("u_a", wait_s=no_wait), desk.taken("u_b", wait_s=no_wait):
        pass


def test_turn_comes_back_when_its_worker_died(redis):
    desk = turns(redis, limit=1, lease_s=0.2)
    killed = desk.taken("u_a", wait_s=no_wait)
    killed.__enter__()

    time.sleep(0.3)

    with desk.taken("u_b", wait_s=no_wait):
        pass


def test_everybody_goes_ahead_when_redis_is_down():
    desk = turns(RedisConnection("redis://127.0.0.1:1/0", timeout_s=0.2), limit=1)

    with desk.taken("u_a", wait_s=no_wait), desk.taken("u_b", wait_s=no_wait):
        pass


def test_limit_holds_and_nobody_is_lost_when_many_come_at_once(redis):
    desk, lock, running, most, served = turns(redis, limit=3, per_user=2), Lock(), [0], [0], []

    def work(number):
        with desk.taken(f"u_{number % 5}", wait_s=patient):
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            time.sleep(0.02)
            with lock:
                running[0] -= 1
                served.append(number)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(work, range(40)))

    assert sorted(served) == list(range(40))
    assert most[0] <= 3


def test_free_turn_is_kept_for_the_one_in_line_while_others_come_for_theirs(redis):
    desk = turns(redis, limit=2)
    for token in ("busy-1", "busy-2"):
        assert desk._take(token, f"u_{token}")
    waiting = [desk._take(token, f"u_{token}") for token in ("first", "second", "third")]
    desk._leave("busy-1"), desk._leave("busy-2")

    came = [desk._take(token, f"u_{token}") for token in ("third", "second", "third", "first", "third")]

    assert waiting == [False, False, False]
    assert came == [False, True, False, True, False]


def test_later_question_of_a_user_waits_for_the_earlier_one_when_both_could_go(redis):
    desk = turns(redis, limit=2, per_user=2)
    for token in ("busy-1", "busy-2"):
        assert desk._take(token, f"u_{token}")
    waiting = [desk._take(token, "u_a") for token in ("earlier", "later")]
    desk._leave("busy-1"), desk._leave("busy-2")

    came = [desk._take(token, "u_a") for token in ("later", "earlier", "later")]

    assert waiting == [False, False]
    assert came == [False, True, True]


def test_oldest_goes_first_when_turns_come_free(redis):
    desk, order = turns(redis, limit=1), []

    def work(number):
        time.sleep(number * 0.05)
        with desk.taken("u_a", wait_s=patient):
            order.append(number)
            time.sleep(0.3)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))

    assert order == [0, 1, 2, 3]
