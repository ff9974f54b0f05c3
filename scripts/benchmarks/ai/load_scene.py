"""The scene of the load test: users, resumes and questions, a model that counts, and turns that remember who came when."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from common import clock
from common.domain.chat import TurnId
from common.domain.chat.messages import ChatPrompts
from common.domain.language_model import ModelAnswer, ModelPiece, ModelUsage
from common.domain.moderation import Finding
from common.domain.moderation import Scene as PlaceShown
from common.domain.optimising.messages import Prompts
from common.domain.pipeline import FIRST_REVISION, ResumeId, ResumeRow
from common.domain.users import OpenId, User, WeChatIdentity
from common.errors import MojianError, message_of
from common.persistence import turns
from common.persistence.chat_pieces import RedisChatPieces
from common.persistence.chats import SqlChatStore
from common.persistence.credits import SqlCreditStore
from common.persistence.database import Database
from common.persistence.migrate import upgrade
from common.persistence.rate_limits import RedisRateLimits
from common.persistence.redis_connection import RedisConnection
from common.persistence.resumes import SqlResumeStore
from common.persistence.turns import RedisTurns
from common.persistence.users import SqlUserStore
from common.security.encryption import Cipher
from common.security.keyring import KeyRing
from common.services.chat_answer import Advisor
from common.services.chatting import AskAdvisor, ChatDesk, ask, whole
from common.services.library import Shelf
from common.services.moderating import Moderator
from common.services.optimising import optimise_resume
from common.services.sharing_model import SharedModel
from common.services.stages import StageRun
from common.services.uploads import UploadRules
from scripts.local_cloud.stack.stores import EmbeddedRedis

CHATS, RESUMES, USERS = 50, 200, 25
LIMIT, PER_USER = 10, 3
QUESTION_S, PIECES = 0.05, 5
CHAT_COST, OPTIMISE_COST = 1, 5

RESUME = {"work": [{"name": "示例公司", "highlights": ["负责订单系统的开发"]}]}
PATIENCE_S = 300.0
_KEY = base64.urlsafe_b64encode(bytes(32)).decode()


class CountingModel:
    """Takes its time, and knows how many were with it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = self.most = 0
        self.busy_s = 0.0

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:  # noqa: ARG002
        with self._asked():
            time.sleep(QUESTION_S)
        return ModelAnswer({"changes": []}, "stand-in", ModelUsage())

    def stream_text(
        self,
        messages: Sequence[Mapping[str, str]],  # noqa: ARG002
        *,
        max_tokens: int,  # noqa: ARG002
    ) -> Iterator[ModelPiece]:
        with self._asked():
            for _ in range(PIECES):
                time.sleep(QUESTION_S / PIECES)
                yield ModelPiece("好的。")
            yield ModelPiece(finish_reason="stop", model="stand-in", usage=ModelUsage())

    @contextmanager
    def _asked(self) -> Iterator[None]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1
                self.busy_s += QUESTION_S


class RememberingTurns(RedisTurns):
    """Redis itself notes who comes into the queue and who gets a turn, inside the script that decides it.

    Noted outside, two turns given at the same moment would stand in the order in which their threads woke up.
    """

    def __init__(self, redis: RedisConnection, **options: Any) -> None:
        super().__init__(redis, "model", **options)
        self._redis_of_turns = redis
        turns_module: Any = turns
        turns_module._TAKE = _noting(turns_module._TAKE)

    def overtaken(self) -> int:
        """Questions that got their turn in another place than they came, among those of their user."""
        with self._redis_of_turns.client() as client:
            users = [str(key).removeprefix("came:") for key in client.keys("came:*")]
            queues = [(client.lrange(f"came:{user}", 0, -1), client.lrange(f"served:{user}", 0, -1)) for user in users]
        return sum(first != second for came, served in queues for first, second in zip(came, served, strict=True))


def _noting(script: str) -> str:
    enters, gets = "redis.call('hset', KEYS[4], ARGV[1], ARGV[2])", "return 1"
    if script.count(enters) != 1 or script.count(gets) != 1:
        raise LookupError("the script of the turns has another form by now")
    note = "redis.call('rpush', '{}:' .. ARGV[2], ARGV[1])\n"
    return script.replace(enters, f"{enters}\n{note.format('came')}").replace(gets, f"{note.format('served')}{gets}")


class Bucket:
    """Objects in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def exists(self, key: str) -> bool:
        return key in self.kept

    def read(self, key: str, *, max_bytes: int) -> bytes:  # noqa: ARG002
        return self.kept[key]

    def create(self, key: str, content: bytes, *, media_type: str) -> None:  # noqa: ARG002
        self.kept[key] = content


class PassAll:
    def check_text(self, text: str, *, openid: OpenId, scene: PlaceShown) -> Finding:  # noqa: ARG002
        return Finding()


class Scene:
    """Each user asks the advisor twice and has eight resumes waiting to be optimised."""

    def __init__(self, folder: Path, url: str) -> None:
        address = f"sqlite:///{folder / 'load.db'}"
        upgrade(address)
        self._database, self._redis = Database(address, connections=4), RedisConnection(url, prefix="load:")
        self._cipher = Cipher(KeyRing.parse(f"k1:{_KEY}", setting="DATA_KEYS"))
        self._users = SqlUserStore(self._database, encrypt=self._cipher.encrypt, decrypt=self._cipher.decrypt)
        self._credits, self._resumes = SqlCreditStore(self._database), SqlResumeStore(self._database)
        self._chats, self._bucket = SqlChatStore(self._database, self._cipher), Bucket()
        self.model = CountingModel()
        self.turns = RememberingTurns(self._redis, limit=LIMIT, per_user=PER_USER, lease_s=60)
        self._desk = SharedModel(self.model, self.turns, lambda: PATIENCE_S)
        self._everybody = [self._somebody(number) for number in range(USERS)]

    def close(self) -> None:
        self._database.close()
        self._redis.close()

    def everything(self) -> Iterator[Callable[[], str]]:
        """Four resumes to one question, so that both wait in the same queue."""
        rows = [self._resume(number) for number in range(RESUMES)]
        for number in range(CHATS):
            yield lambda number=number: self._chat(number)  # type: ignore[misc]
            for row in rows[number * RESUMES // CHATS : (number + 1) * RESUMES // CHATS]:
                yield lambda row=row: self._optimise(row)  # type: ignore[misc]

    def wrong_balances(self) -> int:
        """Everybody had ten credits more than all of it costs; a resume is paid for later, when it is typeset."""
        held = RESUMES // USERS * OPTIMISE_COST
        balances = [self._credits.balance(user.id) for user in self._everybody]
        return sum((balance.ledger, balance.held) != (10 + held, held) for balance in balances)

    def _somebody(self, number: int) -> User:
        now = clock.now()
        user, _ = self._users.find_or_create(WeChatIdentity(OpenId(f"o{number}"), "key"), now=now)
        self._credits.grant_welcome(
            user.id, 10 + CHATS // USERS * CHAT_COST + RESUMES // USERS * OPTIMISE_COST, now=now
        )
        return user

    def _resume(self, number: int) -> ResumeRow:
        user, now = self._everybody[number * USERS // RESUMES], clock.now()
        row = ResumeRow(
            ResumeId(f"s_{number:04}"), user.id, "a.pdf", "pdf", 1, None, "classic", True, now, now, FIRST_REVISION
        )
        self._resumes.add(row)
        expires_at = now + timedelta(hours=1)
        self._credits.place_hold(user.id, row.charge_key(), OPTIMISE_COST, now=now, expires_at=expires_at)
        self._bucket.kept[str(row.key("parsed", "json"))] = json.dumps(RESUME).encode()
        return row

    def _optimise(self, row: ResumeRow) -> str:
        key = row.key("parsed", "json")
        run = StageRun("optimise", key, self._resumes, self._bucket, lease_s=PATIENCE_S, now=clock.now)  # type: ignore[arg-type]
        prompts = Prompts(structure="json", optimise="json")
        outcome = optimise_resume(run, model=self._desk, prompts=prompts, credits=self._credits)
        made = json.loads(self._bucket.kept[str(row.key("optimised", "json"))])
        return outcome if not made["basic"] else "basic"

    def _chat(self, number: int) -> str:
        user, cost = self._everybody[number % USERS], CHAT_COST
        pieces, prompts = RedisChatPieces(self._redis, self._cipher), ChatPrompts("advise", "json")
        advisor = Advisor(user.id, self._chats, pieces, self._desk, prompts, cost, clock.now)
        rules = UploadRules(OPTIMISE_COST, timedelta(hours=1), 1, 1, ())
        shelf = Shelf(user.id, self._resumes, self._bucket, message_of, rules, self._credits, clock.now())  # type: ignore[arg-type]
        limits, moderator = RedisRateLimits(self._redis), Moderator(PassAll(), user.openid, _ignore, subject=user.id)
        desk = ChatDesk(advisor, shelf, lambda *_: moderator, self._credits, limits, 10, clock.new_id)
        answer = whole(ask(AskAdvisor(message="面试怎么准备？"), TurnId(clock.new_id("t_")), desk=desk))
        return "done" if answer.answer == "好的。" * PIECES else answer.finish_reason


def _ignore(_subject: str, _error: MojianError) -> None: ...


@contextmanager
def redis_url(folder: Path) -> Iterator[tuple[str, str]]:
    """An address, and what stands behind it: the given server, one started for this, or the embedded one."""
    given, program = os.environ.get("TEST_REDIS_URL"), shutil.which("redis-server")
    if given:
        yield given, "the given Redis"
    elif program:
        socket = folder / "redis.sock"
        command = [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
            while not socket.exists():
                time.sleep(0.01)
            yield f"unix://{socket}?db=0", "a Redis server"
            server.terminate()
    else:
        embedded = EmbeddedRedis()
        yield embedded.url, "the embedded Redis"
        embedded.close()
