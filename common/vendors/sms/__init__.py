"""Short messages through Tencent Cloud."""

from common.vendors.sms.client import TencentSms
from common.vendors.sms.settings import SmsSettings

__all__ = ["SmsSettings", "TencentSms"]
