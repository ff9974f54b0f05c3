"""How a payment provider is answered, in its own form: received, or refused so that it sends the notification again.

Source: pay.weixin.qq.com, 支付成功回调通知 (v3) and 支付结果通知 (v2): anything but the receipt counts as not received.
"""

from collections.abc import Callable, Mapping

from common.errors import InternalError, MojianError, NotFound
from common.platform.errors_outside import envelope
from common.platform.responses import Response

XML = "text/xml; charset=utf-8"


def accepted(provider: str) -> Response:
    """Raises NotFound for a provider that sends no notifications to us by itself."""
    if provider not in _ACCEPTED:
        raise NotFound(what="provider")
    return _ACCEPTED[provider]


def refused(error: BaseException, request_id: str, path: str) -> Response:
    """The provider is the last part of the path; whatever cannot be told apart is answered like v3."""
    status = envelope(error, request_id).status
    known = error if isinstance(error, MojianError) else InternalError()
    provider = path.rstrip("/").rpartition("/")[2]
    return _REFUSED.get(provider, _json)(status, known.message)


def _json(status: int, message: str) -> Response:
    return Response.json({"code": "FAIL", "message": message}, status=status)


def _xml(code: str, message: str) -> str:
    """`message` is one of ours and holds nothing that would need escaping."""
    return f"<xml><return_code><![CDATA[{code}]]></return_code><return_msg><![CDATA[{message}]]></return_msg></xml>"


_ACCEPTED: Mapping[str, Response] = {
    "v3": Response.no_content(),
    "v2": Response(200, _xml("SUCCESS", "OK"), {"Content-Type": XML}),
}
_REFUSED: Mapping[str, Callable[[int, str], Response]] = {
    "v2": lambda status, message: Response(status, _xml("FAIL", message), {"Content-Type": XML}),
}
