"""The pushes of virtual payment, read after the mailbox has verified them. Whatever is wrong is NotificationRefused."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from common.domain.pushes import PushedEvent
from common.errors import NotificationRefused
from common.vendors.xpay.models import Delivery, RefundTold
from common.vendors.xpay.settings import XPaySettings

DELIVER = "xpay_goods_deliver_notify"
REFUNDED = "xpay_refund_notify"

Content = TypeVar("Content", bound=BaseModel)


def read_delivery(push: PushedEvent, settings: XPaySettings) -> Delivery:
    """Of our environment, and of one piece of one product of ours. Raises NotificationRefused."""
    told = _parsed(Delivery, push)
    mismatch = {
        "environment": told.env != settings.env_number,
        "product": told.goods.product != settings.product_of(told.goods.attach),
        "quantity": told.goods.quantity != 1,
    }
    for name, found in mismatch.items():
        if found:
            raise NotificationRefused(mismatch=name)
    return told


def read_refund(push: PushedEvent) -> RefundTold:
    return _parsed(RefundTold, push)


def _parsed(kind: type[Content], push: PushedEvent) -> Content:
    try:
        return kind.model_validate(push.told)
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in problem["loc"]) for problem in error.errors()})
        raise NotificationRefused(reason="fields", fields=fields) from None
