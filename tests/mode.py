"""Loaded before Django's settings are: the tests run in their own mode."""

import os

os.environ.setdefault("COMMONWEAL_MODE", "test")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop on the test's thread
