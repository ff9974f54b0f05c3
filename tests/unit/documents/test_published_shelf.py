"""The published shelf: published over bundled, and bundled whatever happens to the store."""

import pytest

from common.documents.published_shelf import LIFETIME_S, PAUSE_S, PublishedShelf
from common.documents.template_shelf import LAYOUT, THEME, template_folder, template_names, theme
from common.domain.rendering.manifest import TemplateFiles
from common.errors import SignatureInvalid, VendorUnavailable


def files(name="classic", **changed):
    folder = template_folder(name)
    read = {"theme": (folder / THEME).read_bytes(), "layout": (folder / LAYOUT).read_bytes()}
    return TemplateFiles(**{**read, "preview_key": f"assets/{name}.png", **changed})


class Store:
    def __init__(self, **published):
        self.published, self.loads, self.error = published, 0, None

    def __call__(self):
        self.loads += 1
        if self.error:
            raise self.error
        return self.published


@pytest.fixture
def store():
    return Store(fresh=files(), classic=files("modern"))


@pytest.fixture
def clock():
    return [0.0]


@pytest.fixture
def reported():
    return []


@pytest.fixture
def shelf(store, clock, reported):
    def report(name, error):
        reported.append((name, error.code))

    return PublishedShelf(store, url=lambda key: f"https://cdn/{key}", clock_s=lambda: clock[0], report=report)


def test_published_templates_stand_over_the_bundled_ones(shelf):
    themes = shelf.themes()

    assert set(themes) == {*template_names(), "fresh"}
    assert themes["classic"] == theme("modern")
    assert shelf.look("classic").layout == (template_folder("modern") / LAYOUT).read_text("utf-8")
    assert shelf.look("sidebar").layout is None


def test_picture_is_a_link_only_where_it_is_published(shelf):
    assert shelf.picture("fresh") == "https://cdn/assets/classic.png"
    assert shelf.picture("sidebar") is None
    assert shelf.preview("sidebar").startswith(b"\x89PNG")


def test_store_is_not_asked_when_the_name_is_bundled(shelf, store):
    assert "classic" in shelf
    assert store.loads == 0
    assert "fresh" in shelf
    assert "nothing" not in shelf
    assert store.loads == 1


@pytest.mark.parametrize("error", [VendorUnavailable(), SignatureInvalid()])
def test_bundled_templates_serve_when_the_store_fails_from_the_beginning(shelf, store, reported, error):
    store.error = error

    assert set(shelf.themes()) == set(template_names())
    assert shelf.look("classic").layout is None
    assert reported == [("templates", error.code)]


def test_store_is_left_alone_for_a_minute_when_it_failed(shelf, store, clock):
    store.error = VendorUnavailable()
    for at in (0, 1, PAUSE_S - 1, PAUSE_S):
        clock[0] = at
        shelf.themes()

    assert store.loads == 2


def test_what_was_read_stays_when_the_store_fails_later(shelf, store, clock):
    shelf.themes()
    store.error = VendorUnavailable()
    clock[0] = LIFETIME_S

    assert "fresh" in shelf.themes()


def test_new_publication_is_seen_when_the_lifetime_is_over(shelf, store, clock):
    shelf.themes()
    store.published = {"newer": files()}

    early = "newer" in shelf.themes()
    clock[0] = LIFETIME_S
    late = shelf.themes()

    assert not early
    assert "newer" in late
    assert "fresh" not in late


def test_resume_is_drawn_all_the_same_when_its_template_was_withdrawn(shelf, store):
    store.published = {}

    assert shelf.look("fresh").theme == theme("classic")
    assert (shelf.stand_in("fresh"), shelf.stand_in("modern")) == ("classic", "modern")


@pytest.mark.parametrize(
    "broken",
    [
        {"theme": b"{}"},
        {"theme": b"\xff"},
        {"layout": b"\xff\xfe"},
        {"theme": (template_folder("classic") / THEME).read_bytes().replace(b'"text_pt": ', b'"text_pt": 9e9')},
        {"theme": (template_folder("classic") / THEME).read_bytes().replace(b"{", b'{"script": "x",', 1)},
    ],
)
def test_bundled_one_stands_in_when_the_published_one_is_no_template(shelf, store, reported, broken):
    store.published = {"classic": files(**broken), "fresh": files()}

    assert shelf.themes()["classic"] == theme("classic")
    assert "fresh" in shelf
    assert reported == [("classic", "vendor_reply_invalid")]
