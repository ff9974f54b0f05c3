"""Is it a text at all? A damaged file that still opens gives characters no writer would choose; better none than those."""

from common.domain.late_pattern import late_pattern

_SAMPLE = 20_000
_LEAST_ODD, _MOST_ODD_SHARE, _MOST_UNREADABLE_SHARE = 5, 0.03, 0.1
_ODD = late_pattern("[\u0080-\u009f\ue000-\uefff\uf100-\uf8ff\ufdd0-\ufdef\uffff]")
_UNREADABLE = "\ufffd"
_HAN = late_pattern("[\u3400-\u4dbf\u4e00-\u9fff]")
_LEAST_HAN, _LEAST_COMMON_SHARE = 20, 0.6
# Lead bytes of the rarer half of each standard.
_RARE = {"gb2312": bytes(range(0xD8, 0x100)), "big5": bytes(range(0xC9, 0x100))}


def is_plausible(text: str) -> bool:
    """False for many different private and undefined characters, and for Han that are mostly rare: bytes read in wrong pairs.

    Fonts with icons, and old programs' spaces, are private characters too, but always the same few. Real Chinese is more than
    95 % of the commoner half of GB 2312 or Big5; of all Han, a third is.
    """
    sample = text[:_SAMPLE]
    odd = len(set(_ODD.findall(sample)))
    if odd >= _LEAST_ODD and odd > _MOST_ODD_SHARE * len(sample):
        return False
    if sample.count(_UNREADABLE) > _MOST_UNREADABLE_SHARE * len(sample):
        return False
    han = "".join(_HAN.findall(sample))
    return len(han) < _LEAST_HAN or any(
        _common(han, encoding, rare) >= _LEAST_COMMON_SHARE * len(han) for encoding, rare in _RARE.items()
    )


def _common(han: str, encoding: str, rare: bytes) -> int:
    leads = han.encode(encoding, "ignore")[::2]
    return len(leads.translate(None, rare))
