"""Answers as services make them: placeholders, refusals, summaries, signs of life, workers that died, clients that come back."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest

from common import clock as real_clock
from common.domain.chat import HEARTBEAT, TurnId
from common.domain.chat.history import HISTORY_TOKENS
from common.domain.chat.messages import GO_ON, ChatPrompts
from common.errors import AnswerLost, ContentRefused, NotLoggedIn, VendorBusy, VendorUnavailable, message_of
from common.persistence.chats import SqlChatStore
from common.services import chat_answer
from common.services.chat_answer import LEASE_S, Advisor
from common.services.chatting import HOLD_FOR, AskAdvisor, ChatDesk, ask, show, watch, whole
from common.services.library import Shelf
from common.services.moderating import moderator_of
from tests.builders import NOW
from tests.doubles import MemoryLimits, MemoryPieces, Reports, ScriptedModel, WordCheck

PROMPTS = ChatPrompts(advise="advise", summarise="summarise as json")


#: One turn with it fits, two do not.
LONG = "答" * HISTORY_TOKENS


class Plain:
    def encrypt(self, text: str, *, context: str) -> bytes:
        return text.encode()

    def decrypt(self, sealed: bytes, *, context: str) -> str:
        return sealed.decode()


class Scene:
    """One user at the advisor's desk; every question gets a turn id of its own."""

    def __init__(
        self, user: Any, users: Any, credits: Any, resumes: Any, objects: Any, clock: Any, database: Any
    ) -> None:
        self.user, self.credits, self.clock = user, credits, clock
        self.chats, self.pieces, self.check = SqlChatStore(database, Plain()), MemoryPieces(), WordCheck("违禁")
        self._shelf = Shelf(user.id, resumes, objects, message_of, None, credits, NOW)  # type: ignore[arg-type]
        self._users, self._count = users, 0

    def desk(self, *answers: Any) -> ChatDesk:
        self.model = ScriptedModel(*answers)
        advisor = Advisor(self.user.id, self.chats, self.pieces, self.model, PROMPTS, 1, self.clock)
        ids = iter(f"c_{number}" for number in range(self._count, 99))
        return ChatDesk(
            advisor,
            self._shelf,
            lambda user_id, subject: moderator_of(
                user_id, users=self._users, check=self.check, report=Reports(), subject=subject
            ),
            self.credits,
            MemoryLimits(),
            99,
            lambda _: next(ids),
        )

    def ask(self, *answers: Any, message: str = "面试怎么准备？", **fields: Any) -> Any:
        self._count += 1
        command = AskAdvisor(message=message, **fields)
        return ask(command, TurnId(f"t_{self._count}"), desk=self.desk(*answers))

    @property
    def balance(self) -> tuple[int, int]:
        balance = self.credits.balance(self.user.id)
        return balance.ledger, balance.held

    def turn(self, name: str = "t_1") -> Any:
        return self.chats.find_turn(TurnId(name))


@pytest.fixture
def scene(han: Any, users: Any, credits: Any, resumes: Any, objects: Any, clock: Any, database: Any) -> Scene:
    return Scene(han, users, credits, resumes, objects, clock, database)


@pytest.fixture
def follow_at(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time passes while somebody waits."""
    monkeypatch.setattr(real_clock, "sleep", lambda seconds: scene.clock.pass_(seconds=seconds))


def said(events: Any) -> str:
    return "".join(json.loads(event.text)["text"] for event in events if event.name == "text")


def pieces(*texts: Any) -> dict[str, Any]:
    return {"pieces": list(texts)}


def test_placeholder_is_replaced_when_it_comes_in_two_pieces(scene):
    events = list(scene.ask(pieces("写 〔电", "话1〕 就好"), message="电话 13800138000 写吗"))

    assert said(events) == "写 13800138000 就好"
    assert scene.model.asked[0][-1]["content"] == "电话 〔电话1〕 写吗"


def test_answer_is_taken_back_when_it_is_not_fit_to_be_shown(scene):
    events = scene.ask(pieces("好的，", "这是违禁", "内容"))

    with pytest.raises(ContentRefused):
        list(events)

    assert (scene.turn().state, scene.turn().answer, scene.turn().error_code) == ("failed", "", "content_refused")
    assert scene.balance == (10, 0)


def test_credits_go_back_when_the_queue_is_too_long(scene):
    with pytest.raises(VendorBusy):
        list(scene.ask(VendorBusy(reason="queue")))

    assert (scene.turn().state, scene.balance) == ("failed", (10, 0))


def test_rules_answer_when_the_model_is_down(scene):
    answer = whole(scene.ask(VendorUnavailable()))

    assert (answer.finish_reason, answer.credits) == ("basic", 0)
    assert scene.balance == (10, 0)


def test_signs_of_life_come_while_the_model_is_silent(scene, monkeypatch):
    monkeypatch.setattr(chat_answer, "TICK_S", 0.01)

    def slow(*_: Any, **__: Any) -> Any:
        time.sleep(0.1)
        yield from ScriptedModel(pieces("好")).stream_text([], max_tokens=1)

    events = scene.ask()
    scene.model.stream_text = slow
    names = [event.name for event in events]

    assert names[0] == "start"
    assert names.count("") >= 2
    assert names[-2:] == ["text", "end"]
    assert HEARTBEAT.name == ""


def test_older_turns_go_into_a_summary_when_they_do_not_fit_any_more(scene):
    first = whole(scene.ask(pieces(LONG)))

    events = list(scene.ask(pieces(LONG), {"summary": "谈过面试"}, conversation_id=first.conversation_id))

    conversation = scene.chats.find(first.conversation_id)
    assert events[-1].name == "end"
    assert (conversation.summary, conversation.summarised) == ("谈过面试", 1)
    list(scene.ask(pieces("好"), conversation_id=first.conversation_id))
    assert '"summary": "谈过面试"' in scene.model.asked[0][1]["content"]
    assert [message["content"] for message in scene.model.asked[0][2:]] == ["面试怎么准备？", LONG, "面试怎么准备？"]


def test_rule_makes_the_summary_when_the_model_cannot(scene):
    first = whole(scene.ask(pieces(LONG)))

    list(scene.ask(pieces(LONG), VendorUnavailable(), conversation_id=first.conversation_id))

    assert scene.chats.find(first.conversation_id).summary.startswith("问：面试怎么准备？｜答：答答")


def test_turn_is_gone_on_with_when_its_worker_died(scene, follow_at):
    events = scene.ask(pieces("先准备", "例子", "再", "练习"))
    seen = [next(events) for _ in range(3)]
    scene.clock.pass_(seconds=LEASE_S)

    rest = list(watch("c_1", seen[-1].id, desk=scene.desk(pieces("，多练", "习"))))

    assert said(seen) + said(rest) == "先准备例子，多练习"
    assert scene.model.asked[0][-1]["content"] == GO_ON
    assert (scene.turn().attempt, scene.turn().credits, scene.balance) == (2, 1, (9, 0))


def test_answer_ends_as_it_is_when_both_workers_died(scene, follow_at):
    events = scene.ask(pieces("先准备", "例子"))
    next(events), next(events)
    scene.clock.pass_(seconds=LEASE_S)
    again = watch("c_1", None, desk=scene.desk(pieces("，多练", "习")))
    seen = [next(again) for _ in range(3)]
    scene.clock.pass_(seconds=LEASE_S)

    rest = list(watch("c_1", None, desk=scene.desk()))

    assert said(seen) == said(rest) == "先准备，多练"
    assert json.loads(rest[-1].text) == {"finish_reason": "interrupted", "credits": 1}
    assert (scene.turn().state, scene.turn().answer, scene.balance) == ("interrupted", "先准备，多练", (9, 0))


def test_turn_is_shown_as_interrupted_when_its_worker_died(scene):
    events = scene.ask(pieces("先准备"))
    next(events)

    states = [show("c_1", desk=scene.desk()).turns[0].state]
    scene.clock.pass_(seconds=LEASE_S)
    states.append(show("c_1", desk=scene.desk()).turns[0].state)

    assert states == ["running", "interrupted"]


def test_late_worker_changes_nothing_when_its_turn_was_taken_over(scene, follow_at):
    events = scene.ask(pieces("先准备", "例子", "再", "练习"))
    next(events), next(events)
    scene.clock.pass_(seconds=LEASE_S)
    list(watch("c_1", None, desk=scene.desk(pieces("，多练习"))))

    events.close()

    assert (scene.turn().state, scene.turn().answer) == ("done", "先准备，多练习")
    assert scene.balance == (9, 0)


def test_answer_is_watched_while_somebody_else_makes_it(scene, monkeypatch):
    events = scene.ask(pieces("先准备", "例子"))
    next(events), next(events)
    watched = watch("c_1", None, desk=scene.desk())
    monkeypatch.setattr(real_clock, "sleep", lambda _: list(events))

    seen = list(watched)

    assert said(seen) == "先准备例子"
    assert [event.name for event in seen] == ["start", "text", "", "text", "end"]


def test_answer_that_never_began_is_made_and_paid_for_when_the_client_comes_back_in_time(scene):
    events = scene.ask(pieces("先准备"))
    next(events)
    events.close()
    assert (scene.turn().state, scene.balance) == ("interrupted", (10, 1))

    rest = list(watch("c_1", None, desk=scene.desk(pieces("先准备例子"))))

    assert said(rest) == "先准备例子"
    assert scene.balance == (9, 0)


def test_answer_that_never_began_is_lost_when_the_client_comes_back_too_late(scene):
    events = scene.ask(pieces("先准备"))
    next(events)
    events.close()
    scene.clock.pass_(seconds=HOLD_FOR.total_seconds())
    scene.credits.release_expired(now=scene.clock.now)

    with pytest.raises(AnswerLost):
        list(watch("c_1", None, desk=scene.desk()))

    assert (scene.turn().state, scene.balance) == ("failed", (10, 0))
    with pytest.raises(AnswerLost):
        list(watch("c_1", None, desk=scene.desk()))


def test_nothing_of_the_answer_is_said_twice_when_the_end_is_watched_again(scene):
    seen = list(scene.ask(pieces("先准备")))

    again = list(watch("c_1", seen[-1].id, desk=scene.desk()))

    assert [event.name for event in again] == ["start", "end"]


def test_account_that_is_gone_cannot_ask(scene, monkeypatch):
    monkeypatch.setattr(scene._users, "find", lambda _: None)

    with pytest.raises(NotLoggedIn):
        scene.ask()


def test_conversation_is_shown_with_everything_that_was_said(scene):
    list(scene.ask(pieces("先准备")))

    shown = show("c_1", desk=scene.desk())

    (turn,) = shown.turns
    assert (turn.message, turn.answer, turn.credits) == ("面试怎么准备？", "先准备", 1)
    assert shown.created_at == NOW + timedelta(0)
