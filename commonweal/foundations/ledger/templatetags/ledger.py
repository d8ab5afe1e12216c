"""{{ names|called:payment.beneficiary }}: how a body or person is called, from names that were asked for together."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from commonweal.foundations.verbs.refs import Ref

register = template.Library()


@register.filter
def called(names: Mapping[Ref, str], ref: Ref) -> str:
    return names.get(ref) or _("someone")
