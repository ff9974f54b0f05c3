"""Personal data as it may appear in a log: enough to compare two lines, not enough to know the person."""

import re

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_ID_CARD = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)")
_TOKEN = re.compile(r"(?<![\w-])[\w-]{16,}(?:\.[\w-]{8,}){2}(?![\w-])|(?i:bearer) +[\w.~+/=-]+")
_SHARE_TOKEN = re.compile(r"(?<=^/share/)(?!card\.png$)[^/]+")


def mask_phone(phone: str | None) -> str:
    """The operator's three digits and the last four, as Chinese services show numbers: 138****5678."""
    digits = re.sub(r"\D", "", phone or "")
    national = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    return f"{national[:3]}****{national[-4:]}" if len(national) == 11 else "***"


def mask_email(email: str | None) -> str:
    """The first character and the domain: z***@example.com."""
    name, at, domain = (email or "").rpartition("@")
    return f"{name[:1]}***@{domain}" if at and name else "***"


def mask_id_card(number: str | None) -> str:
    """The province and city, not the birthday: 1101**************."""
    text = number or ""
    return text[:4] + "*" * (len(text) - 4) if len(text) in (15, 18) else "***"


def mask_token(token: str | None) -> str:
    """The first four characters of a long secret, and its length."""
    text = token or ""
    return f"{text[:4]}…({len(text)})" if len(text) >= 16 else "***"


def mask_path(path: str) -> str:
    """The path of a request, without the token that opens a share: whoever reads the log could open it too."""
    return mask_text(_SHARE_TOKEN.sub("***", path))


def mask_text(text: str | None) -> str:
    """Free text with every e-mail address, identity number, phone number and bearer token masked."""
    masked = _TOKEN.sub("***", text or "")
    masked = _EMAIL.sub(lambda found: mask_email(found[0]), masked)
    masked = _ID_CARD.sub(lambda found: mask_id_card(found[0]), masked)
    return _PHONE.sub(lambda found: mask_phone(found[0]), masked)
