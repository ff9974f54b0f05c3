"""The DeepSeek fake: chat completions over real HTTP, answered by simple honest rules from the request alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.deepseek.chat import MODELS, ChatRequest, read_chat
from scripts.local_cloud.fakes.deepseek.completion import Completion
from scripts.local_cloud.fakes.deepseek.delivery import plan_for, spoiled, streamed, whole
from scripts.local_cloud.fakes.deepseek.errors import ApiError
from scripts.local_cloud.fakes.deepseek.rules.tasks import answer
from scripts.local_cloud.fakes.deepseek.state import DeepSeekState
from scripts.local_cloud.fakes.deepseek.tokens import count_tokens
from scripts.local_cloud.fakes.kit import (
    CONTROL_PREFIX,
    Fake,
    Fault,
    Route,
    json_response,
    planned_fault,
    read_control,
    require,
)

API_KEY = "sk-mojian-local"
_BEARER = "Bearer "


class DeepSeekFake(Fake):
    """One account with one key. Memory only: a restart forgets the prefix cache and the counts."""

    name = "deepseek"
    own_fault_kinds = frozenset(
        {"blank", "array", "length", "keep_alive", "stall", "insufficient_system_resource", "content_filter"}
    )

    def __init__(self) -> None:
        super().__init__()
        self._state = DeepSeekState()

    def environment(self, base_url: str) -> dict[str, str]:
        return {"DEEPSEEK_BASE_URL": base_url, "DEEPSEEK_API_KEY": API_KEY, "DEEPSEEK_MODEL": MODELS[0]}

    def state(self) -> dict[str, Any]:
        return self._state.as_json()

    def forget(self) -> None:
        self._state.clear()

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/chat/completions", "chat", self._guarded(self._chat)),
            Route("POST", "/v1/chat/completions", "chat", self._guarded(self._chat)),
            Route("GET", "/models", "models", self._guarded(self._models)),
            Route("GET", "/v1/models", "models", self._guarded(self._models)),
            Route("GET", "/user/balance", "balance", self._guarded(self._balance)),
            Route("POST", CONTROL_PREFIX + "balance", "control", self._set_balance),
            Route("POST", CONTROL_PREFIX + "pace", "control", self._set_pace),
            Route("POST", CONTROL_PREFIX + "lie", "control", self._set_lie),
        ]

    def not_found(self, request: Request) -> Response:  # noqa: ARG002 - the answer is the same for every path
        """No such route, /v1/embeddings among them: the one answer with another envelope."""
        return json_response({"error_msg": "Not Found. Please check the configuration."}, 404)

    def fault_response(self, fault: Fault) -> Response:
        if fault.body is not None:
            return super().fault_response(fault)
        return json_response(ApiError(fault.status).envelope(), fault.status)

    def _guarded(self, view: Callable[[Request], Response]) -> Callable[[Request], Response]:
        """Check the key first and turn refusals into DeepSeek's envelope."""

        def answer_request(request: Request) -> Response:
            try:
                _check_key(request.headers.get("Authorization", ""))
                return view(request)
            except ApiError as error:
                return json_response(error.envelope(), error.status)

        return answer_request

    def _chat(self, request: Request) -> Response:
        if float(self._state.balance_cny) <= 0:
            raise ApiError(402)
        chat = read_chat(request.get_data())
        fault = planned_fault(request)
        kind = fault.kind if fault else ""
        completion = spoiled(self._complete(chat), kind)
        plan = plan_for(kind, dict(fault.options) if fault else {}, self._state.pace_s, self._released.wait)
        if chat.stream:
            events = streamed(completion, plan, lambda: self._state.count("cancelled_streams"))
            return Response(
                events, content_type="text/event-stream; charset=utf-8", headers={"Cache-Control": "no-cache"}
            )
        return Response(whole(completion, plan), content_type="application/json")

    def _complete(self, chat: ChatRequest) -> Completion:
        found = answer(chat.messages, json_mode=chat.json_mode, lie=self._state.lie)
        self._state.count_task(found.task)
        reasoning = found.reasoning if chat.thinking else None
        content, finish_reason = _within(found.content, chat.max_tokens - count_tokens(reasoning or ""))
        usage = self._state.usage_of(chat, content, reasoning or "")
        return Completion(chat.model, content, reasoning, finish_reason, usage)

    def _models(self, _request: Request) -> Response:
        listed = [{"id": model, "object": "model", "owned_by": "deepseek"} for model in MODELS]
        return json_response({"object": "list", "data": listed})

    def _balance(self, _request: Request) -> Response:
        total = self._state.balance_cny
        in_yuan = {"currency": "CNY", "total_balance": total, "granted_balance": "0.00", "topped_up_balance": total}
        return json_response({"is_available": float(total) > 0, "balance_infos": [in_yuan]})

    def _set_balance(self, request: Request) -> Response:
        self._state.balance_cny = f"{float(require(read_control(request), 'cny')):.2f}"
        return json_response(self.state())

    def _set_pace(self, request: Request) -> Response:
        """Slow streams down by so many seconds per chunk, as a person would see them."""
        self._state.pace_s = float(require(read_control(request), "chunk_delay_s"))
        return json_response({"chunk_delay_s": self._state.pace_s})

    def _set_lie(self, request: Request) -> Response:
        self.say(str(read_control(request).get("text", "")))
        return json_response({"text": self._state.lie})

    def say(self, lie: str) -> None:
        """From here on these words stand in every answer; the empty text makes it honest again."""
        self._state.lie = lie


def _check_key(authorization: str) -> None:
    if not authorization.startswith(_BEARER):
        raise ApiError(401, "Authentication Fails (auth header format should be Bearer sk-...)")
    key = authorization.removeprefix(_BEARER)
    if key != API_KEY:
        raise ApiError(401, f"Authentication Fails, Your api key: ****{key[-4:]} is invalid")


def _within(content: str, tokens: int) -> tuple[str, str]:
    """Cut the answer to the tokens that are left; thinking may have used them all."""
    total = count_tokens(content)
    if total <= tokens:
        return content, "stop"
    return content[: math.floor(len(content) * max(tokens, 0) / total)], "length"
