"""One voice, all the way round by hand: from a suggestion to the lesson that opens the next conversation.

Everybody has a window of their own. What one of them does, the next one finds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from . import people_do
from .conftest import RunningPlace
from .days import days_ago, in_days, today
from .looking import NARROW, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser

OFFICER = ("Maya Lindqvist", "maya.lindqvist@council.example")
COUNCIL, TRUST, CHARITY, NEIGHBOURS = (
    "The borough council",
    "Northside Community NHS Trust",
    "Open Door Advice",
    "Watling Neighbours",
)
AMINA_SAYS = "Nobody sits down at the chemist's. Put two chairs and a kettle there, and people will talk."
PETER_SAYS = "My wife and I would pour the tea on a Thursday. We have nothing else on."
ANSWER = "Yes. The chemist in Watling Avenue lends us a corner on Thursdays, from next month."
PROBLEM = "People wait alone at the chemist's, beside neighbours whom they do not know."
GOOD = "Whoever waits at the chemist's on a Thursday finds somebody to talk to."
RESERVATION = "We agree, and our nurses can only be there every second week."
DISSENT = "One chemist's is too few for the money."
WHAT_FOR = "A kettle, two chairs and insurance"
LEARNED = "People stay when somebody pours the tea. An empty corner is only a corner."


@pytest.mark.parametrize(
    "way",
    [
        pytest.param({}, id="with JavaScript", marks=pytest.mark.postgres_too),
        pytest.param(
            {"java_script_enabled": False, "viewport": NARROW, "checks": (assert_fits,)},
            id="without JavaScript, 320 px wide",
        ),
    ],
)
def test_a_voice_is_heard_answered_acted_on_paid_for_and_learned_from(
    place: RunningPlace, visitor: Callable[..., Visitor], way: dict[str, Any]
) -> None:
    def window_of(name: str = "") -> Visitor:
        return visitor(place, named=name, **way)

    amina, grace, daniel, beth = map(window_of, ("Amina Yusuf", "Grace Okafor", "Daniel Levy", "Beth Carver"))
    joan, kwame, tom, officer, peter, stranger = map(
        window_of, ("Joan Whitfield", "Kwame Mensah", "Tom Fletcher", "", "", "")
    )

    # Understand. A resident speaks on the page, another on paper.
    conversation = people_do.open_the_conversation(amina)
    line_of_amina = people_do.suggest(amina, AMINA_SAYS)
    amina.reads("What became of your suggestion", AMINA_SAYS, "Nobody has read it for an answer yet.")
    grace.go(conversation)
    four_words = people_do.key_in(
        grace, PETER_SAYS, name="Peter Nowak", on=days_ago(4), how_we_know="a card from the library box"
    )
    assert len(four_words.split()) == 4

    # A convenor gathers both and asks an officer, who has no account, by mail.
    theme = people_do.gather(grace, [AMINA_SAYS, PETER_SAYS], into="Company at the chemist's")
    people_do.ask_an_officer(grace, name=OFFICER[0], email=OFFICER[1])
    link = people_do.link_in(place.postbox.to(OFFICER[1])[0], "/notices/link/")
    people_do.draft_by_link(officer, link, answer="Yes: we will do this", words=ANSWER)
    officer.go(link, expecting=410)
    officer.reads("This link is closed")
    people_do.clear_and_publish(grace, theme)

    # The resident is mailed and finds the answer on her own line; the words on paper open his.
    mail = place.postbox.to("amina.yusuf@people.example", saying=ANSWER)[0]
    amina.go(people_do.link_in(mail, "/decisions/answers/"))
    amina.reads("You said", AMINA_SAYS, "The answer", "Yes: we will do this", ANSWER)
    amina.go(line_of_amina)
    amina.reads(AMINA_SAYS, "The answer", "Company at the chemist's", ANSWER)
    people_do.open_with_four_words(peter, four_words.upper())
    peter.reads("What became of your suggestion", PETER_SAYS, "The answer", ANSWER)

    # The board decides in public; one member does not agree, nobody declares an interest.
    decision = people_do.record_the_decision(
        grace,
        "Shall we pay for half a year of Thursdays?",
        theme=theme,
        options=["Yes, at one chemist's", "No"],
        reasons="People asked for company, and the chemist lends the corner.",
        against=("Priya Shah", DISSENT),
    )
    stranger.go(decision)
    stranger.reads(
        "Yes, at one chemist's",
        "Who did not agree",
        DISSENT,
        "No interest was declared.",
        "Suggestions were put together",
    )

    # Plan. What is wrong, what good looks like: three organisations agree, one with a reservation.
    people_do.raise_the_concern(grace, PROBLEM, theme=theme)
    outcome = people_do.propose_what_good_looks_like(grace, GOOD, doers=[CHARITY, COUNCIL], others=[TRUST])
    people_do.answer_for(beth, CHARITY, outcome=outcome)
    people_do.answer_for(daniel, COUNCIL, outcome=outcome)
    people_do.answer_for(kwame, TRUST, outcome=outcome, stance="Agrees, with a reservation", words=RESERVATION)
    people_do.agree(grace, outcome)
    grace.reads("Agreed", CHARITY, TRUST, "Agrees, with a reservation", RESERVATION)
    number = people_do.say_what_is_counted(
        grace,
        "People who talked to somebody while they waited",
        baseline="12",
        source="Forty people asked in March",
        owner=COUNCIL,
    )
    people_do.take_on(daniel, "Insure the corner", outcome=outcome, who=COUNCIL, by=in_days(60))
    people_do.take_on(
        daniel,
        "Pour the tea on Thursdays",
        outcome=outcome,
        who=CHARITY,
        by=in_days(200),
        first="Insure the corner",
    )

    # Do. One lead, partners, two tasks, one purse with two lines.
    initiative = people_do.begin_something_together(
        grace, "Thursday corner", "A corner, a kettle and a neighbour.", outcome=outcome, lead="Beth Carver"
    )
    beth.go(initiative)
    people_do.let_join(beth, CHARITY, "leads the work")
    people_do.let_join(beth, COUNCIL, "pays for the work")
    people_do.let_join(beth, TRUST, "pays for the work")
    people_do.let_join(beth, NEIGHBOURS, "does the work")
    for window, organisation in ((joan, COUNCIL), (kwame, TRUST), (tom, NEIGHBOURS)):
        people_do.take_part(window, initiative=initiative, organisation=organisation)
    beth.go(initiative)
    people_do.take_up_the_task(beth, f"{COUNCIL}: Insure the corner")
    people_do.take_up_the_task(beth, f"{CHARITY}: Pour the tea on Thursdays")
    purse = people_do.open_the_purse(beth, host=COUNCIL, purpose="Half a year of Thursdays")
    people_do.put_in(joan, purse=purse, organisation=COUNCIL, pounds="1,500")
    people_do.put_in(kwame, purse=purse, organisation=TRUST, pounds="500")
    people_do.put_in(tom, purse=purse, organisation=NEIGHBOURS, hours="90 h")

    # Whoever asked, and whoever gets it, cannot say yes to it; two others must.
    payment = people_do.ask_for_a_payment(beth, purse=purse, to=CHARITY, amount="640.50", what_for=WHAT_FOR)
    people_do.see_that_nobody_asks_me(beth, payment)
    people_do.say_yes_to_the_payment(joan, payment)
    people_do.see_that_nobody_asks_me(joan, payment)
    people_do.say_yes_to_the_payment(daniel, payment)
    people_do.send_it_to_the_paying_system(joan, purse=purse, what_for=WHAT_FOR)
    people_do.say_that_it_was_paid(daniel, purse=purse, what_for=WHAT_FOR)

    # Hours count when somebody else has confirmed them.
    given = people_do.give_time(tom, initiative=initiative, how_long="2 h 30 min", on=today(), what="Poured")
    assert not tom.page.get_by_role("button", name="Yes, this time was given").count()
    people_do.confirm_the_time(beth, given)

    # Review. A number comes in, a lesson is kept, and it opens the next conversation.
    people_do.add_a_number(
        daniel, "31", indicator=number, first=days_ago(30), last=days_ago(1), source="Asked on Thursdays"
    )
    lesson = people_do.keep_what_was_learned(
        beth, initiative=initiative, what=LEARNED, why="It is hard to begin alone.", context="One chemist's."
    )
    following = people_do.open_the_next_conversation(
        grace,
        lesson=lesson,
        question="Where else do people wait beside each other?",
        why="A corner with tea helped at the chemist's.",
        promise="Grace Okafor answers within 20 working days.",
    )

    # A stranger reads it all, in order, and sees on the payment who asked for it.
    stranger.go(following)
    stranger.reads("What made us ask", LEARNED)
    stranger.go(lesson)
    stranger.follow("From the first word to this lesson")
    stranger.reads(
        "The golden thread",
        AMINA_SAYS,
        ANSWER,
        "A decision was made",
        PROBLEM,
        GOOD,
        "Thursday corner",
        "£640.50",
        LEARNED,
    )
    stranger.go(payment)
    stranger.reads("A payment of £640.50 to Open Door Advice", "This was paid on", WHAT_FOR, "Who asked for this")
    stranger.follow("Read the whole story")
    stranger.reads(AMINA_SAYS, ANSWER, "£640.50")
