"""Passwords are hashed one at a time.

A hash is slow on purpose. Without a limit, a handful of clients who try passwords take every core and nobody else is
served; with one, they wait for each other. Rate limits stand before this door, so few ever come to it. The limit
holds in each web process.
"""

from threading import Semaphore

from django.contrib.auth.hashers import ScryptPasswordHasher

_one_at_a_time = Semaphore(1)


class OneAtATime(ScryptPasswordHasher):
    """Django's scrypt (N=2^14, r=8, p=5), never two at once. Stored passwords stay readable to Django's own."""

    def encode(
        self,
        password: str,
        salt: str,
        n: int | None = None,
        r: int | None = None,
        p: int | None = None,
    ) -> str:
        with _one_at_a_time:
            return super().encode(password, salt, n, r, p)
