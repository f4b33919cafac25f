"""The settings: each choice is kept, each list is acted on, and what is one's own can be taken along or removed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.notifications import KINDS
from services.errors import NotFound
from tests.conftest import PASSWORD, PASSWORD_HASH
from tests.screens.conftest import Visit, button


@pytest.fixture
def mira(person: Callable[[str], Account]) -> Account:
    return person("mira")


def settings(tab: Visit, section: str) -> AppTest:
    return tab.open("account", section=section)


def spoken(app: AppTest) -> list[str]:
    return [each.value for kind in (app.markdown, app.caption) for each in kind]


# Profile -------------------------------------------------------------------------------------------------------------


def test_the_profile_is_saved_as_it_was_typed(visit, mira, house):
    app = visit(mira).open("account")
    fields = {field.label: field for field in app.text_input}
    fields["Display name"].set_value("Mira **Lind**")
    fields["Name"].set_value("mira.lind")
    app.text_area[0].set_value("I paint <b>foxes</b>")
    button(app, "Save profile").click().run()

    saved = house.accounts.named("mira.lind")
    assert (saved.id, saved.display_name, saved.bio) == (mira.id, "Mira **Lind**", "I paint <b>foxes</b>")
    assert [toast.value for toast in app.toast] == ["Saved."]


def test_a_profile_picture_is_one_of_ones_own_that_everybody_may_see(visit, mira, paint, house):
    fine, sensitive = paint(mira, count=2).creations
    house.db.execute("update pentagram.creations set sensitive = true where id = %(id)s", id=sensitive.id)
    app = visit(mira).open("account")
    button(app, "Change picture").click().run()
    assert offered(app) == [f"face-{fine.id}"]

    button(app, "Change picture").click()
    app.button(key=f"face-{fine.id}").click().run()

    assert house.accounts.named("mira").avatar_key == fine.thumbnail_key


def offered(app: AppTest) -> list[str]:
    return [each.key for each in app.button if (each.key or "").startswith("face-")]


def test_who_has_no_picture_is_invited_to_paint_one(visit, mira):
    app = visit(mira).open("account")

    button(app, "Change picture").click().run()

    assert "Paint one" in [link.value for link in app.page_link]


# What one sees and is told -------------------------------------------------------------------------------------------


def test_sensitive_pictures_are_in_lists_only_for_who_asked_for_them(visit, mira, person, paint, house):
    tom = person("tom")
    house.posts.publish([paint(tom).creations[0].id], by=tom, token="press-one")
    house.db.execute("update pentagram.posts set sensitive = true")
    app = settings(visit(mira), "What you see")
    assert not app.toggle(key="sensitive").value

    app.toggle(key="sensitive").set_value(True).run()
    assert len(house.feeds.page("fresh", viewer=mira).items) == 1

    app.toggle(key="sensitive").set_value(False).run()
    assert house.feeds.page("fresh", viewer=mira).items == []


def test_who_was_muted_and_blocked_is_listed_and_let_in_again(visit, mira, person, house):
    person("tom")
    person("ana")
    house.people.mute("tom", by=mira)
    house.people.block("ana", by=mira)
    app = settings(visit(mira), "What you see")
    assert {"tom", "ana"} <= {link.value.replace("*", "").strip() for link in app.page_link}

    button(app, "Unmute").click().run()
    button(app, "Unblock").click().run()

    assert not house.people.profile("tom", viewer=mira).muted
    assert not house.people.profile("ana", viewer=mira).blocked
    assert {"You muted nobody.", "You blocked nobody."} <= set(spoken(app))


def test_what_one_is_told_of_is_chosen_kind_by_kind(visit, mira, house):
    app = settings(visit(mira), "Notifications")

    app.toggle(key="told-of-like").set_value(False).run()
    app.toggle(key="told-of-follow").set_value(False).run()
    app.toggle(key="told-of-follow").set_value(True).run()

    assert house.notifications.preferences(by=mira) == dict.fromkeys(KINDS, True) | {"like": False}


@pytest.mark.parametrize("key", ["sensitive", "told-of-like"])
def test_a_choice_of_somebody_whose_session_ended_is_not_kept(visit, mira, house, key):
    app = settings(visit(mira), "What you see" if key == "sensitive" else "Notifications")
    before = app.toggle(key=key).value
    house.accounts.end_all_sessions(mira)

    app.toggle(key=key).set_value(not before).run()

    assert not house.accounts.shows_sensitive(mira)
    assert all(house.notifications.preferences(by=mira).values())


# What is one's own ---------------------------------------------------------------------------------------------------


def test_an_archive_is_asked_for_watched_and_there_to_download(visit, mira, paint, house):
    paint(mira, "a red fox")
    app = settings(visit(mira), "Your data")
    app.button(key="export").click().run()
    [export] = house.exporting.mine(by=mira)
    assert export.is_unfinished
    app.run()
    assert "export" not in [each.key for each in app.button], "one is being made"

    house.worker.run_until_idle()
    app.run()

    assert any(each.label.startswith("Download (") for each in app.get("download_button"))
    [export] = house.exporting.mine(by=mira)
    with zipfile.ZipFile(house.exporting.open(export.id, by=mira)) as archive:
        assert any(name.startswith("pictures/") for name in archive.namelist())


def test_a_file_is_brought_along_and_what_did_not_come_in_is_named(visit, mira, paint, house):
    [creation] = paint(mira, "a red fox").creations
    app = settings(visit(mira), "Your data")
    app.file_uploader[0].upload("mine.zip", zipped(fox=house.storage.get(creation.picture_key), notes=b"no picture"))
    app.run()

    button(app, "Import").click().run()
    house.worker.run_until_idle()
    app.run()

    [brought] = house.importing.mine(by=mira)
    assert (brought.name, brought.done, brought.skipped) == ("mine.zip", 0, 2)
    assert any(each.startswith("0 came in, 2 left out") for each in spoken(app))
    app.button(key=f"left-out-{brought.id}").click().run()
    assert "You have this picture already\\." in spoken(app)
    assert app.file_uploader[0].value is None


def test_what_cannot_be_brought_along_is_a_sentence(visit, mira, house):
    tab = visit(mira)
    app = settings(tab, "Your data")
    app.file_uploader[0].upload("mine.zip", b"PK\x03\x04 and then nothing of a zip")
    app.run()

    button(app, "Import").click().run()

    assert len(tab.sentences) == 1
    assert house.importing.mine(by=mira) == []


def zipped(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.{'webp' if data.startswith(b'RIFF') else 'txt'}", data)
    return file.getvalue()


# The way out ---------------------------------------------------------------------------------------------------------


def press_delete(app: AppTest, typed: str) -> None:
    button(app, "Delete account").click().run()
    button(app, "Delete account").click()
    next(field for field in app.text_input if field.label.startswith("Type ")).set_value(typed)
    button(app, "Delete everything").click().run()


def test_who_deletes_their_account_reads_first_what_goes_and_what_stays(visit, mira):
    app = settings(visit(mira), "Your data")

    button(app, "Delete account").click().run()

    goes, stays = [each for each in spoken(app) if each.startswith(("**Goes", "**Stays"))]
    assert "You are signed out at once, everywhere, and your name is free for others." in spoken(app)
    assert "all your pictures" in goes
    assert "the answers below them" in goes
    assert "what painting cost" in stays


def test_an_account_is_deleted_only_by_its_name_and_then_all_of_it(visit, mira, paint, house: Pentagram):
    house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-one")
    tab = visit(mira)
    app = settings(tab, "Your data")

    press_delete(app, "tom")
    assert house.accounts.named("mira").id == mira.id

    press_delete(app, " Mira ")
    with pytest.raises(NotFound):
        house.accounts.named("mira")
    assert app.session_state["session_token"] == ""
    assert [each.value for each in app.toast] == [
        "You are signed out. Everything of yours goes within minutes; nothing stays but counts without your name."
    ]

    house.worker.run_until_idle()
    left = "select (select count(*) from pentagram.creations) + (select count(*) from pentagram.posts)"
    assert house.db.value(left) == 0
    assert house.db.value("select count(*) from pentagram.ledger where account_id is null") == 1


def test_until_all_of_a_deleted_account_is_gone_nobody_is_in_it_and_others_may_take_its_name(visit, mira, house):
    elsewhere = visit(mira)
    theirs = elsewhere.open("account")
    press_delete(settings(visit(mira), "Your data"), "mira")

    theirs.run()
    assert theirs.session_state["screen"] == "sign_in"
    assert not house.accounts.check_password("mira", PASSWORD, address="here")

    other = house.accounts.register("mira", PASSWORD_HASH)
    token = house.accounts.begin_session(other)
    house.worker.run_until_idle()
    assert house.accounts.of_session(token).id == other.id


@pytest.mark.parametrize("way", ["Sign out", "Sign out everywhere"])
def test_whichever_section_is_open_the_way_out_is(visit, mira, way):
    tab = visit(mira)
    app = settings(tab, "Your data")

    button(app, way).click().run()

    assert (tab.sentences, app.session_state["screen"]) == ([], "")


def test_an_address_leads_to_a_section(visit, mira):
    app = settings(visit(mira), "Notifications")

    assert app.toggle(key="told-of-like").label == "Likes of your posts"


def test_who_signs_in_with_a_provider_is_told_that_there_is_no_password(visit, house):
    ada = house.accounts.register("ada", None)

    app = visit(ada).open("account")

    assert "You sign in with an identity provider: there is no password to change here." in spoken(app)
    assert "Change password" not in [each.label for each in app.button]
