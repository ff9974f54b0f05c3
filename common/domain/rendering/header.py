"""The name block: who it is, how to reach them, what they look for."""

import re

from common.domain.rendering import links
from common.domain.rendering.labels import Labels
from common.domain.rendering.paper_text import one_line
from common.domain.rendering.view import Fact, Piece
from common.domain.resume.model import Basics, Intention, Location, Profile, Resume

_PHOTO = re.compile(r"data:image/(?:png|jpe?g);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)


def contacts(basics: Basics, labels: Labels) -> tuple[Piece, ...]:
    """Phone, e-mail, home page, place and profiles, in the order a recruiter needs them."""
    pieces = [
        _plain(basics.phone),
        links.email(basics.email),
        links.address(basics.url),
        _plain(_place(basics.location, labels)),
        *(_profile(profile, labels) for profile in basics.profiles),
    ]
    return tuple(piece for piece in pieces if piece)


def intention(resume: Resume, labels: Labels) -> tuple[Fact, ...]:
    """求职意向 as labelled facts; a single position that the headline already says is not said twice."""
    wish = resume.x_cn.intention or Intention()
    positions = [one_line(position) for position in wish.positions]
    if positions == [one_line(resume.basics.label)]:
        positions = []
    values = {
        "positions": labels.comma.join(positions),
        "cities": labels.comma.join(one_line(city) for city in wish.cities),
        "salary": one_line(wish.salary.text if wish.salary else None),
        "available": one_line(wish.available),
        "employment_type": one_line(wish.employment_type),
    }
    return tuple(Fact(labels[key], value) for key, value in values.items() if value)


def personal(resume: Resume) -> tuple[Fact, ...]:
    facts = (Fact(one_line(label), one_line(value)) for label, value in resume.x_cn.personal.items())
    return tuple(fact for fact in facts if fact.value)


def photo(basics: Basics) -> str | None:
    """The photo when the resume carries it; an address is never fetched."""
    return basics.image if basics.image and _PHOTO.fullmatch(basics.image) else None


def document_title(basics: Basics, labels: Labels) -> str:
    return " - ".join(part for part in (one_line(basics.name), one_line(basics.label), labels["resume"]) if part)


def _plain(text: str | None) -> Piece | None:
    shown = one_line(text)
    return Piece(shown) if shown else None


def _place(location: Location | None, labels: Labels) -> str:
    if location is None:
        return ""
    parts = [location.region, location.city, location.address]
    if labels.language == "en":
        parts.reverse()
    shown = [one_line(part) for part in (*parts, location.postal_code, location.country_code)]
    told: list[str] = []
    for part in filter(None, shown):
        if not any(part in earlier for earlier in told):
            told.append(part)
    return (" " if labels.language == "zh" else ", ").join(told)


def _profile(profile: Profile, labels: Labels) -> Piece | None:
    network, username = one_line(profile.network), one_line(profile.username)
    target = links.address(profile.url)
    place = target.text if target else ""
    shown = place if username.lower() in place.lower() else f"{username} {place}".strip()
    if network and network.lower() not in shown.lower():
        shown = f"{network}{labels.colon}{shown}" if shown else network
    return Piece(shown, target.url if target else None) if shown else None
