"""Pictures from files that nothing here could look at: their maker's alone until a moderator has looked."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from PIL import Image, ImageDraw

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.posts import STARTED_UNCHECKED
from services.errors import NotAllowed, NotFound, UserError
from services.safety.removed import Returned
from services.studio.engines.choice import Choice, Engines
from services.studio.engines.painter import Painter
from services.studio.studio import Creation, Options, Request
from services.studio.uploads import Upload
from tests.fakes.engines import Distant


@pytest.fixture
def house(build: Callable[..., Pentagram]) -> Pentagram:
    """Where an engine starts from pictures, and no picture gate looks at them."""
    distant = Distant()
    distant.verdict = None
    return build(engines=Engines([Choice(distant, "a test wants it."), Choice(Painter(), "it is always there.")]))


@pytest.fixture
def moderator(house: Pentagram) -> Account:
    house.accounts.register("vera", "no password")
    return house.accounts.set_role("vera", "moderator")


@pytest.fixture
def upload(house: Pentagram, mira: Account) -> Upload:
    return house.uploads.take(photo(), by=mira)


@pytest.fixture
def creation(house: Pentagram, upload: Upload, mira: Account) -> Creation:
    return painted(house, mira, upload_id=upload.id)


def photo() -> bytes:
    image = Image.linear_gradient("L").resize((200, 120)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.ellipse((20, 10, 90, 60), fill="orange")
    draw.polygon([(110, 100), (160, 20), (190, 90)], fill="navy")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def asked_for(house: Pentagram, by: Account, prompt: str = "a red fox", **options: Any) -> Request:
    return house.studio.request(prompt, Options(256, 256, **options), by=by, token=uuid.uuid4().hex)


def painted(house: Pentagram, by: Account, prompt: str = "a red fox", **options: Any) -> Creation:
    request = asked_for(house, by, prompt, **options)
    house.worker.run_until_idle()
    return house.studio.watch(request.id, by=by).creations[0]


def post(house: Pentagram, creation: Creation, by: Account, visibility: str = "public") -> Any:
    return house.posts.publish([creation.id], by=by, token=uuid.uuid4().hex, visibility=visibility)


def changed(house: Pentagram, shown: Any, by: Account, visibility: str) -> Any:
    return house.posts.edit(
        shown.id, by=by, caption="", tags=[], visibility=visibility, takes_comments=True, shows_prompt=True,
        seen=shown.edited_at,
    )  # fmt: skip


def decide(house: Pentagram, creation_id: UUID, decision: Any, by: Account, **more: Any) -> int:
    with house.db.transaction() as tx:
        return house.looks.looked_at(tx, creation_id, decision, by=by, **more)


def state(house: Pentagram, creation: Creation) -> tuple[str, bool, bool]:
    told = "array[state, unchecked::text, sensitive::text]"
    state, unchecked, sensitive = house.db.value(
        f"select {told} from pentagram.creations where id = %(id)s", id=creation.id
    )
    return state, unchecked == "true", sensitive == "true"


# Nobody but its maker


@pytest.mark.parametrize("visibility", ["public", "unlisted", "followers"])
def test_it_is_posted_for_nobody_else_at_first_or_later(house, creation, mira, visibility):
    with pytest.raises(UserError, match="until a moderator has looked"):
        post(house, creation, mira, visibility)
    private = post(house, creation, mira, "private")
    with pytest.raises(UserError) as refused:
        changed(house, private, mira, visibility)

    assert str(refused.value) == STARTED_UNCHECKED


def test_nor_is_what_was_made_from_what_was_made_from_it(house, creation, mira):
    second = painted(house, mira, "a hare", source_id=creation.id)
    third = painted(house, mira, "an owl", source_id=second.id)

    for picture in (second, third):
        with pytest.raises(UserError, match="until a moderator has looked"):
            post(house, picture, mira)


def test_a_private_post_with_it_is_found_in_no_way_out(house, creation, mira, tom):
    shown = post(house, creation, mira, "private")
    board = house.collections.create("Foxes", by=mira, token="press-to-make", is_public=True)
    house.collections.save(shown.id, by=mira, collection_id=board.id)
    house.collections.change(board.id, by=mira, title="Foxes", description="", is_public=True, cover_id=shown.id)

    for viewer in (tom, None):
        with pytest.raises(NotFound):
            house.posts.get(shown.id, viewer=viewer)
        seen = house.collections.get(board.id, viewer=viewer)
        assert (seen.cover_key, seen.post_count) == (None, 0)
    for key in (creation.picture_key, creation.thumbnail_key):
        assert not house.posts.picture_is_public(key)
    with pytest.raises(NotFound):
        asked_for(house, tom, source_id=creation.id)


def test_it_is_nobodys_face(house, creation, mira):
    with pytest.raises(UserError):
        house.accounts.show_as(mira, creation.id)


# Asking


def test_whoever_asks_is_in_the_queue_once_with_the_file_that_it_stems_from(house, creation, upload, mira):
    second = painted(house, mira, "a hare", source_id=creation.id)
    assert house.looks.unlooked([creation.id, second.id]) == {creation.id: False, second.id: False}

    for wanted in ([second.id], [second.id], [creation.id]):
        house.looks.ask(wanted, by=mira)

    [waiting] = house.looks.waiting()
    assert (waiting.creation_id, waiting.account_id, waiting.prompt) == (second.id, mira.id, "a hare")
    assert waiting.start_key == upload.key
    assert house.looks.get(second.id) == waiting
    assert house.looks.unlooked([creation.id, second.id]) == {creation.id: True, second.id: True}


def test_nobody_asks_for_the_picture_of_another_or_for_one_that_may_be_shown(house, creation, mira, tom):
    with pytest.raises(UserError, match="your own"):
        house.looks.ask([creation.id], by=tom)
    free = painted(house, tom)
    house.looks.ask([free.id], by=tom)

    assert house.looks.waiting() == []
    assert house.looks.unlooked([free.id]) == {}


def test_the_queue_goes_on_where_a_page_ended(house, mira):
    creations = [painted(house, mira, upload_id=house.uploads.take(photo(), by=mira).id) for _ in range(3)]
    for each in (creations[1], creations[0], creations[2]):
        house.looks.ask([each.id], by=mira)

    first = house.looks.waiting(limit=2)
    rest = house.looks.waiting(after=first[-1], limit=2)

    assert [each.creation_id for each in first + rest] == [creations[place].id for place in (1, 0, 2)]


def test_what_was_brought_along_is_the_file_itself(house, tom):
    taken = brought(house, tom)
    house.looks.ask([taken.id], by=tom)

    [waiting] = house.looks.waiting()
    assert (waiting.creation_id, waiting.start_key) == (taken.id, None)


def brought(house: Pentagram, by: Account) -> Creation:
    house.importing.begin("photo.png", photo(), by=by)
    house.worker.run_until_idle()
    return house.studio.mine(by=by)[0].creations[0]


# Deciding


def test_what_is_allowed_may_be_posted_with_all_that_stems_from_the_same_file(
    house, creation, upload, mira, moderator
):  # fmt: skip
    sibling = painted(house, mira, "a hare", upload_id=upload.id)
    second = painted(house, mira, "an owl", source_id=creation.id)
    other = painted(house, mira, upload_id=house.uploads.take(photo(), by=mira).id)
    private = post(house, creation, mira, "private")
    house.looks.ask([second.id], by=mira)

    assert decide(house, second.id, "allow", moderator) == 3

    assert changed(house, private, mira, "public").visibility == "public"
    for picture in (sibling, second, painted(house, mira, "a crow", upload_id=upload.id)):
        assert post(house, picture, mira).visibility == "public"
    with pytest.raises(UserError):
        post(house, other, mira)
    assert house.looks.waiting() == []
    assert house.looks.unlooked([creation.id]) == {}


def test_what_is_sensitive_is_marked_wherever_it_is_posted(house, creation, upload, mira, moderator):
    second = painted(house, mira, "an owl", source_id=creation.id)
    private = post(house, creation, mira, "private")

    decide(house, creation.id, "sensitive", moderator)

    assert house.posts.get(private.id, viewer=mira).sensitive
    assert post(house, second, mira).sensitive
    assert post(house, painted(house, mira, "a crow", upload_id=upload.id), mira).sensitive


def test_what_is_blocked_is_shown_to_nobody_and_nothing_starts_from_it(house, creation, upload, mira, moderator):
    waiting = asked_for(house, mira, "a hare", upload_id=upload.id)
    private = post(house, creation, mira, "private")

    decide(house, creation.id, "block", moderator)
    house.worker.run_until_idle()

    [blocked] = house.studio.watch(creation.request_id, by=mira).creations
    assert (blocked.state, "no place here" in blocked.failure) == ("blocked", True)
    assert house.studio.watch(creation.request_id, by=mira).start_key is None
    with pytest.raises(NotFound):
        house.posts.get(private.id, viewer=mira)
    assert house.studio.watch(waiting.id, by=mira).creations[0].state == "cancelled"
    for start in ({"upload_id": upload.id}, {"source_id": creation.id}):
        with pytest.raises(NotFound):
            asked_for(house, mira, "an owl", **start)


def test_with_a_category_the_file_does_not_come_back(house, creation, mira, tom, moderator):
    decision = uuid.uuid4()

    decide(house, creation.id, "block", moderator, category="sexual", decision_id=decision)
    house.worker.run_until_idle()

    with pytest.raises(Returned):
        house.uploads.take(photo(), by=tom)
    with house.db.transaction() as tx:
        assert house.removed_pictures.forget(tx, decision) == 2
    house.uploads.take(photo(), by=tom)


def test_a_decision_that_is_taken_back_gives_everything_back(house, creation, upload, mira, moderator):
    decide(house, creation.id, "block", moderator)
    assert state(house, creation) == ("blocked", True, False)

    assert decide(house, creation.id, "sensitive", moderator) == 1
    assert state(house, creation) == ("ready", False, True)
    assert decide(house, creation.id, "allow", moderator) == 1
    assert state(house, creation) == ("ready", False, False)
    assert post(house, creation, mira).visibility == "public"
    assert decide(house, creation.id, "block", moderator) == 1
    assert state(house, creation) == ("blocked", True, False)


def test_what_was_made_from_it_once_it_was_allowed_is_left_alone(house, creation, mira, tom, moderator):
    decide(house, creation.id, "allow", moderator)
    post(house, creation, mira)
    remix = painted(house, tom, "a hare", source_id=creation.id)

    assert decide(house, creation.id, "block", moderator) == 1
    assert state(house, remix) == ("ready", False, False)


def test_the_second_of_two_moderators_is_told(house, creation, mira, moderator):
    house.looks.ask([creation.id], by=mira)
    decide(house, creation.id, "allow", moderator, first=True)

    with pytest.raises(NotFound, match="another moderator"):
        decide(house, creation.id, "block", moderator, first=True)
    with pytest.raises(NotFound, match="another moderator"):
        house.looks.get(creation.id)
    assert state(house, creation) == ("ready", False, False)


def test_only_moderators_decide_and_only_about_what_stems_from_a_file(house, creation, mira, tom, moderator):
    with pytest.raises(NotAllowed):
        decide(house, creation.id, "allow", tom)
    free = painted(house, tom)
    with pytest.raises(NotFound):
        decide(house, free.id, "block", moderator)

    assert state(house, free) == ("ready", False, False)


def test_a_picture_that_is_painted_while_its_file_is_blocked_is_kept_nowhere(house, creation, upload, mira, moderator):
    """It was begun before, and comes when the decision stands."""
    begun = asked_for(house, mira, "a hare", upload_id=upload.id)
    house.db.execute("update pentagram.creations set state = 'painting' where request_id = %(id)s", id=begun.id)
    decide(house, creation.id, "block", moderator)
    house.worker.run_until_idle()

    assert house.studio.watch(begun.id, by=mira).creations[0].state == "cancelled"
