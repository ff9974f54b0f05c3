"""The real SQL stores on a SQLite file, a bucket in memory, and Han Meimei, who has credits."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from common.domain.optimising.messages import Prompts
from common.domain.pipeline import ResumeRow
from common.domain.users import OpenId, User, WeChatIdentity
from common.persistence.acceptances import SqlAcceptances
from common.persistence.contacts import SqlContacts
from common.persistence.credits import SqlCreditStore
from common.persistence.database import Database
from common.persistence.erasures import SqlErasures
from common.persistence.idempotency import SqlIdempotencyStore
from common.persistence.media_checks import SqlMediaChecks
from common.persistence.orders import SqlOrderStore
from common.persistence.outbox import SqlOutbox
from common.persistence.refunds import SqlRefundStore
from common.persistence.resumes import SqlResumeStore
from common.persistence.schema import metadata
from common.persistence.shares import SqlShareStore
from common.persistence.tokens import SqlTokenStore
from common.persistence.untold import SqlNews
from common.persistence.users import SqlUserStore
from common.services.checking_pictures import PictureDesk
from common.services.leaving import LeavingDesk
from common.services.messaging import MessageDesk
from common.services.settling import Till
from tests.builders import NOW, a_row
from tests.doubles import (
    Clock,
    FakeGate,
    FakeGates,
    FakeMessenger,
    FakePictureCheck,
    FakeTexts,
    MemoryObjects,
    MemoryTraces,
    Reports,
)

CREDITS = 10


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("services") / "empty.db"
    engine = create_engine(f"sqlite:///{file}")
    metadata.create_all(engine)
    engine.dispose()
    return file


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(empty_database, tmp_path / "mojian.db")
    opened = Database(f"sqlite:///{tmp_path / 'mojian.db'}")
    yield opened
    opened.close()


@pytest.fixture
def users(database: Database) -> SqlUserStore:
    return SqlUserStore(
        database,
        encrypt=lambda text, *, context: text.encode(),
        decrypt=lambda sealed, *, context: sealed.decode(),
    )


@pytest.fixture
def credits(database: Database) -> SqlCreditStore:
    return SqlCreditStore(database)


@pytest.fixture
def orders(database: Database) -> SqlOrderStore:
    return SqlOrderStore(database)


@pytest.fixture
def refunds(database: Database) -> SqlRefundStore:
    return SqlRefundStore(database)


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate()


@pytest.fixture
def till_at(orders: SqlOrderStore, refunds: SqlRefundStore, gate: FakeGate, reports: Reports) -> Callable[..., Till]:
    """The till, so many seconds after NOW."""
    ids = count(1)

    def at(after_s: float = 0) -> Till:
        now = NOW + timedelta(seconds=after_s)
        return Till(orders, refunds, FakeGates(gate), reports, lambda prefix: f"{prefix}{next(ids)}", now)

    return at


@pytest.fixture
def resumes(database: Database) -> SqlResumeStore:
    return SqlResumeStore(database)


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database)


@pytest.fixture
def acceptances(database: Database) -> SqlAcceptances:
    return SqlAcceptances(database)


@pytest.fixture
def contacts(database: Database) -> SqlContacts:
    return SqlContacts(
        database, encrypt=lambda text, *, context: text.encode(), decrypt=lambda sealed, *, context: sealed.decode()
    )


@pytest.fixture
def news(database: Database) -> SqlNews:
    return SqlNews(database)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def texts() -> FakeTexts:
    return FakeTexts()


class Preparing:
    """Fetching the token, which can fail."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []

    def __call__(self) -> None:
        if self.errors:
            raise self.errors.pop(0)


@pytest.fixture
def preparing() -> Preparing:
    return Preparing()


@pytest.fixture
def message_desk(
    outbox: SqlOutbox,
    messenger: FakeMessenger,
    acceptances: SqlAcceptances,
    texts: FakeTexts,
    contacts: SqlContacts,
    preparing: Preparing,
    clock: Clock,
) -> MessageDesk:
    return MessageDesk(outbox, messenger, acceptances, texts, contacts, contacts, preparing, clock)


@pytest.fixture
def answers(database: Database) -> SqlIdempotencyStore:
    return SqlIdempotencyStore(database)


@pytest.fixture
def erasures(database: Database) -> SqlErasures:
    return SqlErasures(database)


@pytest.fixture
def traces() -> MemoryTraces:
    return MemoryTraces()


@pytest.fixture
def leaving(erasures: Any, traces: Any, objects: Any, reports: Any, clock: Clock) -> LeavingDesk:
    return LeavingDesk(erasures, traces, objects, reports, clock)


@pytest.fixture
def tokens(database: Database) -> SqlTokenStore:
    return SqlTokenStore(database)


@pytest.fixture
def shares(database: Database) -> SqlShareStore:
    return SqlShareStore(
        database,
        encrypt=lambda text, *, context: text.encode(),
        decrypt=lambda sealed, *, context: sealed.decode(),
    )


@pytest.fixture
def media_checks(database: Database) -> SqlMediaChecks:
    return SqlMediaChecks(database)


@pytest.fixture
def picture_vendor() -> FakePictureCheck:
    return FakePictureCheck()


@pytest.fixture
def picture_desk(
    media_checks: SqlMediaChecks, picture_vendor: FakePictureCheck, objects: Any, users: Any, reports: Any, clock: Any
) -> PictureDesk:
    return PictureDesk(media_checks, picture_vendor, objects, users, reports, clock)


@pytest.fixture
def objects() -> MemoryObjects:
    return MemoryObjects()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def prompts() -> Prompts:
    return Prompts(structure="structure as json", optimise="optimise as json")


@pytest.fixture
def han(users: SqlUserStore, credits: SqlCreditStore) -> User:
    user, _ = users.find_or_create(WeChatIdentity(OpenId("oHan"), "session-key"), now=NOW)
    credits.grant_welcome(user.id, CREDITS, now=NOW)
    return user


@pytest.fixture
def li(users: SqlUserStore) -> User:
    """Somebody else."""
    return users.find_or_create(WeChatIdentity(OpenId("oLi"), "session-key"), now=NOW)[0]


@pytest.fixture
def keep(han: User, resumes: SqlResumeStore, credits: SqlCreditStore, clock: Clock) -> Callable[..., ResumeRow]:
    """A resume of Han Meimei in the database, with the hold that pays for it."""

    def add(**changes: Any) -> ResumeRow:
        row = a_row(han.id, **changes)
        resumes.add(row)
        expires_at = clock.now.replace(year=2027)
        credits.place_hold(han.id, row.charge_key(), 5, now=clock.now, expires_at=expires_at)
        return row

    return add
