"""The one shape of every import: read whole and safely, or refuse with file, row, column, expected and found.

from commonweal.foundations import intake

>>> table = intake.read_table(
...     upload,
...     columns=[
...         intake.Column("comment-id", intake.whole_number(0)),
...         intake.Column("vote", intake.one_of({"-1": -1, "0": 0, "1": 1})),
...     ],
... )
>>> [row["vote"] for row in table.rows]
"""

from .archives import Bundle, open_bundle
from .previews import Coming, Preview
from .readers import (
    Reader,
    boolean,
    decimal_number,
    iso_date,
    iso_datetime,
    millisecond_timestamp,
    one_of,
    text,
    whole_number,
)
from .refusals import NothingThere, UnusableFile
from .sources import Limits, Source
from .tables import Column, Row, Table, read_table, stream_rows

__all__ = [
    "Bundle",
    "Column",
    "Coming",
    "Limits",
    "NothingThere",
    "Preview",
    "Reader",
    "Row",
    "Source",
    "Table",
    "UnusableFile",
    "boolean",
    "decimal_number",
    "iso_date",
    "iso_datetime",
    "millisecond_timestamp",
    "one_of",
    "open_bundle",
    "read_table",
    "stream_rows",
    "text",
    "whole_number",
]
