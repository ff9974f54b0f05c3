"""Which secret a setting stands in. One secret for each group of functions' needs, so that a role can be given few of them.

By the beginning of the name, the longest that fits: a whole group may move into its secret, which is what makes room in the
4 KB that a function's environment variables may have.
"""

from collections.abc import Iterable

DOCUMENTS: dict[str, str] = {
    "DATABASE_": "stores",
    "REDIS_": "stores",
    "SESSION_": "sessions",
    "DATA_": "data",
    "WECHAT_": "wechat",
    "WECHAT_PUSH_": "wechat-push",
    "WECHAT_PAY_": "wechat-pay",
    "WECHAT_PAY_V2_": "wechat-pay-v2",
    "XPAY_": "xpay",
    "DEEPSEEK_": "model",
    "LLM_FALLBACK_": "model",
    "EMBEDDING_": "model",
    "OCR_": "ocr",
    "SMS_": "sms",
    "ZHAOPIN_": "jobs",
    "BOSS_": "jobs",
    "OSS_": "oss",
    "STS_": "sts",
    "ALERT_": "alert",
}

#: Without these a function that is given them cannot work; production says so at once, all of them together.
NEEDED = (
    "DATABASE_URL",
    "REDIS_URL",
    "SESSION_KEYS",
    "DATA_KEYS",
    "COS_BUCKET",
    "COS_REGION",
    "WECHAT_APPID",
    "WECHAT_SECRET",
)
#: The same for whoever can open an order at the provider of PAY_PROVIDER.
NEEDED_TO_SELL = {
    "v3": (
        "WECHAT_PAY_MCHID",
        "WECHAT_PAY_CERT_SERIAL",
        "WECHAT_PAY_PRIVATE_KEY",
        "WECHAT_PAY_API_V3_KEY",
    ),
    "v2": ("WECHAT_PAY_V2_MCHID", "WECHAT_PAY_V2_API_KEY"),
    "xpay": ("XPAY_OFFER_ID", "XPAY_APP_KEY"),
}
#: For whoever asks the language model, unless APP_OFFLINE.
NEEDED_TO_THINK = ("DEEPSEEK_API_KEY",)


def document_of(name: str) -> str | None:
    """The secret that `name` may stand in; None for what belongs into the environment only."""
    fitting = [prefix for prefix in DOCUMENTS if name.startswith(prefix)]
    return DOCUMENTS[max(fitting, key=len)] if fitting else None


def documents_of(names: Iterable[str]) -> list[str]:
    """The secrets that a function with these variables may have to read: what its role has to be given."""
    return sorted({document for name in names if (document := document_of(name))})
