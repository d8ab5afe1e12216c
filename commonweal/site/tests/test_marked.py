"""Whatever people read is marked for translation: no template and no form says a bare word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .catalogue import HOUSE
from .reading import Reading

#: Names and notations that are the same in every language.
SAME_EVERYWHERE = {"Commonweal", "JSON", "CSV", "Atom", "OpenAPI", "API", "GeoJSON"}
#: Tags whose words are marked, and tags whose strings are addresses, names or dates.
MARKED = re.compile(
    r"""{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}|{%\s*trans(late)?\b.*?%}|\b_\((".*?"|'.*?')\)""", re.S
)
NOT_SAID = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%\s*(load|extends|url|static|block|csrf_token|now|has_perm|test_rule|may)\b.*?%}",
    re.S,
)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
SAID_IN_A_TAG = re.compile(
    r"""(?<![:|])(["'])(?!govuk-|cw-)([A-Z][a-z]+(?: [^"']*)?|[^"'/{}<>=.:]*\w \w[^"'/{}<>=:]*)\1"""
)
#: What a class or a call says to people in Python.
SAYS = {"label", "help_text", "word", "empty_label"}


def bare(template: str) -> list[str]:
    """The words of a template that nothing marks."""
    rest = NOT_SAID.sub("", MARKED.sub("", template))
    in_tags = [found[1] for tag in TAG.findall(rest) for found in SAID_IN_A_TAG.findall(tag)]
    texts = Reading.of(TAG.sub(" ", rest)).texts
    return [text for text in texts + in_tags if _words(text)]


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in SAME_EVERYWHERE]


def bare_in_python(source: str) -> Iterator[str]:
    """What is given as a label, a help text, a refusal's words or a choice's name, and is a plain string."""
    for node in ast.walk(ast.parse(source)):
        says = (isinstance(node, ast.keyword) and node.arg in SAYS) or (
            isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "plainly"
        )
        if says and _is_said(node.value):
            yield ast.unparse(node)
        elif isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
            for each in node.body:
                if isinstance(each, ast.Assign) and isinstance(each.value, ast.Tuple) and _is_said(each.value.elts[-1]):
                    yield ast.unparse(each)


def _is_said(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and bool(_words(value.value))


def templates() -> list[Path]:
    return [path for path in sorted(HOUSE.rglob("templates/**/*")) if path.suffix in {".html", ".txt"}]


def test_no_template_says_a_bare_word() -> None:
    found = {str(path.relative_to(HOUSE)): bare(path.read_text(encoding="utf-8")) for path in templates()}
    assert {path: words for path, words in found.items() if words} == {}


def test_no_form_refusal_or_choice_says_a_bare_word() -> None:
    sources = [path for path in sorted(HOUSE.rglob("*.py")) if not {"tests", "migrations"} & set(path.parts)]
    found = {str(path.relative_to(HOUSE)): list(bare_in_python(path.read_text(encoding="utf-8"))) for path in sources}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello {{ name }}</p>",
        '{% translate "Hello" %} there',
        '<img alt="A map">',
        '<input type="submit" value="Send">',
        '{% button "Send it" %}',
        '{% include "look/quote.html" with title="The answer" %}',
        "{% if open %}Open{% endif %}",
    ],
)
def test_a_bare_word_would_be_seen(template: str) -> None:
    assert bare(template)


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "Hello" as text %}{% button text %}',
        "{% blocktranslate trimmed with name=person.name %}Hello {{ name }}{% endblocktranslate %}",
        '<p class="govuk-body">{{ day|date:"j F Y" }}</p>',
        "<code>commonweal verify</code>",
    ],
)
def test_a_marked_word_is_not_taken_for_bare(template: str) -> None:
    assert not bare(template)


def test_a_bare_label_would_be_seen() -> None:
    assert list(bare_in_python('CharField(label="Your name")\nclass Kind(TextChoices):\n    A = "a", "An area"'))
    assert not list(bare_in_python('CharField(label=_("Your name"))'))
