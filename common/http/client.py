"""The shared HTTP client. A vendor gets its own face of it (VendorHttp); connections, policy and records are common.

httpx is imported with the first request: a function that only hears from a vendor, and a warm one, never wait for it.
"""

from __future__ import annotations

import json as json_format
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from common.errors import MojianError, VendorError, VendorUnavailable
from common.http import judge
from common.http.limits import Breaker
from common.http.records import OpenCall, Recorder, recorded
from common.http.retry import is_retryable, surely_undone, time_left_s, with_retries

if TYPE_CHECKING:
    import httpx

    from common.http.certificate import ClientCertificate
    from common.http.sse import ServerEvent

#: Reads an answer as the vendor means it and raises what it means; runs for every status, before the default policy.
Check = Callable[["httpx.Response"], None]
#: The numbers of a good answer that belong into the record, tokens for example.
Measure = Callable[["httpx.Response"], Mapping[str, int]]
#: Signs a request as it goes out.
Sign = Callable[["httpx.Request"], "httpx.Request"]


@dataclass(frozen=True)
class Vendor:
    """How one vendor is called. Times are seconds; `read_timeout_s` bounds the whole answer, not one chunk of it."""

    name: str
    base_url: str
    auth: Sign | None
    connect_timeout_s: float
    read_timeout_s: float
    check: Check | None
    measure: Measure | None
    certificate: ClientCertificate | None


class HttpClient:
    """One per process, kept across invocations with its connections; `remaining_s` is of the current invocation."""

    def __init__(
        self,
        remaining_s: Callable[[], float],
        record: Recorder,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.remaining_s = remaining_s
        self.record = record
        self._transport = transport
        self._clients: dict[ClientCertificate | None, httpx.Client] = {}
        self._breakers: dict[str, Breaker] = {}

    def for_vendor(
        self,
        name: str,
        *,
        base_url: str,
        auth: Sign | None = None,
        connect_timeout_s: float = 3,
        read_timeout_s: float = 10,
        check: Check | None = None,
        measure: Measure | None = None,
        certificate: ClientCertificate | None = None,
    ) -> VendorHttp:
        """The client as one vendor sees it; `certificate` is shown where its server asks who calls (mTLS).

        Everything with the same `name` shares a breaker.
        """
        vendor = Vendor(
            name, base_url.rstrip("/"), auth, connect_timeout_s, read_timeout_s, check, measure, certificate
        )
        return VendorHttp(vendor, self, self._breakers.setdefault(name, Breaker(name)))

    def close(self) -> None:
        """Drop the connections; the next request opens new ones."""
        while self._clients:
            self._clients.popitem()[1].close()

    def connections(self, certificate: ClientCertificate | None = None) -> httpx.Client:
        """Opened on first use. Environment proxies and netrc are ignored: where we connect is a setting."""
        if certificate not in self._clients:
            import httpx

            from common.http.deadline import DeadlineTransport

            for chatty in ("httpx", "httpcore"):  # both log whole URLs, and WeChat's token is in the URL
                logging.getLogger(chatty).setLevel(logging.WARNING)
            transport = self._transport or DeadlineTransport(certificate)
            client = httpx.Client(transport=transport, trust_env=False, headers={"User-Agent": "mojian/1"})
            self._clients[certificate] = client
        return self._clients[certificate]


class VendorHttp:
    """Requests to one vendor. Answers below 400 are returned; everything else is an error of common/errors."""

    def __init__(self, vendor: Vendor, client: HttpClient, breaker: Breaker) -> None:
        self._vendor = vendor
        self._client = client
        self._breaker = breaker

    def request(
        self,
        method: str,
        path: str,
        *,
        operation: str,
        params: Mapping[str, str | int] | None = None,
        json: object = None,
        content: bytes | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        attempts: int = 1,
        read_timeout_s: float | None = None,
        safe_to_repeat: bool = True,
    ) -> httpx.Response:
        """Send and judge; every attempt is built and signed afresh. `json` goes out as raw UTF-8.

        With `safe_to_repeat=False` only failures in which the vendor surely did nothing are tried again. `path` starts
        with a slash and is already percent-encoded.
        Raises VendorBusy for 429, VendorUnavailable for 5xx and lost connections (fact `delivered`), DeadlineExceeded
        when the invocation has no time left, and whatever the vendor's own check makes of an answer.
        """
        body = _encoded(json) if json is not None else content
        kinds = {"Content-Type": "application/json"} if json is not None else {}
        parts = {
            "params": params,
            "content": body,
            "files": files,
            "data": data,
            "headers": {**kinds, **(headers or {})},
        }
        sent = _Outgoing(method, path, operation, parts, read_timeout_s or self._vendor.read_timeout_s)
        with recorded(self._client.record, self._vendor.name, operation) as call:
            self._breaker.check()
            return with_retries(
                lambda: self._attempt(sent, call),
                attempts=attempts,
                remaining_s=self._client.remaining_s,
                may_repeat=is_retryable if safe_to_repeat else surely_undone,
            )

    @contextmanager
    def events(
        self, path: str, *, operation: str, json: object, idle_s: float, total_s: float, attempts: int = 1
    ) -> Iterator[tuple[Iterator[ServerEvent], OpenCall]]:
        """POST and read the answer as server-sent events; leaving the block closes the connection, so the vendor stops.

        Only the opening is tried again; once events flow, a failure is the caller's to judge. The call's usage is theirs to
        fill in. Raises as `request` does, and VendorUnavailable(reason="idle" or "deadline") from the events.
        """
        from common.http.streaming import StreamLimits, events_of

        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        parts = {"content": _encoded(json), "headers": headers}
        sent = _Outgoing("POST", path, operation, parts, idle_s)
        with recorded(self._client.record, self._vendor.name, operation) as call:
            self._breaker.check()
            response = with_retries(
                lambda: self._attempt(sent, call, stream=True), attempts=attempts, remaining_s=self._client.remaining_s
            )
            limits = StreamLimits(idle_s, min(total_s, self._client.remaining_s()))
            try:
                yield events_of(response, limits), call
            except VendorError as error:
                error.facts = {"vendor": self._vendor.name, "operation": operation, **error.facts}
                if isinstance(error, VendorUnavailable):
                    self._breaker.failed()
                raise
            finally:
                response.close()

    def _attempt(self, sent: _Outgoing, call: OpenCall, *, stream: bool = False) -> httpx.Response:
        call.attempts += 1
        call.status = None
        try:
            response = self._exchange(sent, stream=stream)
            call.status = response.status_code
            if not stream or not _is_event_stream(response):
                self._judge(response)
        except VendorError as error:
            error.facts = {"vendor": self._vendor.name, "operation": sent.operation, **error.facts}
            if isinstance(error, VendorUnavailable):
                self._breaker.failed()
            raise
        self._breaker.succeeded()
        if self._vendor.measure is not None and not stream:
            call.usage = self._vendor.measure(response)
        return response

    def _exchange(self, sent: _Outgoing, *, stream: bool) -> httpx.Response:
        import httpx

        from common.http import deadline

        left_s = time_left_s(self._client.remaining_s, vendor=self._vendor.name, operation=sent.operation)
        connect_s, read_s = self._vendor.connect_timeout_s, sent.read_timeout_s
        timeout = httpx.Timeout(read_s, connect=connect_s, pool=connect_s)
        client = self._client.connections(self._vendor.certificate)
        request = client.build_request(sent.method, self._vendor.base_url + sent.path, timeout=timeout, **sent.parts)
        try:
            with deadline.within(min(connect_s + read_s, left_s)):
                response = client.send(request, auth=self._vendor.auth, stream=stream)
                if stream and not _is_event_stream(response):
                    response.read()
                return response
        except httpx.HTTPError as error:
            raise judge.lost(error) from error

    def _judge(self, response: httpx.Response) -> None:
        try:
            if self._vendor.check is not None:
                self._vendor.check(response)
            refusal = judge.refused(response)
            if refusal is not None:
                raise refusal
        except MojianError as error:
            wished_s = judge.retry_after_s(response)
            if isinstance(error, VendorError) and wished_s is not None:
                error.facts.setdefault("retry_after_s", wished_s)
            raise


@dataclass(frozen=True)
class _Outgoing:
    method: str
    path: str
    operation: str
    parts: Mapping[str, Any]
    read_timeout_s: float


def _is_event_stream(response: httpx.Response) -> bool:
    return response.status_code == 200 and response.headers.get("content-type", "").startswith("text/event-stream")


def _encoded(document: object) -> bytes:
    """Raw UTF-8: WeChat's text check passes anything that arrives as backslash-u escapes."""
    return json_format.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
