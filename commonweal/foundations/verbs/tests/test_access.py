from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
import rules
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundations.verbs import access

KNOWN = UUID(int=1)
SOMEBODY = SimpleNamespace(name="Invented", opens_boxes=False)
OPENER = SimpleNamespace(name="Invented too", opens_boxes=True)


def page(request, **records):
    return HttpResponse(",".join(f"{name}={record}" for name, record in records.items()) or "open")


def asked(person=None, method="get", path="/toys/?colour=red"):
    request = getattr(RequestFactory(), method)(path)
    request.person = person
    return request


def toy_box_for(person, uuid):
    if uuid != KNOWN or person is None:
        raise ObjectDoesNotExist
    return "the box"


@pytest.fixture
def rule():
    rules.add_rule("open the toy box", rules.predicate(lambda person, box: person is not None and person.opens_boxes))
    yield "open the toy box"
    rules.remove_rule("open the toy box")


def wall(view, request):
    return access.DefaultDeny(page).process_view(request, view, (), {})


def test_a_page_that_declares_nothing_is_closed_to_everybody():
    for person in (None, SOMEBODY, OPENER):
        with pytest.raises(PermissionDenied, match="declares no access"):
            wall(page, asked(person))


@pytest.mark.parametrize(
    "declare", [access.open_to_all, access.signed_in, access.by_link, access.may("open the toy box")]
)
def test_a_page_that_declares_its_access_passes_the_wall(declare):
    def own(request):
        return page(request)

    assert wall(declare(own), asked()) is None


@pytest.mark.parametrize("outside", [require_POST, require_safe, access.loads("box", toy_box_for)])
def test_a_decorator_around_it_does_not_hide_the_access(outside):
    def own(request, **records):
        return page(request, **records)

    assert wall(outside(access.signed_in(own)), asked()) is None


def test_every_address_of_the_house_declares_its_access():
    """Nothing is left for the wall to stop: what it would stop is a page that nobody can open."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def views(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from views(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                yield pattern.callback

    silent = [view for view in views(get_resolver().url_patterns) if getattr(view, "access", None) is None]
    assert silent == []


def test_signed_in_sends_a_stranger_to_the_sign_in_page_and_back():
    guarded = access.signed_in(page)
    assert guarded(asked(SOMEBODY)).content == b"open"
    sent = guarded(asked())
    assert sent.status_code == 302
    assert sent["Location"] == "/people/sign-in/?next=%2Ftoys%2F%3Fcolour%3Dred"


def sent(data, **headers):
    request = RequestFactory().post("/toys/", data, headers=headers)
    request.person = None
    return request


def test_a_stranger_who_sent_a_form_comes_back_to_the_page_that_it_was_on():
    there = access.signed_in(page)(sent({"box": "5"}, Referer="http://testserver/toys/new/"))
    assert there["Location"].endswith("?next=%2Ftoys%2Fnew%2F")


@pytest.mark.parametrize("referer", ["", "http://elsewhere.example/toys/"])
def test_a_stranger_whose_form_came_from_nowhere_comes_back_to_the_front_door(referer):
    assert access.signed_in(page)(sent({}, Referer=referer))["Location"].endswith("?next=%2F")


def test_what_a_stranger_wrote_on_our_page_is_given_back():
    request = sent({"words": "Light the path", "box": "5", "password": "a long secret"}, Origin="http://testserver")
    with pytest.raises(access.SignedOut):
        access.signed_in(page)(request)
    assert access.written(request) == ["Light the path"]


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"}])
def test_what_another_site_sent_in_a_stranger_s_name_is_not_shown(headers):
    assert access.written(sent({"words": "Send your savings to us"}, **headers)) == []


def test_may_opens_where_the_rule_holds(rule):
    guarded = access.may(rule)(page)
    assert guarded(asked(OPENER)).content == b"open"
    assert guarded(asked()).status_code == 302
    with pytest.raises(PermissionDenied):
        guarded(asked(SOMEBODY))


def test_may_judges_the_record_that_was_loaded_last(rule):
    seen = []
    rules.set_rule(rule, rules.predicate(lambda person, record: seen.append(record) or True))
    access.may(rule)(page)(asked(OPENER), shelf="a shelf", box="a box")
    access.may(rule)(page)(asked(OPENER))
    assert seen == ["a box", None]


def test_a_rule_that_nobody_wrote_opens_nothing():
    with pytest.raises(PermissionDenied):
        access.may("a rule that nobody wrote")(page)(asked(OPENER))


def test_loads_gives_the_page_the_record():
    loaded = access.loads("box", toy_box_for)(page)
    assert loaded(asked(SOMEBODY), uuid=KNOWN).content == b"box=the box"


def test_loads_tells_nobody_whether_what_they_may_not_see_exists():
    loaded = access.loads("box", toy_box_for)(page)
    for person, uuid in ((SOMEBODY, uuid4()), (None, KNOWN)):
        with pytest.raises(Http404) as missing:
            loaded(asked(person), uuid=uuid)
        assert str(missing.value) == "box"


def test_load_first_then_ask(rule):
    guarded = access.loads("box", toy_box_for)(access.may(rule)(page))
    assert guarded(asked(OPENER), uuid=KNOWN).content == b"box=the box"
    with pytest.raises(PermissionDenied):
        guarded(asked(SOMEBODY), uuid=KNOWN)
    with pytest.raises(Http404):
        guarded(asked(OPENER), uuid=uuid4())
