"""Personal identifiers out of sight of the model: hidden before a text leaves, put back into what comes back."""

import re
from typing import Any

_ID = r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"
_PHONE = r"(?<![\d.])(?:\+?86[\s-]?)?1[3-9]\d(?:[\s.-]?\d{4}){2}(?!\d)|(?<!\d)0\d{2,3}[\s-]\d{7,8}(?!\d)"
_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_ACCOUNT = r"(?<=微信[：:号])\s*[A-Za-z][\w-]{5,19}|(?<=QQ[：:])\s*\d{5,11}"
_ADDRESS = (
    r"(?:(?<=住址[：:])|(?<=地址[：:])|(?<=Address:))\s*[^\n|]{4,60}|"
    r"[\u4e00-\u9fff]{2,7}(?:省|市|自治区)[\u4e00-\u9fff]{1,12}(?:区|县|市)[\u4e00-\u9fffA-Za-z0-9\d-]{2,30}(?:号|室|栋|单元|弄)(?:[\dA-Za-z-]+室?)?"
)
_KINDS = (("身份证", _ID), ("电话", _PHONE), ("邮箱", _EMAIL), ("账号", _ACCOUNT), ("地址", _ADDRESS))
_IDENTIFIER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _KINDS))
_PLACEHOLDER = re.compile("〔(?:身份证|电话|邮箱|账号|地址)\\d{1,3}〕")


def without_identifiers(text: str, *, put: str) -> str:
    """`text` with `put` in the place of every identifier, for good."""
    return _IDENTIFIER.sub(put, text)


class Mask:
    """One conversation's identifiers. The same value always has the same placeholder, so the model can tell them apart."""

    def __init__(self) -> None:
        self._hidden: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """`text` with 〔电话1〕 and the like in the place of identifiers; what was one before is one without its label, too."""
        text = _IDENTIFIER.sub(self._placeholder, text)
        for value, placeholder in self._hidden.items():
            text = text.replace(value.strip(), placeholder)
        return text

    def hide_in(self, value: Any) -> Any:
        """The same in every text of a JSON value."""
        if isinstance(value, str):
            return self.hide(value)
        if isinstance(value, list):
            return [self.hide_in(item) for item in value]
        if isinstance(value, dict):
            return {key: self.hide_in(item) for key, item in value.items()}
        return value

    def restore(self, value: Any) -> Any:
        """Texts anywhere in a JSON value with their identifiers back; a placeholder nobody gave out becomes nothing."""
        if isinstance(value, str):
            return _PLACEHOLDER.sub(lambda found: self._shown().get(found[0], ""), value)
        if isinstance(value, list):
            return [self.restore(item) for item in value]
        if isinstance(value, dict):
            return {key: self.restore(item) for key, item in value.items()}
        return value

    def _placeholder(self, found: re.Match[str]) -> str:
        value = found[0]
        if value not in self._hidden:
            self._hidden[value] = f"〔{found.lastgroup}{len(self._hidden) + 1}〕"
        return self._hidden[value]

    def _shown(self) -> dict[str, str]:
        return {placeholder: value for value, placeholder in self._hidden.items()}
