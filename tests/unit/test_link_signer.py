from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from services.platform.storage.signer import LinkSigner
from tests.fakes.clock import FakeClock

KEY = "pictures/ab/" + "ab" * 32 + ".webp"
OTHER = "pictures/cd/" + "cd" * 32 + ".webp"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def signer(clock: FakeClock) -> LinkSigner:
    return LinkSigner(b"k" * 32, clock)


def parts(query: str) -> tuple[str, str]:
    values = parse_qs(query, strict_parsing=True)
    return values["e"][0], values["s"][0]


def test_what_was_signed_is_valid(signer: LinkSigner) -> None:
    assert signer.is_valid(KEY, *parts(signer.sign(KEY, 60)))


@pytest.mark.parametrize("offset", [0, 1, 299, 599, 599.999])
@pytest.mark.parametrize("seconds", [1, 60, 600, 3600])
def test_a_link_lives_at_least_as_long_as_asked_and_at_most_ten_minutes_more(
    signer: LinkSigner, clock: FakeClock, offset: float, seconds: int
) -> None:
    clock.advance(offset)
    link = parts(signer.sign(KEY, seconds))
    clock.advance(seconds)
    assert signer.is_valid(KEY, *link)
    clock.advance(600.001)
    assert not signer.is_valid(KEY, *link)


def test_the_address_stays_the_same_for_a_while_so_that_browsers_keep_the_picture(
    signer: LinkSigner, clock: FakeClock
) -> None:
    clock.advance(1)
    first = signer.sign(KEY, 3600)
    clock.advance(598)
    assert signer.sign(KEY, 3600) == first
    clock.advance(2)
    assert signer.sign(KEY, 3600) != first


def test_a_link_opens_one_picture_only(signer: LinkSigner) -> None:
    assert not signer.is_valid(OTHER, *parts(signer.sign(KEY, 60)))


def test_expiry_cannot_be_changed(signer: LinkSigner) -> None:
    expires, signature = parts(signer.sign(KEY, 60))
    assert not signer.is_valid(KEY, str(int(expires) + 600), signature)
    assert not signer.is_valid(KEY, f"0{expires}", signature)


def test_a_signature_of_another_key_is_worth_nothing(signer: LinkSigner, clock: FakeClock) -> None:
    assert not signer.is_valid(KEY, *parts(LinkSigner(b"x" * 32, clock).sign(KEY, 60)))


@pytest.mark.parametrize(
    "expires", ["", "soon", "-1", "1e9", " 1", "1\n", "9" * 12, "9" * 5000, "٣" * 10, "²", "\ud800", "\x00"]
)
def test_an_odd_expiry_is_just_not_valid(signer: LinkSigner, expires: str) -> None:
    assert not signer.is_valid(KEY, expires, parts(signer.sign(KEY, 60))[1])


@pytest.mark.parametrize("signature", ["", "é", "\ud800", "\x00", "a" * 64, "A" * 100_000])
def test_an_odd_signature_is_just_not_valid(signer: LinkSigner, signature: str) -> None:
    assert not signer.is_valid(KEY, parts(signer.sign(KEY, 60))[0], signature)


@pytest.mark.parametrize("key", ["", "../etc/passwd", "\ud800", "é"])
def test_an_odd_key_is_just_not_valid(signer: LinkSigner, key: str) -> None:
    assert not signer.is_valid(key, *parts(signer.sign(KEY, 60)))
