"""Everything of one person in one file: JSON for machines, a page for people."""

import json
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from . import exporters
from .models import Person


def bundle_of(person: Person, *, at: datetime) -> bytes:
    parts = exporters.everything_of(person)
    plain = json.dumps(parts, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    page = render_to_string("people/everything.html", {"parts": json.loads(plain), "person": person, "at": at})
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("everything.json", plain)
        zipped.writestr("everything.html", page)
    return file.getvalue()
