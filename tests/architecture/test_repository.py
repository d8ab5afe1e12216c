"""What the repository may not hold."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = re.compile(r"https?://\S+/(?:simple/|packages/[0-9a-f]{2}/|-/\S+\.tgz)|(?<!emit-)index-url", re.IGNORECASE)
ROOMS_FOR_INVENTED_PEOPLE = ("commonweal/town/", "tests/", "benchmarks/")


def tracked(*endings: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    return [ROOT / name for name in listed if name.endswith(endings) and (ROOT / name).is_file()]


def test_no_file_names_a_package_registry() -> None:
    texts = tracked(".txt", ".in", ".toml", ".json", ".md", ".cfg", ".yml", ".scss", "run")
    assert texts
    assert not [str(file) for file in texts if file != Path(__file__) and REGISTRY.search(file.read_text())]


def test_every_requirement_is_pinned_by_hash() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        pins = re.findall(r"^[a-z0-9._\[\]-]+==[^\s;\\]+.*?(?=^\S|\Z)", file.read_text(), re.MULTILINE | re.DOTALL)
        assert pins, file.name
        assert all("--hash=sha256:" in pin for pin in pins), file.name


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc", "core", "services"])
def test_no_file_or_folder_is_named_for_nothing(name: str) -> None:
    assert not [str(file) for file in tracked(".py") if name in {part.removesuffix(".py") for part in file.parts[-3:]}]


def test_no_room_reads_the_clock_by_itself() -> None:
    clock = re.compile(r"\b(?:datetime\.now\(|date\.today\(|timezone\.now\(|timezone\.local(?:date|time)\(\))")
    at_the_edge = {ROOT / "commonweal/foundations/verbs/clock.py"}
    sources = [
        file for file in tracked(".py") if "/tests/" not in str(file) and file.is_relative_to(ROOT / "commonweal")
    ]
    assert not [str(file) for file in sources if file not in at_the_edge and clock.search(file.read_text())]


def test_money_is_never_kept_as_a_float() -> None:
    from django.apps import apps
    from django.db import models

    floats = [
        str(field)
        for model in apps.get_models()
        if model.__module__.startswith("commonweal.")
        for field in model._meta.get_fields()
        if isinstance(field, models.FloatField)
    ]
    assert not floats


def test_the_admin_that_would_go_round_the_verbs_is_not_installed() -> None:
    from django.conf import settings

    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_migrations_are_in_step_with_the_records(db: None) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
