"""The career advisor: ask, watch an answer again from where it was lost, read a conversation."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from common import clock
from common.domain.chat import HEARTBEAT, ChatEvent, Conversation, ConversationId, Ending, Turn, TurnId, charge_key
from common.domain.chat.conversation import LONGEST_JD, LONGEST_MESSAGE, MOST_ATTEMPTS
from common.domain.chat.events import ended, position, said, started
from common.domain.chat.messages import Briefing
from common.domain.credits import Hold
from common.domain.pipeline import ResumeId
from common.domain.users import UserId
from common.errors import AnswerLost, IdempotencyKeyReused, MojianError, NotFound, ResumeNotReady, error_of
from common.lazy_model import LazyModel
from common.services.chat_answer import LEASE_S, Advisor, Answer
from common.services.library import Shelf
from common.services.moderating import Moderator
from common.services.ports import CreditStore, RateLimits

#: Credits of an answer that never began are given back after so long, unless its client comes back before.
HOLD_FOR = timedelta(minutes=10)

#: How often somebody who watches an answer made elsewhere looks for more of it.
FOLLOW_EVERY_S = 0.25


class AskAdvisor(LazyModel):
    """POST /chat."""

    message: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(min_length=1, max_length=LONGEST_MESSAGE)
    resume_id: str | None = None
    conversation_id: str | None = None
    jd: str | None = Field(default=None, max_length=LONGEST_JD)


@dataclass(frozen=True)
class WholeAnswer:
    conversation_id: str
    turn_id: str
    answer: str
    finish_reason: str
    credits: int


@dataclass(frozen=True)
class TurnShown:
    turn_id: TurnId
    message: str
    answer: str
    state: str
    finish_reason: str | None
    credits: int
    created_at: datetime


@dataclass(frozen=True)
class ConversationShown:
    conversation_id: ConversationId
    resume_id: ResumeId | None
    created_at: datetime
    turns: list[TurnShown]


@dataclass(frozen=True)
class ChatDesk:
    """What one user's conversations need. `shelf` holds their resumes."""

    advisor: Advisor
    shelf: Shelf
    moderator: Callable[[UserId, str], Moderator]
    credits: CreditStore
    limits: RateLimits
    per_minute: int
    new_id: Callable[[str], str]

    def own(self, conversation_id: str) -> Conversation:
        """Raises NotFound, for other people's conversations too."""
        found = self.advisor.chats.find(ConversationId(conversation_id))
        if found is None or found.user_id != self.advisor.user_id:
            raise NotFound(what="conversation")
        return found

    def briefing(self, conversation: Conversation) -> Briefing:
        """Raises ResumeNotReady while nothing of the resume has been read."""
        if conversation.resume_id is None:
            return Briefing(jd=conversation.jd)
        row = self.shelf.own(conversation.resume_id)
        optimised = self.shelf.content(row.key("optimised", "json")) or {}
        resume = optimised.get("resume") or self.shelf.newest(row, "parsed")
        if resume is None:
            raise ResumeNotReady
        return Briefing(resume, conversation.jd or row.jd)


def ask(command: AskAdvisor, turn_id: TurnId, *, desk: ChatDesk) -> Iterator[ChatEvent]:
    """The events of the answer. Everything that can be refused is refused before the first of them.

    A turn that is known is watched again and costs nothing more. Raises TooManyRequests, NotFound, ResumeNotReady,
    ContentRefused, CreditsExhausted, AnswerInProgress, IdempotencyKeyReused.
    """
    known = desk.advisor.chats.find_turn(turn_id)
    if known is not None:
        if known.message != command.message:
            raise IdempotencyKeyReused
        return _followed(desk.own(known.conversation_id), known, desk, at=0)
    desk.limits.hit(f"chat:{desk.advisor.user_id}", limit=desk.per_minute, window_s=60)
    conversation = _conversation(command, desk)
    briefing, moderator = desk.briefing(conversation), desk.moderator(desk.advisor.user_id, conversation.id)
    moderator.require(command.message, "message")
    turn = _begun(Turn(turn_id, conversation.id, command.message, *_times(desk)), conversation, desk)
    return Answer(turn, conversation, briefing, desk.advisor, moderator, "").events()


def watch(conversation_id: str, last_event_id: str | None, *, desk: ChatDesk) -> Iterator[ChatEvent]:
    """What the client of an answer has missed since `last_event_id`; without one, the newest answer from its beginning.

    An answer that was interrupted is gone on with, once, at no cost. Raises NotFound, InvalidField.
    """
    conversation = desk.own(conversation_id)
    turns = desk.advisor.chats.turns(conversation.id)
    turn_id, at = position(last_event_id) if last_event_id else (turns[-1].id, 0)
    turn = next((turn for turn in turns if turn.id == turn_id), None)
    if turn is None:
        raise NotFound(what="turn")
    return _followed(conversation, turn, desk, at=at)


def whole(events: Iterator[ChatEvent]) -> WholeAnswer:
    """The answer in one piece, for clients that cannot read a stream. Raises what the events raise."""
    told: dict[str, Any] = {"answer": ""}
    for event in events:
        content = json.loads(event.text or "{}")
        told["answer"] += content.pop("text", "")
        told.update(content)
        if event.name == "end":  # what comes after it is our own housekeeping
            break
    return WholeAnswer(**told)


def show(conversation_id: str, *, desk: ChatDesk) -> ConversationShown:
    """Raises NotFound."""
    conversation = desk.own(conversation_id)
    turns = [_shown(turn, desk) for turn in desk.advisor.chats.turns(conversation.id)]
    return ConversationShown(conversation.id, conversation.resume_id, conversation.created_at, turns)


def _shown(turn: Turn, desk: ChatDesk) -> TurnShown:
    state = "interrupted" if _is_dead(turn, desk) else turn.state
    return TurnShown(turn.id, turn.message, turn.answer, state, turn.finish_reason, turn.credits, turn.created_at)


def _conversation(command: AskAdvisor, desk: ChatDesk) -> Conversation:
    """A new one, or their own; a resume or a job that is named now replaces the one before."""
    if command.conversation_id is None:
        new_id, user_id = ConversationId(desk.new_id("c_")), desk.advisor.user_id
        found = Conversation(new_id, user_id, None, None, created_at=desk.advisor.now())
    else:
        found = desk.own(command.conversation_id)
    resume_id = ResumeId(command.resume_id) if command.resume_id else found.resume_id
    return replace(found, resume_id=resume_id, jd=command.jd or found.jd)


def _times(desk: ChatDesk) -> tuple[datetime, datetime]:
    now = desk.advisor.now()
    return now, now + timedelta(seconds=LEASE_S)


def _begun(turn: Turn, conversation: Conversation, desk: ChatDesk) -> Turn:
    """The turn in the database, its price held."""
    if desk.advisor.cost:
        _hold(turn, desk)
    try:
        return desk.advisor.chats.begin(conversation, turn, now=turn.created_at)
    except MojianError:
        desk.credits.release_hold(charge_key(turn.id), now=turn.created_at)
        raise


def _followed(conversation: Conversation, turn: Turn, desk: ChatDesk, *, at: int) -> Iterator[ChatEvent]:
    """From character `at` on: what is kept, what another worker is saying, and the rest of what was interrupted."""
    yield started(turn, at)
    while True:
        mine = _taken_over(turn, desk)
        kept = _kept(turn, desk)
        if len(kept) > at:
            yield said(turn, kept[at:], len(kept))
            at = len(kept)
        if mine is not None:
            yield from _gone_on(conversation, mine, desk, kept)
            return
        if _is_dead(turn, desk) and turn.attempt == MOST_ATTEMPTS:
            ending = Ending("interrupted", kept, "capture" if kept else "release")
            turn = desk.advisor.chats.end(turn, ending, cost=desk.advisor.cost, now=desk.advisor.now())
        if turn.state == "failed":
            raise error_of(turn.error_code or MojianError.code)
        if turn.state != "running":
            yield ended(turn)
            return
        clock.sleep(FOLLOW_EVERY_S)
        yield HEARTBEAT
        turn = desk.advisor.chats.find_turn(turn.id) or replace(turn, state="failed", error_code=NotFound.code)


def _taken_over(turn: Turn, desk: ChatDesk) -> Turn | None:
    """The turn as ours, if it was interrupted or its worker is dead, and nobody else was faster."""
    is_left = turn.state == "interrupted" or _is_dead(turn, desk)
    return desk.advisor.chats.go_on(turn, now=desk.advisor.now(), lease_s=LEASE_S) if is_left else None


def _is_dead(turn: Turn, desk: ChatDesk) -> bool:
    """Nobody says anything more."""
    return turn.state == "running" and turn.lease_until <= desk.advisor.now()


def _kept(turn: Turn, desk: ChatDesk) -> str:
    return desk.advisor.pieces.text(turn) if turn.state == "running" else turn.answer


def _gone_on(conversation: Conversation, turn: Turn, desk: ChatDesk, kept: str) -> Iterator[ChatEvent]:
    """The rest of an answer, at no cost. One that never began is made now, while its price is still held."""
    if not kept and not _is_held(turn, desk):
        lost = Ending("failed", "", "keep", error_code=AnswerLost.code)
        desk.advisor.chats.end(turn, lost, cost=desk.advisor.cost, now=desk.advisor.now())
        raise AnswerLost
    briefing, moderator = desk.briefing(conversation), desk.moderator(desk.advisor.user_id, conversation.id)
    yield from Answer(turn, conversation, briefing, desk.advisor, moderator, kept).events()


def _is_held(turn: Turn, desk: ChatDesk) -> bool:
    return not desk.advisor.cost or _hold(turn, desk).state == "held"


def _hold(turn: Turn, desk: ChatDesk) -> Hold:
    """Its price, set aside once; in whatever state that is by now."""
    expires_at = turn.created_at + HOLD_FOR
    advisor, key = desk.advisor, charge_key(turn.id)
    return desk.credits.place_hold(advisor.user_id, key, advisor.cost, now=advisor.now(), expires_at=expires_at)
