"""Pictures that were removed do not come back, whichever way they are brought."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from PIL import Image, ImageEnhance, ImageOps

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.errors import Unavailable, UserError
from services.safety import removed as removed_module
from services.safety.hashes import asked
from services.safety.removed import FOUND, Returned, _columns
from services.studio.studio import Creation

PROMPT = "a lighthouse on a cliff at dusk, calm sea"


@pytest.fixture
def removed(house: Pentagram, paint: Callable[..., Any], mira: Account) -> Creation:
    """A picture of mira's that a moderator removed."""
    creation = paint(mira, PROMPT).creations[0]
    remove(house, creation.id)
    return creation


def remove(house: Pentagram, *creation_ids: UUID) -> UUID:
    decision = uuid.uuid4()
    with house.db.transaction() as tx:
        house.removed_pictures.remember(tx, creation_ids, "violence", decision)
    house.worker.run_until_idle()
    return decision


def take_back(house: Pentagram, decision: UUID) -> int:
    with house.db.transaction() as tx:
        return house.removed_pictures.forget(tx, decision)


def opened(house: Pentagram, creation: Creation) -> Image.Image:
    return Image.open(io.BytesIO(house.storage.get(creation.picture_key))).convert("RGB")


def as_file(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def saved_anew(image: Image.Image, form: str, quality: int) -> Image.Image:
    return Image.open(io.BytesIO(as_file(image, form, quality=quality))).convert("RGB")


def cropped(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    width, height = image.size
    return image.crop((width * left, height * top, width * (1 - right), height * (1 - bottom)))


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it was": lambda image: image,
    "saved as a poor JPEG": lambda image: saved_anew(image, "JPEG", 40),
    "saved as a poor WebP": lambda image: saved_anew(image, "WEBP", 40),
    "made smaller": lambda image: image.resize((150, 150)),
    "turned": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "mirrored": ImageOps.mirror,
    "cropped": lambda image: cropped(image, 0.05, 0.01, 0.03, 0.04),
    "cropped on one side": lambda image: cropped(image, 0.06, 0, 0, 0),
    "made brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "framed": lambda image: ImageOps.expand(image, border=8, fill="white"),
    "cropped, mirrored and saved as a poor JPEG": lambda image: saved_anew(
        ImageOps.mirror(cropped(image, 0.05, 0.05, 0, 0)), "JPEG", 50
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_removed_picture_is_known_again(house, removed, change):
    match = house.removed_pictures.match(CHANGES[change](opened(house, removed)))

    assert match is not None
    assert match.category == "violence"


def test_another_picture_is_none_of_those(house, removed, paint, tom):
    for other in paint(tom, "an old castle on a hill in autumn", count=2).creations:
        assert other.state == "ready"
        assert house.removed_pictures.match(opened(house, other)) is None


# The ways in


def test_whoever_brings_it_along_reads_why_not_and_how_to_appeal(house, removed, tom):
    with pytest.raises(Returned, match=r"moderator removed this picture.*appeal"):
        house.uploads.take(as_file(ImageOps.mirror(opened(house, removed))), by=tom)

    assert house.db.value("select count(*) from pentagram.uploads") == 0


def test_whoever_has_it_painted_again_gets_no_picture(house, removed, paint, tom):
    [again] = paint(tom, PROMPT).creations

    assert (again.state, again.picture_key) == ("blocked", None)
    assert "appeal" in again.failure


def test_an_import_leaves_it_out_and_says_so(house, removed, tom, tmp_path):
    imported = house.importing.begin("lighthouse.png", as_file(opened(house, removed)), by=tom)
    house.worker.run_until_idle()

    [item] = house.importing.items(imported.id, by=tom).items
    assert item.state == "failed"
    assert "appeal" in item.reason


def test_what_its_maker_has_of_it_can_be_posted_for_them_alone(house, removed, mira):
    for visibility in ("public", "unlisted", "followers"):
        with pytest.raises(Returned):
            house.posts.publish([removed.id], by=mira, token=uuid.uuid4().hex, visibility=visibility)
    post = house.posts.publish([removed.id], by=mira, token=uuid.uuid4().hex, visibility="private")
    with pytest.raises(Returned):
        edit(house, post, mira, visibility="public")


def test_a_copy_that_was_here_before_the_removal_cannot_be_posted_either(house, paint, mira, tom):
    mine, copy = paint(mira, PROMPT).creations[0], paint(tom, PROMPT).creations[0]
    remove(house, mine.id)

    with pytest.raises(Returned):
        house.posts.publish([copy.id], by=tom, token=uuid.uuid4().hex)


def test_nobody_is_kept_from_posting_because_the_storage_is_away_while_nothing_was_removed(
    house, paint, tom, monkeypatch
):
    [picture] = paint(tom).creations
    monkeypatch.setattr(house.storage, "get", away)

    house.posts.publish([picture.id], by=tom, token=uuid.uuid4().hex)


def test_it_is_nobodys_face_any_more_and_cannot_be_made_that(house, paint, mira):
    [creation] = paint(mira, PROMPT).creations
    house.accounts.show_as(mira, creation.id)

    remove(house, creation.id)

    assert house.accounts.named("mira").avatar_key is None
    assert creation.id not in {picture.id for picture in house.accounts.wearable(mira).items}
    with pytest.raises(UserError):
        house.accounts.show_as(mira, creation.id)


def edit(house: Pentagram, post: Any, by: Account, *, visibility: str) -> Any:
    return house.posts.edit(
        post.id, by=by, caption=post.caption, tags=post.tags, visibility=visibility, takes_comments=True,
        shows_prompt=True, seen=post.edited_at,
    )  # fmt: skip


# An appeal that was upheld, and what may go wrong


def test_after_the_decision_was_taken_back_it_may_come_back(house, paint, mira, tom):
    mine, other = paint(mira, PROMPT).creations[0], paint(mira, "a castle on a hill").creations[0]
    decision = remove(house, mine.id)
    remove(house, other.id)

    assert take_back(house, decision) == 1
    assert take_back(house, decision) == 0

    house.posts.publish([mine.id], by=mira, token=uuid.uuid4().hex)
    house.uploads.take(as_file(opened(house, mine)), by=tom)
    with pytest.raises(Returned):
        house.uploads.take(as_file(opened(house, other)), by=tom)


def test_one_that_two_decisions_removed_stays_away_until_both_were_taken_back(house, paint, mira, tom):
    [creation] = paint(mira, PROMPT).creations
    first, second = remove(house, creation.id), remove(house, creation.id)

    take_back(house, first)
    with pytest.raises(Returned):
        house.uploads.take(as_file(opened(house, creation)), by=tom)
    take_back(house, second)
    house.uploads.take(as_file(opened(house, creation)), by=tom)


def test_a_storage_that_is_away_delays_no_decision_and_is_asked_again(house, paint, mira, tom, monkeypatch):
    [creation] = paint(mira, PROMPT).creations
    picture = opened(house, creation)
    with monkeypatch.context() as patched:
        patched.setattr(house.storage, "get", away)
        remove(house, creation.id)
    assert unhashed(house) == 1
    assert house.removed_pictures.match(picture) is None

    house.db.execute("update pentagram.procrastinate_jobs set scheduled_at = null")
    house.worker.run_until_idle()

    assert unhashed(house) == 0
    assert house.removed_pictures.match(picture) is not None


def test_its_maker_cannot_delete_it_before_it_was_hashed_and_its_file_goes_then(house, paint, mira, monkeypatch):
    [creation] = paint(mira, PROMPT).creations
    picture = opened(house, creation)
    with monkeypatch.context() as patched:
        patched.setattr(house.storage, "get", away)
        remove(house, creation.id)
        house.studio.delete(creation.id, by=mira)
        house.worker.run_until_idle()
    assert house.storage.exists(creation.picture_key)

    house.db.execute("update pentagram.procrastinate_jobs set scheduled_at = null")
    house.worker.run_until_idle()

    assert not house.storage.exists(creation.picture_key)
    assert house.removed_pictures.match(picture) is not None


def test_a_file_that_is_gone_holds_up_none_of_the_others(house, paint, mira):
    lost, kept = paint(mira, PROMPT).creations[0], paint(mira, "a castle on a hill").creations[0]
    picture = opened(house, kept)
    house.storage.delete([lost.picture_key])

    remove(house, lost.id, kept.id)

    assert house.removed_pictures.match(picture) is not None
    assert unhashed(house) == 0


def unhashed(house: Pentagram) -> int:
    return int(house.db.value("select count(*) from pentagram.removed_pictures where hashed_at is null"))


def away(*_: Any) -> bytes:
    raise Unavailable("The storage does not answer.")


# The index


def test_the_list_is_asked_by_its_index_and_by_no_other_way(house, removed, database):
    ways = asked(opened(house, removed))
    with psycopg.connect(database) as connection:
        connection.execute("set local enable_seqscan = off")
        rows = connection.execute(f"explain {FOUND}", _columns(ways) | {"most": removed_module.MOST_BITS})
        plan = "\n".join(line for (line,) in rows)

    assert "removed_hashes_pieces" in plan
    assert "Seq Scan" not in plan
