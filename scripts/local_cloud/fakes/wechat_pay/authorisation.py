"""Who is calling? The checks of a v3 request in the vendor's order, up to and including the signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from werkzeug.wrappers import Request

from scripts.local_cloud.fakes.wechat_pay import crypto, errors
from scripts.local_cloud.fakes.wechat_pay.account import Account
from scripts.local_cloud.fakes.wechat_pay.errors import PayError

SCHEME = "WECHATPAY2-SHA256-RSA2048"
PAIR = re.compile(r'([a-z_]+)="([^"]*)"')
NAMES = frozenset({"mchid", "nonce_str", "signature", "timestamp", "serial_no"})
TOLERANCE_S = 300
SHOWN_CHARACTERS = 200
# What a client leaves as it is in a path; everything else it percent-encodes.
UNRESERVED = "/!$&'()*+,;=:@~"


@dataclass(frozen=True)
class Credentials:
    """The five pairs of the Authorization header."""

    mchid: str
    nonce_str: str
    signature: str
    timestamp: str
    serial_no: str


def authorise(request: Request, account: Account, now: float) -> None:
    """Raises PayError: 400 for missing headers, 401 SIGN_ERROR for everything else."""
    if not request.headers.get("Accept") or not request.headers.get("User-Agent"):
        raise PayError(400, "PARAM_ERROR", errors.MISSING_HEADER)
    given = read_authorization(request.headers.get("Authorization", ""))
    if abs(now - int(given.timestamp)) > TOLERANCE_S:
        raise PayError(401, "SIGN_ERROR", errors.STALE)
    if given.serial_no != account.serial or given.mchid != account.mchid:
        raise PayError(401, "SIGN_ERROR", errors.WRONG_SERIAL)
    _check_signature(request, given, account)


def read_authorization(header: str) -> Credentials:
    """One space after the scheme, commas without spaces, any order. Raises 401 for any other form."""
    scheme, _, rest = header.partition(" ")
    if header and scheme != SCHEME:
        raise PayError(401, "SIGN_ERROR", errors.WRONG_SCHEME)
    matches = [PAIR.fullmatch(part) for part in rest.split(",")]
    pairs = {match[1]: match[2] for match in matches if match}
    if None in matches or pairs.keys() != NAMES or not pairs["timestamp"].isdecimal():
        raise PayError(401, "SIGN_ERROR", errors.MALFORMED)
    return Credentials(**pairs)


def target_of(request: Request) -> str:
    """Path and query as the client sent them; an in-process call brings only the decoded path."""
    raw = request.environ.get("REQUEST_URI")
    if raw:
        return str(raw)
    query = request.query_string.decode("latin-1")
    return quote(request.path, safe=UNRESERVED) + (f"?{query}" if query else "")


def _check_signature(request: Request, given: Credentials, account: Account) -> None:
    target = target_of(request)
    message = crypto.request_message(request.method, target, given.timestamp, given.nonce_str, request.get_data())
    if crypto.verify(account.merchant_key.public_key(), message, given.signature):
        return
    shown = message.decode("utf-8", "replace")[:SHOWN_CHARACTERS]
    information = {
        "method": request.method,
        "url": target,
        "truncated_sign_message": shown,
        "sign_message_length": len(message),
    }
    raise PayError(401, "SIGN_ERROR", errors.WRONG_SIGNATURE, {"sign_information": information})
