"""What people do here, one verb each: by hand, through pages, as they would. Each begins where the one before it ended,
or takes the address of what it is about, and leaves the window at what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from email.message import Message

from .days import days_ago, in_days
from .visitors import Visitor

# Understand: people speak and are answered


def open_the_conversation(window: Visitor, question: str = "Who else could bring people") -> str:
    """Find a conversation from the first page of the site, as a stranger would."""
    window.go("/")
    window.follow(question)
    return window.path


def suggest(window: Visitor, words: str, *, with_my_name: bool = True) -> str:
    """On the page of a conversation: say it, having read what becomes public where that is asked."""
    window.write("What do you want to say?", words)
    window.choose("My name" if with_my_name else "“A resident”. Nobody sees my name.")
    first_time = window.page.get_by_role("checkbox", name="I have read what becomes public.")
    if first_time.count():
        first_time.check()
    window.press("Send")
    return window.path


def key_in(window: Visitor, words: str, *, name: str, on: date, how_we_know: str) -> str:
    """For somebody who wrote on paper. Gives the four words of their receipt."""
    window.follow("Key in a suggestion from paper or phone")
    window.write("What did they say?", words)
    window.choose("On paper")
    window.name_the_day("The day they said it", on)
    window.write("How do we know?", how_we_know)
    window.write("Their name", name)
    window.press("Keep it")
    window.reads("We have kept what you said", words)
    return window.page.locator(".cw-receipt__words").inner_text()


def gather(window: Visitor, sayings: Sequence[str], *, into: str) -> str:
    """Put suggestions together into a theme, which owes them an answer."""
    window.go("/understand/dialogue/desk/")
    for words in sayings:
        window.tick(words)
    window.write("Name of the theme", into)
    window.press("Put together")
    return window.path


def ask_an_officer(window: Visitor, *, name: str, email: str) -> None:
    window.follow("See to the answer")
    desk = window.unfold("Ask an officer to write it")
    window.write("Who should write the answer?", name, within=desk)
    window.write("Their email address", email, within=desk)
    window.press("Send the link", within=desk)
    window.reads("A link to write the answer is on its way to them.", f"{name} was asked on")


def link_in(mail: Message, path: str) -> str:
    """The address in a mail whose path begins so, as far as this place's own part of it."""
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    found = re.search(rf"http://[^/\s]+({re.escape(path)}\S*)", body.decode())
    assert found, f"no link to {path} in\n{body.decode()}"
    return found[1]


def draft_by_link(window: Visitor, link: str, *, answer: str, words: str) -> None:
    """The first click shows what is asked, the second saves."""
    window.go(link)
    window.choose(answer)
    window.write("Your answer, in plain words", words)
    window.press("Send for checking")
    window.reads("Thank you", "What you sent is kept.")


def clear_and_publish(window: Visitor, theme: str) -> None:
    window.go(theme)
    window.follow("See to the answer")
    window.press("It is right: clear it")
    window.press("Publish it and tell everybody")
    window.reads("The answer is published, and everybody it covers is told.")


def open_with_four_words(window: Visitor, words: str) -> None:
    window.go("/notices/receipt/")
    window.write("The four words on your receipt", words)
    window.press("Show me")


def record_the_decision(
    window: Visitor, question: str, *, theme: str, options: Sequence[str], reasons: str, against: tuple[str, str]
) -> str:
    """The first option was taken, one did not agree, nobody declared an interest."""
    window.go(theme)
    window.follow("Record a decision about this")
    window.write("What was the question?", question)
    window.write("What could have been decided?", "\n".join(options))
    window.write("What was decided?", options[0])
    window.pick("Who decided?", "The borough council")
    window.write("By which rule?", "Four of the five members of the board")
    window.write("Why?", reasons)
    window.pick("Who did not agree?", against[0])
    window.write("What did they say?", against[1])
    window.tick("Nobody had anything to gain or lose by it")
    window.press("Record the decision")
    return window.path


# Plan: what is wrong, what good would look like, how we would know, who does what


def raise_the_concern(window: Visitor, words: str, *, theme: str) -> str:
    window.go(theme)
    window.follow("Say what the problem is")
    window.write("What’s the problem?", words)
    window.press("Put it on the list")
    return window.path


def propose_what_good_looks_like(
    window: Visitor, statement: str, *, doers: Sequence[str], others: Sequence[str]
) -> str:
    window.follow("Say what good looks like")
    window.write("What would good look like?", statement)
    window.tick_in("Who would do the work?", *doers)
    window.tick_in("Who else is asked?", *others)
    window.press("Propose it and ask them")
    return window.path


def answer_for(window: Visitor, organisation: str, *, outcome: str, stance: str = "Agrees", words: str = "") -> None:
    window.go(outcome)
    window.follow(f"Answer for {organisation}")
    window.choose(stance)
    window.write("In your own words", words)
    window.press("Send the answer")


def agree(window: Visitor, outcome: str) -> None:
    window.go(outcome)
    window.press("Write down that it is agreed")


def say_what_is_counted(window: Visitor, name: str, *, baseline: str, source: str, owner: str) -> str:
    window.follow("Say what will be counted")
    window.write("What will be counted?", name)
    window.write("How exactly is it counted?", "Of the people who answer, the share who say that it was easy.")
    window.write("Unit", "per cent")
    window.choose("Higher is better")
    window.choose("How it felt to people")
    window.pick("Who counts it?", owner)
    window.write("Where does it start?", baseline)
    window.name_the_day("First day of the time it is about", days_ago(400))
    window.name_the_day("Last day of the time it is about", days_ago(36))
    window.write("Where does that number come from?", source)
    window.press("Keep it")
    return window.path


def take_on(window: Visitor, what: str, *, outcome: str, who: str, by: date, first: str = "") -> None:
    """Write down who does what, and what must be done first."""
    window.go(outcome)
    window.follow("Add a task")
    window.pick("Who does it?", who)
    window.write("What will they do?", what)
    window.name_the_day("By when?", by)
    if first:
        window.pick("What must be done first?", first)
    window.press("Add it")


# Do: one lead, partners, a shared purse


def begin_something_together(window: Visitor, title: str, story: str, *, outcome: str, lead: str) -> str:
    window.go(outcome)
    window.follow("Begin something together about this")
    window.write("What is it called?", title)
    window.write("What’s the problem, and what will you do?", story)
    window.pick("Who leads it?", lead)
    window.press("Begin")
    return window.path


def let_join(window: Visitor, organisation: str, role: str) -> None:
    window.follow("Let an organisation join")
    window.pick("Which organisation?", organisation)
    window.choose(role)
    window.press("Let it join")


def take_part(window: Visitor, *, initiative: str, organisation: str) -> None:
    """Whoever speaks for an organisation that somebody else put in says yes: until then it was only asked."""
    window.go("/my-day/")
    window.reads(f"{organisation} was asked to take part")
    window.go(initiative)
    window.reads(f"{organisation} was asked", "and has not said yes.")
    window.press(f"Yes, {organisation} takes part")
    window.reads("Thank you. It takes part now.")


def take_up_the_task(window: Visitor, task: str) -> None:
    window.follow("Take up a task")
    window.pick("Which task?", task)
    window.press("Take it up")


def open_the_purse(window: Visitor, *, host: str, purpose: str) -> str:
    window.follow("Open a shared purse")
    window.pick("Who looks after the money?", host)
    window.write("What is it for?", purpose)
    window.press("Open it")
    return window.path


def put_in(window: Visitor, *, purse: str, organisation: str, pounds: str = "", hours: str = "") -> None:
    window.go(purse)
    window.follow("Put something in")
    window.pick("For which organisation?", organisation)
    window.write("Pounds", pounds)
    window.write("Hours", hours)
    window.press("Put it in")
    window.reads("is in the shared purse.")


def ask_for_a_payment(window: Visitor, *, purse: str, to: str, amount: str, what_for: str) -> str:
    window.go(purse)
    window.follow("Ask for a payment")
    window.pick("Who gets it?", to)
    window.write("How much?", amount)
    window.write("What is it for?", what_for)
    window.press("Ask for it")
    return window.path


def say_yes_to_the_payment(window: Visitor, payment: str) -> None:
    window.go(payment)
    window.press("Authorise this payment")
    window.reads("Thank you. You have authorised this payment.")


def say_no_to_the_payment(window: Visitor, payment: str, *, because: str) -> None:
    """First without a reason, which is not taken."""
    window.go(payment)
    window.follow("No, because…")
    window.press("Say no, and tell them why", expecting=422)
    window.write("Why not?", because)
    window.press("Say no, and tell them why")
    window.reads("Whoever asked for it is told why.")


def see_that_nobody_asks_me(window: Visitor, payment: str) -> None:
    """The page of a payment has no yes for this person to give."""
    window.go(payment)
    assert not window.page.get_by_role("button", name="Authorise this payment").count()


def send_it_to_the_paying_system(window: Visitor, *, purse: str, what_for: str) -> None:
    window.go(purse)
    waiting = window.page.locator("section.cw-card").filter(has_text=what_for)
    window.press("Send it to the paying system", within=waiting)
    window.reads("It is not paid yet.")


def say_that_it_was_paid(window: Visitor, *, purse: str, what_for: str) -> None:
    window.go(purse)
    waiting = window.page.locator("section.cw-card").filter(has_text=what_for)
    window.follow("Open the payment", within=waiting)
    window.follow("Say that it could not be paid")
    window.go(purse)
    window.follow("Say that it was paid", within=waiting)
    window.write("The paying system’s own number for it", "BACS 0412")
    window.press("It was paid")
    window.reads("The payment is paid.", "This was paid on")


def give_time(window: Visitor, *, initiative: str, how_long: str, on: date, what: str) -> str:
    window.go(initiative)
    window.follow("Write down time that was given")
    window.choose("I did")
    window.write("How many hours?", how_long)
    window.name_the_day("On which day?", on)
    window.write("What was done?", what)
    window.press("Send it")
    return window.path


def confirm_the_time(window: Visitor, given: str) -> None:
    window.go(given)
    window.press("Yes, this time was given")
    window.reads("Thank you. The time counts now.", "Somebody else has confirmed it.")


# Review: what changed, what was learned


def add_a_number(window: Visitor, number: str, *, indicator: str, first: date, last: date, source: str) -> str:
    window.go(indicator)
    window.follow("Add a number")
    window.write("The number", number)
    window.name_the_day("First day of the time it is about", first)
    window.name_the_day("Last day of the time it is about", last)
    window.write("Where does it come from?", source)
    window.press("Keep and publish it")
    return window.path


def keep_what_was_learned(window: Visitor, *, initiative: str, what: str, why: str, context: str) -> str:
    window.go(initiative)
    window.follow("Keep what was learned")
    window.write("What did we learn?", what)
    window.write("Why was it so?", why)
    window.write("Where and for whom was it so?", context)
    window.press("Keep it")
    window.reads("The lesson is kept.")
    return window.path


def open_the_next_conversation(window: Visitor, *, lesson: str, question: str, why: str, promise: str) -> str:
    window.go(lesson)
    window.follow("Open the next conversation")
    window.write("What do you want to ask people?", question)
    window.write("Why do you ask now?", why)
    window.write("What will you do with what people say?", promise)
    window.pick("Whose promise is it?", "The neighbourhood board")
    window.name_the_day("By when do you say what was done with it?", in_days(90))
    window.press("Open it")
    return window.path
