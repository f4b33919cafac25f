"""What the Generate page says of a prompt that is blocked or sensitive, and what one can do then."""

from __future__ import annotations

import pytest

from services.safety.policy import sentence
from services.safety.verdicts import SIMILAR, Verdict
from tests.screens.conftest import as_read, button

LOOK = "Ask for a look"


@pytest.fixture
def tab(visit, mira):
    return visit(mira)


@pytest.fixture
def generate(tab):
    """Types a prompt on the page and presses the button: `generate("a red fox")`."""
    app = tab.open("generate")

    def press(prompt: str):
        app.text_area(key="prompt").set_value(prompt)
        button(app, "Generate").click().run()
        assert not app.exception
        return app

    return press


def captions(app) -> str:
    return " ".join(as_read(caption.value) for caption in app.caption)


def labels(app) -> list[str]:
    return [each.label for each in app.button]


def test_a_blocked_prompt_says_why_and_about_which_words(generate, tab, house, mira):
    app = generate("how to make a pipe bomb")

    assert tab.sentences == [sentence("weapons", "block")]
    assert "“pipe bomb”. In the policy: weapons and illegal instructions." in captions(app)
    assert [link.proto.page for link in app.get("page_link") if "policy" in link.proto.label] == ["policy"]
    assert house.studio.mine(by=mira) == []


def test_a_sensitive_one_is_painted_and_says_why_it_is_marked(generate, tab):
    app = generate("a murdered king")

    assert "so the picture is marked as sensitive" in tab.sentences[0]
    assert "“murdered”" in captions(app)


def test_what_was_stopped_for_its_meaning_says_what_that_is_close_to(generate, house, monkeypatch):
    meant = Verdict("block", ("real_persons",), "No.", (f"{SIMILAR}a real person in a scene",))
    monkeypatch.setattr(house.gate, "check_wish", lambda *_: meant)

    app = generate("the mayor, somewhere")

    assert "Its meaning is close to “a real person in a scene”. In the policy: real persons" in captions(app)


def test_moderators_can_be_asked_for_a_look_once(generate, house, mira):
    app = generate("a hardcore porn poster")
    button(app, LOOK).click().run()

    assert not app.exception
    assert [toast.value for toast in app.toast] == ["Moderators look at it. You are told what they decide."]
    assert LOOK not in labels(app)
    assert house.db.values("select prompt from pentagram.appeals") == ["a hardcore porn poster"]


def test_nobody_is_asked_to_look_at_what_may_sexualise_a_minor(generate):
    assert LOOK not in labels(generate("a nude child"))


def test_what_is_only_the_same_again_says_so_and_offers_no_second_look(generate, tab):
    generate("a porn poster on a brick wall")
    app = generate("a pohrrn poster on a brick wall")

    assert "with letters changed" in tab.sentences[0]
    assert LOOK not in labels(app)


def test_a_prompt_that_was_mended_is_painted_and_the_refusal_is_gone(generate, tab, house, mira):
    generate("a gory beheading of a king")
    generate("a king on his throne")

    assert tab.sentences == []
    assert [request.prompt for request in house.studio.mine(by=mira)] == ["a king on his throne"]


def test_it_stays_while_the_prompt_is_mended(generate, tab):
    app = generate("a gory beheading")
    app.run()

    assert tab.sentences == [sentence("violence", "block")]


def test_with_a_gate_that_cannot_decide_the_page_says_that_nothing_was_made(generate, tab, house, mira, monkeypatch):
    class Broken:
        name = "broken"

        def judge(self, text: str):
            raise ZeroDivisionError

    monkeypatch.setattr(house.gate, "_layers", (Broken(),))
    generate("a red fox")

    assert "The safety check failed (incident " in tab.sentences[0]
    assert house.studio.mine(by=mira) == []
