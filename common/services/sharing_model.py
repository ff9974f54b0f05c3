"""The language model as many share it: a turn for every question, and a tally of what the questions cost."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock

from common.domain.language_model import ModelAnswer, ModelPiece, ModelUsage
from common.domain.users import UserId
from common.services.ports import LanguageModel, Turns

#: What is kept of the time left for the question itself, once its turn has come.
FOR_THE_ANSWER_S = 20.0


class SharedModel:
    """Hands out the model to one user at a time; see `of`."""

    def __init__(self, model: LanguageModel, turns: Turns, remaining_s: Callable[[], float]) -> None:
        self._model, self._turns, self._remaining_s = model, turns, remaining_s

    def of(self, user_id: UserId) -> "UsersModel":
        return UsersModel(self._model, self._turns, self._remaining_s, user_id)


class UsersModel:
    """Implements `LanguageModel` for one user; `usage` sums up what was answered. Safe to use from several threads."""

    def __init__(self, model: LanguageModel, turns: Turns, remaining_s: Callable[[], float], user_id: UserId) -> None:
        self._model, self._turns, self._remaining_s, self._user_id = model, turns, remaining_s, user_id
        self._lock = Lock()
        self.usage = ModelUsage(calls=0)

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:
        """Raises what the model raises, and VendorBusy when no turn came in time."""
        with self._turns.taken(self._user_id, wait_s=self._wait_s):
            answer = self._model.answer_json(messages, max_tokens=max_tokens)
        self._count(answer.usage)
        return answer

    def stream_text(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> Iterator[ModelPiece]:
        """The turn lasts until the stream has ended or was closed."""
        with self._turns.taken(self._user_id, wait_s=self._wait_s):
            for piece in self._model.stream_text(messages, max_tokens=max_tokens):
                if piece.usage is not None:
                    self._count(piece.usage)
                yield piece

    def _wait_s(self) -> float:
        return self._remaining_s() - FOR_THE_ANSWER_S

    def _count(self, usage: ModelUsage) -> None:
        with self._lock:
            self.usage = self.usage + usage
