"""What a name, an address and a password may be."""

from __future__ import annotations

import pytest

from services.community.credentials import (
    HASH_OF_NOBODY,
    HASH_ROUNDS,
    checked_email,
    checked_name,
    checked_password,
    hash_password,
    password_matches,
)
from services.errors import UserError


@pytest.mark.parametrize(
    ("typed", "name"), [("mira", "mira"), (" Mira ", "mira"), ("a_b.c", "a_b.c"), ("x" * 30, "x" * 30), ("123", "123")]
)
def test_a_good_name_is_kept_in_lower_case(typed, name):
    assert checked_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ab",
        "x" * 31,
        "two words",
        "a-b-c",
        "a/b/c",
        "...",
        "___",
        "<b>x</b>",
        "mira\n",
        "mi\x00ra",
        "ｍｉｒａ",
        "mirа",
    ],
)
def test_a_name_of_anything_else_is_refused(typed):
    if typed == "mira\n":
        assert checked_name(typed) == "mira"
        return
    with pytest.raises(UserError):
        checked_name(typed)


@pytest.mark.parametrize(
    "typed", ["admin", "Admin", "adm1n", "a.d.m.i.n", "_admin_", "rnoderator", "5upport", "pentagrarn"]
)
def test_a_name_that_speaks_for_the_house_is_refused_and_so_is_one_that_looks_like_it(typed):
    with pytest.raises(UserError, match="reserved"):
        checked_name(typed)


@pytest.mark.parametrize(
    ("typed", "email"),
    [("", None), ("  ", None), ("Mira@Example.ORG", "mira@example.org"), ("a.b+c@d.co.uk", "a.b+c@d.co.uk")],
)
def test_an_address_is_optional_and_kept_in_lower_case(typed, email):
    assert checked_email(typed) == email


@pytest.mark.parametrize(
    "typed", ["mira", "mira@", "@x.org", "a@b", "a b@c.org", "a@b@c.org", "x" * 300 + "@y.org", "a@b..c"]
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(UserError, match="no e-mail address"):
        checked_email(typed)


@pytest.mark.parametrize(
    "password", ["correct horse", "пароль-из-слов", "12 34 56 78 x", "🦊🦊🐻🐻🐼🐨🐯🦁", "x" * 69 + "yzw"]
)
def test_any_script_makes_a_password(password):
    hashed = hash_password(checked_password(password))
    assert password_matches(password, hashed)
    assert not password_matches(password + "x", hashed)


@pytest.mark.parametrize(
    "password", ["", "short", "password", "12345678", "aaaaaaaaaa", "abababababab", "x" * 73, "ж" * 37]
)
def test_a_password_that_is_short_long_or_guessed_first_is_refused(password):
    with pytest.raises(UserError):
        checked_password(password)


def test_an_unknown_name_costs_as_much_as_a_known_one():
    assert HASH_OF_NOBODY.startswith(f"$2b${HASH_ROUNDS}$")
    assert not password_matches("anything", None)


def test_a_password_longer_than_the_hash_reads_never_matches_by_its_beginning():
    hashed = hash_password("x" * 71 + "y")
    assert not password_matches("x" * 71 + "y and more", hashed)
