"""Text that nobody sees on paper, left out by every reader: resumes are ranked by machines, and some try to speak to them."""

SMALLEST_VISIBLE_PT = 3.0
_WHITE = 245


def is_white(rgb: str) -> bool:
    """`rgb` as RRGGBB; anything else (auto, a theme's name) is no white."""
    try:
        channels = bytes.fromhex(rgb)
    except ValueError:
        return False
    return len(channels) == 3 and min(channels) >= _WHITE


def hidden_warnings(characters: int) -> tuple[str, ...]:
    """What the user is told about `characters` that were left out."""
    return (f"文件里有 {characters} 个看不见的字符，已忽略",) if characters else ()
