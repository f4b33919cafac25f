"""The HTTP routes on a real house: what strangers, browsers, chats and probes get to see."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import psycopg
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from routes import MIDDLEWARE, ROUTES, routes_below
from routes.headers import HEADERS
from services import bootstrap
from services.bootstrap import Pentagram
from services.community.posts import Post
from services.errors import Unavailable
from services.platform import database as database_module
from services.settings import Settings
from tests.fakes.clock import FakeClock

HERE = "http://pentagram.test"
NO_SUCH_ID = "01a1f8c1-2c37-744d-bc27-467e9f15dfc1"
NO_SUCH_KEY = f"pictures/00/{'0' * 64}.webp"
DAY_SECONDS = 24 * 60 * 60


@pytest.fixture
def house(build: Callable[..., Pentagram], clock: FakeClock) -> Pentagram:
    return build(clock=clock)


@pytest.fixture
def visit(house: Pentagram) -> Iterator[Callable[[Pentagram], TestClient]]:
    """Opens the routes of a house to a visitor."""

    def enter(house: Pentagram) -> TestClient:
        bootstrap.use(house)
        app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
        return TestClient(app, base_url=HERE, raise_server_exceptions=False, follow_redirects=False)

    yield enter
    bootstrap.use(None)


@pytest.fixture
def visitor(visit: Callable[[Pentagram], TestClient], house: Pentagram) -> TestClient:
    return visit(house)


@pytest.fixture
def publish(house: Pentagram, person: Callable, paint: Callable) -> Callable[..., Post]:
    """Paints and posts as mira: `publish("a red fox", visibility="unlisted")`."""

    def do(prompt: str = "a red fox", *, caption: str = "", visibility: str = "public") -> Post:
        mira = person("mira")
        creation = paint(mira, prompt).creations[0]
        return house.posts.publish([creation.id], by=mira, token="press-one", caption=caption, visibility=visibility)

    return do


class Page(HTMLParser):
    """A page as a browser reads it, after unescaping."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag == "meta":
            self.meta[given.get("property") or given.get("name") or ""] = given.get("content") or ""

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str, attribute: str) -> list[str | None]:
        return [given.get(attribute) for name, given in self.tags if name == tag]


class Silent:
    """A part that does not answer, whatever it is asked."""

    name = "Silent"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name == "close":
            return lambda: None

        def fail(*args: object, **kwargs: object) -> object:
            raise self._error

        return fail


class Elsewhere:
    """A storage whose links lead to another server, as Supabase's do."""

    name = "Elsewhere"

    def links(self, keys: list[str]) -> dict[str, str]:
        return {key: f"https://abcdefgh.supabase.co/storage/v1/object/sign/p/{key}?token=x&y=1" for key in keys}

    def close(self) -> None: ...


def test_healthz_says_that_the_process_lives_even_where_nothing_else_does(visitor, house):
    house.db.close()

    assert visitor.get("/healthz").json() == {"status": "ok"}


def test_readyz_names_every_part_when_all_is_well(visitor):
    answer = visitor.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "storage": "ok", "migrations": "ok"}
    assert answer.headers["cache-control"] == "no-store"


def test_readyz_names_the_storage_when_its_folder_became_a_file(visitor, settings):
    (settings.home / "storage").write_text("in the way")

    answer = visitor.get("/readyz")

    assert answer.status_code == 503
    assert [part for part, state in answer.json().items() if state != "ok"] == ["status", "storage"]


def test_readyz_names_the_migrations_while_one_is_pending(visitor, house):
    house.db.execute("delete from supabase_migrations.schema_migrations")

    answer = visitor.get("/readyz")

    assert answer.status_code == 503
    assert "manage.py migrate" in answer.json()["migrations"]
    assert (answer.json()["database"], answer.json()["storage"]) == ("ok", "ok")


def test_readyz_names_the_database_when_it_is_gone(visit, build, database, postgres, monkeypatch):
    monkeypatch.setattr(database_module, "WAIT_SECONDS", 0.3)
    visitor = visit(build())
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        connection.execute(f"alter database {name} allow_connections false")
        connection.execute("select pg_terminate_backend(pid, 9999) from pg_stat_activity where datname = %s", (name,))

    answer = visitor.get("/readyz")

    assert answer.status_code == 503
    assert "does not answer" in answer.json()["database"]
    assert answer.json()["storage"] == "ok"
    assert visitor.get("/healthz").status_code == 200


@pytest.mark.parametrize("which", ["picture_key", "thumbnail_key"])
def test_anybody_gets_the_pictures_of_a_public_post_and_may_keep_them(visitor, house, publish, which):
    key = getattr(publish(), which)

    answer = visitor.get(f"/i/{key}")

    assert answer.status_code == 200
    assert answer.content == house.storage.get(key)
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == f"public, max-age={DAY_SECONDS}, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_browser_that_has_the_picture_is_not_sent_it_again(visitor, publish):
    address = f"/i/{publish().picture_key}"
    tag = visitor.get(address).headers["etag"]

    for known in (tag, f"W/{tag}", f'"other", W/{tag} ,"more"', "*"):
        answer = visitor.get(address, headers={"if-none-match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
        assert answer.headers["cache-control"].startswith("public, ")
    for unknown in ('"other"', tag.strip('"'), tag.upper() + "x", ""):
        assert visitor.get(address, headers={"if-none-match": unknown}).status_code == 200


HIDDEN = {
    "never posted": "delete from pentagram.posts",
    "private": "update pentagram.posts set visibility = 'private'",
    "unlisted": "update pentagram.posts set visibility = 'unlisted'",
    "for followers": "update pentagram.posts set visibility = 'followers'",
    "deleted": "update pentagram.posts set deleted_at = now()",
    "removed by a moderator": "update pentagram.posts set removed_at = now()",
    "sensitive": "update pentagram.posts set sensitive = true",
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_other_pictures_need_a_signed_link(visitor, house, publish, hidden):
    post = publish()
    house.db.execute(HIDDEN[hidden])

    for key in (post.picture_key, post.thumbnail_key):
        known = {"if-none-match": "*"}
        assert visitor.get(f"/i/{key}").status_code == 404
        assert visitor.get(f"/i/{key}", headers=known).status_code == 404
        link = house.storage.links([key])[key]
        answer = visitor.get(link)
        assert (answer.status_code, answer.content) == (200, house.storage.get(key))
        assert answer.headers["cache-control"].startswith("private, max-age=")
        assert visitor.get(link, headers=known).headers["cache-control"].startswith("private, max-age=")


def test_a_wrong_link_does_not_tell_whether_the_picture_exists(visitor, house, publish, clock):
    post = publish(visibility="private")
    right = parse_qs(house.signer.sign(post.picture_key, 600))
    expires, signature = right["e"][0], right["s"][0]
    of_another = parse_qs(house.signer.sign(post.thumbnail_key, 600))["s"][0]
    nothing = visitor.get(f"/i/{NO_SUCH_KEY}")
    for query in (
        f"e={expires}&s={'0' * 64}",
        f"e={expires}&s={of_another}",
        f"e={int(expires) + 600}&s={signature}",
        f"e={expires}&s={signature}x",
        f"e={expires}",
        f"s={signature}",
        f"e=%F0%9F%A6%8A&s=%C3%A9%00{signature}",
        f"e={'9' * 400}&s={signature}",
        "",
    ):
        answer = visitor.get(f"/i/{post.picture_key}?{query}")
        assert (answer.status_code, answer.content, answer.headers) == (404, nothing.content, nothing.headers), query

    clock.advance(int(expires) - clock.now().timestamp() + 1)
    assert visitor.get(f"/i/{post.picture_key}?e={expires}&s={signature}").status_code == 404


def test_a_signed_picture_is_kept_no_longer_than_its_link_works(visitor, house, publish, clock):
    post = publish(visibility="private")
    link = house.storage.links([post.picture_key])[post.picture_key]
    expires = int(parse_qs(urlsplit(link).query)["e"][0])

    left = []
    while (remaining := expires - clock.now().timestamp()) > 0:
        seconds = int(re.search(r"max-age=(\d+)", visitor.get(link).headers["cache-control"])[1])
        assert seconds <= remaining
        left.append(seconds)
        clock.advance(1000.5)

    assert left[0] > left[-1] > 0


NO_KEYS = [
    "",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "%2fetc%2fpasswd",
    "C:%5cwindows%5cwin.ini",
    f"pictures/%2e%2e/pictures/00/{'0' * 64}.webp",
    f"{NO_SUCH_KEY}%00",
    f"{NO_SUCH_KEY}%20",
    NO_SUCH_KEY.replace("0/", "0%2f%2f"),
    f"pictures/00/{'%EF%BC%90' * 64}.webp",
    f"pictures/00/{'0' * 64}.svg",
    f"pictures/00/{'A' * 64}.webp",
    "a" * 20_000,
    "%F0%9F%A6%8A",
    "%FF%FE",
]


def test_what_is_no_key_is_no_picture_and_asks_nobody(visitor, house):
    house.storage = house.posts = house.signer = Silent(AssertionError("asked"))

    assert {key: visitor.get(f"/i/{key}").status_code for key in NO_KEYS} == dict.fromkeys(NO_KEYS, 404)


def test_head_is_the_answer_without_its_body(visitor, publish):
    post = publish()

    for path in ("/healthz", "/readyz", f"/i/{post.picture_key}", f"/p/{post.id}", "/p/nope", f"/i/{NO_SUCH_KEY}"):
        got, asked = visitor.get(path), visitor.head(path)
        assert (asked.status_code, asked.headers, asked.content) == (got.status_code, got.headers, b""), path


def test_nothing_can_be_written_here(visitor):
    for path in ("/healthz", "/readyz", f"/i/{NO_SUCH_KEY}", f"/p/{NO_SUCH_ID}"):
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = visitor.request(method, path)
            assert answer.status_code == 405, (method, path)
            assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_every_answer_carries_the_security_headers(visitor):
    for path in ("/healthz", "/nowhere", "/i/nope", "/p/nope", f"/i/{NO_SUCH_KEY}?e=1&s=2"):
        for answer in (visitor.get(path), visitor.post(path)):
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path
            assert answer.status_code < 400 or answer.headers["cache-control"] == "no-store", path


@pytest.mark.parametrize("path", ["/readyz", f"/i/{NO_SUCH_KEY}", f"/p/{NO_SUCH_ID}"])
def test_what_nobody_foresaw_is_a_number_for_the_visitor_and_a_trace_for_the_log(visitor, monkeypatch, caplog, path):
    def broken() -> Pentagram:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(bootstrap, "pentagram", broken)

    with caplog.at_level(logging.ERROR):
        answer = visitor.get(path)

    incident = re.search(r"incident ([0-9a-f]{8})", answer.text)[1]
    logged = [record for record in caplog.records if incident in record.getMessage()]
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/plain")
    assert "swordfish" not in answer.text
    assert "Traceback" not in answer.text
    assert str(logged[0].exc_info[1]) == "the password is swordfish"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_store_that_does_not_answer_is_told_without_its_inside(visitor, house, publish):
    post = publish()
    house.storage = Silent(Unavailable("bucket secret-bucket at http://10.0.0.1"))

    answers = [visitor.get(f"/i/{post.picture_key}"), visitor.get(f"/p/{post.id}")]

    assert [answer.status_code for answer in answers] == [503, 503]
    assert not any("secret-bucket" in answer.text for answer in answers)


def test_a_shared_post_unfurls_with_its_picture(visitor, publish):
    post = publish("a lighthouse at dusk", caption="Blue hour")

    answer = visitor.get(f"/p/{post.id}")
    page = Page(answer.text)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert page.meta["og:title"] == page.meta["twitter:title"] == "a lighthouse at dusk · mira on Pentagram"
    assert page.meta["og:description"] == "Blue hour"
    assert page.meta["og:url"] == f"{HERE}/p/{post.id}"
    assert page.meta["twitter:card"] == "summary_large_image"
    assert page.meta["og:image"] == page.meta["twitter:image"] == f"{HERE}/i/{post.picture_key}"
    assert (page.meta["og:image:width"], page.meta["og:image:height"]) == (str(post.width), str(post.height))
    assert page.meta["og:image:alt"] == post.alt
    assert "robots" not in page.meta
    assert urljoin(page.meta["og:url"], page.all("img", "src")[0]) == page.meta["og:image"]
    assert urljoin(page.meta["og:url"], page.all("a", "href")[-1]) == f"{HERE}/post?id={post.id}"
    assert visitor.get(page.meta["og:image"]).headers["content-type"] == "image/webp"


def test_what_people_wrote_stays_text(visitor, house, publish):
    prompt = """fox "><script>alert(1)</script> & <b>'bold'</b> $title ${meta} [x](javascript:alert(1)) **so**"""
    caption = "</style></title><img src=x onerror=alert(1)>\n\"quoted\" 'twice' &amp; `code`"
    post = publish(prompt, caption=caption)
    house.db.execute("update pentagram.accounts set display_name = '<i onclick=\"a()\">Mira</i>'")

    page = Page(visitor.get(f"/p/{post.id}").text)

    names = {name for name, _ in page.tags}
    attributes = {attribute for _, given in page.tags for attribute in given}
    assert names <= {"html", "head", "meta", "title", "link", "style", "body", "header", "a", "svg", "path", "main",
                     "div", "p", "b", "span", "h1", "img"}  # fmt: skip
    assert not {attribute for attribute in attributes if attribute.startswith("on") or attribute == "style"}
    assert prompt in page.texts
    assert caption in page.texts
    assert '<i onclick="a()">Mira</i>' in page.texts
    assert page.meta["og:description"] == " ".join(caption.split())
    assert page.meta["og:image:alt"] == f"“{prompt}”, prompted by mira"


def test_a_prompt_kept_to_oneself_is_on_no_share_page(visitor, house, publish):
    post = publish("my secret recipe")
    house.db.execute("update pentagram.posts set shows_prompt = false")

    assert "secret recipe" not in visitor.get(f"/p/{post.id}").text


def test_an_unlisted_post_unfurls_for_those_with_the_link_and_for_no_search_engine(visitor, publish):
    post = publish(visibility="unlisted")

    page = Page(visitor.get(f"/p/{post.id}").text)

    assert page.meta["robots"] == "noindex"
    assert visitor.get(page.meta["og:image"]).status_code == 200
    assert visitor.get(urljoin(page.meta["og:url"], page.all("img", "src")[0])).status_code == 200


def test_a_sensitive_post_shows_a_sentence_instead_of_itself(visitor, house, publish):
    post = publish("nobody asked for this prompt", caption="nor for this caption")
    house.db.execute("update pentagram.posts set sensitive = true")

    answer = visitor.get(f"/p/{post.id}")
    page = Page(answer.text)

    assert answer.status_code == 200
    assert page.meta["robots"] == "noindex"
    assert not [name for name in page.meta if "image" in name]
    assert page.all("img", "src") == []
    assert "marked as sensitive" in answer.text
    for kept in (post.picture_key, post.thumbnail_key, "/i/", "nobody asked", "nor for this", post.colour):
        assert kept not in answer.text


@pytest.mark.parametrize("hidden", [name for name in HIDDEN if name not in {"unlisted", "sensitive"}])
def test_a_hidden_post_looks_like_none(visitor, house, publish, hidden):
    post = publish()
    house.db.execute(HIDDEN[hidden])

    answer, nothing = visitor.get(f"/p/{post.id}"), visitor.get(f"/p/{NO_SUCH_ID}")

    assert (answer.status_code, answer.text, answer.headers) == (404, nothing.text, nothing.headers)


def test_what_is_no_post_is_a_page_that_leads_into_the_app(visitor):
    for post_id in ("nope", NO_SUCH_ID, "0" * 36, "%00", "%3Cscript%3E", "a" * 9000, "%F0%9F%A6%8A"):
        answer = visitor.get(f"/p/{post_id}")
        page = Page(answer.text)
        assert answer.status_code == 404, post_id
        assert answer.headers["content-type"].startswith("text/html")
        assert page.meta["robots"] == "noindex"
        assert {urljoin(str(answer.url), href) for href in page.all("a", "href")} == {f"{HERE}/"}
        assert "<script" not in answer.text


def test_the_configured_address_is_the_one_that_is_shared(visit, build, settings, publish):
    given = {"PENTAGRAM_HOME": settings.home, "PENTAGRAM_SEED": "off", "PENTAGRAM_URL": "https://art.example/app/"}
    post = publish()
    visitor = visit(build(settings=Settings(**given)))

    page = Page(visitor.get(f"/p/{post.id}").text)

    assert page.meta["og:url"] == f"https://art.example/app/p/{post.id}"
    assert page.meta["og:image"] == f"https://art.example/app/i/{post.picture_key}"
    assert all(link and link.startswith("https://art.example/app/") for link in page.all("link", "href"))


def test_a_host_header_that_is_none_gets_into_no_page(visitor, publish):
    post = publish()
    for host in (
        'evil"><script>alert(1)</script>',
        "evil.example/x",
        "evil;script-src *",
        "[evil",
        "a@evil",
        "\xe9vil",
    ):
        for path in (f"/p/{post.id}", "/p/nope"):
            answer = visitor.get(path, headers={"host": host.encode("latin-1")})
            assert "vil" not in f"{answer.text}{answer.headers}", host
            assert "<script" not in answer.text


def test_the_scheme_and_the_host_are_those_of_the_request_and_of_no_forwarded_header(visitor, publish):
    forwarded = {"host": "art.example:8443", "x-forwarded-proto": "https", "x-forwarded-host": "evil.example"}

    page = Page(visitor.get(f"/p/{publish().id}?next=evil", headers=forwarded).text)

    assert re.fullmatch(r"http://art\.example:8443/p/[0-9a-f-]{36}", page.meta["og:url"])


def test_the_share_page_may_load_its_style_and_its_picture_and_nothing_else(visitor, publish):
    answer = visitor.get(f"/p/{publish().id}")

    style = re.search(r"<style>(.*)</style>", answer.text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'", "style-src": f"'sha256-{digest}'", "img-src": "'self'", "base-uri": "'none'",
        "form-action": "'none'", "frame-ancestors": "'self'",
    }  # fmt: skip
    assert "content-security-policy" not in visitor.get("/healthz").headers


def test_pictures_that_are_kept_elsewhere_are_allowed_from_there(visitor, house, publish):
    post = publish()
    house.storage = Elsewhere()

    answer = visitor.get(f"/p/{post.id}")
    page = Page(answer.text)

    assert "; img-src 'self' https://abcdefgh.supabase.co; " in answer.headers["content-security-policy"]
    assert page.meta["og:image"] == page.all("img", "src")[0] == Elsewhere().links([post.picture_key])[post.picture_key]


def test_a_post_whose_picture_is_lost_is_shared_without_it(visitor, house, publish):
    post = publish()
    house.storage.delete([post.picture_key])

    answer = visitor.get(f"/p/{post.id}")

    assert answer.status_code == 200
    assert "og:image" not in answer.text
    assert "<img" not in answer.text


def test_below_a_prefix_the_same_routes_lead_to_each_other(house, publish):
    post = publish()
    bootstrap.use(house)
    visitor = TestClient(Starlette(routes=routes_below("/art/")), base_url=HERE)

    page = Page(visitor.get(f"/art/p/{post.id}").text)
    bootstrap.use(None)

    assert visitor.get("/healthz").status_code == visitor.get("/art/healthz").status_code == 200
    assert page.meta["og:image"] == f"{HERE}/art/i/{post.picture_key}"
    assert urljoin(page.meta["og:url"], page.all("a", "href")[-1]) == f"{HERE}/art/post?id={post.id}"
