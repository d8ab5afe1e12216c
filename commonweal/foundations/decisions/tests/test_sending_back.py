"""An answer goes back to its writer; nobody checks their own, whatever was forgotten; nobody is asked twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions import queries, requests
from commonweal.foundations.decisions.models import Assignment, Draft, Owed, SentBack
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import composing, delivery
from commonweal.foundations.notices import tasks as notices_tasks
from commonweal.foundations.notices.models import Link, Notice
from commonweal.foundations.people import actions as people
from commonweal.foundations.people import exporters
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs.refs import SYSTEM

from .conftest import AT, Town, someone
from .test_actions import owe
from .test_views import as_

DAY = timedelta(days=1)


def written(town: Town, *, by=None, email: str = "oona@example.org", at=AT) -> Owed:
    """An answer that waits to be checked: by a link to `email`, or by somebody signed in."""
    owed = owe(town, title="Lamps in Oak Park", at=at)
    if by is None:
        by = decisions.assign(owed=owed, name="Oona", email=email, by=town.cara, at=at).link
    decisions.draft(owed=owed, reason_code="adapted", words="In part.", by=by, at=at)
    return owed


def of(owed: Owed) -> Owed:
    return Owed.objects.get(pk=owed.pk)


# -- sending back


def test_what_goes_back_to_an_officer_brings_them_a_fresh_link_and_the_note(town: Town) -> None:
    owed = written(town)
    first = queries.current_assignment(owed)
    returned = decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=AT + DAY)
    fresh = queries.current_assignment(owed)
    assert fresh.link != first.link and fresh.link.email == "oona@example.org" and fresh.link.because == returned.step
    assert of(owed).state == Owed.State.ASSIGNED and queries.current_draft(owed) is None
    assert Draft.objects.filter(owed=owed).count() == 1, "what was written is kept"
    delivery.sweep(at=AT + DAY)
    [sent] = [each for each in mail.outbox if each.to == ["oona@example.org"]]
    assert "your answer came back" in sent.subject
    assert "Say which month." in sent.body and notices.offered(fresh.link).address in sent.body
    assert len(Entry.objects.get(verb="decisions.send_back").sealed_words) == 1
    decisions.draft(owed=owed, reason_code="adapted", words="In part, in May.", by=fresh.link, at=AT + DAY)
    assert decisions.clear(owed=owed, by=town.dev, at=AT + DAY).words.text == "In part, in May."


def test_what_goes_back_to_somebody_signed_in_is_told_to_them(town: Town) -> None:
    owed = written(town, by=town.cara)
    returned = decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=AT)
    assert Notice.objects.get(about=returned.step).to == town.cara
    assert queries.holdings([owed], on=AT.date())[owed.pk].holder == "Cara"
    assert "came back to you" in queries.waiting_for(town.cara, AT)[0].what
    assert "came back to you" not in queries.waiting_for(town.dev, AT)[0].what
    see_to = reverse("decisions:see_to", args=[owed.pk])
    assert "In part.</textarea>" in as_(town.cara).get(see_to).content.decode()
    assert "In part.</textarea>" not in as_(town.dev).get(see_to).content.decode()


def test_only_what_waits_is_sent_back_by_somebody_else_with_words(town: Town) -> None:
    owed = written(town, by=town.cara)
    with pytest.raises(decisions.NotTheDrafter):
        decisions.send_back(owed=owed, words="Hm.", by=town.cara, at=AT)
    with pytest.raises(decisions.SayWhatToChange):
        decisions.send_back(owed=owed, words=" ", by=town.dev, at=AT)
    decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=AT)
    with pytest.raises(decisions.NoDraft):
        decisions.send_back(owed=owed, words="Again.", by=town.dev, at=AT)
    with pytest.raises(decisions.NoDraft):
        decisions.clear(owed=owed, by=town.dev, at=AT)


def test_what_nobody_can_be_reached_about_is_not_sent_back(town: Town) -> None:
    owed = written(town)
    notices_tasks.forget_holders(at=AT + 40 * DAY)
    with pytest.raises(decisions.WriterUnknown):
        decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=AT + 40 * DAY)
    assert queries.current_draft(owed) is not None and not SentBack.objects.exists()


def test_what_was_written_with_an_emptied_link_goes_back_to_whoever_is_known_to_have_written_it(town: Town) -> None:
    olga = someone("Olga")
    owed = written(town, email="olga@example.org")
    notices_tasks.forget_holders(at=AT + 40 * DAY)
    decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=AT + 40 * DAY)
    link = queries.current_assignment(owed).link
    assert (link.name, link.email) == ("Olga", "olga@example.org")
    decisions.draft(owed=owed, reason_code="adapted", words="In May.", by=link, at=AT + 40 * DAY)
    notices_tasks.forget_holders(at=AT + 80 * DAY)
    type(olga).objects.filter(pk=olga.pk).update(contact_is_unsafe=True)
    with pytest.raises(decisions.WriterUnknown):
        decisions.send_back(owed=owed, words="Which year?", by=town.dev, at=AT + 80 * DAY)


def test_a_writer_who_left_the_desk_is_not_told_of_what_they_cannot_do(town: Town) -> None:
    owed = written(town, by=town.cara)
    town.cara.roles.update(until_on=AT.date())
    with pytest.raises(decisions.WriterLeft):
        decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=AT + DAY)
    assert queries.current_draft(owed) is not None and not Notice.objects.filter(to=town.cara).exists()
    offered = decisions.assign(owed=owed, name="Oona", email="oona@example.org", by=town.dev, at=AT + DAY)
    assert queries.current_assignment(owed).link == offered.link, "the convenor can ask another"


def test_what_was_given_to_somebody_else_since_comes_back_to_nobody(town: Town) -> None:
    owed = written(town, by=town.cara)
    decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=AT + DAY)
    assert "came back to you" in queries.waiting_for(town.cara, AT)[0].what
    decisions.assign(owed=owed, name="Oona", email="oona@example.org", by=town.dev, at=AT + 2 * DAY)
    assert queries.holdings([owed], on=AT.date())[owed.pk].holder == "Oona"
    assert "somebody has been asked to write" in queries.waiting_for(town.cara, AT)[0].what


def test_a_form_s_number_brings_no_second_note_and_no_note_about_another_promise(town: Town) -> None:
    owed, other, number = written(town, by=town.cara), written(town, by=town.cara), uuid4()
    sent = {"owed": owed, "words": "Say which month.", "by": town.dev, "at": AT, "sent_as": number}
    first = decisions.send_back(**sent)
    assert decisions.send_back(**sent) == first
    stella = someone("Stella", "steward")
    for twisted in ({"words": "Say which year."}, {"owed": other}, {"by": stella}):
        with pytest.raises(decisions.SentBackBefore):
            decisions.send_back(**{**sent, **twisted})
    decisions.draft(owed=owed, reason_code="adapted", words="In May.", by=town.cara, at=AT)
    assert decisions.send_back(**sent) == first, "though there is a new draft"
    assert queries.current_draft(owed) is not None and queries.current_draft(other) is not None
    assert SentBack.objects.count() == 1
    refused = as_(town.dev).post(
        reverse("decisions:send_back", args=[owed.pk]), {"words": "Say which year.", "sent_as": str(number)}
    )
    assert refused.status_code == 422 and "with another note in it" in refused.content.decode()


def test_a_correction_that_goes_back_leaves_the_answer_standing(town: Town) -> None:
    owed = written(town)
    decisions.clear(owed=owed, by=town.dev, at=AT)
    answer = decisions.publish(owed=owed, by=town.dev, at=AT)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.cara, at=AT, corrects=answer)
    decisions.send_back(owed=owed, words="Not yet.", by=town.dev, at=AT)
    assert of(owed).state == Owed.State.ANSWERED and queries.latest_answer(owed) == answer


def test_the_note_is_a_step_that_the_writer_and_the_desk_read_and_nobody_else(town: Town) -> None:
    olga = someone("Olga")
    owed = written(town, email="olga@example.org")
    returned = decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=AT)

    def quote(person) -> str:
        return telling.lines([returned.step], person=person)[0].quote

    assert quote(olga) == quote(town.cara) == "Say which month."
    assert quote(town.nia) == quote(town.tom) == quote(None) == ""


def test_a_note_is_sent_back_on_the_page_once(town: Town) -> None:
    owed, dev = written(town, at=timezone.now()), as_(town.dev)
    page, see_to = reverse("decisions:send_back", args=[owed.pk]), reverse("decisions:see_to", args=[owed.pk])
    assert b"Send it back with a note" in dev.get(see_to).content
    sent = {"words": "Say which month.", "sent_as": str(uuid4())}
    assert dev.post(page, {**sent, "words": ""}).status_code == 422
    for _click in range(2):
        assert dev.post(page, sent).status_code == 302
    assert SentBack.objects.count() == 1 and Assignment.objects.count() == 2
    assert b"Say which month." in dev.get(see_to).content
    public = Client().get(owed.get_absolute_url()).content
    assert b"Say which month." not in public and b"Somebody has been asked to answer" in public
    assert as_(town.nia).post(page, sent).status_code == 403


def test_the_fresh_link_shows_the_note_and_what_was_written(town: Town, client) -> None:
    now = timezone.now()
    owed = written(town, at=now)
    decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=now)
    shown = client.get(notices.offered(queries.current_assignment(owed).link).path).content.decode()
    assert "Say which month." in shown and "In part.</textarea>" in shown


def test_people_take_the_notes_that_they_gave_and_what_they_wrote_with_a_link(town: Town) -> None:
    owed = written(town, email="dev@example.org")
    decisions.send_back(owed=owed, words="Say which month.", by=town.cara, at=AT)
    mine, devs = (exporters.everything_of(person)["decisions"] for person in (town.cara, town.dev))
    assert [each["words"] for each in mine["notes you sent answers back with"]] == ["Say which month."]
    assert [each["words"] for each in devs["answers you wrote"]] == ["In part."]
    assert not devs["notes you sent answers back with"] and not mine["answers you wrote"]


# -- two people


def erased_again(town: Town) -> object:
    """Olga wrote it, asked to be forgotten, and came back under the address that she had."""
    olga = someone("Olga", "convenor")
    owed = written(town, email="olga@example.org")
    people.erase(person=olga, by=SYSTEM, at=AT + DAY)
    return owed, someone("Olga", "convenor")


def test_whoever_was_forgotten_and_came_back_does_not_clear_what_they_wrote(town: Town) -> None:
    owed, olga = erased_again(town)
    assert not Link.objects.filter(email="olga@example.org").exists()
    with pytest.raises(decisions.NotTheDrafter):
        decisions.clear(owed=owed, by=olga, at=AT + DAY)
    decisions.clear(owed=owed, by=town.dev, at=AT + DAY)


def test_an_emptied_link_does_not_let_its_holder_clear_what_they_wrote(town: Town) -> None:
    owed = written(town, email="DEV@example.org")
    notices_tasks.forget_holders(at=AT + 40 * DAY)
    assert Link.objects.get().email == ""
    with pytest.raises(decisions.NotTheDrafter):
        decisions.clear(owed=owed, by=town.dev, at=AT + 40 * DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.update(cleared_by=town.dev.ref, cleared_at=AT)


def test_a_new_address_or_a_new_key_hides_no_writer(town: Town, settings) -> None:
    owed = written(town, email="dev@example.org")
    Link.objects.update(name="", email="")
    type(town.dev).objects.filter(pk=town.dev.pk).update(email="new@example.org")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the new key"
    town.dev.refresh_from_db()
    assert queries.is_drafter(town.dev, queries.current_draft(owed)), "known as a person"
    later = someone("Later")
    type(later).objects.filter(pk=later.pk).update(email="dev@example.org")
    later.refresh_from_db()
    assert queries.is_drafter(later, queries.current_draft(owed)), "known by the address"
    assert not queries.is_drafter(town.cara, queries.current_draft(owed))
    assert "dev@" not in str(list(Draft.objects.values()))


def test_by_which_address_it_was_written_is_kept_until_the_answer_is_out(town: Town) -> None:
    owed = written(town)
    decisions.send_back(owed=owed, words="Say which month.", by=town.dev, at=AT)
    fresh = queries.current_assignment(owed).link
    decisions.draft(owed=owed, reason_code="adapted", words="In May.", by=fresh, at=AT)
    drafts = Draft.objects.filter(owed=owed)

    def refused(rows, digest: str) -> bool:
        try:
            with transaction.atomic():
                rows.update(writer_digest=digest)
        except DatabaseError as refusal:
            return "a writer is forgotten only when the answer is out" in str(refusal)
        return False

    assert drafts.exclude(writer_digest="").count() == 2
    assert refused(drafts, ""), "there is a check to come"
    decisions.clear(owed=owed, by=town.dev, at=AT)
    answer = decisions.publish(owed=owed, by=town.dev, at=AT)
    assert set(drafts.values_list("writer_digest", flat=True)) == {""}
    assert refused(drafts, "0" * 64)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.cara, at=AT, corrects=answer)
    correction = drafts.filter(is_current=True)
    assert refused(correction, "") and refused(correction, "0" * 64)
    with pytest.raises(decisions.NotTheDrafter):
        decisions.clear(owed=owed, by=town.cara, at=AT)


# -- who is told, who has it


def test_whoever_asked_is_told_that_the_answer_has_to_be_checked(town: Town) -> None:
    owed = written(town)
    [told] = Notice.objects.filter(about__kind="decisions.written")
    assert told.to == town.cara
    assert telling.lines([told.about], person=town.nia)[0].is_hidden
    assert "Lamps in Oak Park" in telling.lines([told.about], person=town.cara)[0].title
    assert told.about.pk not in [step.pk for step in owed.step.effects.all()]


def test_where_whoever_asked_wrote_it_all_who_may_check_are_told(town: Town) -> None:
    stella = someone("Stella", "steward")
    written(town, by=town.cara)
    told = Notice.objects.filter(about__kind="decisions.written")
    assert {notice.to for notice in told} == {town.dev, stella}


def test_the_desk_names_who_has_it_and_who_may_check_it(town: Town) -> None:
    owed = written(town, by=town.cara)
    for page in (reverse("decisions:desk"), reverse("decisions:see_to", args=[owed.pk]), owed.get_absolute_url()):
        assert "Written by Cara. To be checked by Dev" in as_(town.dev).get(page).content.decode(), page
    assert "Somebody else checks what was written" in Client().get(owed.get_absolute_url()).content.decode()
    assert "That can be Dev." in as_(town.cara).get(reverse("decisions:see_to", args=[owed.pk])).content.decode()
    decisions.clear(owed=owed, by=town.dev, at=AT)
    assert "Checked. To be published by Cara or Dev" in as_(town.dev).get(reverse("decisions:desk")).content.decode()


def test_the_step_that_asks_for_a_check_leads_to_the_desk(town: Town) -> None:
    owed = written(town)
    step = Notice.objects.get(about__kind="decisions.written").about
    shown = as_(town.cara).get(reverse("thread:step", args=[step.uuid])).content.decode()
    assert reverse("decisions:see_to", args=[owed.pk]) in shown
    assert Client().get(reverse("thread:step", args=[step.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", "Lamps in Oak Park: nobody has been asked to answer yet"),
        ("assigned", "Lamps in Oak Park: somebody has been asked to write the answer"),
        ("drafted", "Lamps in Oak Park: check the answer that was written"),
        ("cleared", "Lamps in Oak Park: publish the answer"),
    ],
)
def test_my_day_says_what_it_is_about_first(town: Town, state: str, said: str) -> None:
    owe(town, title="Lamps in Oak Park")
    Owed.objects.update(state=state)
    assert [each.what for each in queries.waiting_for(town.cara, AT)] == [said]


def test_my_day_names_what_has_no_title_by_what_it_was_promised_for(town: Town) -> None:
    owe(town)
    assert queries.waiting_for(town.cara, AT)[0].what == "Something was said: nobody has been asked to answer yet"


def test_my_day_tells_the_writer_that_another_has_to_check(town: Town) -> None:
    written(town, by=town.cara)
    assert "somebody else has to check the answer that you wrote" in queries.waiting_for(town.cara, AT)[0].what


# -- nobody is asked twice


def test_a_double_click_asks_an_officer_once(town: Town) -> None:
    owed, number = owe(town), uuid4()
    asked = {"owed": owed, "name": "Oona", "by": town.cara, "at": AT, "sent_as": number}
    first = decisions.assign(email="Oona@example.org", **asked)
    assert decisions.assign(email="Oona@example.org", **asked) == first
    assert Link.objects.get().withdrawn_at is None and Notice.objects.count() == 1
    other = owe(town, title="Benches")
    for twisted in (
        {"email": "piotr@example.org"},
        {"email": "oona@example.org", "name": "Una"},
        {"email": "oona@example.org", "by": town.dev},
        {"email": "oona@example.org", "owed": other},
    ):
        with pytest.raises(decisions.AskedBefore):
            decisions.assign(**{**asked, **twisted})
    assert Link.objects.get().withdrawn_at is None and Notice.objects.count() == 1
    assert of(other).state == Owed.State.OPEN


def test_the_form_at_the_desk_is_sent_once(town: Town) -> None:
    owed, cara = owe(town, at=timezone.now()), as_(town.cara)
    sent = {"name": "Oona", "email": "oona@example.org", "sent_as": str(uuid4())}
    for _click in range(2):
        assert cara.post(reverse("decisions:assign", args=[owed.pk]), sent).status_code == 302
    assert Assignment.objects.count() == 1


# -- what an officer is told


def test_the_mail_says_what_is_asked_by_whom_for_how_many_and_by_when(town: Town) -> None:
    owed = owe(town, title="Lamps in Oak Park")
    decisions.assign(owed=owed, name="Oona", email="oona@example.org", by=town.cara, at=AT)
    delivery.sweep(at=AT)
    [sent] = mail.outbox
    for words in (
        "Cara asks you to write an answer.",
        "Lamps in Oak Park",
        "2 people wait for it.",
        "The answer is due by 16 March 2026.",
        "The link is for this one answer.",
        "When you have sent your answer, it closes.",
    ):
        assert words in sent.body
    assert "by 16 March 2026" in sent.subject and "Lamps" not in sent.subject


def test_the_mail_of_what_is_not_public_keeps_its_name_and_its_words(town: Town) -> None:
    owed = owe(town, title="Lamps in Oak Park", is_public=False)
    offered = decisions.assign(owed=owed, name="Oona", email="oona@example.org", by=town.cara, at=AT)
    asked = requests.to_draft(offered.link)
    assert (asked.about, asked.said, asked.note) == ("", (), "")
    assert "16 March 2026" in " ".join(asked.facts)


def test_the_page_of_the_link_is_named_for_what_it_is_about(town: Town, client) -> None:
    now = timezone.now()
    owed = owe(town, title="Lamps in Oak Park", at=now)
    offered = decisions.assign(owed=owed, name="Oona", email="oona@example.org", by=town.cara, at=now)
    shown = client.get(offered.path).content.decode()
    assert "<title>Write an answer: Lamps in Oak Park" in shown
    assert "Cara" in shown and "2 people" in shown and "This link is for this one answer." in shown


def test_what_the_software_asks_by_itself_the_place_asks_on_the_page_and_in_the_mail(town: Town, client) -> None:
    now = timezone.now()
    offered = decisions.assign(owed=owe(town, at=now), name="Oona", email="oona@example.org", by=SYSTEM, at=now)
    place = composing.place_name()
    assert f"{place} asks you to write an answer." in requests.to_draft(offered.link).ask
    shown = client.get(offered.path).content.decode()
    assert f'Who asks you</dt><dd class="govuk-summary-list__value">{place}</dd>' in shown


def test_typical_lines_are_spread_from_the_first_to_the_last(town: Town) -> None:
    owed = owe(town, lines=[(said.ref, None, said) for said in (town.said, town.said_by_tom, owe(town).step)])
    steps = queries.first_lines(owed)
    assert queries.typical_lines(owed) == steps
    assert queries.typical_lines(owed, at_most=2) == [steps[0], steps[-1]]
    assert (queries.covered(owed).things, queries.covered(owed).people) == (3, 3)


def test_somebody_who_said_two_things_waits_as_one(town: Town) -> None:
    owed = owe(town, lines=[(said.ref, town.nia, said) for said in (town.said, town.said_by_tom)])
    assert (queries.covered(owed).things, queries.covered(owed).people) == (2, 1)


def test_nothing_of_a_sending_back_shows_in_the_story_of_what_was_asked(town: Town, client: Client) -> None:
    owed = written(town)
    decisions.send_back(owed=owed, words="Say by when.", by=town.dev, at=AT)
    for page in (owed.get_absolute_url(), reverse("thread:story", args=[town.said.uuid])):
        assert "A step that is not public" not in client.get(page).content.decode()
    page = as_(town.cara).get(reverse("decisions:see_to", args=[owed.pk])).content.decode()
    assert "Say by when." in page, "the desk keeps it"
