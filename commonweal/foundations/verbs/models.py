"""Django announces migrations only to apps that have this module, and the guards are made again on that word."""

from .records import Record

__all__ = ["Record"]
