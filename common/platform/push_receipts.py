"""How WeChat's message push is answered: received, or refused so that it sends the event again.

Source: developers.weixin.qq.com, 消息推送 (`success`), and 虚拟支付 (ErrCode, as XML when the push was XML).
"""

from common.errors import InternalError, MojianError
from common.platform.errors_outside import envelope
from common.platform.responses import Response

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
XML = {"Content-Type": "text/xml; charset=utf-8"}
RECEIVED_XML = "<xml><ErrCode>0</ErrCode><ErrMsg><![CDATA[success]]></ErrMsg></xml>"


def echoed(text: str) -> Response:
    return Response(200, text, PLAIN)


def received(event: str, *, is_xml: bool) -> Response:
    """Virtual payment wants a code, everything else one word."""
    if not event.startswith("xpay_"):
        return Response(200, "success", PLAIN)
    return Response(200, RECEIVED_XML, XML) if is_xml else Response.json({"ErrCode": 0, "ErrMsg": "success"})


def refused(error: BaseException, request_id: str, _path: str) -> Response:
    status = envelope(error, request_id).status
    known = error if isinstance(error, MojianError) else InternalError()
    return Response.json({"ErrCode": status, "ErrMsg": known.message}, status=status)
