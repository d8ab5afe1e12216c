"""What every record of the house has in common."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from .refs import Ref


class Record(models.Model):
    """A row that other rooms, steps and pages may name."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    #: Factories, mutators, queries, properties: in that order in every record.
    class Meta:
        abstract = True

    #: The kind by which Refs and page names know this record, where it is not the class's own name.
    kind_name: ClassVar[str] = ""

    def get_absolute_url(self) -> str:
        page = self.ref.page
        if page is None:
            raise LookupError(f"{self.ref} has no page of its own")
        return page

    @property
    def ref(self) -> Ref:
        meta = self._meta
        return Ref(meta.app_label, self.kind_name or str(meta.model_name), self.id)
