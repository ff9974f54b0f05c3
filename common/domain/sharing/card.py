"""What a mini-program gives to onShareAppMessage and onShareTimeline, and what a web page would put into its head.

Source: developers.weixin.qq.com, Page: onShareAppMessage (title, path, imageUrl, picture 5:4) and onShareTimeline.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_TITLE = 60
MOST_SKILLS = 5


@dataclass(frozen=True)
class Card:
    """`message` for onShareAppMessage, `timeline` for onShareTimeline, as they are; `open_graph` by its property names."""

    message: Mapping[str, str]
    timeline: Mapping[str, str]
    open_graph: Mapping[str, str]


def title_of(page: Mapping[str, Any]) -> str:
    """张**的简历 · 后端工程师."""
    basics = page["basics"]
    wanted = page.get("x_cn", {}).get("intention", {}).get("positions", [])
    position = basics.get("label") or next(iter(wanted), None) or page.get("work", [{}])[0].get("position")
    title = f"{basics['name']}的简历" + (f" · {position}" if position else "")
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def description_of(page: Mapping[str, Any]) -> str:
    """The skills, or the newest employer: one line."""
    skills = [skill["name"] for skill in page.get("skills", []) if skill.get("name")][:MOST_SKILLS]
    employers = [work["name"] for work in page.get("work", []) if work.get("name")][:1]
    return " · ".join(skills or employers) or "墨简 · 简历"


def card_of(title: str, description: str, *, token: str, page_path: str, image_url: str, lasting_url: str) -> Card:
    """`page_path` has no leading slash; a message wants one. The phone fetches `image_url` when the card is sent."""
    return Card(
        message={"title": title, "path": f"/{page_path}?token={token}", "imageUrl": image_url},
        timeline={"title": title, "query": f"token={token}", "imageUrl": image_url},
        open_graph={
            "og:title": title,
            "og:description": description,
            "og:image": lasting_url,
            "og:type": "profile",
            "og:site_name": "墨简",
            "og:locale": "zh_CN",
        },
    )
