import re
from datetime import timedelta
from threading import Barrier, Thread
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import delivery, outbox, queries, summaries, tasks
from commonweal.foundations.notices.models import Failure, Notice
from commonweal.foundations.people.models import Person

from .conftest import AT, DAY, DeadServer, KilledAfter, KilledBefore, RefusingServer, news, someone

State = Notice.State


def state_of(notice: Notice) -> str:
    notice.refresh_from_db()
    return notice.state


def test_tell_writes_a_row_and_enqueues_its_sending(nia) -> None:
    notice = notices.tell(nia, about=news(), at=AT)
    task = DBTaskResult.objects.get()
    assert (notice.state, task.task_path) == (State.WAITING, tasks.send_notice.module_path)
    assert mail.outbox == []


def test_what_is_rolled_back_tells_nobody(nia) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notices.tell(nia, about=news(), at=AT)
        raise ZeroDivisionError
    assert not Notice.objects.exists() and not DBTaskResult.objects.exists()


def test_told_twice_it_is_told_once(nia) -> None:
    about = news()
    assert notices.tell(nia, about=about, at=AT) == notices.tell(nia, about=about, at=AT)
    assert DBTaskResult.objects.count() == 1


def test_a_notice_is_sent_once_however_often_its_task_runs(nia) -> None:
    notice = notices.tell(nia, about=news(), at=AT)
    assert [delivery.send(str(notice.pk), at=AT) for _ in range(3)] == [State.SENT, "not ours", "not ours"]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("also", "state"),
    [
        ({"contact_is_unsafe": True}, State.UNSAFE),
        ({"contact_is_unsafe": True, "reach": "letter"}, State.UNSAFE),
        ({"reach": "nothing"}, State.NOT_WANTED),
        ({"reach": "letter"}, State.LETTER),
    ],
)
def test_people_are_reached_their_way_or_not_at_all(db, also, state) -> None:
    notice = notices.tell(someone(**also), about=news(), at=AT)
    assert notice.state == state
    assert delivery.sweep(at=AT) == 0 and mail.outbox == []


@pytest.mark.parametrize("also", [{"contact_is_unsafe": True}, {"reach": "nothing"}])
def test_a_wish_that_changed_while_the_notice_waited_is_kept(nia, also) -> None:
    notice = notices.tell(nia, about=news(), at=AT)
    Person.objects.filter(pk=nia.pk).update(**also)
    assert delivery.send(str(notice.pk), at=AT) in (State.UNSAFE, State.NOT_WANTED)
    assert mail.outbox == []


def test_a_subject_says_nothing_sensitive_and_the_text_says_it_all(nia) -> None:
    own = news()
    notices.tell(nia, about=news(), line=own, at=AT)
    delivery.sweep(at=AT)
    (sent,) = mail.outbox
    assert "diagnosis" not in sent.subject and "diagnosis" in sent.body
    assert "/notices/stop/" in sent.extra_headers["List-Unsubscribe"]


def test_a_step_that_is_not_public_is_not_told_in_words(nia) -> None:
    notices.tell(nia, about=news(audience="plan"), at=AT)
    delivery.sweep(at=AT)
    assert "diagnosis" not in mail.outbox[0].body


def test_the_mail_is_in_the_language_of_its_reader(db) -> None:
    person = someone(language="cy")
    with mock.patch("commonweal.foundations.notices.composing.render_to_string") as render:
        render.side_effect = lambda *a, **k: translation.get_language()
        notices.tell(person, about=news(), at=AT)
        delivery.sweep(at=AT)
    assert mail.outbox[0].body == "cy"


# -- when things break


def test_a_silent_mail_server_loses_nothing(nia, steward, mail_server) -> None:
    mail_server(DeadServer)
    notice = notices.tell(nia, about=news(), at=AT)
    assert delivery.sweep(at=AT) == 1 and state_of(notice) == State.WAITING
    assert delivery.sweep(at=AT) == 0  # its next try is later
    assert queries.late(AT) == 1
    mail_server(EmailBackend)
    assert delivery.sweep(at=AT + timedelta(minutes=5)) == 1
    assert state_of(notice) == State.SENT and len(mail.outbox) == 1


def test_a_refused_address_reaches_a_named_person(nia, steward, mail_server) -> None:
    mail_server(RefusingServer)
    notice = notices.tell(nia, about=news(), at=AT)
    delivery.sweep(at=AT)
    failure = Failure.objects.get()
    assert (state_of(notice), failure.why, failure.responsible) == (State.FAILED, "refused", steward)
    assert list(queries.failures()) == [failure]
    mail_server(EmailBackend)
    delivery.sweep(at=AT)
    assert [sent.to for sent in mail.outbox] == [["stella@example.org"]]


def test_a_failure_to_tell_of_a_failure_ends_there(nia, steward, mail_server) -> None:
    mail_server(RefusingServer)
    notices.tell(nia, about=news(), at=AT)
    for hours in range(5):
        delivery.sweep(at=AT + timedelta(hours=hours))
    assert Failure.objects.count() == 2  # the message, and the steward's own


def test_after_three_days_it_is_given_up_in_the_open(nia, steward, mail_server) -> None:
    mail_server(DeadServer)
    notices.tell(nia, about=news(), at=AT)
    hour = timedelta(hours=1)
    for quarter in range(4 * 24 * 4):
        delivery.sweep(at=AT + quarter * hour / 4)
        if Failure.objects.filter(notice__to=nia).exists():
            break
    assert Failure.objects.get(notice__to=nia).why == "gave_up"
    assert 48 * hour < Failure.objects.get(notice__to=nia).at - AT < 96 * hour


def test_nobody_without_an_address_is_forgotten(db, steward) -> None:
    lost = someone("Lost", email="")
    notices.tell(lost, about=news(), at=AT)
    posted = someone("Posted", email="", postal_address="1 Oak Road")
    notices.tell(posted, about=news(), at=AT)
    delivery.sweep(at=AT)
    assert Failure.objects.get().why == "no_address"
    assert Notice.objects.get(to=posted).state == State.LETTER


def test_a_kill_before_the_mail_went_loses_nothing(nia, mail_server) -> None:
    notice = notices.tell(nia, about=news(), at=AT)
    mail_server(KilledBefore)
    with pytest.raises(KeyboardInterrupt):
        delivery.send(str(notice.pk), at=AT)
    mail_server(EmailBackend)
    assert delivery.sweep(at=AT + timedelta(minutes=5)) == 0  # the claim still stands
    assert delivery.sweep(at=AT + timedelta(minutes=11)) == 1
    assert len(mail.outbox) == 1


def test_a_kill_after_the_mail_went_makes_one_duplicate_and_no_more(nia, mail_server) -> None:
    notice = notices.tell(nia, about=news(), at=AT)
    mail_server(KilledAfter)
    with pytest.raises(KeyboardInterrupt):
        delivery.send(str(notice.pk), at=AT)
    mail_server(EmailBackend)
    for minutes in range(0, 60, 5):
        delivery.sweep(at=AT + timedelta(minutes=minutes))
    assert len(mail.outbox) == 2


# -- two workers


def send_side_by_side(send) -> None:
    """Run `send` in four threads, all past the starting line before any goes on."""
    line = Barrier(4)

    def run() -> None:
        try:
            line.wait(timeout=20)
            send(line)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_four_workers_send_one_notice_once() -> None:
    notice = notices.tell(someone(), about=news(), at=AT)
    send_side_by_side(lambda line: delivery.send(str(notice.pk), at=AT))
    assert len(mail.outbox) == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_looks_before_it_claims_sends_twice() -> None:
    """The control: a twin that reads the state, and then sends, tells the person more than once."""
    notice = notices.tell(someone(), about=news(), at=AT)

    def careless(line: Barrier) -> None:
        is_waiting = Notice.objects.get(pk=notice.pk).state == State.WAITING
        line.wait(timeout=20)
        if is_waiting:
            mail.send_mail("news", "", "x@example.org", ["nia@example.org"])
            Notice.objects.filter(pk=notice.pk).update(state=State.SENT)

    send_side_by_side(careless)
    assert len(mail.outbox) == 4


# -- following and the weekly summary


def test_the_weekly_summary_is_off_until_asked_for(nia) -> None:
    assert notices.tell(nia, about=news(), own=False, at=AT).state == State.NOT_WANTED
    notices.wish(person=nia, weekly=True, by=nia, at=AT)
    assert notices.tell(nia, about=news(), own=False, at=AT).state == State.WAITING
    assert delivery.sweep(at=AT) == 0  # the summary carries it, not a mail of its own


def test_following_tells_once_a_week_what_became_of_a_step(nia) -> None:
    said = news()
    notices.follow(step=said, by=nia, at=AT)
    news(said, at=AT + DAY), news(said, at=AT + DAY), news(said, audience="parties", at=AT + DAY)
    assert summaries.send_due(at=AT + 2 * DAY) == 1
    assert mail.outbox[0].body.count("Lamps") == 2
    news(said, at=AT + 3 * DAY)
    assert summaries.send_due(at=AT + 4 * DAY) == 0
    assert summaries.send_due(at=AT + 10 * DAY) == 1
    assert mail.outbox[1].body.count("Lamps") == 1
    assert summaries.send_due(at=AT + 20 * DAY) == 0  # nothing happened


def test_no_summary_goes_to_somebody_whom_it_has_become_unsafe_to_write_to(nia) -> None:
    notices.wish(person=nia, weekly=True, by=nia, at=AT)
    assert notices.tell(nia, about=news(), own=False, at=AT).state == State.WAITING
    Person.objects.filter(pk=nia.pk).update(contact_is_unsafe=True)
    assert summaries.send_due(at=AT + DAY) == 0
    assert mail.outbox == []


def test_a_long_summary_counts_the_rest(nia) -> None:
    said = news()
    notices.follow(step=said, by=nia, at=AT)
    for _ in range(23):
        news(said)
    summaries.send_due(at=AT)
    assert mail.outbox[0].body.count("Lamps") == 20 and "3 more things" in mail.outbox[0].body


def test_a_summary_that_could_not_go_goes_later(nia, mail_server) -> None:
    said = news()
    notices.follow(step=said, by=nia, at=AT)
    news(said)
    mail_server(DeadServer)
    assert tasks.catch_up(at=AT) == 0
    mail_server(EmailBackend)
    assert tasks.catch_up(at=AT + timedelta(minutes=1)) == 1


def test_a_followed_step_can_be_let_go(nia) -> None:
    said = news()
    notices.follow(step=said, by=nia, at=AT)
    notices.follow(step=said, by=nia, at=AT)
    notices.unfollow(step=said, by=nia, at=AT)
    news(said)
    assert summaries.send_due(at=AT) == 0


def test_the_demonstrations_post_office_writes_files_and_a_line(nia, mail_server, settings, tmp_path, capsys) -> None:
    settings.MAIL_FOLDER = tmp_path
    settings.EMAIL_BACKEND = "commonweal.foundations.notices.mail.ConsoleAndFiles"
    notices.tell(nia, about=news(), at=AT)
    delivery.sweep(at=AT)
    (text,) = tmp_path.glob("*.txt")
    assert re.match(r"To: nia@example.org\nSubject: .+: news for you", text.read_text())
    assert len(list(tmp_path.glob("*.eml"))) == 1
    assert capsys.readouterr().out.count("\n") == 1


def test_the_way_to_a_person_knows_that_safety_comes_first(nia) -> None:
    nia.contact_is_unsafe = True
    assert outbox.way_to(nia, cadence="own", wishes=None) == State.UNSAFE
