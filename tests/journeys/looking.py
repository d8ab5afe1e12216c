"""What every page is looked at for: axe's rules, sideways scrolling, text that a machine left untranslated."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
NARROW = {"width": 320, "height": 640}


def assert_accessible(page: Page) -> None:
    """axe finds nothing against WCAG 2.2 A and AA, nor against its best practices."""
    result = Axe().run(page, options=RULES)
    found = [f"{rule['id']}: {node['html'][:160]}" for rule in result.response["violations"] for node in rule["nodes"]]
    assert not found, f"{page.url}\n" + "\n".join(found)


def assert_fits(page: Page) -> None:
    """Nothing needs sideways scrolling."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    seen = page.evaluate("document.documentElement.clientWidth")
    assert wide <= seen, f"{page.url} is {wide} px wide in a window of {seen}"
