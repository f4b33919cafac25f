"""The walkthrough shows what its command takes."""

import re

from services.settings import ROOT

PAGE = ROOT / "docs" / "walkthrough.md"
MOST_BYTES = 120_000
TAKEN = sorted((ROOT / "docs" / "walkthrough").iterdir())


def test_the_page_shows_every_picture_that_is_there_and_none_that_is_not() -> None:
    shown = re.findall(r"\]\(walkthrough/([\w-]+\.jpg)\)", PAGE.read_text("utf-8"))

    assert sorted(shown) == [picture.name for picture in TAKEN]


def test_the_readme_opens_with_one_of_them() -> None:
    first = re.search(r"!\[[^]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))

    assert first is not None
    assert ROOT / first[1] in TAKEN


def test_no_picture_is_too_large_to_be_read_on_a_phone() -> None:
    assert [picture.name for picture in TAKEN if picture.stat().st_size > MOST_BYTES] == []
