"""People: one row per openid, newest session_key, encrypted."""

from sqlalchemy import func, select

from common.domain.users import UserId, WeChatIdentity
from common.persistence.tables.accounts import users as users_table
from common.persistence.tables.credits import credit_accounts
from common.persistence.users import SqlUserStore
from tests.unit.persistence.builders import LATER, NOW, open_decryption, open_encryption


def test_user_is_new_when_seen_for_the_first_time(users):
    user, is_new = users.find_or_create(WeChatIdentity("oAlice", "k1"), now=NOW)

    assert is_new
    assert users.find(user.id) == user
    assert user.created_at == NOW


def test_user_is_the_same_when_logging_in_again(users):
    first, _ = users.find_or_create(WeChatIdentity("oAlice", "k1"), now=NOW)

    again, is_new = users.find_or_create(WeChatIdentity("oAlice", "k2"), now=LATER)

    assert not is_new
    assert again == first


def test_users_are_two_when_openids_differ_only_by_case(users):
    lower, _ = users.find_or_create(WeChatIdentity("oalice", "k1"), now=NOW)

    upper, is_new = users.find_or_create(WeChatIdentity("oALICE", "k1"), now=NOW)

    assert is_new
    assert upper.id != lower.id


def test_user_is_none_when_unknown(users):
    assert users.find(UserId("u_nobody")) is None


def test_session_key_is_encrypted_and_newest_when_stored(users, database):
    user, _ = users.find_or_create(WeChatIdentity("oAlice", "abc"), now=NOW)

    users.find_or_create(WeChatIdentity("oAlice", "xyz"), now=LATER)

    with database.transaction(write=False) as connection:
        stored = connection.scalar(select(users_table.c.session_key))
    assert stored == f"users.session_key:{user.id}=zyx".encode()


def test_unionid_stays_when_a_later_login_does_not_name_it(users, database):
    users.find_or_create(WeChatIdentity("oAlice", "abc", unionid="uni"), now=NOW)

    users.find_or_create(WeChatIdentity("oAlice", "abc"), now=LATER)

    with database.transaction(write=False) as connection:
        assert connection.scalar(select(users_table.c.unionid)) == "uni"


def test_user_is_created_once_when_logging_in_many_times_at_once(at_once, database):
    def log_in(own):
        return SqlUserStore(own, encrypt=open_encryption, decrypt=open_decryption).find_or_create(
            WeChatIdentity("oBob", "k"), now=NOW
        )

    outcomes = at_once(log_in)

    assert sorted(is_new for _, is_new in outcomes) == [False] * 19 + [True]
    assert len({user.id for user, _ in outcomes}) == 1
    with database.transaction(write=False) as connection:
        assert connection.scalar(select(func.count()).select_from(credit_accounts)) == 1


def test_session_key_is_the_newest_one_when_the_user_logged_in_again(users):
    user, _ = users.find_or_create(WeChatIdentity("oAlice", "k1"), now=NOW)
    users.find_or_create(WeChatIdentity("oAlice", "k2"), now=LATER)

    assert users.session_key(user.id) == "k2"


def test_session_key_is_none_when_nobody_is_known(users):
    assert users.session_key("u_nobody") is None
