import pytest
from django.core import mail
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import composing, delivery, links, queries, tasks
from commonweal.foundations.notices.models import Failure, Notice

from .conftest import AT, DAY, news, someone
from .test_links_and_receipts import offered


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person.sign_in)
    return client


@pytest.fixture
def purpose():
    """A page that a room might register: shows on GET, saves on POST."""

    def page(request, link):
        if request.method == "POST":
            notices.use(link=link, at=timezone.now())
            return redirect("notices:saved")
        return HttpResponse(f"hello {link.name}")

    links._pages["tests.purpose"] = page
    yield
    del links._pages["tests.purpose"]


def fresh() -> notices.OfferedLink:
    now = timezone.now()
    return offered(at=now, expires_at=now + DAY)


def test_the_first_click_shows_and_the_second_saves_once(db, client, purpose) -> None:
    path = fresh().path
    for _ in range(3):  # mail scanners click too
        assert b"hello Oona Officer" in client.get(path).content
    assert client.post(path).headers["Location"] == reverse("notices:saved")
    assert client.post(path).status_code == 410
    assert client.get(path).status_code == 410


def test_a_forged_link_is_not_found_and_a_run_out_one_is_gone(db, client, purpose) -> None:
    assert client.get(reverse("notices:by_link", args=["x" * 43])).status_code == 404
    gone = client.get(offered().path)
    assert gone.status_code == 410 and b"run out" in gone.content


def test_a_link_that_runs_out_while_its_page_is_open_gives_back_what_was_typed(
    db, client, purpose, monkeypatch
) -> None:
    """The officer opens it in time, writes for long, and presses the button a day too late."""
    given = fresh()
    assert client.get(given.path).status_code == 200
    monkeypatch.setattr("commonweal.foundations.notices.views.links.now", lambda: timezone.now() + 2 * DAY)
    late = client.post(given.path, {"words": "We will mend <i>the lamps</i>.", "csrfmiddlewaretoken": "a b"})
    assert late.status_code == 410
    shown = late.content.decode()
    assert "This link has run out." in shown and "You have done nothing wrong." in shown
    assert "We will mend &lt;i&gt;the lamps&lt;/i&gt;." in shown and "a b" not in shown.partition("<main")[2]
    assert "What you wrote was not kept" not in client.get(given.path).content.decode()


def test_a_closed_link_says_what_happened_to_it(db, client, purpose) -> None:
    used, withdrawn, emptied = fresh(), fresh(), offered()
    client.post(used.path)
    notices.withdraw(link=withdrawn.link, by=withdrawn.link, at=timezone.now())
    tasks.forget_holders(at=timezone.now())
    told = {
        used: "If that was not you, somebody else may have had your mail.",
        withdrawn: "This link was taken back.",
        emptied: "This link has run out.",
    }
    for given, words in told.items():
        gone = client.get(given.path)
        assert gone.status_code == 410 and words in gone.content.decode()
    again = client.post(used.path, {"words": "once more, please"})
    assert "This link has been used." in again.content.decode() and "once more" not in again.content.decode()


def test_a_link_page_is_kept_in_no_cache_and_no_search(db, client, purpose) -> None:
    answer = client.get(fresh().path)
    assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"


def test_a_receipt_opens_the_line_without_an_account(db, client) -> None:
    said = news()
    news(said)
    given = notices.receipt(subject=said.subject, at=AT)
    shown = client.get(given.address)
    assert given.code in shown.content.decode()
    answer = client.post(reverse("notices:receipt"), {"words": given.code}, follow=True)
    assert answer.redirect_chain == [(reverse("notices:line"), 302)]
    assert answer.content.decode().count("Lamps for Oak Park") >= 2


def test_wrong_words_are_told_plainly_and_then_slowed_down(db, client) -> None:
    codes = [client.post(reverse("notices:receipt"), {"words": "a b c d"}).status_code for _ in range(11)]
    assert codes == [404] * 10 + [429]
    assert client.post(reverse("notices:receipt"), {"words": ""}).status_code == 422
    assert client.get(reverse("notices:line")).status_code == 302


def test_stop_needs_no_sign_in_and_a_scanner_stops_nothing(nia) -> None:
    client = Client(enforce_csrf_checks=True)  # a mail program sends no token
    path = composing.stop_address(nia, "own").partition("/notices/")[2]
    assert client.get(f"/notices/{path}").status_code == 200
    assert queries.wishes_of(nia).wants_own
    client.post(f"/notices/{path}", {"List-Unsubscribe": "One-Click"})
    assert not queries.wishes_of(nia).wants_own
    client.post(f"/notices/{path}", {"again": "1"})
    assert queries.wishes_of(nia).wants_own
    assert client.post("/notices/stop/forged:own:x/").status_code == 404


def test_stopping_the_weekly_summary_leaves_ones_own_news(nia) -> None:
    notices.wish(person=nia, weekly=True, by=nia, at=AT)
    path = composing.stop_address(nia, "weekly").partition("/notices/")[2]
    Client().post(f"/notices/{path}")
    wished = queries.wishes_of(nia)
    assert (wished.wants_own, wished.wants_weekly) == (True, False)


def test_a_person_says_what_they_wish_to_hear_and_lets_go_of_what_they_follow(nia) -> None:
    client, step = signed_in(nia), news()
    client.post(reverse("notices:follow", args=[step.uuid]))
    assert queries.is_following(nia, step)
    assert b"Lamps" in client.get(reverse("notices:wishes")).content
    client.post(reverse("notices:wishes"), {"weekly": "on"})
    assert not queries.wishes_of(nia).wants_own
    client.post(reverse("notices:unfollow", args=[step.uuid]))
    assert not queries.is_following(nia, step)


def test_the_page_of_a_step_offers_to_tell_those_who_are_signed_in(nia) -> None:
    client, step = signed_in(nia), news()
    page = reverse("thread:step", args=[step.uuid])
    assert b"Tell me what becomes of this" in client.get(page).content
    assert b"Tell me what becomes of this" not in Client().get(page).content
    client.post(reverse("notices:follow", args=[step.uuid]))
    assert b"Stop telling me about this" in client.get(page).content


@pytest.mark.parametrize(
    ("sent", "back"),
    [("/people/me/", "/people/me/"), ("https://elsewhere.example/", None), ("//elsewhere.example", None)],
)
def test_following_leads_back_to_a_page_of_ours_only(nia, sent: str, back: str | None) -> None:
    step = news()
    answer = signed_in(nia).post(reverse("notices:follow", args=[step.uuid]), {"next": sent})
    assert answer.headers["Location"] == (back or reverse("thread:step", args=[step.uuid]))


def test_nobody_follows_what_is_not_public(nia) -> None:
    path = reverse("notices:follow", args=[news(audience="plan").uuid])
    assert signed_in(nia).post(path).status_code == 404


def test_letters_are_for_staff(nia, steward) -> None:
    letter = notices.tell(someone("Lena", reach="letter", postal_address="1 Oak Road"), about=news(), at=AT)
    pages = [reverse("notices:letters"), reverse("notices:letter", args=[letter.pk]), reverse("notices:failures")]
    assert [signed_in(nia).get(page).status_code for page in pages] == [403] * 3
    staff = signed_in(steward)
    assert b"1 Oak Road" in staff.get(pages[1]).content
    staff.post(reverse("notices:posted", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == Notice.State.POSTED
    assert staff.get(pages[0]).status_code == 200


def test_a_failure_is_seen_to_by_staff(db, steward) -> None:
    notices.tell(someone("Lost", email=""), about=news(), at=AT)
    delivery.sweep(at=AT)
    failure, staff = Failure.objects.get(), signed_in(steward)
    assert b"Lost" in staff.get(reverse("notices:failures")).content
    assert staff.get(failure.get_absolute_url()).status_code == 200
    staff.post(reverse("notices:seen_to", args=[failure.pk]))
    failure.refresh_from_db()
    assert failure.seen_to_by == steward


def test_a_failure_says_what_can_be_done_and_tells_no_unsafe_address(db, steward) -> None:
    lost, refused = someone("Lost", email=""), someone("Rhys")
    link = offered().link
    for notice in (notices.tell(lost, about=news(), at=AT), Notice.objects.get(link=link)):
        delivery.fail(notice, why=Failure.Why.NO_ADDRESS, at=AT)
    notice = notices.tell(refused, about=news(audience="parties"), at=AT)
    delivery.fail(notice, why=Failure.Why.REFUSED, at=AT)
    type(refused).objects.filter(pk=refused.pk).update(contact_is_unsafe=True)
    type(link).objects.filter(pk=link.pk).update(name="", email="")
    staff = signed_in(steward)
    shown = {each.notice_id: staff.get(each.get_absolute_url()).content.decode() for each in Failure.objects.all()}
    assert "Find out how they can be reached" in shown[Notice.objects.get(to=lost).pk]
    assert "Somebody whose name we no longer keep" in shown[Notice.objects.get(link=link).pk]
    unsafe = shown[notice.pk]
    assert "It is not safe to write to them." in unsafe and "rhys@example.org" not in unsafe
    assert "Something that is not public" in unsafe and reverse("thread:step", args=[notice.about.uuid]) not in unsafe


def test_a_page_of_letters_costs_no_more_for_more_letters(db, steward, django_assert_max_num_queries) -> None:
    for number in range(30):
        notices.tell(someone(f"P{number}", reach="letter"), about=news(), at=AT)
    staff = signed_in(steward)
    staff.get(reverse("notices:letters"))  # how much waits, which the header says, is remembered from now on
    with django_assert_max_num_queries(12):
        staff.get(reverse("notices:letters"))
    assert mail.outbox == []
