"""The public page of a resume: a list of what is shown, so that a field nobody thought of is not.

Not shown: telephone, e-mail, links, address, birthday, identity number and every other personal field, referees, the wanted
salary, where in the source things stood. Employers and schools are shown: they are what a resume is shared for.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from common.domain.resume import Resume
from common.domain.sharing.identifiers import concealed

#: `masked`: 张**; `hidden`: a title instead of a name; `full`: the owner's own decision.
NameShown = Literal["masked", "hidden", "full"]
NOBODY = "求职者"

_PERIOD = ("startDate", "endDate")
_TEXTS = ("summary", "highlights")

#: Section → members that are shown.
SHOWN: dict[str, tuple[str, ...]] = {
    "work": ("name", "position", "location", "description", *_PERIOD, *_TEXTS),
    "projects": ("name", "entity", "description", "roles", "keywords", *_PERIOD, *_TEXTS),
    "education": ("institution", "area", "studyType", "score", "courses", *_PERIOD),
    "volunteer": ("organization", "position", *_PERIOD, *_TEXTS),
    "skills": ("name", "level", "keywords"),
    "languages": ("language", "fluency"),
    "awards": ("title", "date", "awarder", "summary"),
    "certificates": ("name", "date", "issuer"),
    "publications": ("name", "publisher", "releaseDate", "summary"),
    "interests": ("name", "keywords"),
}
#: Of the extension of an entry.
SHOWN_MORE = ("current", "department", "mode", "tags", "highlights")
SHOWN_BASICS = ("label", "summary")


def shown_name(name: str | None, how: NameShown) -> str:
    """At most the first character of a Chinese name, the first letter of another one: 张**, J***."""
    if not name or how == "hidden":
        return NOBODY
    if how == "full":
        return name
    return name[0] + "*" * min(2, max(1, len(name) - 1)) if "\u3400" <= name[0] <= "\u9fff" else f"{name[0]}***"


def shared_page(resume: Resume, *, how: NameShown) -> dict[str, Any]:
    """The shape of JSON Resume, without empty members."""
    whole = resume.as_json_resume()
    basics = whole.get("basics", {})
    name = shown_name(basics.get("name"), how)

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return concealed(value, name=basics.get("name"), shown_name=name)
        return [clean(item) for item in value if isinstance(item, str)] if isinstance(value, list) else value

    page: dict[str, Any] = {"basics": {"name": name, **_picked(basics, SHOWN_BASICS, clean)}}
    if city := basics.get("location", {}).get("city"):
        page["basics"]["location"] = {"city": clean(city)}
    for section, members in SHOWN.items():
        entries = [_entry(entry, members, clean) for entry in whole.get(section, [])]
        if entries := [entry for entry in entries if entry]:
            page[section] = entries
    if intention := _picked(whole.get("x_cn", {}).get("intention", {}), ("positions", "cities"), clean):
        page["x_cn"] = {"intention": intention}
    return page


def texts_of(page: Mapping[str, Any]) -> Iterator[str]:
    """Every text a reader sees, in order: what has to be checked."""
    for value in page.values():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield item
            elif isinstance(item, Mapping):
                yield from texts_of(item)


def _entry(entry: Mapping[str, Any], members: tuple[str, ...], clean: Any) -> dict[str, Any]:
    shown = _picked(entry, members, clean)
    if more := _picked(entry.get("x_cn", {}), SHOWN_MORE, clean):
        shown["x_cn"] = more
    return shown


def _picked(values: Mapping[str, Any], members: tuple[str, ...], clean: Any) -> dict[str, Any]:
    return {member: clean(values[member]) for member in members if values.get(member) not in (None, "", [])}
