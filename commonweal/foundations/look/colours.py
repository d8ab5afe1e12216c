"""The place's colour, made fit to read, as a small stylesheet of custom properties.

>>> round(contrast("#000000", "#ffffff"), 1)
21.0
>>> is_readable("#ffee00"), is_readable("#00594f")
(False, True)
"""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
DEFAULT = "#00594f"
WHITE, INK = "#ffffff", "#1f2a2e"

#: WCAG 2.2, success criterion 1.4.3, for text of ordinary size.
LEAST_CONTRAST = 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, by WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_readable(colour: str) -> bool:
    """White words on it, and words of it on white, can be read."""
    return bool(HEX.fullmatch(colour)) and contrast(colour, WHITE) >= LEAST_CONTRAST


def stylesheet(colour: str) -> str:
    """Custom properties for the place's colour; a colour that cannot be read is darkened until it can."""
    brand = readable(colour)
    shades = {
        "--govuk-brand-colour": brand,
        "--govuk-link-colour": mix(brand, INK, 0.15),
        "--govuk-link-hover-colour": INK,
        "--cw-brand-dark": mix(brand, "#000000", 0.35),
        "--cw-brand-tint": mix(brand, WHITE, 0.89),
        **{f"--cw-map-{step}": mix(brand, WHITE, share) for step, share in MAP_TINTS.items()},
    }
    return ":root{" + ";".join(f"{name}:{shade}" for name, shade in shades.items()) + "}\n"


#: How much white each of the five steps of a map has.
MAP_TINTS = {1: 0.82, 2: 0.6, 3: 0.36, 4: 0.14, 5: 0.0}


def readable(colour: str) -> str:
    if not HEX.fullmatch(colour):
        return DEFAULT
    while not is_readable(colour):
        colour = mix(colour, "#000000", 0.1)
    return colour.lower()


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with so large a share of `other`."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (n / 255 for n in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
