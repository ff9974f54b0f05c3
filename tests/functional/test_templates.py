"""functions/templates: what a resume can look like."""

import base64
import io

import pytest
from PIL import Image

from tests.functional.cloud import Cloud


def test_templates_are_listed_with_their_options_when_nobody_is_logged_in(cloud: Cloud) -> None:
    answer = cloud.call("templates", "GET", "/templates")

    listed = {template["name"]: template for template in answer.json["templates"]}
    assert answer.status == 200
    assert len(listed) >= 8
    assert listed["campus"]["title"] == "校招"
    assert listed["compact"]["options"]["fit"] == "one_page"
    assert listed["minimal"]["options"]["photo"] is False


def test_every_template_shows_a_small_picture_of_a_page(cloud: Cloud) -> None:
    names = [template["name"] for template in cloud.call("templates", "GET", "/templates").json["templates"]]

    previews = [cloud.call("templates", "GET", f"/templates/{name}").json["preview"] for name in names]

    pictures = [base64.b64decode(preview.removeprefix("data:image/png;base64,")) for preview in previews]
    assert {Image.open(io.BytesIO(picture)).size for picture in pictures} == {(480, 679)}
    assert max(map(len, pictures)) < 60_000


@pytest.mark.parametrize("name", ["nothing", "shared", "..%2Fclassic", "classic.png"])
def test_template_is_not_found_when_there_is_none_of_that_name(cloud: Cloud, name: str) -> None:
    answer = cloud.call("templates", "GET", f"/templates/{name}")

    assert answer.refusal[:2] == (404, "not_found")
