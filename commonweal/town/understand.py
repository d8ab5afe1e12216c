"""The first storey of the story: people speak, on the page and on paper, and are answered."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.models import Answer, Decision, Owed, ReasonCode
from commonweal.foundations.people.models import Person
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Contribution, Conversation, Theme

from . import afterwards
from .cast import OFFICER_WITHOUT_ACCOUNT, Cast
from .story_year import StoryYear

#: Story time may fall before a poll. In a real place that wants a better reason.
DESPITE_A_POLL = "This place is invented, and so nobody's vote is swayed."


@dataclass(frozen=True)
class Understood:
    conversation: Conversation
    contribution: Contribution
    on_paper: Contribution
    doris: Person
    theme: Theme
    owed: Owed
    answer: Answer
    decision: Decision


def tell(cast: Cast, year: StoryYear) -> Understood:
    conversation = _ask(cast, year)
    said = _speak_on_the_page(conversation, cast, year)
    on_paper = _speak_on_paper(conversation, cast, year)
    assert on_paper.person is not None, "a contribution on paper with a name has its person"
    theme = dialogue.gather(
        contributions=[*said, on_paper],
        title="Somebody local who can explain what help there is",
        by=cast.grace,
        at=year.day(14),
    )
    answer = _answer(theme.owed, cast, year)
    afterwards.before_the_decision(conversation, cast, year)
    decision = _decide(theme, answer, cast, year)
    dialogue.close(conversation=conversation, by=cast.grace, at=year.day(60))
    afterwards.tell(conversation, cast, year)
    return Understood(
        conversation=conversation,
        contribution=said[0],
        on_paper=on_paper,
        doris=on_paper.person,
        theme=theme,
        owed=theme.owed,
        answer=answer,
        decision=decision,
    )


def _ask(cast: Cast, year: StoryYear) -> Conversation:
    return dialogue.open_conversation(
        question="How can it be easier to find help when somebody in your family needs care?",
        why="Many people tell us that they found help late, or by chance. We want to hear how it was for you.",
        promise="Grace Okafor reads everything. Everybody gets an answer within 20 working days. "
        "The neighbourhood board decides in public what to do with it.",
        answer_within=20,
        despite_hold=DESPITE_A_POLL,
        by=cast.grace,
        because=None,
        at=year.day(5),
    )


def _speak_on_the_page(conversation: Conversation, cast: Cast, year: StoryYear) -> list[Contribution]:
    """Two by name, and one in Welsh without it."""
    amina = dialogue.suggest(
        conversation=conversation,
        words="When my mum came home from hospital nobody told us what help there was. I found the lunch club by "
        "chance, from a card at the bus stop.",
        shows_name=True,
        by=cast.amina,
        at=year.day(7, 20),
    )
    tom = dialogue.suggest(
        conversation=conversation,
        words="My dad will not look at a website. He would listen to a neighbour who knows which groups there are.",
        shows_name=True,
        by=cast.tom,
        at=year.day(9, 19),
    )
    rhian = dialogue.suggest(
        conversation=conversation,
        words="Mae angen rhywun sy'n siarad Cymraeg i esbonio pa help sydd ar gael.",
        language="cy",
        by=cast.rhian,
        at=year.day(10, 12),
    )
    return [amina, tom, rhian]


def _speak_on_paper(conversation: Conversation, cast: Cast, year: StoryYear) -> Contribution:
    """A letter, keyed in two days after it was written."""
    keyed_in = dialogue.key_in(
        conversation=conversation,
        words="I have lived here for fifty years and know everybody. I would gladly sit with people and tell them "
        "who can help, if somebody asked me.",
        name="Doris Kemp",
        postal_address="4 Invented Row, Watling",
        given_on=year.on(10),
        on_word_of="her letter of that day, kept at the library",
        is_invented=True,
        by=cast.grace,
        at=year.day(12, 11),
    )
    return keyed_in.contribution


def _decide(theme: Theme, answer: Answer, cast: Cast, year: StoryYear) -> Decision:
    return decisions.decide(
        question="Shall we pay for a year of advice mornings that neighbours run with us?",
        options=["Yes, in one library, for a year", "Yes, in four libraries, for a year", "No"],
        outcome="Yes, in one library, for a year",
        rule="A majority of the five members of the neighbourhood board; four were for it, one against",
        reasons="People asked for somebody they know. One library first, so that we can see whether it helps before we "
        "spend more.",
        dissents=[(cast.priya, "One library is too few. People in the north of the borough will not come this far.")],
        interests=[],
        decided_by=cast.board,
        by=cast.grace,
        because=[theme.step, answer.step],
        at=year.day(33, 19),
    )


def _answer(owed: Owed, cast: Cast, year: StoryYear) -> Answer:
    """An officer without an account drafts it by link; another clears it; the convenor publishes it."""
    name, email = OFFICER_WITHOUT_ACCOUNT
    offered = decisions.assign(owed=owed, name=name, email=email, by=cast.grace, at=year.day(15))
    decisions.draft(
        owed=owed,
        reason_code=ReasonCode.ADOPTED,
        words="You are right: help is hard to find, and a list alone does not mend it. We will ask neighbours who know "
        "the place to sit with people one morning a week, and we will train and insure them. The board decides in "
        "public, within a month, whether we can pay for it.",
        by=offered.link,
        at=year.day(18, 15),
    )
    decisions.clear(owed=owed, by=cast.owen, at=year.day(20, 9))
    return decisions.publish(owed=owed, by=cast.grace, at=year.day(21))
