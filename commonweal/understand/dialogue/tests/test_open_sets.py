"""Votes go out without names, times, authors or order; never of few; whoever publishes sees first what can be found."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.publishing.packages import Column, Table
from commonweal.methods.reidentification import attack
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import open_data, queries
from commonweal.understand.dialogue.models import (
    Cast,
    Contribution,
    Conversation,
    OpenSet,
    Participant,
    Statement,
    Vote,
)

from .conftest import AT, House, signed_in

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


def voted(house: House, *, people: int = 60, statements: int = 6, alike: bool = False) -> Conversation:
    """A conversation on which people have voted: each their own way, or all the same."""
    conversation, dice = house.conversation, random.Random(3)
    made = []
    for number in range(statements):
        said = house.say(f"Statement {number}", by=house.ada if number else house.ben)
        made.append(Statement.objects.create(conversation=conversation, contribution=said, number=number))
    for number in range(people):
        somebody = Participant.objects.create(conversation=conversation, number=1_000 + number)
        for place, statement in enumerate(made):
            choice = 1 if alike else dice.choice([-1, 0, 1])
            at = AT + timedelta(minutes=number, seconds=place)
            Cast.objects.create(participant=somebody, statement=statement, choice=choice, at=at)
            Vote.objects.create(participant=somebody, statement=statement, choice=choice, at=at)
    return conversation


def closed(house: House, **how: Any) -> Conversation:
    conversation = voted(house, **how)
    dialogue.close(conversation=conversation, by=house.cleo, at=LATER)
    conversation.refresh_from_db()
    return conversation


def publish(house: House, conversation: Conversation, **more: Any) -> OpenSet:
    given: dict[str, Any] = {"reason": "So that all can check the map", "by": house.cleo, "at": LATER, "seed": 1}
    return dialogue.publish_open_set(conversation=conversation, **given | {"all_the_same": True} | more)


def rows(published: OpenSet, name: str = open_data.VOTES) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(queries.package_of(published)[name])))


# -- what is in it


def test_votes_go_out_under_fresh_numbers_and_lose_none(house: House) -> None:
    conversation = closed(house)
    told = rows(publish(house, conversation))
    assert [row["participant"] for row in told] == [str(number) for number in range(1, 61)]
    inside: dict[int, dict[str, str]] = {}
    for person, statement, choice in queries.votes_of(conversation):
        inside.setdefault(person, {})[str(statement)] = str(choice)
    outside = [{key: cell for key, cell in row.items() if key not in open_data.BESIDE and cell} for row in told]
    assert sorted(map(sorted, (each.items() for each in outside))) == sorted(
        map(sorted, (each.items() for each in inside.values()))
    )


def test_the_numbers_are_drawn_by_lot_and_say_nothing_of_ours(house: House) -> None:
    cast = queries.votes_for_an_open_set(closed(house))
    first, second = (open_data.renumbered(cast, lot=random.Random(seed)) for seed in (1, 2))
    assert first != second
    ours = {person for person, _statement, _choice in cast}
    by_ours = sorted((person, statement, choice) for person, statement, choice in cast)
    assert [each[2] for each in by_ours] != [each[2] for each in first]
    assert not ours & {person for person, _statement, _choice in first}


def test_no_time_author_or_person_is_in_any_file(house: House) -> None:
    published = publish(house, closed(house))
    everything = "\n".join(queries.package_of(published).values())
    assert not re.search(r"2026-03-02|10:0\d|Ada|Ben|author-id|timestamp", everything)
    assert not {str(each.uuid) for each in Participant.objects.all()} & set(re.findall(r"[0-9a-f-]{36}", everything))
    assert "2026-03-05" in everything  # the day of publishing is public


def test_what_is_held_back_goes_out_neither_with_its_words_nor_its_votes(house: House) -> None:
    conversation = voted(house)
    held = Contribution.objects.get(words__text="Statement 2")
    dialogue.hold(contribution=held, by=house.cleo, reason="personal", at=AT)
    dialogue.close(conversation=conversation, by=house.cleo, at=LATER)
    published = publish(house, conversation)
    everything = "\n".join(queries.package_of(published).values())
    assert "Statement 2" not in everything
    assert "2" not in rows(published)[0]
    assert published.statements == 5


def test_words_that_go_later_are_gone_from_the_files_too(house: House) -> None:
    published = publish(house, closed(house))
    said, other = (Contribution.objects.get(words__text=f"Statement {number}") for number in (3, 4))
    audit.forget_words([said.words_id], at=LATER)
    dialogue.hold(contribution=other, by=house.cleo, reason="personal", at=LATER)
    told = {row["comment-id"]: row for row in rows(published, open_data.STATEMENTS)}
    assert "Removed on" in told["3"]["comment-body"]
    assert (told["4"]["comment-body"], told["4"]["moderated"]) == ("", "-1")
    assert told["1"]["comment-body"] == "Statement 1"


def test_no_cell_is_a_formula(house: House) -> None:
    house.conversation.refresh_from_db()
    conversation = voted(house)
    evil = house.say("=HYPERLINK(1)")
    statement = Statement.objects.create(conversation=conversation, contribution=evil, number=99)
    Vote.objects.create(participant=Participant.objects.all()[0], statement=statement, choice=1, at=AT)
    dialogue.close(conversation=conversation, by=house.cleo, at=LATER)
    told = {row["comment-id"]: row["comment-body"] for row in rows(publish(house, conversation), open_data.STATEMENTS)}
    assert told["99"] == "'=HYPERLINK(1)"


def test_the_package_describes_every_column_and_its_hashes_are_right(house: House) -> None:
    files = queries.package_of(publish(house, closed(house)))
    listed = json.loads(files[open_data.LIST])
    for resource in listed["resources"]:
        header = next(csv.reader(io.StringIO(files[resource["path"]])))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert resource["bytes"] == len(files[resource["path"]].encode())
        assert set(listed["schemas"][resource["path"]]["properties"]) == set(header)
    assert listed["profile"] == "tabular-data-package"
    assert "singled out" in files[open_data.README]


def test_the_attack_can_be_run_again_on_the_files_alone(house: House) -> None:
    published = publish(house, closed(house))
    votes = [
        (int(row["participant"]), int(name), int(cell))
        for row in rows(published)
        for name, cell in row.items()
        if name not in open_data.BESIDE and cell
    ]
    assert open_data.kept(attack(votes, rng=random.Random(published.seed))) == published.found
    told = rows(published, open_data.ATTACK)
    assert [float(row["unique"]) for row in told] == [round(row["unique"], 4) for row in published.found["rows"]]


def test_the_files_open_with_the_method_that_draws_the_map(house: House, tmp_path: Path) -> None:
    files = queries.package_of(publish(house, closed(house)))
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    made = subprocess.run(
        [
            sys.executable,
            "-m",
            "commonweal.methods.opinion",
            str(tmp_path / open_data.VOTES),
            "--comments",
            str(tmp_path / open_data.STATEMENTS),
            "--json",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["participants"] == 60


# -- who may, and when


def test_forty_nine_people_are_too_few_and_the_database_keeps_it(house: House) -> None:
    conversation = closed(house, people=49)
    with pytest.raises(dialogue.TooFewPeople):
        publish(house, conversation)
    extra = Participant.objects.create(conversation=conversation, number=1)
    Vote.objects.create(participant=extra, statement=Statement.objects.all()[0], choice=1, at=AT)
    published = publish(house, conversation)
    assert published.people == 50
    with pytest.raises(IntegrityError, match="fifty"), transaction.atomic():
        OpenSet.objects.create(**{**_columns_of(published), "people": 49, "taken_back_at": AT, "table": b""})


def _columns_of(published: OpenSet) -> dict[str, Any]:
    left_out = {"id", "sent_as"}
    return {
        each.attname: getattr(published, each.attname)
        for each in OpenSet._meta.concrete_fields
        if each.attname not in left_out
    }


def test_an_open_conversation_is_not_published(house: House) -> None:
    with pytest.raises(dialogue.StillOpen):
        publish(house, voted(house))


def test_where_people_are_easy_to_single_out_it_asks_again(house: House) -> None:
    conversation = closed(house)
    with pytest.raises(dialogue.EasyToSingleOut):
        publish(house, conversation, all_the_same=False)
    assert publish(house, conversation).is_easy


def test_where_they_are_not_it_does_not(house: House) -> None:
    published = publish(house, closed(house, alike=True), all_the_same=False)
    assert not published.is_easy
    assert published.found["rows"][0]["unique"] == 0


def test_there_is_one_set_at_a_time_and_it_never_changes(house: House) -> None:
    conversation = closed(house)
    published = publish(house, conversation)
    with pytest.raises(dialogue.PublishedAlready):
        publish(house, conversation)
    with pytest.raises(DatabaseError), transaction.atomic():
        OpenSet.objects.filter(pk=published.pk).update(seed=2)
    dialogue.take_back_open_set(published=published, by=house.dan, at=LATER)
    published.refresh_from_db()
    assert bytes(published.table) == b""
    assert publish(house, conversation) != published
    with pytest.raises(dialogue.TakenBackAlready):
        dialogue.take_back_open_set(published=published, by=house.dan, at=LATER)


def test_a_form_sent_twice_publishes_once(house: House) -> None:
    conversation, number = closed(house), uuid4()
    assert publish(house, conversation, sent_as=number) == publish(house, conversation, sent_as=number)


def test_publishing_is_on_the_thread_and_in_the_audit(house: House) -> None:
    published = publish(house, closed(house))
    assert (published.step.kind, published.step.audience) == ("dialogue.open_set", "public")
    entry = Entry.objects.get(verb="dialogue.publish_open_set")
    assert entry.facts["digest"] == published.digest


# -- pages


def page(name: str, record: Any) -> str:
    return reverse(f"dialogue:{name}", args=[record.pk])


def test_a_convenor_sees_what_can_be_found_then_publishes_and_everybody_reads_it(house: House) -> None:
    conversation, cleo = closed(house), signed_in(house.cleo)
    shown = cleo.get(page("publish_open_set", conversation)).content.decode()
    assert "People are easy to single out in this set." in shown
    assert "Somebody who knows 3 votes of a person" in shown
    sent = {"reason": "So that all can check", "sent_as": str(uuid4())}
    refused = cleo.post(page("publish_open_set", conversation), sent)
    assert refused.status_code == 422
    assert "Tick the box, or leave the votes where they are." in refused.content.decode()
    assert not OpenSet.objects.exists()
    done = cleo.post(page("publish_open_set", conversation), sent | {"all_the_same": "on"}, follow=True)
    published = OpenSet.objects.get()
    for reader in (Client(), signed_in(house.ada)):
        told = reader.get(published.get_absolute_url()).content.decode()
        assert "So that all can check" in told
        assert "Somebody who knows 3 votes of a person" in told
        assert "Take the set back" not in told
        assert "The votes as open data" in reader.get(conversation.get_absolute_url()).content.decode()
    assert "Take the set back" in done.content.decode()


def test_the_files_are_one_download_and_machines_read_the_list(house: House, client: Client) -> None:
    published = publish(house, closed(house))
    response = client.get(page("open_set_file", published))
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        assert packed.namelist() == [
            "README.txt",
            "datapackage.json",
            "participants-votes.csv",
            "comments.csv",
            "attack.csv",
        ]
    assert response["Content-Disposition"].startswith("attachment")
    assert client.get(page("open_set_json", published)).json()["name"] == f"votes-{published.pk}"


def test_a_set_that_was_taken_back_says_so_and_gives_no_files(house: House, client: Client) -> None:
    published = publish(house, closed(house))
    signed_in(house.cleo).post(page("take_back_open_set", published))
    assert "This set was taken back on" in client.get(published.get_absolute_url()).content.decode()
    for name in ("open_set_file", "open_set_json"):
        assert client.get(page(name, published)).status_code == 404


def test_few_people_and_open_conversations_are_told_before_anybody_writes_a_reason(house: House) -> None:
    cleo = signed_in(house.cleo)
    assert "Close the conversation first" in cleo.get(page("publish_open_set", house.conversation)).content.decode()
    conversation = closed(house, people=12)
    told = cleo.get(page("publish_open_set", conversation)).content.decode()
    assert "12 people voted" in told
    assert "<textarea" not in told


def test_only_convenors_publish_take_back_and_take_away(house: House) -> None:
    published = publish(house, closed(house))
    ada = signed_in(house.ada)
    for name, record in (
        ("publish_open_set", house.conversation),
        ("take_back_open_set", published),
        ("take_away", house.conversation),
    ):
        assert ada.post(page(name, record), {"reason": "x"}).status_code == 403


def test_taking_all_away_needs_a_reason_and_is_a_zip(house: House) -> None:
    conversation, cleo = closed(house), signed_in(house.cleo)
    assert "Keep these files to yourself." in cleo.get(page("take_away", conversation)).content.decode()
    assert cleo.post(page("take_away", conversation), {"reason": " "}).status_code == 422
    response = cleo.post(page("take_away", conversation), {"reason": "We move house"})
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        assert packed.namelist() == ["comments.csv", "votes.csv", "participants-votes.csv", "summary.csv"]
    assert "no-store" in response["Cache-Control"]


def test_pages_ask_few_questions(house: House, client: Client, django_assert_max_num_queries: Any) -> None:
    conversation = closed(house)
    published = publish(house, conversation)
    for address in (published.get_absolute_url(), page("open_set_file", published), conversation.get_absolute_url()):
        with django_assert_max_num_queries(12):
            client.get(address)


# -- the shape of a package


def test_a_table_says_what_its_cells_may_be() -> None:
    column = Column("vote", "integer", "How", (1, 0, -1), may_be_blank=True)
    table = Table.of("t.csv", "Votes", [column], [[1], [None]])
    assert table.content == 'vote\n1\n""\n'
    assert table.json_schema["properties"]["vote"]["enum"] == [1, 0, -1, None]
    assert table.resource["schema"]["fields"][0]["constraints"] == {"required": False, "enum": [1, 0, -1]}
