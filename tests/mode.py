"""Loaded before Django's settings are: the tests run in their own mode, and draw the same examples every time.

A suite that finds a new example on an unlucky morning stops the line for a change that is not to blame; the drills draw
afresh.
"""

import os

from hypothesis import settings

os.environ.setdefault("COMMONWEAL_MODE", "test")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop on the test's thread

settings.register_profile("suite", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("COMMONWEAL_HYPOTHESIS", "suite"))
