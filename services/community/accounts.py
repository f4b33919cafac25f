"""Accounts and who is signed in: names, passwords, sessions that can be ended, and a brake on guessing."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from psycopg.errors import UniqueViolation

from services.community.credentials import (
    NAME,
    checked_display_name,
    checked_email,
    checked_name,
    is_reserved,
    password_matches,
)
from services.errors import NotFound, TooMany, UserError
from services.ids import parse_id
from services.pages import Page, page_of, place_of
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import SOON, Jobs
from services.platform.storage.base import part_key
from services.safety.prompts import PromptGate
from services.safety.removed import RemovedPictures
from services.safety.returning import carry_over, remember
from services.safety.standing import check_standing, in_removed_post
from services.safety.verdicts import Refused
from services.text import clean

SESSION_DAYS = 30
SEEN_EVERY = timedelta(hours=1)
THROTTLE_WINDOW = timedelta(minutes=15)
MOST_FAILURES = {"name and address": 5, "name": 20, "address": 50}

PAGE = 24
MOST_ON_A_PAGE = 60
LEFT = "Somebody who left"
NEUTRAL = "friend"
GONE_AT_ONCE = 200
GO_FIRST: tuple[LiteralString, ...] = (
    """delete from pentagram.posts where id in (
      select id from pentagram.posts where account_id = %(id)s order by id desc limit %(most)s)""",
    """delete from pentagram.comments where id in (
      select id from pentagram.comments where account_id = %(id)s limit %(most)s)""",
    """delete from pentagram.likes where account_id = %(id)s and post_id in (
      select post_id from pentagram.likes where account_id = %(id)s order by post_id limit %(most)s)""",
    """delete from pentagram.comment_likes where account_id = %(id)s and comment_id in (
      select comment_id from pentagram.comment_likes where account_id = %(id)s order by comment_id limit %(most)s)""",
)
"""What somebody may have very much of, and what changes counts beside what others see."""

COLUMNS = """a.id, a.name, a.email, a.display_name, a.bio, a.role, a.kind, a.demo,
  a.password_hash is not null as has_password, c.thumbnail_key as avatar_key"""
FROM = "pentagram.accounts a left join pentagram.creations c on c.id = a.avatar_id"
# Those that everybody may see.
OWN_PICTURES = f"""from pentagram.creations c join pentagram.requests r on r.id = c.request_id
  where c.account_id = %(by)s and c.state = 'ready' and not r.sensitive and not c.sensitive and not c.unchecked
    and not {in_removed_post("c.id")}
    and (select true from pentagram.removed_pictures o
      where o.picture_key = c.picture_key and o.ended_at is null limit 1) is not true"""


@dataclass(frozen=True)
class Account:
    id: UUID
    name: str
    email: str | None
    display_name: str
    bio: str
    role: str
    kind: str
    demo: bool
    has_password: bool
    avatar_key: str | None


@dataclass(frozen=True)
class Wearable:
    """A picture of one's own that may be one's profile picture."""

    id: UUID
    thumbnail_key: str
    prompt: str


@dataclass(frozen=True)
class _SignedIn(Account):
    last_seen_at: datetime


class Accounts:
    def __init__(
        self, db: Database, jobs: Jobs, gate: PromptGate, clock: Clock, key: bytes, *, admin: str | None = None,
        removed: RemovedPictures | None = None,
    ) -> None:  # fmt: skip
        self._db = db
        self._gate = gate
        self._jobs = jobs
        self._clock = clock
        self._key = key
        self._removed = removed
        self._admin = admin.lower() if admin else None
        jobs.register("delete_account", self.finish_leaving)

    def register(
        self,
        name: str,
        password_hash: str | None,
        *,
        email: str = "",
        display_name: str = "",
        kind: str = "person",
        demo: bool = False,
        bio: str = "",
        role: str = "member",
    ) -> Account:
        """Make an account. Without a password it can be signed in to by an identity provider only, or not at all."""
        name = checked_name(name)
        shown = checked_display_name(display_name) if display_name.strip() else name
        bio, address = clean(bio, most=500, what="The bio"), checked_email(email)
        self._refuse_what_is_blocked(name, shown, bio)
        with _taken_names_explained(), self._db.transaction() as tx:
            account_id = tx.value(
                """insert into pentagram.accounts (name, email, display_name, password_hash, kind, demo, bio, role)
                values (%(name)s, %(email)s, %(shown)s, %(hashed)s, %(kind)s, %(demo)s, %(bio)s, %(role)s)
                returning id""",
                name=name, email=address, shown=shown, hashed=password_hash, kind=kind, demo=demo, bio=bio, role=role,
            )  # fmt: skip
            self._crown(tx, name)
            carry_over(tx, account_id, self._fingerprints(address))
        return self.named(name)

    def _refuse_what_is_blocked(self, name: str, shown: str, bio: str, *, known: Sequence[str] = ()) -> None:
        """Of what others see of somebody. What is `known` was looked at before."""
        looked_at = {"", *known}
        for what, text in (("name", name), ("display name", shown), ("bio", bio)):
            if text not in looked_at:
                self._gate.take(text, what)
                looked_at.add(text)

    def _crown(self, tx: Transaction, name: str) -> None:
        """Make the configured name an admin, as long as there is none: later on that name may be somebody else's."""
        if name == self._admin:
            tx.execute(
                """update pentagram.accounts set role = 'admin' where name = %(name)s
                and not exists (select from pentagram.accounts where role = 'admin')""",
                name=name,
            )

    def named(self, name: str) -> Account:
        name = name.strip().lower()
        account = (
            self._db.row(Account, f"select {COLUMNS} from {FROM} where a.name = %(name)s", name=name)
            if NAME.fullmatch(name)
            else None
        )
        if account is None:
            raise NotFound(f"Nobody here is called {name[:40]}.")
        return account

    def of_identity(
        self, issuer: str, subject: str, *, suggested_name: str, email: str = "", issued_at: float
    ) -> Account | None:
        """The account of somebody whom an identity provider vouched for at `issued_at`; made at their first visit.
        None where they signed out everywhere since then."""
        account = self._of_identity(issuer, subject) or self._register_identity(issuer, subject, suggested_name, email)
        ended = self._db.value(
            "select extract(epoch from signed_out_at)::float from pentagram.accounts where id = %(id)s", id=account.id
        )
        return None if ended is not None and issued_at <= ended else account

    def _of_identity(self, issuer: str, subject: str) -> Account | None:
        return self._db.row(
            Account,
            f"""select {COLUMNS} from {FROM} join pentagram.identities i on i.account_id = a.id
            where i.issuer = %(issuer)s and i.subject = %(subject)s""",
            issuer=issuer, subject=subject,
        )  # fmt: skip

    def _register_identity(self, issuer: str, subject: str, suggested_name: str, email: str) -> Account:
        fresh = self._register_similar(suggested_name, email)
        with self._db.transaction() as tx:
            tx.execute(
                """insert into pentagram.identities (issuer, subject, account_id)
                values (%(issuer)s, %(subject)s, %(id)s) on conflict do nothing""",
                issuer=issuer, subject=subject, id=fresh.id,
            )  # fmt: skip
            known = self._fingerprints(fresh.email, (issuer, subject))
            winner: UUID = tx.value(
                "select account_id from pentagram.identities where issuer = %(issuer)s and subject = %(subject)s",
                issuer=issuer, subject=subject,
            )  # fmt: skip
            if winner != fresh.id:
                remember(tx, fresh.id, known)
                tx.execute("delete from pentagram.accounts where id = %(id)s", id=fresh.id)
            carry_over(tx, winner, known)
        return self._of_identity(issuer, subject) or fresh

    def _register_similar(self, suggested: str, email: str) -> Account:
        """A name near the suggested one that is free. An e-mail that another account holds is left out: whoever
        typed it there proved nothing, and joining accounts by it would let either take over the other."""
        base = _base_of(suggested)
        if not self._takes(base, suggested):
            base = suggested = NEUTRAL
        base = base if len(base) >= 3 and not is_reserved(base) and base != self._admin else NEUTRAL
        candidates = [base, *(f"{base}{secrets.randbelow(10**digits)}" for digits in (2, 3, 4, 6))]
        for name in candidates:
            for address in (email, ""):
                try:
                    return self.register(name, None, email=address, display_name=suggested[:60])
                except UserError:
                    continue
        raise UserError("No free name was found for you; sign up with a name of your choice instead.")

    def _takes(self, base: str, suggested: str) -> bool:
        """Nobody chose what a provider calls them at this moment, so that they are not turned away for it."""
        try:
            self._refuse_what_is_blocked(base, suggested, "")
        except Refused:
            return False
        return True

    def set_role(self, name: str, role: str) -> Account:
        if role not in ("member", "moderator", "admin"):
            raise UserError("A role is member, moderator or admin.")
        self._db.execute(
            "update pentagram.accounts set role = %(role)s where id = %(id)s", role=role, id=self.named(name).id
        )
        return self.named(name)

    def check_password(self, name: str, password: str, *, address: str) -> bool:
        """Whether this is the account's password. Takes as long for a name that nobody has."""
        name, address = (_storable(text)[:64] for text in (name.strip().lower(), address))
        attempt = self._brake(name, address)
        hashed = self._db.value("select password_hash from pentagram.accounts where name = %(name)s", name=name)
        right = password_matches(password, hashed)
        if right:
            self._db.execute(
                """delete from pentagram.sign_in_failures
                where id = %(attempt)s or (name = %(name)s and address = %(address)s)""",
                attempt=attempt, name=name, address=address,
            )  # fmt: skip
        return right

    def _brake(self, name: str, address: str) -> int:
        """Note the attempt before the password is looked at, so that many at once cannot slip through together."""
        since = self._clock.now() - THROTTLE_WINDOW
        with self._db.transaction() as tx:
            for kind, word in ((1, address), (2, name)):
                tx.execute("select pg_advisory_xact_lock(%(kind)s, hashtext(%(word)s))", kind=kind, word=word)
            tx.execute("delete from pentagram.sign_in_failures where failed_at < %(since)s", since=since)
            counts = tx.row(
                _Failures,
                """select count(*) filter (where name = %(name)s and address = %(address)s) as both,
                  count(*) filter (where name = %(name)s) as name, count(*) as address,
                  min(failed_at) as oldest
                from pentagram.sign_in_failures where name = %(name)s or address = %(address)s""",
                name=name, address=address,
            )  # fmt: skip
            if counts is not None and counts.too_many:
                minutes = max(1, round(((counts.oldest or since) - since).total_seconds() / 60))
                raise TooMany(f"Too many attempts to sign in. Try again in {minutes} minutes.")
            return int(
                tx.value(
                    """insert into pentagram.sign_in_failures (name, address, failed_at)
                    values (%(name)s, %(address)s, %(now)s) returning id""",
                    name=name, address=address, now=self._clock.now(),
                )
            )  # fmt: skip

    def begin_session(self, account: Account, *, device: str = "") -> str:
        """Sign in; the token that the browser keeps. Only its hash is stored."""
        token = secrets.token_urlsafe(32)
        now = self._clock.now()
        with self._db.transaction() as tx:
            tx.execute("delete from pentagram.sessions where expires_at < %(now)s", now=now)
            self._crown(tx, account.name)
            tx.execute(
                """insert into pentagram.sessions (token_hash, account_id, device, created_at, last_seen_at, expires_at)
                values (%(hash)s, %(id)s, %(device)s, %(now)s, %(now)s, %(until)s)""",
                hash=self._hash(token), id=account.id, device=clean(device, most=10_000, what="")[:200], now=now,
                until=now + timedelta(days=SESSION_DAYS),
            )  # fmt: skip
        return token

    def of_session(self, token: str | None) -> Account | None:
        """Who is signed in with this token; None for one that was ended, ran out or never was."""
        if not token or len(token) > 200:
            return None
        now = self._clock.now()
        hashed = self._hash(token)
        found = self._db.row(
            _SignedIn,
            f"""select {COLUMNS}, s.last_seen_at from {FROM} join pentagram.sessions s on s.account_id = a.id
            where s.token_hash = %(hash)s and s.expires_at > %(now)s""",
            hash=hashed, now=now,
        )  # fmt: skip
        if found is None:
            return None
        if now - found.last_seen_at > SEEN_EVERY:
            self._db.execute(
                """update pentagram.sessions set last_seen_at = %(now)s, expires_at = %(until)s
                where token_hash = %(hash)s""",
                now=now, until=now + timedelta(days=SESSION_DAYS), hash=hashed,
            )  # fmt: skip
        return found

    def end_session(self, token: str) -> None:
        self._db.execute("delete from pentagram.sessions where token_hash = %(hash)s", hash=self._hash(token))

    def end_all_sessions(self, account: Account) -> int:
        """Sign out everywhere; how many places that were."""
        with self._db.transaction() as tx:
            tx.execute(
                "update pentagram.accounts set signed_out_at = %(now)s where id = %(id)s",
                now=self._clock.now(), id=account.id,
            )  # fmt: skip
            return tx.execute("delete from pentagram.sessions where account_id = %(id)s", id=account.id)

    def change_password(self, account: Account, password_hash: str, *, session: str) -> None:
        """Every other session of the account ends with it. The old password is the caller's to check."""
        with self._db.transaction() as tx:
            tx.execute(
                "update pentagram.accounts set password_hash = %(hashed)s where id = %(id)s",
                hashed=password_hash, id=account.id,
            )  # fmt: skip
            tx.execute(
                "delete from pentagram.sessions where account_id = %(id)s and token_hash <> %(kept)s",
                id=account.id, kept=self._hash(session),
            )  # fmt: skip

    def wearable(self, account: Account, *, after: str | None = None, limit: int = PAGE) -> Page[Wearable]:
        """The person's own pictures that may be their profile picture, the newest first."""
        [last] = place_of(after, UUID)
        limit = min(limit, MOST_ON_A_PAGE)
        pictures = self._db.rows(
            Wearable,
            f"""select c.id, c.thumbnail_key, r.prompt {OWN_PICTURES} and (%(last)s::uuid is null or c.id < %(last)s)
            order by c.id desc limit %(most)s""",
            by=account.id, last=last, most=limit + 1,
        )  # fmt: skip
        return page_of(pictures, limit, lambda picture: (picture.id,))

    def show_as(self, account: Account, creation_id: object) -> None:
        """Make one of the person's own pictures their profile picture."""
        check_standing(self._db, account)
        picture = parse_id(creation_id, "picture")
        if self._removed is not None:
            self._removed.refuse_kept([picture])
        with self._db.transaction() as tx:
            _check_owns_picture(tx, picture, account)
            tx.execute(
                "update pentagram.accounts set avatar_id = %(avatar)s where id = %(id)s", avatar=picture, id=account.id
            )

    def show_none(self, account: Account) -> None:
        """Take the profile picture off; the picture itself stays."""
        self._db.execute("update pentagram.accounts set avatar_id = null where id = %(id)s", id=account.id)

    def change_profile(self, account: Account, *, name: str, display_name: str, email: str, bio: str) -> Account:
        check_standing(self._db, account)
        name = account.name if name.strip().lower() == account.name else checked_name(name)
        if name == self._admin != account.name:
            raise UserError("That name is kept for the admin of this installation.")
        shown, bio = checked_display_name(display_name), clean(bio, most=500, what="The bio")
        self._refuse_what_is_blocked(name, shown, bio, known=(account.name, account.display_name, account.bio))
        address = checked_email(email)
        with _taken_names_explained(), self._db.transaction() as tx:
            tx.execute(
                """update pentagram.accounts
                set name = %(name)s, display_name = %(shown)s, email = %(email)s, bio = %(bio)s where id = %(id)s""",
                name=name, shown=shown, email=address, bio=bio, id=account.id,
            )  # fmt: skip
            if address != account.email:
                carry_over(tx, account.id, self._fingerprints(address))
        return self.named(name)

    def shows_sensitive(self, account: Account) -> bool:
        """Whether lists put pictures before them that may be sensitive."""
        return bool(
            self._db.value("select shows_sensitive from pentagram.accounts where id = %(id)s", id=account.id)
        )  # fmt: skip

    def show_sensitive(self, account: Account, wanted: bool) -> None:
        self._db.execute(
            "update pentagram.accounts set shows_sensitive = %(wanted)s where id = %(id)s",
            wanted=wanted, id=account.id,
        )  # fmt: skip

    def leave(self, account: Account) -> None:
        """Have the account deleted: at once nobody can sign in to it and its name is free, and within the job
        everything of theirs goes. A strike or suspension that is in force waits for their next one."""
        with self._db.transaction() as tx:
            remember(tx, account.id, self._known_by(tx, account))
            for table in ("sessions", "identities"):
                tx.execute(f"delete from pentagram.{table} where account_id = %(id)s", id=account.id)
            tx.execute("delete from pentagram.sign_in_failures where name = %(name)s", name=account.name)
            tx.execute(
                """update pentagram.accounts set name = %(name)s, display_name = %(shown)s, email = null, bio = '',
                  avatar_id = null, password_hash = null, role = 'member' where id = %(id)s""",
                name=f"gone_{secrets.token_hex(12)}", shown=LEFT, id=account.id,
            )  # fmt: skip
            self._jobs.defer(tx, "delete_account", priority=SOON, account_id=str(account.id))

    def finish_leaving(self, *, account_id: str, last_attempt: bool = True) -> None:
        """A little at a time: whoever likes a post that somebody liked who leaves does not wait for all the rest."""
        account = self._db.row(Account, f"select {COLUMNS} from {FROM} where a.id = %(id)s", id=UUID(account_id))
        if account is None:
            return
        for some in GO_FIRST:
            while self._db.execute(some, id=account.id, most=GONE_AT_ONCE):
                continue
        self.delete(account)

    def delete(self, account: Account) -> None:
        """Everything of theirs goes: rows at once, files by a job that looks whether anybody else needs them. What
        stays are counts: the ledger without their name, and that somebody reported something, without a word of
        theirs."""
        with self._db.transaction() as tx:
            tx.execute("delete from pentagram.sign_in_failures where name = %(name)s", name=account.name)
            tx.execute("update pentagram.reports set note = '' where reporter_id = %(id)s", id=account.id)
            # Imports before creations: afterwards none of them makes another one.
            archives = tx.rows(
                _Archive,
                """with brought as (delete from pentagram.imports where account_id = %(id)s returning id, parts),
                  taken as (delete from pentagram.exports where account_id = %(id)s returning id, parts)
                select id, parts from brought union all select id, parts from taken""",
                id=account.id,
            )
            # Creations before the account, in the order in which a worker that finishes one of them locks the two.
            for call in tx.rows(
                _Call,
                """select c.id, r.engine, c.call_id
                from pentagram.creations c join pentagram.requests r on r.id = c.request_id
                where c.account_id = %(id)s and c.call_id is not null""",
                id=account.id,
            ):
                self._jobs.defer(
                    tx, "call_off", engine=call.engine, call=call.call_id, account_id=str(account.id),
                    creation_id=str(call.id),
                )  # fmt: skip
            keys = tx.values(
                """with gone as (
                  delete from pentagram.creations where account_id = %(id)s
                  returning picture_key, thumbnail_key, bare_key)
                select unnest(array_remove(array[picture_key, thumbnail_key, bare_key], null)) from gone
                union all select key from pentagram.uploads where account_id = %(id)s""",
                id=account.id,
            )
            keys += [part_key(archive.id, number) for archive in archives for number in range(archive.parts)]
            tx.execute("delete from pentagram.accounts where id = %(id)s", id=account.id)
            if keys:
                self._jobs.defer(tx, "delete_files", keys=keys)

    def _known_by(self, tx: Transaction, account: Account) -> list[bytes]:
        identities = tx.rows(
            _Identity, "select issuer, subject from pentagram.identities where account_id = %(id)s", id=account.id
        )
        email = tx.value("select email from pentagram.accounts where id = %(id)s", id=account.id)
        return self._fingerprints(email, *((each.issuer, each.subject) for each in identities))

    def _fingerprints(self, email: str | None, *identities: tuple[str, str]) -> list[bytes]:
        """Of what somebody may be known by again: keyed hashes, from which nobody reads an address."""
        known = ["\n".join(("identity", *identity)) for identity in identities]
        if email:
            box, _, host = email.lower().partition("@")
            known.append(f"email\n{box.partition('+')[0]}@{host}")
        return [self._hash(each) for each in known]

    def _hash(self, token: str) -> bytes:
        return hmac.digest(self._key, token.encode("utf-8", "replace"), hashlib.sha256)


@dataclass(frozen=True)
class _Identity:
    issuer: str
    subject: str


@dataclass(frozen=True)
class _Call:
    """Under way to a distant engine."""

    id: UUID
    engine: str
    call_id: str


@dataclass(frozen=True)
class _Archive:
    """What was brought along or is there to take away, in so many parts."""

    id: UUID
    parts: int


@dataclass(frozen=True)
class _Failures:
    both: int
    name: int
    address: int
    oldest: datetime | None

    @property
    def too_many(self) -> bool:
        return (
            self.both >= MOST_FAILURES["name and address"]
            or self.name >= MOST_FAILURES["name"]
            or self.address >= MOST_FAILURES["address"]
        )


def _base_of(suggested: str) -> str:
    return re.sub(r"[^a-z0-9_.]", "", unicodedata.normalize("NFKD", suggested).lower())[:24]


def _storable(text: str) -> str:
    """What was typed, without what no name has and no database keeps."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


@contextmanager
def _taken_names_explained() -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        what = "e-mail address" if "email" in (error.diag.constraint_name or "") else "name"
        raise UserError(f"That {what} is taken.") from None


def _check_owns_picture(tx: Transaction, creation_id: UUID, account: Account) -> None:
    if not tx.value(f"select true {OWN_PICTURES} and c.id = %(id)s", id=creation_id, by=account.id):
        raise UserError("Choose one of your own pictures that everybody may see.")
