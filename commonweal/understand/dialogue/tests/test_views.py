from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commonweal.foundations.decisions import actions as answers
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Contribution, Conversation, Theme

from .conftest import AT, House, sending, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(name: str, record: Any = None) -> str:
    return reverse(f"dialogue:{name}", args=[record.pk] if record else [])


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


@pytest.fixture
def theme(house: House) -> Theme:
    return dialogue.gather(contributions=[house.say()], title="Light", by=house.cleo, at=AT)


# -- reading


def test_conversations_says_when_there_is_none(client: Client) -> None:
    assert "There is no conversation yet" in shown(client, url("conversations"))


def test_conversations_lists_what_is_open(client: Client, house: House) -> None:
    assert "How should the canal path feel at night?" in shown(client, url("conversations"))


def test_conversation_shows_question_reason_promise_and_words(client: Client, house: House) -> None:
    house.say("More lamps & <3 please")
    page = shown(client, url("conversation", house.conversation))
    assert "Two people fell there in January." in page
    assert "answers every suggestion by May" in page
    assert "More lamps &amp; &lt;3 please" in page
    assert "Ada Invented" not in page


def test_conversation_says_when_nobody_spoke(client: Client, house: House) -> None:
    assert "Nobody has said anything yet" in shown(client, url("conversation", house.conversation))


def test_conversation_tells_strangers_to_sign_in_and_residents_what_becomes_public(
    client: Client, house: House
) -> None:
    assert "Sign in, so that we can tell you" in shown(client, url("conversation", house.conversation))
    page = shown(signed_in(house.ada), url("conversation", house.conversation))
    assert "What becomes public:" in page
    assert "I have read what becomes public." in page
    house.say()
    assert "I have read what becomes public." not in shown(
        signed_in(house.ada), url("conversation", house.conversation)
    )


def test_conversation_that_is_closed_takes_nothing(house: House) -> None:
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    page = shown(signed_in(house.ada), url("conversation", house.conversation))
    assert "It takes no more suggestions" in page
    assert "<textarea" not in page


def test_conversation_that_is_not_there_is_404(client: Client) -> None:
    assert client.get(reverse("dialogue:conversation", args=[uuid4()])).status_code == 404


def test_conversation_shows_fifty_of_a_thousand_in_few_questions(
    client: Client, house: House, django_assert_max_num_queries: Any
) -> None:
    many(house, 1_000)
    with django_assert_max_num_queries(12):
        page = shown(client, url("conversation", house.conversation))
    assert page.count('class="cw-suggestion"') == 50
    assert "Showing 1 to 50 of 1000" in page.replace(",", "")
    with django_assert_max_num_queries(12):
        shown(client, url("conversation", house.conversation) + "?page=20")


def test_conversation_asks_no_more_questions_for_more_rows(
    client: Client, house: House, django_assert_num_queries: Any
) -> None:
    shown(client, url("conversation", house.conversation))
    said = [house.say("Only one")]
    few = questions(client, url("conversation", house.conversation))
    said += [house.say(f"Number {number}", shows_name=True) for number in range(30)]
    dialogue.gather(contributions=said[:9], title="Light", by=house.cleo, at=AT)
    more = questions(client, url("conversation", house.conversation))
    assert more <= few + 1  # the themes of the suggestions, asked once there are any


def questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        shown(client, address)
    return len(asked)


def many(house: House, count: int) -> None:
    said = house.say()
    words = said.words
    Contribution.objects.bulk_create(
        Contribution(
            conversation=house.conversation, channel="page", words=words, person=house.ada, given_on=AT.date(),
            kept_at=AT + timedelta(seconds=number), step=said.step,
        )
        for number in range(count - 1)
    )  # fmt: skip


def test_what_is_held_back_shows_nowhere_public(client: Client, house: House) -> None:
    said = house.say("My neighbour at number 9 drinks")
    theme = dialogue.gather(contributions=[said], title="Quiet", by=house.cleo, at=AT)
    dialogue.hold(contribution=said, by=house.cleo, reason="personal", at=AT)
    for address in (
        url("conversation", house.conversation),
        url("theme", theme),
        reverse("thread:step", args=[said.step.uuid]),
        reverse("thread:story", args=[said.step.uuid]),
    ):
        assert "number 9" not in shown(client, address)
    assert client.get(url("contribution", said)).status_code == 404
    assert signed_in(house.ben).get(url("contribution", said)).status_code == 404
    own = shown(signed_in(house.ada), url("contribution", said))
    assert "It tells private things about somebody" in own
    assert "number 9" in own
    assert "Show it again" in shown(signed_in(house.cleo), url("contribution", said))


def test_contribution_tells_its_author_what_became_of_it(house: House, theme: Theme) -> None:
    said = Contribution.objects.get()
    page = shown(signed_in(house.ada), url("contribution", said))
    assert "What became of your suggestion" in page
    assert "An answer is due by" in page
    assert "Suggestions were put together: Light (1)" in page
    assert "What became of your suggestion" not in shown(Client(), url("contribution", said))


def test_conversation_shows_a_person_what_they_said_also_what_is_held_back(house: House) -> None:
    dialogue.hold(contribution=house.say("My own words"), by=house.cleo, reason="unkind", at=AT)
    page = shown(signed_in(house.ada), url("conversation", house.conversation))
    assert "What you said" in page and "My own words" in page and "Held back" in page
    assert "My own words" not in shown(signed_in(house.ben), url("conversation", house.conversation))


# -- making a suggestion


def test_suggest_keeps_it_and_shows_its_own_line(house: House) -> None:
    response = signed_in(house.ada).post(url("suggest", house.conversation), sending())
    said = Contribution.objects.get()
    assert response.status_code == 302
    assert response["Location"] == url("contribution", said)
    assert (said.words.text, said.shows_name, said.person) == ("Light the path", False, house.ada)


def test_suggest_sends_a_stranger_to_sign_in(client: Client, house: House) -> None:
    response = client.post(url("suggest", house.conversation), sending())
    assert response.status_code == 302
    assert reverse("people:sign_in") in response["Location"]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"words": ""}, "Write something first."),
        ({"words": "x" * 2_001}, "That is 1 letter too long. You can use 2,000."),
        ({"words": "x" * 5_000}, "That is 3,000 letters too long. You can use 2,000."),
        ({"words": "a\u202eb"}, "There are hidden signs in your text that turn the direction of words around (U+202E)"),
        ({"words": "a\x07b"}, "There are hidden signs in your text that we cannot keep (U+0007)"),
        ({"words": "Look <script>alert(1)</script>"}, "Leave out “&lt;script&gt;”. Write plain words, please."),
        ({"shows_name": ""}, "Choose whether others may see your name."),
        ({"has_read": ""}, "Read what becomes public, and tick the box."),
    ],
)
def test_suggest_says_what_is_wrong_and_keeps_what_was_typed(house: House, sent: dict[str, str], told: str) -> None:
    response = signed_in(house.ada).post(url("suggest", house.conversation), sending(**sent))
    assert response.status_code == 422
    page = response.content.decode()
    assert told in page
    assert "There is a problem" in page
    assert not Contribution.objects.exists()


def test_suggest_refuses_a_conversation_that_closed_meanwhile(house: House) -> None:
    client = signed_in(house.ada)
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    response = client.post(url("suggest", house.conversation), sending())
    assert response.status_code == 422
    assert "does not take suggestions now" in response.content.decode()


def test_suggest_keeps_a_double_click_once(house: House) -> None:
    client, sent = signed_in(house.ada), sending()
    one, other = (client.post(url("suggest", house.conversation), sent) for _ in range(2))
    assert one["Location"] == other["Location"]
    assert Contribution.objects.count() == 1


def test_suggest_refuses_a_forged_number(house: House) -> None:
    response = signed_in(house.ada).post(url("suggest", house.conversation), sending(sent_as="1 OR 1=1"))
    assert response.status_code == 422


# -- keying in


def keyed_in(**more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "words": "More benches", "channel": "paper", "given_on_day": today.day, "given_on_month": today.month,
        "given_on_year": today.year, "on_word_of": "A card", "name": "Edna Invented", "postal_address": "",
        "sent_as": str(uuid4()),
    } | more  # fmt: skip


def test_key_in_shows_the_receipt_once(house: House) -> None:
    client, sent = signed_in(house.cleo), keyed_in()
    page = client.post(url("key_in", house.conversation), sent).content.decode()
    assert "With these four words" in page
    assert "<svg" in page
    again = client.post(url("key_in", house.conversation), sent).content.decode()
    assert "This form was sent before" in again
    assert Contribution.objects.get().channel == "paper"


def test_key_in_is_for_convenors(house: House) -> None:
    assert signed_in(house.ada).get(url("key_in", house.conversation)).status_code == 403
    assert signed_in(house.ada).post(url("key_in", house.conversation), keyed_in()).status_code == 403


def test_key_in_refuses_a_day_that_is_none(house: House) -> None:
    response = signed_in(house.cleo).post(url("key_in", house.conversation), keyed_in(given_on_month="13"))
    assert response.status_code == 422
    assert "This must be a real date" in response.content.decode()


def test_a_receipt_opens_the_line_also_of_what_is_held_back(house: House) -> None:
    kept = dialogue.key_in(
        conversation=house.conversation, words="More benches", given_on=AT.date(), on_word_of="Card",
        by=house.cleo, at=AT,
    )  # fmt: skip
    dialogue.hold(contribution=kept.contribution, by=house.cleo, reason="off_topic", at=AT)
    response = Client().post(reverse("notices:receipt"), {"words": kept.code}, follow=True)
    page = response.content.decode()
    assert "What became of your suggestion" in page
    assert "It is not about this question" in page


# -- convenors


def test_open_makes_a_conversation_from_a_lesson(house: House) -> None:
    because = house.say().step
    council = organisations.found(name="Invented Council", kind="council", by=house.cleo, at=AT, is_invented=True)
    sent = {
        "question": "And now?",
        "why": "We learned.",
        "promise": "We will.",
        "promised_by": str(council.pk),
        "promised_until": "2099-06-01",
        "sent_as": str(uuid4()),
    }
    response = signed_in(house.cleo).post(f"{url('open')}?because={because.uuid}", sent)
    opened = Conversation.objects.get(question="And now?")
    assert response["Location"] == url("conversation", opened)
    assert list(opened.step.causes.all()) == [because]


def test_open_refuses_an_unknown_cause_and_a_missing_promise(house: House) -> None:
    client = signed_in(house.cleo)
    assert client.get(f"{url('open')}?because={uuid4()}").status_code == 404
    assert client.get(f"{url('open')}?because=nonsense").status_code == 404
    response = client.post(url("open"), {"question": "Q?", "why": "W", "promise": "", "sent_as": str(uuid4())})
    assert response.status_code == 422


def test_open_is_for_convenors(client: Client, house: House) -> None:
    assert client.get(url("open")).status_code == 302
    assert signed_in(house.ada).get(url("open")).status_code == 403


def test_close_ends_it(house: House) -> None:
    signed_in(house.cleo).post(url("close", house.conversation))
    assert Conversation.objects.get().closed_at is not None


def test_hold_asks_for_a_reason(house: House) -> None:
    said = house.say()
    client = signed_in(house.cleo)
    assert client.post(url("hold", said), {"reason": "because"}).status_code == 422
    assert client.post(url("hold", said), {"reason": "unkind"}).status_code == 302
    assert Contribution.objects.get().is_held
    client.post(url("release", said))
    assert not Contribution.objects.get().is_held


def test_hold_is_for_convenors(house: House) -> None:
    said = house.say()
    assert signed_in(house.ada).post(url("hold", said), {"reason": "unkind"}).status_code == 403


def test_desk_puts_suggestions_together(house: House) -> None:
    said = [house.say("One"), house.say("Two"), house.say("Three")]
    client = signed_in(house.cleo)
    assert "Three" in shown(client, url("desk"))
    sent = {
        "contributions": [each.pk for each in said[:2]], "title": "Light", "working_days": "10", "theme": "",
        "sent_as": str(uuid4()),
    }  # fmt: skip
    response = client.post(url("desk"), sent)
    theme = Theme.objects.get()
    assert response["Location"] == url("theme", theme)
    assert client.post(url("desk"), sent)["Location"] == url("theme", theme)
    assert Theme.objects.count() == 1
    page = shown(client, f"{url('desk')}?conversation={house.conversation.pk}")
    assert "Three" in page and "Two" not in page
    more = {
        "contributions": [said[2].pk],
        "theme": theme.pk,
        "title": "",
        "working_days": "10",
        "sent_as": str(uuid4()),
    }
    assert client.post(url("desk"), more)["Location"] == url("theme", theme)
    assert "Every suggestion is in a theme" in shown(client, url("desk"))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"contributions": []}, "Tick at least one suggestion first."),
        ({"title": ""}, "Name the theme, or choose one that is there."),
        ({"working_days": "0"}, "Give at least 1 working day."),
        ({"contributions": [str(uuid4())]}, "Somebody else has seen to one of these."),
        ({"contributions": ["forged"]}, "is not a valid UUID"),
    ],
)
def test_desk_says_what_is_wrong(house: House, sent: dict[str, Any], told: str) -> None:
    given = {"contributions": [house.say().pk], "title": "Light", "working_days": "10", "sent_as": str(uuid4())}
    response = signed_in(house.cleo).post(url("desk"), given | sent)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Theme.objects.exists()


def test_desk_is_for_convenors(client: Client, house: House) -> None:
    assert client.get(url("desk")).status_code == 302
    assert signed_in(house.ada).get(url("desk")).status_code == 403


def test_theme_goes_from_owed_to_answered(house: House, theme: Theme) -> None:
    assert "See to the answer" not in shown(Client(), url("theme", theme))
    assert reverse("decisions:see_to", args=[theme.owed.pk]) in shown(signed_in(house.cleo), url("theme", theme))
    until = theme.owed.due_on + timedelta(days=9)
    answers.extend(owed=theme.owed, until=until, because_words="The survey is late.", by=house.cleo, at=AT)
    assert "The survey is late." in shown(Client(), url("theme", theme))
    answers.draft(owed=theme.owed, reason_code="adopted", words="Yes, six lamps.", by=house.cleo, at=AT)
    assert "six lamps" not in shown(Client(), url("theme", theme))
    answers.clear(owed=theme.owed, by=house.dan, at=AT)
    answers.publish(owed=theme.owed, by=house.dan, at=AT)
    page = shown(Client(), url("theme", theme))
    assert "Yes, six lamps." in page
    assert "Yes: we will do this" in page
    assert "Yes, six lamps." in shown(signed_in(house.ada), url("contribution", Contribution.objects.get()))


def test_theme_and_suggestion_offer_to_tell_others_what_becomes_of_them(house: House, theme: Theme) -> None:
    said, ben = Contribution.objects.get(), signed_in(house.ben)
    for page, step in ((url("theme", theme), theme.step), (url("contribution", said), said.step)):
        assert "Tell me what becomes of this" in shown(ben, page)
        assert "Tell me what becomes of this" not in shown(Client(), page)
        followed = ben.post(reverse("notices:follow", args=[step.uuid]), {"next": page})
        assert followed.headers["Location"] == page
        assert "Stop telling me about this" in shown(ben, page)
    assert "Tell me what becomes of this" not in shown(signed_in(house.ada), url("contribution", said))


def test_pages_ask_few_questions(house: House, theme: Theme, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        shown(Client(), url("conversations"))
    with django_assert_max_num_queries(12):
        shown(Client(), url("theme", theme))
    with django_assert_max_num_queries(12):
        shown(Client(), url("contribution", Contribution.objects.get()))
    cleo = signed_in(house.cleo)
    cleo.get("/privacy/")  # the number in the header is counted here, and kept for a minute
    with django_assert_max_num_queries(20):
        shown(cleo, url("theme", theme))
    with django_assert_max_num_queries(20):
        shown(cleo, url("desk"))


def test_conversation_names_what_made_us_ask_but_not_what_is_not_public(client: Client, house: House) -> None:
    hidden = Step.objects.create(kind="dialogue.hold", subject=house.say().ref, audience="parties", at=AT)
    opened = dialogue.open_conversation(question="And now?", why="W", promise="P", by=house.cleo, because=hidden, at=AT)
    assert "A step that is not public" in shown(client, url("conversation", opened))


def test_an_erased_person_leaves_no_words(house: House) -> None:
    house.say("Light my own front door at number 9", shows_name=True)
    people.erase(person=house.ada, by=house.ada, at=AT)
    page = shown(Client(), url("conversation", house.conversation))
    assert "number 9" not in page
    assert "Ada Invented" not in page
    assert Person.objects.get(pk=house.ada.pk).erased_at is not None


# -- the last day


def ending(house: House, day: datetime) -> Conversation:
    return dialogue.open_conversation(
        question="Which bench?", why="W", promise="P", by=house.cleo, because=None, at=AT, closes_at=day
    )


def test_the_last_day_is_the_day_before_the_midnight_on_which_it_closes(client: Client, house: House) -> None:
    ends = ending(house, timezone.make_aware(datetime.combine(date(2100, 2, 2), time.min)))
    assert ends.last_day == date(2100, 2, 1)
    page = shown(client, url("conversation", ends))
    assert "1 February 2100" in page and "2 February 2100" not in page
    assert "1 February 2100" in shown(client, url("conversations"))


def test_paper_of_the_day_after_the_last_one_is_refused(house: House) -> None:
    ends = ending(house, timezone.make_aware(datetime.combine(date(2026, 3, 5), time.min)))
    given = {"conversation": ends, "words": "A bench", "on_word_of": "Card", "by": house.cleo, "at": AT + 9 * DAY}
    with pytest.raises(dialogue.ConversationIsNotOpen):
        dialogue.key_in(given_on=date(2026, 3, 5), **given)
    assert dialogue.key_in(given_on=date(2026, 3, 4), **given).contribution


def test_what_is_over_takes_only_what_was_said_in_time_and_says_so_at_once(house: House) -> None:
    ends = ending(house, AT + 2 * DAY)
    cleo = signed_in(house.cleo)
    page = shown(cleo, url("conversation", ends))
    assert "Key in a suggestion from paper or phone" not in page
    assert "Key in what came on paper or by phone by 4 March 2026" in page
    assert "This conversation is over. You can only key in what was said by 4 March 2026" in shown(
        cleo, url("key_in", ends)
    )
    assert "This conversation is over" not in shown(cleo, url("key_in", house.conversation))


def test_what_has_not_begun_offers_nothing_to_key_in(house: House) -> None:
    later = dialogue.open_conversation(
        question="Q?", why="W", promise="P", by=house.cleo, because=None, at=AT, opens_at=timezone.now() + 9 * DAY
    )
    cleo = signed_in(house.cleo)
    assert url("key_in", later) not in shown(cleo, url("conversation", later))
    page = shown(cleo, url("key_in", later))
    assert "This conversation begins on" in page and 'name="words"' not in page


# -- how long an answer may take


def promised(house: House, days: int | None) -> Contribution:
    opened = dialogue.open_conversation(
        question="Which bench?", why="W", promise="P", by=house.cleo, because=None, at=AT, answer_within=days
    )
    return house.say("A bench", conversation=opened)


def test_a_theme_may_not_take_longer_than_its_conversation_promised(house: House, client: Client) -> None:
    said = promised(house, 20)
    sent = {"contributions": [str(said.pk)], "title": "Benches", "working_days": "21", "sent_as": str(uuid4())}
    page = signed_in(house.cleo).post(url("desk"), sent).content.decode()
    assert "promised an answer within 20 working days" in page and not Theme.objects.exists()
    signed_in(house.cleo).post(url("desk"), sent | {"working_days": "20"})
    assert Theme.objects.get().contributions.get() == said
    assert "at most 20 working days away" in shown(client, url("conversation", said.conversation))


def test_where_no_number_was_promised_the_convenor_chooses(house: House) -> None:
    dialogue.gather(contributions=[promised(house, None)], title="Benches", by=house.cleo, at=AT, working_days=60)


def test_the_desk_marks_what_has_waited_longer_than_promised(house: House) -> None:
    promised(house, 5)
    assert ">Late</strong>" in shown(signed_in(house.cleo), url("desk"))


def test_the_desk_does_not_call_late_what_is_still_in_time(house: House) -> None:
    opened = dialogue.open_conversation(
        question="Q?", why="W", promise="P", by=house.cleo, because=None, at=AT, answer_within=5
    )
    house.say("A bench", conversation=opened, at=timezone.now())
    house.say("No number was promised here")
    assert ">Late</strong>" not in shown(signed_in(house.cleo), url("desk"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("999", "Choose 260 working days or fewer."),
        ("0", "Give at least 1 working day."),
        ("x", "Write a whole number"),
    ],
)
def test_days_out_of_bounds_are_told_in_our_own_words(house: House, typed: str, told: str) -> None:
    sent = {"contributions": [str(house.say().pk)], "title": "T", "working_days": typed, "sent_as": str(uuid4())}
    page = signed_in(house.cleo).post(url("desk"), sent).content.decode()
    assert told in page and "Ensure this value" not in page


def test_the_link_to_what_became_of_it_says_so_to_everybody(house: House, client: Client) -> None:
    said = house.say("More lamps")
    page = shown(client, url("conversation", house.conversation))
    assert f'href="{said.get_absolute_url()}">See what became of it<' in page
