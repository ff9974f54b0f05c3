"""Virtual payment of mini-programs (xpay)."""

from common.vendors.xpay.client import XPay
from common.vendors.xpay.settings import XPaySettings

__all__ = ["XPay", "XPaySettings"]
