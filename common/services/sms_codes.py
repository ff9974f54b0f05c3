"""Verification codes by SMS: sent within limits that bound the bill, guessed at within limits that make guessing hopeless.

A code belongs to one account, scene and number, so nobody can use up somebody else's tries. The answer never depends on whether
the number is known to us. While Redis is down there are neither codes nor checks: 503, because an uncounted SMS costs money and
an uncounted guess is a risk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from common.domain.phones import PhoneNumber, parse_phone
from common.domain.sms_codes import DIGITS, LIFETIME_S, PAUSE_S, TRIES, AskForCode, Scene, VerifyCode
from common.domain.users import UserId
from common.errors import (
    CallerError,
    MojianError,
    NotLoggedIn,
    SmsCapReached,
    SmsCodeWrong,
    TooManyRequests,
    VendorError,
)
from common.services.ports import Digests, Phones, RateLimits, SmsCodes, SmsConsents, TextMessages, UserStore

HOUR_S, DAY_S = 3600, 86_400


@dataclass(frozen=True)
class Caps:
    """How many codes may be sent, and how many typed in, right or wrong. An address is often shared by many phones."""

    per_phone_day: int
    per_user_day: int
    per_address_hour: int
    per_day: int
    guesses_per_user_day: int
    guesses_per_address_hour: int


@dataclass(frozen=True)
class CodeDesk:
    """What codes take. `client_ip` is empty where the platform does not tell it: then no address is counted."""

    user_id: UserId
    client_ip: str
    users: UserStore
    codes: SmsCodes
    digests: Digests
    limits: RateLimits
    caps: Caps
    texts: TextMessages
    phones: Phones
    consents: SmsConsents
    new_code: Callable[[int], str]
    report: Callable[[str, MojianError], None]
    now: datetime


@dataclass(frozen=True)
class CodeSent:
    """`delivery` is "unknown" when Tencent Cloud gave no answer: the message may come, and is not sent again by itself."""

    delivery: str
    expires_in_s: int
    resend_after_s: int


@dataclass(frozen=True)
class PhoneVerified:
    phone: str
    scene: Scene
    sms: bool


def send_code(command: AskForCode, *, desk: CodeDesk) -> CodeSent:
    """One SMS with a new code; the code before is void.

    Raises PhoneInvalid, PhoneRefused, TooManyRequests, SmsCapReached, StoreUnavailable, VendorError.
    """
    phone = parse_phone(command.phone)
    _require_user(desk)
    _count_sending(phone, desk)
    place, code = _place(desk, command.scene, phone), desk.new_code(DIGITS)
    desk.codes.put(place, desk.digests.of(code), tries=TRIES, lifetime_s=LIFETIME_S)
    try:
        desk.texts.send_code(phone, code, minutes=LIFETIME_S // 60)
    except MojianError as error:
        if not _may_have_arrived(error):
            desk.codes.withdraw(place)
            _report_ours(error, desk)
            raise
        return CodeSent("unknown", LIFETIME_S, PAUSE_S)
    return CodeSent("sent", LIFETIME_S, PAUSE_S)


def verify_code(command: VerifyCode, *, desk: CodeDesk) -> PhoneVerified:
    """Bind the number that the code proves. Right once, however many ask at the same time.

    Raises PhoneInvalid, SmsCodeWrong, TooManyRequests, StoreUnavailable.
    """
    phone = parse_phone(command.phone)
    _require_user(desk)
    place, digits = _place(desk, command.scene, phone), command.digits
    _count_guess(desk)
    kept = desk.codes.try_once(place) if digits else None
    if not digits or kept is None or not desk.digests.match(digits, kept) or not desk.codes.use_up(place, kept):
        raise SmsCodeWrong
    desk.phones.bind_phone(desk.user_id, phone, now=desk.now)
    if command.scene == "sms_notify":
        desk.consents.allow_sms(desk.user_id, True, now=desk.now)
    return PhoneVerified(phone.masked, command.scene, desk.consents.allows_sms(desk.user_id))


def _require_user(desk: CodeDesk) -> None:
    """A token outlives its account."""
    if desk.users.find(desk.user_id) is None:
        raise NotLoggedIn


def _place(desk: CodeDesk, scene: Scene, phone: PhoneNumber) -> str:
    return desk.digests.of(f"{desk.user_id}/{scene}/{phone}")


def _count_sending(phone: PhoneNumber, desk: CodeDesk) -> None:
    """The pause first: whoever taps too often uses up nothing else."""
    number, caps = desk.digests.of(str(phone)), desk.caps
    _hit(desk, f"sms:pause:{number}", 1, PAUSE_S)
    _hit(desk, f"sms:user:{desk.user_id}", caps.per_user_day, DAY_S)
    if desk.client_ip:
        _hit(desk, f"sms:address:{desk.client_ip}", caps.per_address_hour, HOUR_S)
    _hit(desk, f"sms:phone:{number}", caps.per_phone_day, DAY_S)
    try:
        _hit(desk, "sms:all", caps.per_day, DAY_S)
    except TooManyRequests:
        error = SmsCapReached()
        desk.report("all", error)
        raise error from None


def _count_guess(desk: CodeDesk) -> None:
    """Every try counts, right ones too: one account and one address can only guess so often, at whatever number."""
    _hit(desk, f"sms:guess:{desk.user_id}", desk.caps.guesses_per_user_day, DAY_S)
    if desk.client_ip:
        _hit(desk, f"sms:guess:{desk.client_ip}", desk.caps.guesses_per_address_hour, HOUR_S)


def _hit(desk: CodeDesk, key: str, limit: int, window_s: int) -> None:
    desk.limits.hit(key, limit=limit, window_s=window_s, fail_open=False)


def _may_have_arrived(error: MojianError) -> bool:
    return isinstance(error, VendorError) and error.retryable and error.facts.get("delivered") != "no"


def _report_ours(error: MojianError, desk: CodeDesk) -> None:
    """Arrears, an unapproved template, a wrong key: nobody gets a code until an operator acts."""
    if not isinstance(error, CallerError) and not error.retryable:
        desk.report("code", error)
