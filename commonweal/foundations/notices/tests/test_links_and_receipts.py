import hashlib
from collections import Counter
from datetime import timedelta
from threading import Barrier, Thread
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import delivery, queries, tasks, tokens, wording
from commonweal.foundations.notices.actions.letters import LetterNotWaiting
from commonweal.foundations.notices.models import Follow, Link, Notice, Receipt, Wishes, WrongGuess
from commonweal.foundations.people import actions as people
from commonweal.foundations.verbs.refs import SYSTEM

from .conftest import AT, DAY, news, someone


def offered(**also) -> notices.OfferedLink:
    step = news()
    given = {
        "purpose": "tests.purpose",
        "subject": step,
        "name": "Oona Officer",
        "email": "oona@example.org",
        "by": step,
        "because": step,
        "at": AT,
        "expires_at": AT + 7 * DAY,
    }
    return notices.offer_link(**{**given, **also})


# -- links


def test_a_link_is_mailed_and_its_token_is_stored_nowhere(db) -> None:
    given = offered()
    delivery.sweep(at=AT)
    assert given.address in mail.outbox[0].body
    assert given.token not in str(list(Link.objects.values())) + str(list(Notice.objects.values()))
    assert Link.objects.get().token_digest == hashlib.sha256(given.token.encode()).hexdigest()


def test_a_token_opens_its_own_link_and_a_forged_one_opens_nothing(db, settings) -> None:
    given = offered()
    assert queries.link_of(given.token) == given.link
    assert queries.link_of(given.token[:-1] + ("a" if given.token[-1] != "a" else "b")) is None
    settings.SECRET_KEY = "another"
    assert tokens.token_for(given.link.pk) != given.token


def test_a_link_is_used_once(db) -> None:
    given = offered()
    notices.use(link=given.link, at=AT + DAY)
    with pytest.raises(notices.LinkAlreadyUsed):
        notices.use(link=given.link, at=AT + DAY)


def test_who_held_a_link_is_forgotten_thirty_days_after_it_is_over(db) -> None:
    used, ran_out, withdrawn, still_open = offered(), offered(), offered(), offered(expires_at=AT + 90 * DAY)
    notices.use(link=used.link, at=AT + DAY)
    notices.withdraw(link=withdrawn.link, by=withdrawn.link.because, at=AT + DAY)
    over = [used.link.pk, ran_out.link.pk, withdrawn.link.pk]

    tasks.catch_up(at=AT + 31 * DAY)
    assert Link.objects.filter(email="oona@example.org").count() == 4
    tasks.catch_up(at=AT + 38 * DAY)
    assert not Link.objects.filter(pk__in=over).exclude(name="", email="").exists()
    assert Link.objects.get(pk=still_open.link.pk).name == "Oona Officer"
    assert queries.link_of(used.token) == used.link, "that it was held, and its id, stay"


def test_a_link_runs_out_and_can_be_withdrawn(db) -> None:
    one, other = offered(), offered()
    with pytest.raises(notices.LinkRanOut):
        notices.use(link=one.link, at=AT + 7 * DAY)
    notices.withdraw(link=other.link, by=other.link, at=AT)
    with pytest.raises(notices.LinkWithdrawn):
        notices.use(link=other.link, at=AT)


def test_a_link_that_ran_out_before_its_mail_went_is_not_mailed(db) -> None:
    offered()
    delivery.sweep(at=AT + 8 * DAY)
    assert mail.outbox == []


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_eight_clicks_at_once_one_saves() -> None:
    given, line, saved = offered(), Barrier(8), []

    def click() -> None:
        try:
            line.wait(timeout=20)
            notices.use(link=Link.objects.get(pk=given.link.pk), at=AT)
            saved.append(1)
        except notices.LinkAlreadyUsed:
            pass
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(saved) == 1


# -- receipts


def test_the_word_list_has_2048_short_plain_words() -> None:
    words = wording.all_words()
    assert len(words) == len(set(words)) == 2048
    assert all(word.isascii() and word.isalpha() and word.islower() and 2 < len(word) < 10 for word in words)


def test_a_receipt_is_four_words_that_open_it_and_are_stored_nowhere(db, monkeypatch) -> None:
    # Drawn words may be as short as 'key', which a row's own description holds too: these four are in nothing else.
    monkeypatch.setattr(wording, "draw", lambda: "harbour lantern meadow thimble")
    given = notices.receipt(subject=news(), at=AT)
    assert len(given.code.split()) == 4
    opened = notices.open_receipt(typed=f"  {given.code.upper().replace(' ', ', ')}. ", whence="here", at=AT)
    assert opened == given.receipt
    assert not any(word in str(list(Receipt.objects.values())) for word in given.code.split())


def test_who_gave_a_receipt_is_written_down_and_its_words_are_not(db) -> None:
    clerk, said = someone("Clerk"), news()
    given = notices.receipt(subject=said, at=AT, by=clerk)
    entry = Entry.objects.get(verb="notices.receipt")
    assert (entry.by, entry.subject, entry.facts) == (clerk.ref, given.receipt.ref, {"for": str(said.ref)})
    notices.receipt(subject=said, at=AT)
    assert Entry.objects.filter(verb="notices.receipt", by=SYSTEM).count() == 1


def test_a_receipt_survives_a_change_of_the_secret_key(db, settings) -> None:
    given = notices.receipt(subject=news(), at=AT)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the new key"
    assert notices.open_receipt(typed=given.code, whence="here", at=AT) == given.receipt


def test_words_are_drawn_evenly() -> None:
    drawn = Counter(word for _ in range(4000) for word in wording.draw().split())
    assert len(drawn) > 2000 and max(drawn.values()) < 30


def test_guessing_is_slowed_down_for_the_guesser_alone(db) -> None:
    given = notices.receipt(subject=news(), at=AT)
    for _ in range(10):
        with pytest.raises(notices.NoSuchReceipt):
            notices.open_receipt(typed="apple boat candle drum", whence="there", at=AT)
    with pytest.raises(notices.TooManyGuesses):
        notices.open_receipt(typed=given.code, whence="there", at=AT)
    assert notices.open_receipt(typed=given.code, whence="here", at=AT) == given.receipt
    later = AT + timedelta(minutes=16)
    assert notices.open_receipt(typed=given.code, whence="there", at=later) == given.receipt
    assert WrongGuess.objects.count() == 10


def test_the_qr_code_is_an_svg_without_inline_style(db) -> None:
    drawn = str(notices.receipt(subject=news(), at=AT).qr)
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "style" not in drawn and "<script" not in drawn


# -- letters and failures


def test_a_letter_is_posted_once(db) -> None:
    clerk = someone("Clerk")
    letter = notices.tell(someone(reach="letter"), about=news(), at=AT)
    assert list(queries.letters_waiting()) == [letter]
    notices.post_letter(notice=letter, by=clerk, at=AT)
    with pytest.raises(LetterNotWaiting):
        notices.post_letter(notice=letter, by=clerk, at=AT)
    assert not queries.letters_waiting().exists()


def test_erasing_a_person_takes_their_name_out_of_links_and_what_they_follow(db) -> None:
    oona = someone("Oona")
    given = offered()
    notices.follow(step=news(), by=oona, at=AT)
    people.erase(person=oona, by=SYSTEM, at=AT)
    given.link.refresh_from_db()
    assert (given.link.name, given.link.email) == ("", "")
    with pytest.raises(notices.LinkWithdrawn):
        notices.use(link=given.link, at=AT)
    assert not Follow.objects.exists() and not Wishes.objects.exists()


def test_each_open_link_that_closes_with_its_holder_is_written_down(db) -> None:
    oona = someone("Oona")
    used, ran_out, still_open = offered(), offered(expires_at=AT + DAY), offered()
    notices.use(link=used.link, at=AT)
    people.erase(person=oona, by=SYSTEM, at=AT + 2 * DAY)
    entry = Entry.objects.get(verb="notices.withdraw")
    assert (entry.subject, entry.by, entry.happened_at) == (still_open.link.ref, SYSTEM, AT + 2 * DAY)
    assert entry.facts == {"because": "forgotten"}
    ran_out.link.refresh_from_db()
    assert ran_out.link.withdrawn_at is None


# -- what waits for whoever sees to the post


def test_letters_and_lost_messages_wait_for_whoever_sees_to_the_post(db) -> None:
    clerk = someone("Clerk", role="convenor")
    assert queries.waiting_for(clerk, AT) == []
    for number in range(2):
        notices.tell(someone(f"P{number}", reach="letter"), about=news(), at=AT + number * DAY)
    notices.tell(someone("Lost", email=""), about=news(), at=AT)
    delivery.sweep(at=AT)
    waiting = queries.waiting_for(clerk, AT)
    assert [each.what for each in waiting] == ["2 letters to print and post", "1 message did not arrive"]
    assert [each.since for each in waiting] == [AT, AT]
    assert [reverse(each.page, args=each.args) for each in waiting] == ["/notices/letters/", "/notices/failures/"]
    assert queries.waiting_for(someone("Reader"), AT) == []
