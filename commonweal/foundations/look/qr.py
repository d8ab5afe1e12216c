"""An address as a QR code, to print and to show."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(address: str, *, scales: bool = False) -> SafeString:
    """An SVG without inline style, black on white so that it prints. Give it our own addresses only.

    Args:
        scales: as large as the page gives it room, instead of its own size.
    """
    drawn = BytesIO()
    segno.make(address, micro=False).save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgclass="commonweal-qr",
        lineclass=None,
        scale=4,
        light="#fff",
        omitsize=scales,
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308  (made here; of the address nothing but squares is left)
