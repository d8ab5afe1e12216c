"""Papers that write themselves from the records: the report of a conversation, and how a consultation was held.

report.py         the sections of the report, in their order
taking_part.py    who took part, and who did not
opinions.py       what unites and what divides
answers.py        what was answered, set aside and held back
learned.py        what was learned and pledged; what was decided and happens since
consultation.py   four principles and what speaks for each; who read what before which decision

A section answers blocks of `publishing.documents`: our own words and numbers as text, everybody else's words by name.
"""

from .consultation import consultation
from .report import report

__all__ = ["consultation", "report"]
