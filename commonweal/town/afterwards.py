"""What the first conversation left behind: who read its report, what was learned, what people said they would do."""

from __future__ import annotations

from commonweal.foundations.publishing import actions as publishing
from commonweal.foundations.publishing.models import Copy
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import papers
from commonweal.understand.dialogue.models import Conversation, Principle

from .cast import Cast
from .story_year import StoryYear

#: What the convenor put down for each of the four principles while it was fresh.
EVIDENCE = (
    (Principle.FORMATIVE, "No money was set aside and no service was chosen when people were asked."),
    (Principle.INFORMATION, "The page said why we asked, and what the board could and could not decide."),
    (Principle.TIME, "The page was open for eight weeks, and cards lay in all libraries from the first day."),
)


def before_the_decision(conversation: Conversation, cast: Cast, year: StoryYear) -> Copy:
    """The report is kept as it stands, and those who will decide say that they have read it."""
    at = year.day(30, 9)
    copy = publishing.keep_copy(
        subject=conversation,
        document=papers.report(conversation, at=at),
        language="en-gb",
        by=cast.grace,
        because=conversation.step,
        at=at,
    )
    for person in (cast.priya, cast.daniel):
        dialogue.consider(
            conversation=conversation, copy=copy, person=person, read_on=at.date(), by=person, at=year.day(30, 18)
        )
    return copy


def tell(conversation: Conversation, cast: Cast, year: StoryYear) -> None:
    for principle, words in EVIDENCE:
        dialogue.keep_evidence(
            conversation=conversation, principle=principle, words=words, by=cast.grace, at=year.day(61)
        )
    dialogue.say_what_was_learned(
        conversation=conversation,
        organisation=cast.council,
        words="We thought that people did not know our website. They know it, and would rather ask somebody. We will "
        "measure how many found a person, and no longer how many opened the page.",
        by=cast.daniel,
        at=year.day(63),
    )
    kept = dialogue.pledge(
        conversation=conversation,
        words="I will tell two neighbours where the lunch club is.",
        by_on=year.day(90).date(),
        by=cast.amina,
        at=year.day(62),
        shows_name=True,
    )
    dialogue.say_what_became(pledge=kept, state="done", by=cast.amina, at=year.day(85))
    dialogue.pledge(
        conversation=conversation,
        words="We will open our tea room on the mornings when there is advice.",
        by_on=year.day(200).date(),
        by=cast.beth,
        organisation=cast.charity,
        at=year.day(64),
    )
