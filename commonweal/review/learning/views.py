"""Pages about lessons: the list, one of them, keeping one."""

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.reasons import steps_named
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from . import actions, queries
from .forms import LessonForm
from .models import Lesson


@require_safe
@open_to_all
def lessons(request: Request) -> HttpResponse:
    return render(request, "learning/lessons.html", {"page": page_of(request, queries.lessons(), per_page=50)})


@require_safe
@open_to_all
@loads("lesson", queries.lesson_for)
def lesson(request: Request, lesson: Lesson) -> HttpResponse:
    return render(
        request,
        "learning/lesson.html",
        {"lesson": lesson, "may_open": rules.test_rule("open the next conversation", request.person)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("keep a lesson")
def keep(request: Request) -> HttpResponse:
    """`?because=` may be said several times: what was done, and the numbers that came in."""
    because = steps_named(request)
    if not because:
        return render(request, "learning/keep_from.html", status=422 if request.method == "POST" else 200)
    form = LessonForm(request.POST or None)
    if form.is_valid():
        try:
            kept = actions.keep_lesson(
                because=because, by=request.person, at=now(), language=request.person.language, **form.cleaned_data
            )
            messages.success(request, _("The lesson is kept."))
            return redirect(kept)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "learning/keep.html",
        {"form": form, "lines": telling.lines(because, person=request.person)},
        status=422 if form.errors else 200,
    )
