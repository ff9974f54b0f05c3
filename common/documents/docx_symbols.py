"""w:sym: characters of symbol fonts, which mean nothing outside their font."""

#: Of Wingdings and its kin, what carries meaning in a resume: check boxes and ratings.
_MEANT = {"fe": "☑", "52": "☑", "a8": "□", "a3": "□", "6f": "□", "ab": "★", "b6": "☆", "6c": "●", "6e": "■", "a1": "○"}


def symbol(char: str, *, begins_line: bool) -> str:
    """`char` is the hexadecimal w:char, mostly of the private area F000 to F0FF: a bullet at the start, else an icon."""
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    if not 0xF000 <= code <= 0xF0FF and not 0x20 <= code <= 0xFF:
        return chr(code) if 0x2000 <= code < 0xD800 else " "
    return _MEANT.get(f"{code & 0xFF:x}") or ("•" if begins_line else " ")
