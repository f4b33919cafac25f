"""Screens run by Streamlit's AppTest on a real house, from shell.py as everybody gets them."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from services import bootstrap
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.posts import Post
from services.errors import NotFound
from services.settings import ROOT
from services.studio.studio import Request


class Visit:
    """One browser tab."""

    def __init__(self, house: Pentagram, account: Account | None) -> None:
        self._house = house
        self.app = AppTest.from_file(str(ROOT / "shell.py"), default_timeout=30)
        if account is not None:
            self.app.session_state["session_token"] = house.accounts.begin_session(account)

    def open(self, screen: str = "feed", **query: str) -> AppTest:
        self.app.run()
        for name, value in query.items():
            self.app.query_params[name] = value
        if screen != "feed":
            self.app.switch_page(f"screens/{screen}.py").run()
        assert not self.app.exception
        return self.app

    @property
    def sentences(self) -> list[str]:
        """What the page tells the person in its coloured boxes, as they read it."""
        boxes = [box for kind in ("error", "warning", "info", "success") for box in getattr(self.app, kind)]
        return [as_read(box.value) for box in boxes]

    @property
    def texts(self) -> list[str]:
        return [text.value for text in self.app.text]


def as_read(markdown: str) -> str:
    """Without what keeps typed words from being markup."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace("\u2060", "")


@pytest.fixture
def visit(house: Pentagram, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Visit]]:
    # AppTest has no browser, so it makes up cookies and headers; an empty jar is the honest answer.
    monkeypatch.setattr(ContextProxy, "cookies", {})
    monkeypatch.setattr(ContextProxy, "headers", {})
    monkeypatch.setattr(ContextProxy, "ip_address", "127.0.0.1")
    bootstrap.use(house)
    yield lambda account=None: Visit(house, account)
    bootstrap.use(None)


@pytest.fixture
def painted_by(
    house: Pentagram, person: Callable[[str], Account], paint: Callable[..., Request]
) -> Callable[..., Post]:
    """A post of a prompt by somebody, read: `painted_by("sol", "a boat")`."""

    def do(name: str, prompt: str) -> Post:
        try:
            by = house.accounts.named(name)
        except NotFound:
            by = person(name)
        post = house.posts.publish([paint(by, prompt).creations[0].id], by=by, token=uuid.uuid4().hex)
        house.worker.run_until_idle()
        return post

    return do


def button(app: AppTest, label: str):
    """The one button with this label."""
    found = [each for each in app.button if each.label == label]
    assert len(found) == 1, [each.label for each in app.button]
    return found[0]


def given(app: AppTest, component: str) -> list[dict]:
    """What each of our own components of this kind is given to draw; what it makes of it is seen in a browser only."""
    drawn = [each.proto for each in app.get("bidi_component")]
    return [json.loads(each.json) for each in drawn if each.component_name == f"pentagram_{component}"]
