"""How many bytes a function's variables take with values of real length: the platform refuses more than 4 KB a function.

A variable that is not set is not sent. One payment provider is set up at a time, by the largest of the three.
"""

from collections.abc import Iterable, Mapping

#: Base64 of DER on one line: PKCS#8 of RSA 2048, its public half, a certificate as WeChat Pay issues it.
PRIVATE_KEY, PUBLIC_KEY, CERTIFICATE = 1624, 392, 1500

_LENGTHS: Mapping[str, int] = {
    "DATABASE_URL": 140,
    "REDIS_URL": 90,
    "XPAY_PRODUCTS": 120,
    "WECHAT_PAY_PLATFORM_CERTIFICATES": 0,  # the public key stands in for them since 2024
    "WECHAT_PAY_V2_CLIENT_CERTIFICATE": CERTIFICATE,
    "WECHAT_PAY_V2_CLIENT_KEY": 0,  # the same as WECHAT_PAY_PRIVATE_KEY
    "WECHAT_PAY_PRIVATE_KEY": PRIVATE_KEY,
    "WECHAT_PAY_PUBLIC_KEY": PUBLIC_KEY,
    "XPAY_SANDBOX_APP_KEY": 0,
    "APP_BASE_URL": 40,
    "SECRETS_PROVIDER": 0,  # where secrets come from the Secrets Manager, the keys that are counted here are not sent
    "SECRETS_PREFIX": 0,
    "SECRETS_REGION": 0,
}
_BY_END: Mapping[str, int] = {
    "_KEYS": 95,  # two keys of 32 bytes with their names, while one replaces the other
    "_BASE_URL": 0,  # every vendor's address has a default; only ours has none
    "_TOKEN": 32,
    "_AES_KEY": 43,
}
_USUAL = 32
_PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "v3": ("WECHAT_PAY_V2_", "XPAY_"),
    "v2": ("WECHAT_PAY_CERT_", "WECHAT_PAY_API_V3_", "WECHAT_PAY_PUBLIC_", "XPAY_"),
    "xpay": ("WECHAT_PAY_",),
}


def environment_bytes(variables: Iterable[str]) -> int:
    """Names and values together, of the payment provider that takes most."""
    names = list(variables)
    return max(_bytes(name for name in names if not name.startswith(others)) for others in _PROVIDERS.values())


def environment_bytes_of_all(variables: Iterable[str]) -> int:
    """With every payment provider set up at once, as while one is being left for another."""
    return _bytes(variables)


def _bytes(names: Iterable[str]) -> int:
    return sum(len(name) + length for name in names if (length := _length(name)))


def _length(name: str) -> int:
    ends = (length for end, length in _BY_END.items() if name.endswith(end))
    return _LENGTHS.get(name, next(ends, _USUAL))
