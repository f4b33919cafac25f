"""Accounts on a real database: who is let in, who is not, and what ends a session."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.community.accounts import SESSION_DAYS, THROTTLE_WINDOW, Accounts
from services.errors import NotFound, TooMany, UserError
from tests.conftest import PASSWORD, PASSWORD_HASH

DAY = 86400


@pytest.fixture
def accounts(build, clock) -> Accounts:
    return build(clock=clock).accounts


def test_names_and_addresses_are_unique_whatever_their_case(accounts):
    accounts.register("mira", PASSWORD_HASH, email="mira@example.org")

    with pytest.raises(UserError, match="That name is taken"):
        accounts.register("MIRA", PASSWORD_HASH)
    with pytest.raises(UserError, match="That e-mail address is taken"):
        accounts.register("mira2", PASSWORD_HASH, email="MIRA@example.org")


def test_fifty_people_who_want_one_name_at_once_get_one_account(accounts):
    def register(_):
        try:
            accounts.register("mira", PASSWORD_HASH)
        except UserError:
            return 0
        return 1

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(register, range(50))) == 1


def test_the_right_password_is_let_in_and_no_other(accounts):
    accounts.register("mira", PASSWORD_HASH)

    assert accounts.check_password("Mira", PASSWORD, address="1.2.3.4")
    for wrong in ("", PASSWORD.upper(), PASSWORD + " ", "x" * 10_000, "\x00", "\ud800"):
        assert not accounts.check_password("mira", wrong, address=wrong[:5])


def test_a_resident_without_a_password_cannot_be_signed_in_to(accounts):
    accounts.register("robot", None, kind="resident")

    assert not accounts.check_password("robot", "", address="1")
    assert not accounts.check_password("robot", PASSWORD, address="1")


@pytest.mark.parametrize("name", ["mira", "nobody_here"])
def test_guessing_is_stopped_and_forgiven_after_a_while(accounts, clock, name):
    accounts.register("mira", PASSWORD_HASH)
    for _ in range(5):
        accounts.check_password(name, "wrong", address="1.2.3.4")

    with pytest.raises(TooMany, match="Try again in 15 minutes"):
        accounts.check_password(name, PASSWORD, address="1.2.3.4")
    assert accounts.check_password("mira", PASSWORD, address="5.6.7.8"), "its owner elsewhere is let in"

    clock.advance(THROTTLE_WINDOW.total_seconds() + 1)
    assert accounts.check_password("mira", PASSWORD, address="1.2.3.4")


def test_many_guesses_at_once_do_not_slip_through_together(accounts):
    accounts.register("mira", PASSWORD_HASH)

    def guess(_):
        try:
            accounts.check_password("mira", "wrong", address="1.2.3.4")
        except TooMany:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        looked_at = sum(pool.map(guess, range(32)))
    assert looked_at <= 8


def test_a_right_password_forgets_the_wrong_ones_before_it(accounts):
    accounts.register("mira", PASSWORD_HASH)
    for _ in range(3):
        for _ in range(4):
            accounts.check_password("mira", "wrong", address="1")
        assert accounts.check_password("mira", PASSWORD, address="1")


def test_a_session_lasts_while_it_is_used_and_ends_when_it_is_not(accounts, clock):
    mira = accounts.register("mira", PASSWORD_HASH)
    token = accounts.begin_session(mira)

    for _ in range(5):
        clock.advance((SESSION_DAYS - 1) * DAY)
        assert accounts.of_session(token).id == mira.id
    clock.advance(SESSION_DAYS * DAY + 1)

    assert accounts.of_session(token) is None


def test_a_token_is_not_kept_where_it_could_be_read(accounts, house):
    token = accounts.begin_session(accounts.register("mira", PASSWORD_HASH))

    stored = house.db.value("select encode(token_hash, 'escape') from pentagram.sessions")
    assert token not in stored


@pytest.mark.parametrize("token", [None, "", "x", "x" * 10_000, "\x00", "\ud800", "' or true --"])
def test_a_made_up_token_is_nobody(accounts, token):
    accounts.begin_session(accounts.register("mira", PASSWORD_HASH))
    assert accounts.of_session(token) is None


def test_signing_out_ends_one_session_and_everywhere_ends_all(accounts):
    mira = accounts.register("mira", PASSWORD_HASH)
    first, second, third = (accounts.begin_session(mira) for _ in range(3))

    accounts.end_session(first)
    assert accounts.of_session(first) is None
    assert accounts.of_session(second) is not None

    accounts.end_all_sessions(mira)
    assert accounts.of_session(second) is None
    assert accounts.of_session(third) is None


def test_the_configured_admin_becomes_one_when_signing_up_or_in(build, settings):
    build().accounts.register("mira", PASSWORD_HASH)
    with_admin = build(settings=settings.model_copy(update={"admin": "Mira"})).accounts

    with_admin.begin_session(with_admin.named("mira"))

    assert with_admin.named("mira").role == "admin"
    assert with_admin.register("tom", PASSWORD_HASH).role == "member"


def test_an_identity_gets_one_account_with_a_free_name(accounts):
    accounts.register("mira", PASSWORD_HASH, email="mira@example.org")

    def arrive(_=None):
        return accounts.of_identity(
            "https://id.example", "subject-1", suggested_name="Mira", email="mira@example.org", issued_at=0
        )

    with ThreadPoolExecutor(4) as pool:
        found = {account.id for account in pool.map(arrive, range(8))}
    assert len(found) == 1
    assert arrive().name.startswith("mira")
    assert arrive().name != "mira", "nobody is let into an account because they typed its address elsewhere"
    assert arrive().email is None


def test_an_identity_vouched_for_before_signing_out_everywhere_is_not_let_back_in(accounts, clock):
    def arrive(at: float):
        return accounts.of_identity("https://id.example", "s", suggested_name="Mira", issued_at=at)

    mira = arrive(clock.now().timestamp())
    clock.advance(10)
    accounts.end_all_sessions(mira)

    assert arrive(clock.now().timestamp() - 5) is None
    assert arrive(clock.now().timestamp() + 5).id == mira.id


@pytest.mark.parametrize("suggested", ["", "админ", "admin", "x", "  ", "<script>", "Ünïcödé Person", "a" * 500])
def test_whatever_a_provider_calls_somebody_they_get_a_name(accounts, suggested):
    account = accounts.of_identity("https://id.example", suggested, suggested_name=suggested, issued_at=0)
    assert account is not None
    assert 3 <= len(account.name) <= 30


def test_a_deleted_account_takes_everything_along_and_leaves_counts_right(house, person, paint):
    mira, tom = person("mira"), person("tom")
    own, other = paint(mira).creations[0], paint(tom, "a boat").creations[0]
    post = house.posts.publish([other.id], by=tom, token="press-one")
    house.posts.publish([own.id], by=mira, token="press-two")
    house.posts.like(post.id, by=mira)
    house.comments.write(post.id, "Nice", by=mira, token="press-three")

    house.accounts.delete(mira)
    house.worker.run_until_idle()

    left = house.posts.get(post.id, viewer=tom)
    assert (left.like_count, left.comment_count) == (0, 0)
    assert [each.author for each in house.feeds.page("fresh", viewer=None).items] == ["tom"]
    assert not house.storage.exists(own.picture_key)
    assert house.storage.exists(other.picture_key)
    with pytest.raises(NotFound):
        house.accounts.named("mira")


def test_a_profile_picture_is_offered_newest_first_page_by_page_and_only_what_everybody_may_see(house, person, paint):
    mira, tom = person("mira"), person("tom")
    first, hidden, unchecked, last = paint(mira, count=4).creations
    paint(tom)
    house.db.execute("update pentagram.creations set sensitive = true where id = %(id)s", id=hidden.id)
    house.db.execute("update pentagram.creations set unchecked = true where id = %(id)s", id=unchecked.id)

    page = house.accounts.wearable(mira, limit=1)
    assert [picture.id for picture in page.items] == [last.id]
    page = house.accounts.wearable(mira, after=page.next, limit=1)
    assert ([picture.id for picture in page.items], page.next) == ([first.id], None)
    for picture in (hidden, unchecked):
        with pytest.raises(UserError):
            house.accounts.show_as(mira, picture.id)
