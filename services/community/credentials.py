"""What a name, an e-mail address and a password may be, and how a password is kept."""

from __future__ import annotations

import re

import bcrypt

from services.errors import UserError
from services.text import clean

NAME = re.compile(r"[a-z0-9_.]{3,30}")
EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+")
LONGEST_EMAIL = 254
RESERVED = frozenset(
    [
        "about",
        "account",
        "accounts",
        "admin",
        "administrator",
        "anonymous",
        "api",
        "app",
        "assets",
        "auth",
        "bot",
        "feed",
        "generate",
        "help",
        "home",
        "instagram",
        "login",
        "logout",
        "mod",
        "moderator",
        "moderators",
        "null",
        "official",
        "owner",
        "pentagram",
        "post",
        "posts",
        "privacy",
        "profile",
        "root",
        "search",
        "security",
        "settings",
        "signin",
        "signup",
        "staff",
        "static",
        "support",
        "system",
        "team",
        "terms",
        "undefined",
        "visitor",
        "www",
    ]
)
LOOK_ALIKES = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "i": "l", ".": "", "_": ""})

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD_BYTES = 72
COMMON_PASSWORDS = frozenset(
    [
        "password",
        "password1",
        "passw0rd",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyui",
        "qwerty123",
        "iloveyou",
        "11111111",
    ]
)
HASH_ROUNDS = 12
HASH_OF_NOBODY = "$2b$12$23W4CQnfzxyS4xxaBCkoNuQNgROtsRcLWWAl/EnoEQ0HCcyHAr4je"
"""Of a random text that was thrown away; it costs as much to compare with as a real one."""


def checked_name(text: str) -> str:
    name = text.strip().lower()
    strange = next((letter for letter in name if not letter.isascii()), None)
    if strange is not None:
        raise UserError(
            f"Names use a-z, 0-9, _ and . only; \u201c{strange}\u201d is none of these, whatever it looks like."
        )
    if not NAME.fullmatch(name):
        raise UserError("A name has 3 to 30 characters: a-z, 0-9, _ and .")
    if not re.search(r"[a-z0-9]", name):
        raise UserError("A name needs at least one letter or digit.")
    if re.search(r"(?:^|[_.])www\.", name):
        raise UserError("A name must not look like an address.")
    if is_reserved(name):
        raise UserError("That name is reserved, or looks like one that is.")
    return name


def is_reserved(name: str) -> bool:
    """Whether it is, or at a glance could be read as, a name that speaks for the house."""
    return name in RESERVED or _skeleton(name) in {_skeleton(word) for word in RESERVED}


def _skeleton(name: str) -> str:
    return name.translate(LOOK_ALIKES).replace("rn", "m").replace("vv", "w")


def checked_email(text: str) -> str | None:
    """Lower-cased; None where none was given, since nothing is ever sent to it."""
    email = text.strip().lower()
    if not email:
        return None
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email) or not email.isprintable():
        raise UserError("That is no e-mail address. Correct it, or leave it empty.")
    return email


def checked_display_name(text: str) -> str:
    name = clean(text, most=60, what="The display name", newlines=False)
    if not name:
        raise UserError("The display name is empty.")
    return name


def checked_password(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(f"A password has at least {SHORTEST_PASSWORD} characters.")
    if len(password.encode("utf-8", "replace")) > LONGEST_PASSWORD_BYTES:
        raise UserError(
            f"A password has at most {LONGEST_PASSWORD_BYTES} bytes; that is {LONGEST_PASSWORD_BYTES} letters."
        )
    if password.lower() in COMMON_PASSWORDS or len(set(password)) < 4:
        raise UserError("That password would be guessed first. Choose another.")
    return password


def hash_password(password: str) -> str:
    return bcrypt.hashpw(password.encode("utf-8", "replace"), bcrypt.gensalt(HASH_ROUNDS)).decode()


def password_matches(password: str, hashed: str | None) -> bool:
    """Compare, and take just as long where there is nothing to compare with."""
    given = password.encode("utf-8", "replace")
    fits = 0 < len(given) <= LONGEST_PASSWORD_BYTES
    matches = bcrypt.checkpw(given if fits else b"-", (hashed or HASH_OF_NOBODY).encode())
    return matches and fits and hashed is not None
