"""What a stranger's reader finds in a PDF, as the benchmark judges it."""

from scripts.benchmarks.rendering.paper import (
    forbidden_ends,
    forbidden_starts,
    loose_fonts,
    page_lines,
    pypdf_text,
    shown_by,
    split_words,
    squeezed,
)

__all__ = ["forbidden_edges", "loose_fonts", "page_lines", "pypdf_text", "shown_by", "split_words", "squeezed"]


def forbidden_edges(lines: list[str]) -> list[str]:
    """Lines that begin or end with a character that may not stand there."""
    return [*forbidden_starts(lines), *forbidden_ends(lines)]
