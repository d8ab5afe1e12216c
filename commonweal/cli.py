"""The `commonweal` command.

commonweal demo [--port N]     the demonstration place, with its web and worker processes
commonweal serve [--port N]    this installation's web and worker processes
commonweal opinion FILE        a method on a file; needs no platform (`--help` says more)
commonweal COMMAND …           a command of the platform (`commonweal help` lists them); hyphens are welcome
"""

import importlib
import os
import sys

#: Methods that read a file by themselves.
METHODS = {"opinion": "commonweal.methods.opinion.__main__"}

PLATFORM_MISSING = "That command belongs to the platform. Install it with: pip install 'commonweal[site]'"


def main() -> int:
    command, *rest = sys.argv[1:] or ["help"]
    if command in METHODS:
        return int(importlib.import_module(METHODS[command]).main(rest))
    if command == "demo":
        os.environ.setdefault("COMMONWEAL_MODE", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.site.settings")
    if command in {"demo", "serve"}:
        from commonweal.site import serving

        return serving.main(command, rest)
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        print(PLATFORM_MISSING, file=sys.stderr)
        return 2
    if command == "work":
        _refuse_unless_safe()
    execute_from_command_line(["commonweal", command.replace("-", "_"), *rest])
    return 0


def _refuse_unless_safe() -> None:
    """The worker starts under the same conditions as the web."""
    import django

    django.setup()
    from commonweal.site import startup

    startup.refuse_unless_safe()


if __name__ == "__main__":
    sys.exit(main())
