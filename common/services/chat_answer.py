"""One attempt at an answer: said piece by piece, kept as it is said, and paid for when it arrived.

Whatever ends the attempt (the model, its failure, a refusal, a client that went away) ends the turn in one transaction
with its credits.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from common.domain.chat import HEARTBEAT, Charge, ChatEvent, Conversation, Ending, Turn
from common.domain.chat.basic import basic_advice
from common.domain.chat.conversation import TurnReason, TurnState
from common.domain.chat.events import ended, said, started
from common.domain.chat.history import history_of
from common.domain.chat.messages import Briefing, ChatPrompts, advice_messages, summary_messages, summary_of
from common.domain.chat.restoring import Restorer
from common.domain.language_model import ModelPiece
from common.domain.optimising.masking import Mask
from common.domain.resume import Resume
from common.domain.users import UserId
from common.errors import Conflict, ContentRefused, MojianError, VendorBusy, VendorError, VendorUnavailable
from common.services.moderating import AnswerChecks, Moderator
from common.services.ports import ModelDesk
from common.services.ports.chat import ChatPieces, ChatStore
from common.services.relaying import Relay

#: Enough for the 400 characters that the prompt asks for, and some more for who writes at length.
MAX_TOKENS = 1200
MAX_SUMMARY_TOKENS = 600

#: Silence after which whoever reads the events gets a sign of life, and can see whether the client is still there.
TICK_S = 0.5

#: A worker that has not renewed its turn for so long is taken for dead.
LEASE_S = 15.0
RENEW_S = 5.0


@dataclass(frozen=True)
class Advisor:
    """What answering needs; `model` is None when working offline."""

    user_id: UserId
    chats: ChatStore
    pieces: ChatPieces
    model: ModelDesk | None
    prompts: ChatPrompts
    cost: int
    now: Callable[[], datetime]


class Answer:
    """`turn` belongs to this worker; `kept` is what an earlier attempt has said."""

    def __init__(
        self,
        turn: Turn,
        conversation: Conversation,
        briefing: Briefing,
        advisor: Advisor,
        moderator: Moderator,
        kept: str,
    ) -> None:
        self._turn, self._conversation, self._briefing = turn, conversation, briefing
        self._advisor, self._moderator = advisor, moderator
        self._text = self._kept = kept
        self._mask = Mask()
        self._renewed_at = advisor.now()

    def events(self) -> Iterator[ChatEvent]:
        """From `start` (of a first attempt) to `end`. Raises what kept the answer from being whole: that costs nothing."""
        try:
            if self._kept:
                self._advisor.pieces.add(self._turn, self._kept)
            if self._turn.attempt == 1:
                yield started(self._turn, 0)
            reason = yield from self._spoken()
        except GeneratorExit:  # the client has gone; what it has seen was delivered, and it may come back
            self._end("interrupted", charge="capture" if self._text else "keep")
            raise
        except ContentRefused as error:
            self._text = ""
            self._end("failed", charge="release", error=error)
            raise
        except Exception as error:
            self._end("interrupted" if self._text else "failed", charge="release", error=error)
            raise
        yield ended(self._end("done", charge="release" if reason == "basic" else "capture", reason=reason))
        with suppress(MojianError):  # the answer is there; the next one tries again
            self._fold()

    def _spoken(self) -> Generator[ChatEvent, None, TurnReason]:
        try:
            return (yield from self._from_model())
        except (ContentRefused, VendorBusy):
            raise
        except VendorError:
            if self._text:
                raise
        yield self._say(self._basic())
        return "basic"

    def _from_model(self) -> Generator[ChatEvent, None, TurnReason]:
        restorer, reason = Restorer(self._mask), "stop"
        ask = self._question()
        with AnswerChecks(self._moderator, already=self._kept) as checks, Relay(ask) as relay:
            for piece in relay.items(every_s=TICK_S):
                if piece is None:
                    self._keep_turn()
                    yield HEARTBEAT
                    continue
                reason = piece.finish_reason or reason
                text = restorer.feed(piece.text) + (restorer.rest() if piece.finish_reason else "")
                checks.add(text)
                if text:
                    yield self._say(text)
            for _ in checks.finish(every_s=TICK_S):
                yield HEARTBEAT
        return "length" if reason == "length" else "stop"

    def _question(self) -> Callable[[], Iterator[ModelPiece]]:
        """Raises VendorUnavailable when working offline."""
        advisor = self._advisor
        if advisor.model is None:
            raise VendorUnavailable(reason="offline")
        model, history = advisor.model.of(advisor.user_id), history_of(self._conversation, self._earlier())
        messages = advice_messages(
            advisor.prompts, self._briefing, history, self._turn.message, mask=self._mask, kept=self._kept
        )
        return lambda: model.stream_text(messages, max_tokens=MAX_TOKENS)

    def _earlier(self) -> list[Turn]:
        turns = self._advisor.chats.turns(self._conversation.id, after=self._conversation.summarised)
        return [turn for turn in turns if turn.number < self._turn.number]

    def _basic(self) -> str:
        resume = None if self._briefing.resume is None else Resume.model_validate(self._briefing.resume)
        return basic_advice(resume, self._briefing.jd, today=f"{self._advisor.now():%Y-%m}")

    def _say(self, text: str) -> ChatEvent:
        """Kept first, so that whatever a client has seen can be gone on from."""
        self._advisor.pieces.add(self._turn, text)
        self._text += text
        self._keep_turn()
        return said(self._turn, text, len(self._text))

    def _keep_turn(self) -> None:
        """Raises Conflict when somebody else has the turn by now, because this instance stood still for too long."""
        now = self._advisor.now()
        if now - self._renewed_at >= timedelta(seconds=RENEW_S):
            self._renewed_at = now
            if not self._advisor.chats.renew(self._turn, until=now + timedelta(seconds=LEASE_S)):
                raise Conflict(what="turn")

    def _end(
        self, state: TurnState, *, charge: Charge, reason: TurnReason | None = None, error: Exception | None = None
    ) -> Turn:
        code = (error.code if isinstance(error, MojianError) else MojianError.code) if state == "failed" else None
        ending = Ending(state, self._text, charge, finish_reason=reason, error_code=code)
        return self._advisor.chats.end(self._turn, ending, cost=self._advisor.cost, now=self._advisor.now())

    def _fold(self) -> None:
        """After the answer, so that nobody waits for it: turns that do not fit any more go into the summary."""
        history = history_of(self._conversation, [*self._earlier(), self._turn_as_told()])
        if not history.older or self._advisor.model is None:
            return
        model = self._advisor.model.of(self._advisor.user_id)
        messages = summary_messages(self._advisor.prompts, history, mask=self._mask)
        content: dict[str, Any] = {}
        with suppress(VendorError):  # the rule's summary will do
            content = model.answer_json(messages, max_tokens=MAX_SUMMARY_TOKENS).content
        summary = summary_of(content, history, mask=self._mask)
        self._advisor.chats.keep_summary(self._conversation.id, summary, summarised=history.older[-1].number)

    def _turn_as_told(self) -> Turn:
        return Turn(**{**vars(self._turn), "answer": self._text})
