"""The page of a long piece of work."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from commonweal.foundations.verbs.access import Request, loads, signed_in

from . import queries
from .models import Job


@require_GET
@never_cache
@signed_in
@loads("job", queries.job_for)
def job(request: Request, job: Job) -> HttpResponse:
    """Asks again by itself where there is JavaScript; a link does it where there is none."""
    part = request.htmx and not request.htmx.boosted
    return render(request, "work/job_state.html" if part else "work/job.html", {"job": job})
