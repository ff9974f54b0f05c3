"""Stand-ins for the outside world: classes with memory that refuse what the real thing refuses and fail when asked to."""

import copy
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from common.domain.chat import Turn
from common.domain.language_model import ModelAnswer, ModelPiece, ModelUsage
from common.domain.messages import KINDS, Message, MessageKind
from common.domain.moderation import Finding, Scene
from common.domain.orders import Order, OrderNumber, PaymentEvidence, PaymentStatus, PrepayId, Prepayment, Provider
from common.domain.parsing.source import OcrItem, SourceDocument
from common.domain.phones import PhoneNumber
from common.domain.refunds import Refund, RefundEvidence, RefundNumber, RefundStatus
from common.domain.rendering.document import TypesetPdf
from common.domain.rendering.options import RenderOptions
from common.domain.resume import Resume
from common.domain.tokens import AccessToken
from common.domain.uploads import UploadForm
from common.domain.users import OpenId, UserId, WeChatIdentity
from common.errors import (
    FileTooLarge,
    LoginCodeInvalid,
    NotFound,
    NotificationRefused,
    ObjectAlreadyExists,
    TooManyRequests,
    VendorObjectMissing,
    VendorUnavailable,
)
from tests.builders import NOW, an_answer


class Clock:
    """Time that passes only when a test says so."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **duration: float) -> None:
        self.now += timedelta(**duration)


class Failing:
    """`fail["operation"] = [error, …]`: the next calls of an operation raise these, one each; None lets one call through."""

    def __init__(self) -> None:
        self.fail: dict[str, list[Exception | None]] = {}
        self.calls: Counter[str] = Counter()

    def _may_fail(self, operation: str) -> None:
        self.calls[operation] += 1
        queue = self.fail.get(operation)
        error = queue.pop(0) if queue else None
        if error is not None:
            raise error


class MemoryTraces(Failing):
    """Keys as Redis would have them; users are found by their id in the name, pieces of answers by their turn."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()

    def erase(self, user_id: str, turn_ids: Sequence[str]) -> None:
        self._may_fail("erase")
        self.keys = {key for key in self.keys if not any(part in key for part in (user_id, *turn_ids))}


class MemoryObjects(Failing):
    """A bucket that remembers in what order objects were written and which were announced again."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, bytes] = {}
        self.announced: list[str] = []
        self.redelivered: list[str] = []
        self.lose_answers = 0  #: so many creations happen and still end as a lost connection

    def create(self, key: str, content: bytes, *, media_type: str) -> None:
        self._may_fail("create")
        if key in self.kept:
            raise ObjectAlreadyExists(key=key)
        self.kept[key] = content
        self.announced.append(key)
        if self.lose_answers:
            self.lose_answers -= 1
            raise VendorUnavailable(delivered="unknown")

    def read(self, key: str, *, max_bytes: int) -> bytes:
        self._may_fail("read")
        if key not in self.kept:
            raise VendorObjectMissing(key=key)
        if len(self.kept[key]) > max_bytes:
            raise FileTooLarge(max_bytes=max_bytes)
        return self.kept[key]

    def exists(self, key: str) -> bool:
        self._may_fail("exists")
        return key in self.kept

    def delete(self, key: str) -> None:
        self._may_fail("delete")
        self.kept.pop(key, None)

    def keys_under(self, prefix: str) -> Iterator[str]:
        yield from sorted(key for key in self.kept if key.startswith(prefix))

    def redeliver(self, key: str) -> None:
        self._may_fail("redeliver")
        if key not in self.kept:
            raise VendorObjectMissing(key=key)
        self.redelivered.append(key)

    def upload_form(
        self, key: str, *, max_bytes: int, media_type: str | None, now: datetime, lifetime_s: int
    ) -> UploadForm:
        self._may_fail("upload_form")
        return UploadForm("https://bucket.example.com", "file", {"key": key}, now + timedelta(seconds=lifetime_s))

    def download_url(self, key: str, *, filename: str, now: datetime, lifetime_s: int) -> str:
        return f"https://bucket.example.com/{key}?filename={filename}&seconds={lifetime_s}"


class ScriptedModel:
    """Gives the listed answers in order, raising those that are errors; remembers what it was asked."""

    def __init__(self, *answers: dict[str, Any] | Exception) -> None:
        self._answers = list(answers)
        self.asked: list[list[Mapping[str, str]]] = []
        self.usage = ModelUsage(calls=0)

    def of(self, user_id: UserId) -> "ScriptedModel":
        return self

    def stream_text(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> Iterator[ModelPiece]:
        """The members of the next answer, as pieces; an error in it breaks the stream off."""
        self.asked.append(list(messages))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        for piece in answer["pieces"]:
            if isinstance(piece, Exception):
                raise piece
            yield ModelPiece(piece)
        yield ModelPiece(finish_reason="stop", model="fake", usage=ModelUsage(input_tokens=1, output_tokens=1))

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:
        self.asked.append(list(messages))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return an_answer(answer)


class ReadingModel(ScriptedModel):
    """Asked about a part of a resume it gives that part's next answer, and the draft where it has none. Any order, any thread."""

    def __init__(self, **answers: list[dict[str, Any] | Exception]) -> None:
        super().__init__()
        self._by_section = {name: list(listed) for name, listed in answers.items()}

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:
        self.asked.append(list(messages))
        request = json.loads(messages[1]["content"])
        listed = self._by_section.get(request["section"]) or self._by_section.get("every")
        answer = listed.pop(0) if listed else request["draft"]
        if isinstance(answer, Exception):
            raise answer
        return an_answer(answer)

    def about(self, section: str) -> list[list[Mapping[str, str]]]:
        """What it was asked about one part."""
        return [asked for asked in self.asked if json.loads(asked[1]["content"])["section"] == section]


class MemoryLimits:
    """Counts for ever: a test is one window."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()

    def hit(self, key: str, *, limit: int, window_s: int, fail_open: bool = True) -> None:
        self.hits[key] += 1
        if self.hits[key] > limit:
            raise TooManyRequests(retry_after_s=window_s)


class FakeIdentities:
    """Knows one code per person; a code works once."""

    def __init__(self, **codes: str) -> None:
        self._codes = codes

    def exchange_code(self, code: str) -> WeChatIdentity:
        openid = self._codes.pop(code, None)
        if openid is None:
            raise LoginCodeInvalid
        return WeChatIdentity(OpenId(openid), "session-key")


class PlainSessions:
    """Tokens that anybody could forge."""

    def issue(self, user_id: UserId, *, now: datetime) -> tuple[str, datetime]:
        return f"token-of-{user_id}", now + timedelta(days=7)

    def read(self, token: str, *, now: datetime) -> UserId:
        return UserId(token.removeprefix("token-of-"))


class FakeGate(Failing):
    """A payment provider: what it was asked to open and close, and what it says of an order."""

    def __init__(self, provider: Provider = "v3") -> None:
        super().__init__()
        self.provider = provider
        self.reports_delivery = False
        self.opened: list[Order] = []
        self.closed: list[OrderNumber] = []
        self.states: dict[OrderNumber, PaymentStatus] = {}
        self.notification: PaymentEvidence | RefundEvidence | None = None
        self.refunds: dict[RefundNumber, RefundStatus] = {}
        self.delivered: list[OrderNumber] = []
        self.while_opening: Any = None

    def prepay(self, order: Order, *, payer_ip: str, now: datetime) -> Prepayment:
        self._may_fail("prepay")
        self.opened.append(order)
        if self.while_opening is not None:
            self.while_opening(order)
        prepay_id = PrepayId(f"prepay-{order.number}")
        return Prepayment({"package": f"prepay_id={prepay_id}"}, prepay_id)

    def find_order(self, order: Order) -> PaymentStatus:
        self._may_fail("find_order")
        return self.states.get(order.number, PaymentStatus("open"))

    def close_order(self, order: Order) -> None:
        self._may_fail("close_order")
        self.closed.append(order.number)

    def confirm_delivery(self, order: Order) -> None:
        self._may_fail("confirm_delivery")
        self.delivered.append(order.number)

    def refund(self, order: Order, refund: Refund) -> RefundStatus:
        self._may_fail("refund")
        return self.refunds.setdefault(refund.number, RefundStatus("pending", refund.amount_fen))

    def find_refund(self, order: Order, refund: Refund) -> RefundStatus:
        self._may_fail("find_refund")
        return self.refunds.get(refund.number, RefundStatus("unknown"))

    def read_notification(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> PaymentEvidence | RefundEvidence | None:
        if body == b"forged":
            raise NotificationRefused(reason="signature")
        return self.notification

    def is_ours(self, evidence: PaymentEvidence) -> bool:
        return (evidence.appid, evidence.mchid) == ("wx0", "1900000001")


class FakeGates:
    """The providers of a test by name; new orders are opened at the first."""

    def __init__(self, *gates: FakeGate) -> None:
        self.gates = {gate.provider: gate for gate in gates}
        self._current = gates[0]

    def current(self) -> FakeGate:
        return self._current

    def of(self, provider: str) -> FakeGate:
        if provider not in self.gates:
            raise NotFound(what="provider")
        return self.gates[cast(Provider, provider)]


class FakeReader:
    """Every file is the document it was made with."""

    def __init__(self, document: SourceDocument | Exception) -> None:
        self._document = document
        self.read_files: list[str] = []

    def read(self, content: bytes, *, filename: str) -> SourceDocument:
        self.read_files.append(filename)
        if isinstance(self._document, Exception):
            raise self._document
        return self._document


class FakeOcr:
    """Sees the text that an image's bytes spell, one item a line."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:
        self.seen.append(image)
        texts = image.decode().splitlines()
        return [OcrItem(text, (0.0, 30.0 * row, 400.0, 30.0 * row + 20)) for row, text in enumerate(texts)]


class FakeTypesetter:
    """A PDF whose bytes name the person and the template."""

    def __init__(self) -> None:
        self.options: list[RenderOptions] = []
        self.missing_characters = ""

    def pdf(self, resume: Resume, *, template: str, options: RenderOptions) -> TypesetPdf:
        self.options.append(options)
        content = f"pdf {resume.basics.name} {template}".encode()
        return TypesetPdf(content, pages=1, missing_characters=self.missing_characters)

    def previews(self, pdf: bytes, *, width_px: int) -> list[bytes]:
        return [b"png of " + pdf]

    def html(self, resume: Resume, *, template: str, options: RenderOptions, pdf: TypesetPdf) -> bytes:
        self.options.append(options)
        return b"html of " + pdf.content

    def docx(self, resume: Resume, *, template: str, options: RenderOptions) -> bytes:
        self.options.append(options)
        return f"docx {resume.basics.name}".encode()


class FakeMessenger(Failing):
    """Subscription messages; it has a template for the kinds in `templates`."""

    def __init__(self, *kinds: MessageKind) -> None:
        super().__init__()
        self.templates = kinds or KINDS
        self.delivered: list[tuple[OpenId, str]] = []

    def template_of(self, kind: MessageKind) -> str:
        return f"template-{kind}" if kind in self.templates else ""

    def send(self, message: Message) -> None:
        self._may_fail("send")
        self.delivered.append((message.openid, message.title))


class FakeTexts(Failing):
    """SMS: what arrived where. `kinds` are the notices it has templates for;"""

    def __init__(self, *kinds: MessageKind) -> None:
        super().__init__()
        self.kinds = kinds or KINDS
        self.codes: list[tuple[PhoneNumber, str]] = []
        self.notices: list[tuple[PhoneNumber, MessageKind]] = []
        self.alerts: list[PhoneNumber] = []

    def send_code(self, phone: PhoneNumber, code: str, *, minutes: int) -> None:
        self._may_fail("send_code")
        self.codes.append((phone, code))

    def knows(self, kind: MessageKind) -> bool:
        return kind in self.kinds

    def send_notice(self, phone: PhoneNumber, kind: MessageKind) -> None:
        self._may_fail("send_notice")
        self.notices.append((phone, kind))

    def knows_alert(self) -> bool:
        return True

    def send_alert(self, phone: PhoneNumber) -> None:
        self._may_fail("send_alert")
        self.alerts.append(phone)


class MemoryCodes(Failing):
    """Codes by place: digest and tries left. Time does not pass."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, tuple[str, int]] = {}

    def put(self, place: str, digest: str, *, tries: int, lifetime_s: int) -> None:
        self._may_fail("put")
        self.kept[place] = (digest, tries)

    def try_once(self, place: str) -> str | None:
        self._may_fail("try_once")
        digest, tries = self.kept.get(place, ("", 0))
        if tries < 1:
            return None
        self.kept[place] = (digest, tries - 1)
        return digest

    def use_up(self, place: str, digest: str) -> bool:
        self._may_fail("use_up")
        return self.kept.pop(place, ("", 0))[0] == digest

    def withdraw(self, place: str) -> None:
        self.kept.pop(place, None)


class PlainDigests:
    """Digests that anybody could read."""

    def of(self, text: str) -> str:
        return f"digest of {text}"

    def match(self, text: str, digest: str) -> bool:
        return self.of(text) == digest


class WordCheck(Failing):
    """Finds one word risky and another one worth a review, and remembers what it was shown and for which place."""

    def __init__(self, word: str = "违禁", *, doubtful: str = "加微信") -> None:
        super().__init__()
        self._word, self._doubtful = word, doubtful
        self.seen: list[str] = []
        self.scenes: list[Scene] = []

    def check_text(self, text: str, *, openid: OpenId, scene: Scene) -> Finding:
        self._may_fail("check_text")
        self.seen.append(text)
        self.scenes.append(scene)
        if self._word in text:
            return Finding("risky", 20006)
        return Finding("review", 10001) if self._doubtful in text else Finding()


class FakePictureCheck(Failing):
    """Takes every question, and answers none."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def check_picture(self, url: str, *, openid: OpenId, scene: Scene) -> str:
        self._may_fail("check_picture")
        self.asked.append(url)
        return f"trace-{len(self.asked)}"


class MemoryPieces:
    """Pieces of answers by turn and attempt."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int], str] = {}

    def add(self, turn: Turn, text: str) -> None:
        self.kept[(turn.id, turn.attempt)] = self.text(turn) + text

    def text(self, turn: Turn) -> str:
        return self.kept.get((turn.id, turn.attempt), "")


class FakeIssuer:
    """Hands out the listed tokens in order, then the last one again: like stable_token while a token lives."""

    def __init__(self, *tokens: AccessToken) -> None:
        self._tokens = list(tokens)
        self.issued = 0

    def issue_token(self, *, now: datetime) -> AccessToken:
        self.issued += 1
        return self._tokens.pop(0) if len(self._tokens) > 1 else self._tokens[0]


class Reports:
    """Collects what a use case reports instead of raising."""

    def __init__(self) -> None:
        self.codes: list[tuple[str, str]] = []

    def __call__(self, subject: str, error: Any) -> None:
        self.codes.append((subject, copy.copy(error.code)))
