"""What each screen does for a person, and what it says when that cannot be."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from components.draft import Start
from services import bootstrap
from services.errors import Unavailable
from services.safety.verdicts import Opinion
from services.settings import ROOT
from tests.conftest import PASSWORD
from tests.fakes.clock import FakeClock
from tests.screens.conftest import Visit, as_read, button, given

MARKUP = "**bold** :red[red] :material/delete: :smile: <script>alert(1)</script> [x](javascript:alert(1)) $x^2$"


@pytest.fixture
def post(house, person, paint):
    mira = person("mira")
    creation = paint(mira, "a red fox in the snow").creations[0]
    return house.posts.publish([creation.id], by=mira, token="press-one", caption="Look at him")


def test_the_feed_shows_what_was_posted_to_a_visitor(visit, post):
    tab = visit()

    tab.open()

    assert "a red fox in the snow" in tab.texts
    assert given(tab.app, "linked_picture")[0]["alt"] == "“a red fox in the snow”, prompted by mira"


def test_an_empty_feed_invites(visit):
    app = visit().open()

    assert app.title[0].value == "Nothing here yet"


def test_a_like_counts_once_and_can_be_taken_back(visit, post, person, house):
    app = visit(person("tom")).open()

    app.button(key=f"like-{post.id}").click().run()
    assert app.button(key=f"likers-{post.id}").label == "1 like"
    assert house.posts.get(post.id, viewer=None).like_count == 1

    app.button(key=f"like-{post.id}").click().run()
    assert app.button(key=f"likers-{post.id}").label == "0 likes"


def test_a_visitor_who_likes_is_led_to_sign_in_and_back(visit, post, person):
    person("tom")
    tab = visit()
    app = tab.open("post", id=str(post.id))

    app.button(key=f"like-{post.id}").click().run()
    assert "Sign in to like this picture." in tab.sentences[0]

    # AppTest stays on the page it was told, however the script moves on.
    app.switch_page("screens/sign_in.py").run()
    app.text_input[0].set_value("tom")
    app.text_input[1].set_value(PASSWORD)
    button(app, "Sign in").click().run()
    assert app.code[0].value == "a red fox in the snow"
    assert "Look at him" in tab.texts


def test_markup_in_prompts_captions_and_comments_shows_as_it_was_typed(visit, house, person, paint):
    mira = person("mira")
    creation = paint(mira, MARKUP).creations[0]
    post = house.posts.publish([creation.id], by=mira, token="press-one", caption=MARKUP)
    house.comments.write(post.id, MARKUP, by=mira, token="press-two")
    tab = visit()

    app = tab.open("post", id=str(post.id))

    [said] = given(app, "linked_text")
    assert app.code[0].value == MARKUP
    assert MARKUP in tab.texts
    assert "".join(text for text, _ in said["pieces"]) == MARKUP
    assert not any("bold" in block.value for block in app.markdown)


@pytest.mark.parametrize("wrong", ["", "1", "no-such-post", "01a1f89d-5130-7b88-905f-10624d5a0f61", "'; drop table"])
def test_an_unknown_post_is_a_sentence(visit, wrong):
    tab = visit()

    tab.open("post", id=wrong)

    assert tab.sentences == ["There is no such post, or it is not for you to see."] or tab.sentences == [
        "There is no such post."
    ]


def test_a_fault_that_nobody_foresaw_is_a_number_and_not_a_stack_trace(visit, post, house, monkeypatch, caplog):
    monkeypatch.setattr(house.for_you, "page", lambda *_, **__: 1 / 0)
    tab = visit()

    tab.open()

    assert "Something went wrong here (incident " in tab.sentences[0]
    incident = tab.sentences[0].split("incident ")[1][:8]
    assert incident in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "division" not in " ".join(tab.sentences)


def test_generate_asks_once_however_often_it_is_pressed(visit, person, house):
    mira = person("mira")
    app = visit(mira).open("generate")
    app.text_area[0].set_value("a small boat")

    for _ in range(3):
        button(app, "Generate").click().run()

    assert [request.prompt for request in house.studio.mine(by=mira)] == ["a small boat"]


def test_generate_says_what_paints_and_why(visit):
    app = visit().open("generate")

    assert "Painted by the built-in painter: no model is configured." in [caption.value for caption in app.caption]


def test_generate_shows_the_picture_when_it_is_painted(visit, person, house):
    mira = person("mira")
    app = visit(mira).open("generate")
    app.text_area[0].set_value("a small boat")
    button(app, "Generate").click().run()
    house.worker.run_until_idle()

    app.run()

    assert button(app, "Post")
    assert "seed" in " ".join(caption.value for caption in app.caption)


@pytest.mark.parametrize(
    ("prompt", "seed", "sentence"),
    [
        ("", "", "Write what you want to see first."),
        ("   \n ", "", "Write what you want to see first."),
        ("a boat", "-1", "A seed is a whole number from 0 to 4294967295, or empty for a new one each time."),
        ("a boat", "4294967296", "A seed is a whole number from 0 to 4294967295, or empty for a new one each time."),
        ("a boat", "٣", "A seed is a whole number from 0 to 4294967295, or empty for a new one each time."),
        ("a boat", "9" * 5000, "A seed is a whole number from 0 to 4294967295, or empty for a new one each time."),
    ],
)
def test_what_cannot_be_painted_is_a_sentence_and_changes_nothing(visit, person, house, prompt, seed, sentence):
    mira = person("mira")
    tab = visit(mira)
    app = tab.open("generate")
    app.text_area[0].set_value(prompt)
    app.text_input[0].set_value(seed)

    button(app, "Generate").click().run()

    assert tab.sentences == [sentence]
    assert house.studio.mine(by=mira) == []


def test_a_visitor_who_generates_signs_up_and_finds_the_prompt_again(visit, house):
    tab = visit()
    app = tab.open("generate")
    app.text_area[0].set_value("a lamp in the fog")
    button(app, "Generate").click().run()
    assert "Sign in to paint a picture." in tab.sentences[0]

    app.switch_page("screens/sign_in.py").run()
    names = {field.label: field for field in app.text_input}
    names["Name"].set_value("x")
    sign_up = [field for field in app.text_input if field.label == "Name"][1]
    sign_up.set_value("tom")
    passwords = [field for field in app.text_input if field.label in ("Password", "Repeat password")][1:]
    for field in passwords:
        field.set_value(PASSWORD)
    button(app, "Create account").click().run()

    assert app.text_area[0].value == "a lamp in the fog"
    assert house.accounts.named("tom").role == "member"


@pytest.mark.parametrize(
    ("name", "password", "again", "sentence"),
    [
        ("mira", PASSWORD, PASSWORD, "That name is taken."),
        ("MIRA", PASSWORD, PASSWORD, "That name is taken."),
        ("admin", PASSWORD, PASSWORD, "That name is reserved, or looks like one that is."),
        ("adm1n", PASSWORD, PASSWORD, "That name is reserved, or looks like one that is."),
        ("мира", PASSWORD, PASSWORD, "Names use a-z, 0-9, _ and . only; “м” is none of these, whatever it looks like."),
        ("tom", "short", "short", "A password has at least 8 characters."),
        ("tom", "ж" * 37, "ж" * 37, "A password has at most 72 bytes; that is 72 letters."),
        ("tom", PASSWORD, "another one", "The two passwords are not the same."),
    ],
)
def test_a_sign_up_that_cannot_be_is_a_sentence(visit, person, house, name, password, again, sentence):
    person("mira")
    tab = visit()
    app = tab.open("sign_in")
    fields = [field for field in app.text_input if field.label in ("Name", "Password", "Repeat password")][2:]
    for field, value in zip(fields, (name, password, again), strict=True):
        field.set_value(value)

    button(app, "Create account").click().run()

    assert tab.sentences == [sentence]
    assert house.db.value("select count(*) from pentagram.accounts") == 1


def test_a_wrong_password_and_an_unknown_name_are_told_alike(visit, person):
    person("mira")
    said = []
    for name in ("mira", "nobody_here"):
        tab = visit()
        app = tab.open("sign_in")
        app.text_input[0].set_value(name)
        app.text_input[1].set_value("not the password")
        button(app, "Sign in").click().run()
        said.append(tab.sentences)

    assert said == [["That name and password do not belong together."]] * 2


def test_my_prompts_offers_to_post_and_shows_what_is_posted_and_deleted(visit, person, paint, house):
    mira = person("mira")
    paint(mira, "a red fox", count=2)
    app = visit(mira).open("my_prompts")

    [first, _] = [each for each in app.button if each.label == "Post"]
    first.click().run()
    assert app.button(key="post-now").label == "Post"
    # What a click inside a dialog does is seen in a browser only.
    [creation, _] = house.studio.mine(by=mira)[0].creations
    house.posts.publish([creation.id], by=mira, token="press-one")
    app.run()
    assert (posts_offered(app), [link.value for link in app.page_link].count("Posted")) == (1, 1)

    creations = house.studio.mine(by=mira)[0].creations
    house.studio.delete(creations[1].id, by=mira)
    app.run()
    assert (posts_offered(app), [link.value for link in app.page_link].count("Posted")) == (0, 1)


def posts_offered(app) -> int:
    return sum(each.label == "Post" for each in app.button)


def test_a_session_that_was_ended_elsewhere_ends_on_the_next_click(visit, person, house):
    mira = person("mira")
    tab = visit(mira)
    tab.open("account")
    house.accounts.end_all_sessions(mira)

    tab.app.run()

    assert "Sign in to see your account." in tab.sentences[0]


def test_a_changed_password_signs_in_and_the_old_one_does_not(visit, person, house):
    mira = person("mira")
    elsewhere = house.accounts.begin_session(mira)
    tab = visit(mira)
    app = tab.open("account")
    fields = {field.label: field for field in app.text_input}
    fields["Current password"].set_value(PASSWORD)
    fields["New password"].set_value("a new horse battery")
    fields["Repeat password"].set_value("a new horse battery")

    button(app, "Change password").click().run()

    assert tab.sentences == ["Changed. You are signed out everywhere else."]
    assert house.accounts.check_password("mira", "a new horse battery", address="1")
    assert not house.accounts.check_password("mira", PASSWORD, address="1")
    assert house.accounts.of_session(elsewhere) is None
    assert house.accounts.of_session(app.session_state["session_token"]) is not None


def test_a_profile_with_a_name_that_is_taken_changes_nothing(visit, person, house):
    mira = person("mira")
    person("tom")
    tab = visit(mira)
    app = tab.open("account")
    {field.label: field for field in app.text_input}["Name"].set_value("Tom")

    button(app, "Save profile").click().run()

    assert tab.sentences == ["That name is taken."]
    assert house.accounts.named("mira").id == mira.id


@pytest.mark.parametrize("screen", sorted(path.stem for path in (ROOT / "screens").glob("*.py")))
def test_no_screen_has_a_fragment_within_a_fragment(visit, post, person, paint, house, screen):
    """Whoever presses twice in such a one may find the page blank."""
    mira, tom = house.accounts.set_role("mira", "admin"), person("tom")
    paint(mira, "a boat")
    house.people.follow("mira", by=tom)
    house.comments.write(post.id, "Nice", by=tom, token="press-two")
    board = house.collections.create("Foxes", by=mira, token="press-three")
    house.collections.save(post.id, by=mira, collection_id=board.id)
    about = {"id": str(board.id if screen == "collection" else post.id)} | (
        {"name": "tom"} if screen == "person" else {"name": "mira", "list": "Followers"} if screen == "people" else {}
    )

    app = visit(mira).open(screen, **about)

    registered = app._fragment_storage._parent_by_id
    assert registered
    assert set(registered.values()) == {None}


def test_a_database_that_is_gone_is_a_sentence(visit, post, house, monkeypatch):
    tab = visit()
    tab.open()
    house.db.close()

    tab.app.run()

    assert "The database does not answer" in " ".join(tab.sentences)


def test_a_picture_whose_store_is_away_says_so_and_appears_when_it_is_back(visit, person, paint, house, monkeypatch):
    mira = person("mira")

    def refuse(key, data):
        raise Unavailable("The store is away.")

    with monkeypatch.context() as away:
        away.setattr(house.storage, "put", refuse)
        creation = paint(mira).creations[0]
    tab = visit(mira)
    app = tab.open("my_prompts")
    assert any("The picture store does not answer" in caption.value for caption in app.caption)

    house.painting.store(creation_id=str(creation.id))
    app.run()
    assert button(app, "Post")


def test_what_is_corrected_after_a_refusal_is_what_is_asked_for(visit, person, house):
    mira = person("mira")
    tab = visit(mira)
    app = tab.open("generate")
    app.text_area[0].set_value("gore, entrails")
    button(app, "Generate").click().run()
    assert tab.sentences

    app.text_area[0].set_value("a quiet harbour at dawn")
    button(app, "Generate").click().run()

    assert [request.prompt for request in house.studio.mine(by=mira)] == ["a quiet harbour at dawn"]
    assert app.text_area[0].value == "a quiet harbour at dawn"


def test_another_prompt_while_one_is_painted_is_asked_for_too(visit, person, house):
    mira = person("mira")
    app = visit(mira).open("generate")
    for prompt in ("a whale", "a castle"):
        app.text_area[0].set_value(prompt)
        button(app, "Generate").click().run()

    assert [request.prompt for request in house.studio.mine(by=mira)] == ["a castle", "a whale"]


class Loading:
    """A layer of the gate that takes its time."""

    name = "loading"

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    def judge(self, text: str) -> list[Opinion]:
        self._clock.advance(30)
        return []


def test_a_press_that_was_heard_only_when_the_check_was_done_is_the_same_press(visit, build, clock, monkeypatch):
    house = build(clock=clock)
    bootstrap.use(house)
    monkeypatch.setattr(house.gate, "_layers", (Loading(clock),))
    mira = house.accounts.register("mira", None)
    app = Visit(house, mira).open("generate")
    app.text_area[0].set_value("a whale")

    button(app, "Generate").click().run()
    button(app, "Generate").click().run()
    once = len(house.studio.mine(by=mira))
    clock.advance(3)
    button(app, "Generate").click().run()

    assert (once, len(house.studio.mine(by=mira))) == (1, 2)


def test_a_like_of_a_post_that_is_gone_is_said_and_leaves_the_page_as_it_was(visit, post, person, house):
    tab = visit(person("tom"))
    app = tab.open()
    house.posts.delete(post.id, by=house.accounts.named("mira"))

    app.button(key=f"like-{post.id}").click().run()

    assert [as_read(toast.value) for toast in app.toast] == ["There is no such post, or it is not for you to see."]
    assert app.button(key=f"likers-{post.id}").label == "0 likes"


def test_a_sensitive_post_is_shown_to_those_who_ask_for_it(visit, post, house):
    house.db.execute("update pentagram.posts set sensitive = true")
    tab = visit()
    app = tab.open("post", id=str(post.id))
    assert not app.image
    assert "a red fox in the snow" not in tab.texts

    button(app, "Show it").click().run()

    assert app.image


def test_nobody_finds_what_the_one_before_them_was_doing_in_the_same_tab(visit, person, house):
    app = visit(person("mira")).open("generate")
    app.text_area[0].set_value("a secret plan")
    button(app, "Generate").click().run()
    app.switch_page("screens/account.py").run()
    button(app, "Sign out").click().run()

    app.session_state["session_token"] = house.accounts.begin_session(person("tom"))
    app.switch_page("screens/generate.py").run()

    assert app.text_area[0].value == ""
    assert "There is no such request" not in " ".join(error.value for error in app.error)


def test_a_seed_of_thousands_of_noughts_is_the_seed_nought(visit, person, house):
    mira = person("mira")
    app = visit(mira).open("generate")
    app.text_area[0].set_value("a boat")
    app.text_input[0].set_value("0" * 5000)

    button(app, "Generate").click().run()

    assert house.studio.mine(by=mira)[0].creations[0].seed == 0


def test_who_signs_out_leaves_nothing_of_their_drafts_to_the_next_person(visit, person, house):
    mira = person("mira")
    upload = house.uploads.take(png(), by=mira)
    app = visit(mira).open("generate")
    app.text_area(key="prompt").set_value("my secret garden")
    button(app, "Improve my prompt").click().run()
    app.session_state["start_picture"] = Start(upload.key, upload_id=upload.id)
    app.session_state["negative"] = "my neighbour"

    app.switch_page("screens/account.py").run()
    button(app, "Sign out").click().run()

    kept = str(app.session_state._state.filtered_state)
    assert [word for word in ("garden", "neighbour", str(upload.id)) if word in kept] == []


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (128, 128), "teal").save(file, "PNG")
    return file.getvalue()
