"""Published layouts: those of ours are taken, and hostile ones are refused or harmless."""

import sys
from contextlib import contextmanager

import pytest

from common.documents.template_shelf import LAYOUT, BundledShelf, Look, template_folder, template_names, theme
from common.documents.typesetter import XhtmlTypesetter
from common.documents.typesetting.power import LayoutRefused, refuse_power
from common.documents.write_pdf import write_pdf
from common.domain.rendering.options import RenderOptions
from common.errors import FileHasTooManyPages
from tests.unit.domain.rendering.samples import full_life

SECRET = "open-sesame-8271"
RESUME = full_life()
PAGE = "{% extends 'page.html.j2' %}{% block opening %}%s{% endblock %}"

HOSTILE = {
    "counts to a billion": "{% for a in range(1000000000) %}x{% endfor %}",
    "text times a billion": "{{ view.name * 1000000000 }}",
    "list times a billion": "{{ ([1] * 1000000000) | trim }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "batch filled to a billion": "{{ [1] | batch(1000000000, 'x') | trim }}",
    "centred in a billion": "{{ 'x' | center(1000000000) }}",
    "reads a file": "{% include '/etc/passwd' %}",
    "leaves its folder": "{% include '../../../theme.py' %}",
    "loads what it likes": "{% include view.name %}",
    "imports the parts again": "{% import 'parts.html.j2' as other %}",
    "class of a text": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "attribute by filter": "{{ view | attr('__class__') }}",
    "globals of a function": "{{ em_width.__globals__ }}",
    "format of a text": "{{ '{0.__class__}'.format(view) }}",
    "environment of the template": "{{ self.__init__.__globals__ }}",
    "names of the sandbox": "{{ cycler.__init__ }}{{ lipsum(1000000) }}{{ namespace() }}",
    "calls itself": "{% macro again() %}{{ again() }}{{ again() }}{% endmacro %}{{ again() }}",
    "recursive loop": "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "loops in loops": "{% for a in view.sections %}" * 4 + "x" + "{% endfor %}" * 4,
    "not safe any more": "{{ view.name | safe }}",
    "no template at all": "{% if %}",
    "endless brackets": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
}


@pytest.fixture(scope="module")
def as_bundled():
    return write_pdf(RESUME, template="classic").content


@pytest.mark.parametrize("name", template_names())
def test_own_layout_is_taken(name):
    refuse_power((template_folder(name) / LAYOUT).read_text("utf-8"))


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_layout_is_refused_and_the_bundled_one_drawn(attack, as_bundled):
    layout = PAGE.replace("%s", HOSTILE[attack])
    reported = []
    drawn = XhtmlTypesetter(Shelf(layout), lambda *told: reported.append(told)).pdf(
        RESUME, template="classic", options=RenderOptions()
    )

    assert drawn.content == as_bundled
    assert [(name, error.code) for name, error in reported] == [("classic", "vendor_reply_invalid")]
    if attack not in DRAWING:
        with pytest.raises(LayoutRefused):
            refuse_power(layout)


#: Refused when it is drawn, not when it is read.
DRAWING = {"text times a billion", "list times a billion"}

FETCHING = {
    "picture from a file": '<img src="file://{file}" width="100">',
    "picture from a path": '<img src="{file}" width="100">',
    "picture from the net": '<img src="http://127.0.0.1:9/x.png">',
    "style sheet": '<link rel="stylesheet" href="file://{file}">',
    "import": "<style>@import url(file://{file});</style>",
    "font": "<style>@font-face {{ font-family: x; src: url(file://{file}); }} p {{ font-family: x; }}</style>",
    "ground": "<style>body {{ background: url({file}); }} @page {{ background-image: url({file}); }}</style>",
    "object": '<object data="file://{file}"></object><iframe src="file://{file}"></iframe>',
    "entity": '<!DOCTYPE x [<!ENTITY y SYSTEM "file://{file}">]>&y;',
    "script": "<script>document.write('x')</script>",
    "script in pieces": "<scr{% if view.name == '' %}x{% endif %}ipt>document.write('x')</script>",
    "script by event": '<p onclick="x()">a</p>',
    "script by address": '<a href="javascript:x()">a</a>',
    "another policy": '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9">',
    "escaped style": "<style>p {{ background: u\\72l(http://127.0.0.1:9) }}</style>",
}


@pytest.mark.parametrize("attack", FETCHING)
def test_layout_fetches_nothing_when_it_asks_for_it(attack, tmp_path):
    file = tmp_path / "secret.txt"
    file.write_text(f"{SECRET} {{}} body {{ color: red }}")
    layout = PAGE.replace("%s", FETCHING[attack].replace("{file}", str(file)).replace("{{ ", "{ ").replace(" }}", " }"))
    opened = []

    typesetter = XhtmlTypesetter(Shelf(layout))
    with watching(opened, str(file)):
        drawn = typesetter.pdf(RESUME, template="classic", options=RenderOptions())
        page = typesetter.html(RESUME, template="classic", options=RenderOptions(), pdf=drawn).decode()

    assert page == XhtmlTypesetter().html(RESUME, template="classic", options=RenderOptions(), pdf=drawn).decode()
    assert drawn.content.startswith(b"%PDF")
    assert SECRET.encode() not in drawn.content
    assert opened == []


_LISTENERS = []


def _tell(event, args):
    for listen in _LISTENERS:
        listen(event, args)


sys.addaudithook(_tell)  # cannot be taken off again, so it tells nobody while nobody listens


@contextmanager
def watching(opened, path):
    """Notes every opening of this file and every connection, by the interpreter's own audit."""

    def note(event, args):
        if event == "socket.connect" or (event == "open" and str(args[0]) == path):
            opened.append((event, str(args[0])))

    _LISTENERS.append(note)
    try:
        yield
    finally:
        _LISTENERS.remove(note)


class Shelf(BundledShelf):
    def __init__(self, layout):
        self._layout = layout

    def look(self, name):
        return Look(theme(name), self._layout)


def test_pages_without_end_are_refused_as_those_of_the_resume_would_be():
    layout = PAGE.replace("%s", "<p>x</p>" * 8000)

    with pytest.raises(FileHasTooManyPages):
        XhtmlTypesetter(Shelf(layout)).pdf(RESUME, template="classic", options=RenderOptions())


def test_published_copy_draws_what_the_bundled_one_draws():
    layout = (template_folder("sidebar") / LAYOUT).read_text("utf-8")

    published = write_pdf(RESUME, template="sidebar", look=Look(theme("sidebar"), layout))

    assert published.content == write_pdf(RESUME, template="sidebar").content
