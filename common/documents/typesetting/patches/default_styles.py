"""xhtml2pdf parses its own default stylesheet, which never changes, for every document (6 % of a page): parse it once."""

from typing import Any

from xhtml2pdf import context, parser

_parse = context.pisaContext._parseCSSSource
_parsed: dict[str, Any] = {}


def parse_source(self: Any, text: str, source_name: str) -> Any:
    """In place of pisaContext._parseCSSSource. An at-rule acts on the document it is read for, so it is never shared."""
    if source_name != parser.DEFAULT_CSS_SOURCE or "@" in text:
        return _parse(self, text, source_name)
    if text not in _parsed:
        _parsed[text] = _parse(self, text, source_name)
    return _parsed[text]


def install() -> None:
    context.pisaContext._parseCSSSource = parse_source
