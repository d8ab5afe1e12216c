from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions import queries
from commonweal.foundations.decisions.models import Answer, Assent, Decision, Draft, Owed, Reply
from commonweal.foundations.notices import delivery
from commonweal.foundations.notices.models import Link, Notice
from commonweal.foundations.thread import queries as thread

from .conftest import AT, Town, someone
from .test_actions import answered, decide_simply, owe

DAY = timedelta(days=1)


def as_(person) -> Client:
    client = Client()
    client.force_login(person.sign_in)
    return client


def recent(town: Town) -> Owed:
    return owe(town, at=timezone.now())


# -- what everybody reads


def test_a_decision_says_that_no_interest_was_declared(town: Town, client) -> None:
    shown = client.get(decide_simply(town).get_absolute_url()).content.decode()
    assert "No interest was declared." in shown and "Nobody said that they disagreed." in shown
    assert "Chair decides" in shown


def test_a_decision_shows_dissent_and_interest_by_name(town: Town, client) -> None:
    decision = decide_simply(
        town, dissents=[(town.library, "Not enough <b>seats</b>.")], interests=[(town.library, "We rent the hall.")]
    )
    shown = client.get(decision.get_absolute_url()).content.decode()
    assert "Library Friends" in shown and "&lt;b&gt;seats" in shown and "We rent the hall." in shown


def test_an_exempt_decision_is_not_there_for_the_public(town: Town, client) -> None:
    decision = decide_simply(town, is_public=False, exempt_because="Schedule 12A, paragraph 3")
    assert client.get(decision.get_absolute_url()).status_code == 404
    assert as_(town.nia).get(decision.get_absolute_url()).status_code == 404
    assert "Schedule 12A" in as_(town.cara).get(decision.get_absolute_url()).content.decode()


def test_a_promise_shows_its_state_and_its_earlier_date_and_its_holder_to_the_desk_alone(town: Town, client) -> None:
    owed = owe(town)
    decisions.assign(owed=owed, name="Oona Officer", email="oona@example.org", by=town.cara, at=AT)
    decisions.extend(
        owed=owed, until=owed.due_on + 10 * DAY, because_words="We wait for a survey.", by=town.cara, at=AT
    )
    shown = client.get(owed.get_absolute_url()).content.decode()
    for words in ("Somebody has been asked", "16 March 2026", "26 March 2026", "We wait for a survey.", "Late"):
        assert words in shown
    assert "Oona" not in shown and "Oona" not in as_(town.nia).get(owed.get_absolute_url()).content.decode()
    assert "Oona Officer" in as_(town.cara).get(owed.get_absolute_url()).content.decode()


def test_the_desk_has_no_name_for_a_holder_who_was_forgotten(town: Town) -> None:
    owed = owe(town)
    decisions.assign(owed=owed, name="Oona Officer", email="oona@example.org", by=town.cara, at=AT)
    desk, see_to = reverse("decisions:desk"), reverse("decisions:see_to", args=[owed.pk])
    assert all("Oona" in as_(town.cara).get(page).content.decode() for page in (desk, see_to))
    Link.objects.update(name="", email="")
    for page in (desk, see_to):
        assert "Somebody has been asked to answer" in as_(town.cara).get(page).content.decode()


def test_a_private_promise_is_shown_to_those_it_answers_and_to_the_desk(town: Town, client) -> None:
    owed = owe(town, is_public=False, lines=[(town.said.ref, town.nia, town.said)])
    page = owed.get_absolute_url()
    answers = [client.get(page), as_(town.tom).get(page), as_(town.nia).get(page), as_(town.cara).get(page)]
    assert [answer.status_code for answer in answers] == [404, 404, 200, 200]


def test_an_answer_shows_its_reason_in_words_and_ones_own_line(town: Town, client) -> None:
    answer = answered(town)
    shown = client.get(answer.get_absolute_url()).content.decode()
    assert "Yes: we will do this" in shown and "We will do it." in shown and "You said" not in shown
    assert "You said" in as_(town.nia).get(answer.get_absolute_url()).content.decode()


# -- reply


def test_a_person_replies_once_on_the_page(town: Town) -> None:
    owed = recent(town)
    decisions.draft(owed=owed, reason_code="outvoted", words="No.", by=town.cara, at=timezone.now())
    decisions.clear(owed=owed, by=town.dev, at=timezone.now())
    answer = decisions.publish(owed=owed, by=town.dev, at=timezone.now())
    nia, path = as_(town.nia), reverse("decisions:reply_to", args=[answer.pk])
    line = queries.lines_of(town.nia, owed)[0]
    assert b"Reply to this answer" in nia.get(answer.get_absolute_url()).content
    assert nia.post(path, {"line": str(line.pk), "words": ""}).status_code == 422
    nia.post(path, {"line": str(line.pk), "words": "I still want lamps."})
    nia.post(path, {"line": str(line.pk), "words": "And more."})
    assert Reply.objects.get().words.text == "I still want lamps."
    assert b"I still want lamps." in Client().get(answer.get_absolute_url()).content
    page, toms = (as_(who).get(answer.get_absolute_url()).content.decode() for who in (town.nia, town.tom))
    assert "You have replied to this answer." in page and "you can reply once" not in page and ">You<" in page
    assert "Reply to this answer" in toms and "Somebody who asked for this" in toms and ">You<" not in toms
    assert (
        "Whoever asked for this can reply once" in as_(someone("Una")).get(answer.get_absolute_url()).content.decode()
    )
    told = Notice.objects.filter(about__kind="decisions.reply").values_list("to", flat=True)
    assert set(told) == {town.cara.pk, town.dev.pk}, "who wrote it, and who published it"


def test_a_stranger_cannot_reply_on_somebody_elses_line(town: Town) -> None:
    owed = recent(town)
    decisions.draft(owed=owed, reason_code="outvoted", words="No.", by=town.cara, at=timezone.now())
    decisions.clear(owed=owed, by=town.dev, at=timezone.now())
    answer = decisions.publish(owed=owed, by=town.dev, at=timezone.now())
    nias = queries.lines_of(town.nia, owed)[0]
    path = reverse("decisions:reply_to", args=[answer.pk])
    as_(town.tom).post(path, {"line": str(nias.pk), "words": "Forged."})
    assert not Reply.objects.exists()
    assert Client().post(path, {"line": str(nias.pk), "words": "x"}).status_code == 302


# -- the desk


def test_the_desk_takes_an_answer_all_the_way(town: Town) -> None:
    owed, cara, dev = recent(town), as_(town.cara), as_(town.dev)

    def go(client: Client, action: str, **data: str):
        return client.post(reverse(f"decisions:{action}", args=[owed.pk]), data, follow=True)

    go(cara, "assign", name="Oona", email="oona@example.org", sent_as=str(uuid4()))
    until = owed.due_on + 20 * DAY
    go(
        cara,
        "extend",
        until_day=str(until.day),
        until_month=str(until.month),
        until_year=str(until.year),
        because_words="We wait.",
    )
    written = go(cara, "write", reason_code="too_costly", cost="90,000", words="Too much.")
    assert b"somebody else must check it" in written.content
    assert b"Somebody other than the writer" in go(cara, "publish").content
    assert b"You wrote this answer" in go(cara, "clear").content
    go(dev, "clear")
    go(dev, "publish")
    answer = Answer.objects.get()
    assert (answer.reason_code, answer.cost_pence, owed.extensions.count()) == ("too_costly", 9_000_000, 1)


def test_the_desk_tells_what_is_wrong_and_keeps_nothing(town: Town) -> None:
    owed, cara = recent(town), as_(town.cara)
    wrong = {
        "assign": {"name": "", "email": "nobody"},
        "extend": {"until_day": "1", "until_month": "1", "until_year": "2020", "because_words": "x"},
        "write": {"reason_code": "too_costly", "words": "No."},
    }
    for action, data in wrong.items():
        answer = cara.post(reverse(f"decisions:{action}", args=[owed.pk]), data)
        assert answer.status_code == 422 and b"govuk-error-summary" in answer.content, action
    assert not Draft.objects.exists() and not Link.objects.exists() and not owed.extensions.exists()


def test_what_a_verb_refuses_at_the_desk_is_told_beside_the_form(town: Town) -> None:
    owed = answered(town).owed
    sent = {"name": "Oona", "email": "oona@example.org", "sent_as": str(uuid4())}
    refused = as_(town.cara).post(reverse("decisions:assign", args=[owed.pk]), sent)
    assert refused.status_code == 422 and b"This has been answered." in refused.content
    assert not Link.objects.exists()


def test_the_desk_is_for_convenors(town: Town, client) -> None:
    owed = owe(town)
    assert client.get(reverse("decisions:desk")).status_code == 302
    assert as_(town.nia).get(reverse("decisions:desk")).status_code == 403
    for action in ("assign", "extend", "write", "clear", "publish"):
        assert as_(town.nia).post(reverse(f"decisions:{action}", args=[owed.pk])).status_code == 403


def test_the_desk_shows_overdue_first_in_a_bounded_number_of_queries(town: Town, django_assert_max_num_queries) -> None:
    for days in (30, 5, 90):
        owe(town, working_days=days, title=f"Due in {days}")
    cara = as_(town.cara)
    cara.get("/privacy/")  # the number in the header is counted here, and kept for a minute
    with django_assert_max_num_queries(20):
        shown = cara.get(reverse("decisions:desk")).content.decode()
    places = [shown.index(f"Due in {days}<") for days in (5, 30, 90)]
    assert places == sorted(places)
    for number in range(60):
        owe(town, title=f"More {number}")
    with django_assert_max_num_queries(20):
        page = cara.get(reverse("decisions:desk"), {"page": "2", "state": "open"})
    assert page.status_code == 200


# -- by link


def test_an_officer_drafts_by_link_once(town: Town, client) -> None:
    owed = recent(town)
    offered = decisions.assign(owed=owed, name="Oona", email="oona@example.org", by=town.cara, at=timezone.now())
    assert b"Write an answer" in client.get(offered.path).content
    assert client.post(offered.path, {"reason_code": "referred", "words": "x"}).status_code == 422
    given = {"reason_code": "adapted", "words": "In part."}
    assert client.post(offered.path, given).headers["Location"] == reverse("notices:saved")
    assert client.post(offered.path, given).status_code == 410
    assert Draft.objects.get().drafted_by == offered.link.ref


def test_an_organisation_agrees_by_link_or_signed_in(town: Town, client) -> None:
    now = timezone.now()
    asked = decisions.ask_assent(
        subject=town.theme,
        party=town.library,
        by=town.cara,
        because=town.said,
        at=now,
        name="Oona",
        email="oona@example.org",
        asks_implementer=True,
    )
    assert asked.offered is not None
    assert b"carry it out" in client.get(asked.offered.path).content
    assert client.post(asked.offered.path, {"stance": "reservation"}).status_code == 422
    client.post(asked.offered.path, {"stance": "reservation", "words": "Only if staffed."})
    page = asked.asking.get_absolute_url()
    as_(town.dev).post(page, {"stance": "assent"})
    assert [each.stance for each in queries.current_assents(town.theme)] == ["assent"]
    shown = client.get(page).content.decode()
    assert "Only if staffed." in shown and '<form method="post" novalidate' not in shown
    assert as_(town.nia).post(page, {"stance": "dissent", "words": "No."}).status_code == 403
    assert client.post(page, {"stance": "assent"}).status_code == 302
    assert client.get(Assent.objects.first().get_absolute_url()).status_code == 200


def test_a_convenor_keys_in_what_an_organisation_said_by_phone(town: Town) -> None:
    asked = decisions.ask_assent(subject=town.theme, party=town.library, by=town.cara, because=town.said, at=AT)
    page, cara = reverse("decisions:key_in_assent", args=[asked.asking.pk]), as_(town.cara)
    assert page in cara.get(asked.asking.get_absolute_url()).content.decode()
    day = {"given_on_day": "2", "given_on_month": "3", "given_on_year": "2026"}
    sent = {"stance": "assent", "on_word_of": "A call from their office", "sent_as": str(uuid4()), **day}
    assert cara.post(page, {**sent, "on_word_of": ""}).status_code == 422
    assert cara.post(page, {**sent, "given_on_year": "2999"}).status_code == 422
    for _click in range(2):
        assert cara.post(page, sent).status_code == 302
    assert Assent.objects.get().given_on == date(2026, 3, 2)
    shown = Client().get(asked.asking.get_absolute_url()).content.decode()
    assert "keyed in for them" in shown and "A call from their office" not in shown
    assert as_(town.nia).get(page).status_code == 403


# -- waiting


def test_what_waits_for_a_person_is_listed_oldest_due_first(town: Town) -> None:
    late, later = owe(town, working_days=2), owe(town, working_days=30)
    decisions.ask_assent(subject=town.theme, party=town.library, by=town.cara, because=town.said, at=AT)
    waiting = queries.waiting_for(town.dev, AT)
    assert [each.args[0] for each in waiting[:2]] == [late.pk, later.pk]
    assert waiting[2].page == "decisions:asking"
    assert [reverse(each.page, args=each.args) for each in waiting]
    assert queries.waiting_for(town.nia, AT) == []
    delivery.sweep(at=AT)


# -- recording a decision


def deciding(town: Town, **also) -> dict:
    given = {
        "sent_as": str(uuid4()),
        "question": "Which path is lit first?",
        "options": "Canal path\r\n\r\nMill path",
        "outcome": "Canal path",
        "rule": "More than half",
        "decided_by": str(town.library.ref),
        "reasons": "It is the darker one.",
        "nobody_declared": "on",
        "is_public": "yes",
    }
    return {key: value for key, value in {**given, **also}.items() if value is not None}


def page_to_decide(*steps) -> str:
    return f"{reverse('decisions:decide')}?{'&'.join(f'because={step.uuid}' for step in steps)}"


def test_a_decision_is_typed_in_with_all_that_belongs_to_it(town: Town) -> None:
    cara, page = as_(town.cara), page_to_decide(town.said, town.said_by_tom)
    assert b"Something was said" in cara.get(page).content
    dissent = {"dissent_1_who": str(town.dev.ref), "dissent_1_words": "Mill path is busier."}
    interest = {"interest_1_who": str(town.library.ref), "interest_1_words": "We meet there.", "nobody_declared": None}
    day = {"decided_on_day": "1", "decided_on_month": "3", "decided_on_year": "2026"}
    answer = cara.post(page, deciding(town, **dissent, **interest, **day))
    decision = Decision.objects.get()
    assert answer.headers["Location"] == decision.get_absolute_url()
    assert (decision.decided_by, decision.recorded_by) == (town.library.ref, town.cara.ref)
    assert decision.decided_on == date(2026, 3, 1)
    assert decision.dissents.get().party == town.dev.ref and decision.interests.get().words.text == "We meet there."
    assert set(thread.neighbours(decision.step)[0]) == {town.said, town.said_by_tom}
    shown = Client().get(reverse("decisions:decisions")).content.decode()
    assert "Which path is lit first?" in shown and "Library Friends" in shown


def test_a_double_click_records_one_decision(town: Town) -> None:
    cara, page, sent = as_(town.cara), page_to_decide(town.said), deciding(town)
    first, second = cara.post(page, sent), cara.post(page, sent)
    assert first.headers["Location"] == second.headers["Location"]
    changed = cara.post(page, {**sent, "outcome": "Mill path"})
    assert changed.status_code == 422 and b"This form was sent before" in changed.content
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"outcome": "Neither"}, "must be one of the lines"),
        ({"options": "Canal path\nCanal path"}, "there twice"),
        ({"options": "x" * 301 + "\nCanal path"}, "One line is too long"),
        ({"nobody_declared": None}, "tick that nobody had"),
        ({"dissent_2_words": "No."}, "Choose who said this."),
        ({"is_public": "no"}, "kept from the public"),
        ({"decided_by": "organisations:organisation:00000000-0000-4000-8000-000000000000"}, "Select a valid choice"),
        ({"decided_on_day": "1", "decided_on_month": "1", "decided_on_year": "2999"}, "has not come yet"),
        ({"question": ""}, "What was the question?"),
    ],
)
def test_what_is_wrong_with_a_decision_is_told_and_nothing_is_kept(town: Town, wrong: dict, told: str) -> None:
    answer = as_(town.cara).post(page_to_decide(town.said), deciding(town, **wrong))
    assert answer.status_code == 422 and told in answer.content.decode()
    assert b"govuk-error-summary" in answer.content and not Decision.objects.exists()


def test_a_decision_comes_from_something_that_the_person_may_see(town: Town) -> None:
    cara, new = as_(town.cara), reverse("decisions:decide")
    assert b"comes from something" in cara.get(new).content
    assert cara.post(new, deciding(town)).status_code == 422
    assert cara.get(f"{new}?because=nonsense").status_code == 404
    assert cara.get(f"{new}?because={uuid4()}").status_code == 404
    assert as_(town.nia).get(page_to_decide(town.said)).status_code == 403
    assert Client().get(page_to_decide(town.said)).status_code == 302


def test_whoever_recorded_an_exempt_decision_can_read_it_and_others_cannot(town: Town) -> None:
    buyer = someone("Bea", "commissioner")
    sent = deciding(town, is_public="no", exempt_because="Schedule 12A, paragraph 3")
    page = as_(buyer).post(page_to_decide(town.said), sent).headers["Location"]
    assert as_(buyer).get(page).status_code == 200
    assert Client().get(page).status_code == 404
    assert b"Which path" not in Client().get(reverse("decisions:decisions")).content


def test_the_step_and_the_answer_lead_those_who_may_to_a_decision(town: Town) -> None:
    step, answer = reverse("thread:step", args=[town.said.uuid]), answered(town).get_absolute_url()
    for page in (step, answer):
        assert b"Record a decision about this" in as_(town.cara).get(page).content
        assert b"Record a decision about this" not in as_(town.nia).get(page).content


def test_the_page_of_a_decision_says_what_can_be_begun_because_of_it(town: Town, client) -> None:
    page = decide_simply(town).get_absolute_url()
    shown = as_(town.cara).get(page).content.decode()
    assert "Go on from here" in shown and "Record a decision about this" in shown
    assert "Go on from here" not in client.get(page).content.decode()


def test_whoever_asks_for_the_head_of_a_page_gets_it(town: Town, client) -> None:
    answer = answered(town)
    records = (answer, answer.owed, decide_simply(town))
    for address in (reverse("decisions:decisions"), *(record.get_absolute_url() for record in records)):
        assert client.head(address).status_code == 200, address


def test_the_thread_says_what_was_decided(town: Town, client) -> None:
    decision = decide_simply(town)
    page = client.get(reverse("thread:step", args=[decision.step.uuid])).content.decode()
    assert "Shall we? – Yes" in page
