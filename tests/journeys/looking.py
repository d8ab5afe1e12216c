"""What every page is looked at for: axe's rules, sideways scrolling, visible focus."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1200, "height": 800}


def problems_of_access(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, and against its best practices."""
    result = Axe().run(page, options=RULES)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in result.response["violations"] for node in rule["nodes"]]


def assert_accessible(page: Page) -> None:
    found = problems_of_access(page)
    assert not found, f"{page.url}\n" + "\n".join(found)


def width_too_much(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def assert_fits(page: Page) -> None:
    """Nothing needs sideways scrolling."""
    more = width_too_much(page)
    assert more <= 0, f"{page.url} is {more} px wider than its window of {page.viewport_size}"


def shows_its_focus(page: Page) -> bool:
    """What has the focus stands out, by an outline, a shadow or a colour that it has not otherwise."""
    return bool(
        page.evaluate(
            """() => {
                const look = (one) => { const s = getComputedStyle(one);
                    return [s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 ? s.outline : "",
                            s.boxShadow, s.backgroundColor, s.borderColor].join(); };
                const one = document.activeElement;
                const holder = one.closest("label, .govuk-radios__item, .govuk-checkboxes__item") || one;
                const all = () => [one, holder, ...holder.querySelectorAll("*")]
                    .map((each) => look(each) + getComputedStyle(each, "::before").boxShadow
                                   + getComputedStyle(each, "::before").outline).join();
                const focused = all(); one.blur(); const without = all(); one.focus({focusVisible: true});
                return focused !== without; }"""
        )
    )
