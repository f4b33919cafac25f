"""Whatever file somebody brings along is read, or told why not; nothing of it is written anywhere or held whole."""

from __future__ import annotations

import base64
import io
import json
import os
import stat
import struct
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from services.errors import NotFound, UserError
from services.platform.storage.base import part_key
from services.studio.opening import LARGEST_FILE_BYTES
from services.studio.reading import ReadProvenance
from services.transfer import archive, bundles, parts, records, zips
from services.transfer.bundles import opened
from services.transfer.packing import packed
from services.transfer.pixels import decoded, hash_of, unchanged
from services.transfer.records import Records
from services.transfer.wishes import prompt_of, wish_for
from services.transfer.zips import SafeZip

NOW = "2026-01-02T03:04:05+00:00"


def picture(colour: str = "red", form: str = "PNG", size: tuple[int, int] = (64, 64), **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, form, **options)
    return file.getvalue()


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], **options: Any) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **options) as made:
        for name, data in entries:
            made.writestr(name, data)
    return file


def entries(file: io.BytesIO, name: str = "brought.zip") -> list[Any]:
    return list(opened(file, name).entries())


def told(file: io.BytesIO) -> list[tuple[str, str]]:
    return [(entry.name, entry.reason or entry.state) for entry in entries(file)]


def refusal(file: io.BytesIO) -> str:
    with pytest.raises(UserError) as refused:
        entries(file)
    return str(refused.value)


# Zips of pictures


def test_a_zip_of_pictures_is_told_in_its_order_and_clutter_is_left_out():
    file = zipped(
        ("b/sea.PNG", picture("blue")), ("a.jpeg", picture(form="JPEG")), ("notes.txt", b"hello"), ("b/", b""),
        ("__MACOSX/b/._sea.PNG", b"x"), ("b/._sea.PNG", b"x"), ("Thumbs.db", b"x"),
    )  # fmt: skip

    assert told(file) == [("b/sea.PNG", "waiting"), ("a.jpeg", "waiting"), ("notes.txt", bundles.NO_PICTURE)]
    assert opened(file, "").picture(entries(file)[0].payload) == picture("blue")


def test_two_entries_of_one_name_are_two_pictures():
    with pytest.warns(UserWarning, match="Duplicate"):
        file = zipped(("a.png", picture("red")), ("a.png", picture("blue")))
    bundle = opened(file, "")

    assert [bundle.picture(entry.payload) for entry in bundle.entries()] == [picture("red"), picture("blue")]


@pytest.mark.parametrize(
    "name", ["../a.png", "a/../../b.png", "/etc/a.png", "\\\\host\\a.png", "..\\a.png", "C:\\a.png", "c:a.png"]
)
def test_a_name_that_leads_elsewhere_is_left_alone_and_told(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert told(zipped((name, picture()), ("b.png", picture())))[0][1] == zips.LEADS_OUT
    assert list(tmp_path.rglob("*")) == []


def linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_links_and_archives_within_are_not_followed():
    inner = zipped(("a.png", picture())).getvalue()

    assert told(zipped((linked(), b"/etc/passwd"), ("more.zip", inner), ("b.tar", b""))) == [
        ("link.png", zips.LINK),
        ("more.zip", zips.NESTED),
        ("b.tar", zips.NESTED),
    ]


def test_an_archive_that_calls_itself_a_picture_is_no_picture():
    """The one who opens pictures says so; here it is only read, and no further than a picture may be long."""
    file = zipped(("a.png", zipped(("b.png", picture())).getvalue()))

    assert opened(file, "").picture(entries(file)[0].payload).startswith(b"PK")


def patched(file: io.BytesIO, *changes: tuple[int, str, int]) -> io.BytesIO:
    """In the first entry of the list at the end of a zip."""
    data = bytearray(file.getvalue())
    start = data.rindex(b"PK\x01\x02")
    for offset, form, value in changes:
        struct.pack_into(form, data, start + offset, value)
    return io.BytesIO(data)


FLAGS, METHOD, PACKED, UNPACKED = 8, 10, 20, 24


def test_an_encrypted_entry_asks_for_an_archive_without_a_password():
    assert told(patched(zipped(("a.png", picture())), (FLAGS, "<H", 1))) == [("a.png", zips.LOCKED)]


def test_only_what_every_zip_program_writes_is_unpacked():
    assert told(zipped(("a.png", picture()), compression=zipfile.ZIP_LZMA)) == [("a.png", zips.ODDLY_PACKED)]


def test_an_entry_larger_than_a_picture_may_be_is_not_read():
    file = patched(zipped(("a.png", picture())), (UNPACKED, "<I", LARGEST_FILE_BYTES + 1))

    assert told(file) == [("a.png", zips.TOO_LARGE)]
    with pytest.raises(UserError, match="larger than 20 MB"):
        opened(file, "").picture({"entry": 0})


def test_an_entry_that_is_longer_than_it_says_is_damaged():
    file = patched(zipped(("a.png", picture())), (UNPACKED, "<I", 10))

    with pytest.raises(UserError, match="damaged"):
        opened(file, "").picture({"entry": 0})


def test_huge_sizes_are_refused_however_small_the_file_is():
    file = patched(zipped(("a.png", picture())), (UNPACKED, "<I", 2**32 - 2))

    assert refusal(file) == zips.BLOATED


def test_a_bomb_is_refused_before_anything_of_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(zips, "MOST_UNPACKED_BYTES", 10 * 1024**2)
    zeros = b"\0" * 1024**2
    bomb = zipped(*((f"{number}.png", zeros) for number in range(11)), compression=zipfile.ZIP_DEFLATED)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("It was unpacked."))

    assert len(bomb.getvalue()) < 50_000
    assert refusal(bomb) == zips.BLOATED
    assert len(list(opened(bomb, "", limited=False).entries())) == 11


def test_a_hundred_thousand_entries_are_refused():
    file = zipped(*((f"{number}.png", b"") for number in range(100_000)))

    assert refusal(file) == zips.TOO_MANY


def test_a_list_of_entries_that_says_it_is_endless_is_not_read():
    data = bytearray(zipped(("a.png", picture())).getvalue())
    data[0:0] = bytes(9 * 1024**2)
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, 9 * 1024**2)
    data[0:4] = b"PK\x03\x04"

    assert refusal(io.BytesIO(data)) == zips.TOO_MANY


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x03\x04" + bytes(200), zipped(("a.png", picture())).getvalue()[:-30]],
    ids=["a beginning only", "an end only", "emptiness", "cut off"],
)
def test_a_damaged_zip_is_one_sentence(data):
    assert refusal(io.BytesIO(data)) == zips.DAMAGED


@given(place=st.integers(0, 400), byte=st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_whatever_byte_of_a_zip_is_wrong_it_is_read_or_refused(place, byte):
    data = bytearray(zipped(("a.png", picture()), ("b.txt", b"hello")).getvalue())
    data[place % len(data)] = byte
    try:
        bundle = opened(io.BytesIO(data), "")
        for entry in bundle.entries():
            if entry.state == "waiting" and "entry" in entry.payload:
                bundle.picture(entry.payload)
    except UserError:
        return


@pytest.mark.parametrize("data", [b"", b"\n\n ", b"hello", b"GIF89a" + bytes(50), bytes(range(128, 256)), b"[1, 2]"])
def test_what_is_nothing_of_all_this_is_refused_as_a_whole(data):
    assert refusal(io.BytesIO(data)) in {bundles.NEITHER, bundles.EMPTY}


def test_a_single_picture_is_brought_along_under_its_name():
    file = io.BytesIO(picture())
    [entry] = entries(file, "my fox.png")

    assert (entry.kind, entry.name, entry.told_id) == ("picture", "my fox.png", "my fox.png")
    assert opened(file, "").picture(entry.payload) == picture()


# Lines


def lines(*told: object) -> io.BytesIO:
    return io.BytesIO(b"".join(json.dumps(each).encode() + b"\n" for each in told))


def test_each_line_is_a_prompt_with_its_tags_and_a_picture_if_it_has_one():
    image = base64.b64encode(picture()).decode()
    file = lines(
        {"id": 7, "prompt": "a fox", "tags": ["Snow", "#winter fun"]}, {"prompt": "a boat", "image": ""},
        {"id": "x", "prompt": "a hare", "image": image},
        {"prompt": "a hare", "image": f"data:image/png;base64,{image}", "tags": "sea, sky"},
    )  # fmt: skip
    bundle = opened(file, "p.jsonl")
    fox, boat, hare, second = bundle.entries()

    assert (fox.kind, fox.told_id, fox.payload) == ("prompt", 7, {"prompt": "a fox", "tags": ["snow", "winter_fun"]})
    assert (boat.kind, boat.told_id) == ("prompt", None)
    assert (hare.kind, second.kind, second.payload["tags"]) == ("picture", "picture", ["sea", "sky"])
    assert bundle.picture(hare.payload) == bundle.picture(second.payload) == picture()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"no json", bundles.NO_PROMPT),
        (b"[1]", bundles.NO_PROMPT),
        (b'{"text": "a fox"}', bundles.NO_PROMPT),
        (b'{"prompt": 5}', bundles.NO_PROMPT),
        (b'{"prompt": "\xff"}', bundles.NO_PROMPT),
        (b"[" * 100_000, bundles.NO_PROMPT),
        (b'{"prompt": "a fox", "tags": 5}', bundles.NO_TAGS),
        (b'{"prompt": "a fox", "tags": [5]}', bundles.NO_TAGS),
        (b'{"prompt": "a fox", "tags": ["a!b"]}', "cannot be a tag"),
        (b'{"prompt": "a fox", "image": 5}', bundles.NO_IMAGE),
        (b'{"prompt": "a fox", "image": "' + b"A" * 2000 + b'"}', bundles.NO_IMAGE),
        (b'{"prompt": "a fox", "image": "/etc/passwd"}', zips.LEADS_OUT),
        (b'{"prompt": "a fox", "image": "../a.png"}', zips.LEADS_OUT),
        (b'{"prompt": "a fox", "image": "a.png"}', "no picture called a.png"),
    ],
)
def test_a_bad_line_fails_alone(line, sentence):
    file = io.BytesIO(b'{"prompt": "one"}\n' + line + b'\n\n{"prompt": "three"}')
    before, bad, after = entries(file)

    assert (before.state, after.state, after.name) == ("waiting", "waiting", "Line 4")
    assert (bad.state, bad.name) == ("failed", "Line 2")
    assert sentence in bad.reason


def test_a_line_without_an_end_is_not_held_in_memory(monkeypatch):
    monkeypatch.setattr(bundles, "LONGEST_LINE", 100)
    file = io.BytesIO(b'{"prompt": "one"}\n{"prompt": "' + b"x" * 1000 + b'"}\n{"prompt": "three"}\n')

    assert [entry.reason or entry.payload["prompt"] for entry in entries(file)] == ["one", bundles.TOO_LONG, "three"]


def test_lines_in_a_zip_take_their_pictures_from_beside_them():
    told = lines({"prompt": "a fox", "image": "in/a.png"}, {"prompt": "a hare", "image": "b.png"}, {"prompt": "sea"})
    file = zipped(("set/p.jsonl", told.getvalue()), ("set/in/a.png", picture()), ("b.png", picture("blue")))
    bundle = opened(file, "")
    fox, hare, sea = bundle.entries()

    assert bundle.picture(fox.payload) == picture()
    assert (hare.state, sea.kind) == ("failed", "prompt")


def test_lines_in_a_compressed_zip_hold_their_pictures_too():
    image = base64.b64encode(picture()).decode()
    told = lines({"prompt": "a"}, {"prompt": "b", "image": image}, {"prompt": "c", "image": image}).getvalue()
    bundle = opened(zipped(("p.jsonl", told), compression=zipfile.ZIP_DEFLATED), "")
    _, second, third = bundle.entries()

    assert bundle.picture(third.payload) == bundle.picture(second.payload) == picture()


# An account's archive


def document(head: dict[str, Any] | None = None, **sections: list[Any]) -> bytes:
    file = io.BytesIO()
    listed = [(name, [json.dumps(each) for each in told]) for name, told in sections.items()]
    archive.write_document(file, head or {"profile": {"name": "mira"}}, listed)
    return file.getvalue()


def prompt(number: int = 1, *creations: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": f"p{number}", "prompt": f"a fox {number}", "created_at": NOW, "creations": list(creations), **more}


def creation(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "state": "ready", "file": f"pictures/{name}.webp", **more}


def post(name: str, *pictures: str, **more: Any) -> dict[str, Any]:
    shown = [{"creation": each, "alt": f"about {each}"} for each in pictures]
    return {"id": name, "caption": name, "visibility": "public", "created_at": NOW, "pictures": shown, **more}


def account(told: bytes, *names: str) -> io.BytesIO:
    return zipped((archive.DOCUMENT, told), *((f"pictures/{name}.webp", picture(form="WEBP")) for name in names))


def test_an_account_s_archive_is_told_with_a_place_for_everything_that_refers_to_something():
    told = document(
        prompts=[
            prompt(1, creation("a", seed=7, rating=4), creation("b", position=1)),
            prompt(2, creation("c"), creation("d", state="failed", file=None), parent="p1"),
        ],
        posts=[post("first", "c", "a", "gone"), post("second", "b", remix_of="first")],
        likes=[{"post": "x"}],
    )
    a, b, c, first, second = entries(account(told, "a", "b", "c"))

    assert [each.told_id for each in (a, b, c, first, second)] == ["a", "b", "c", "first", "second"]
    assert [each.payload["request"] for each in (a, b, c)] == [0, 0, 2]
    assert [each.payload["parent"] for each in (a, b, c)] == [None, None, 0]
    assert (a.payload["creation"]["seed"], a.payload["creation"]["rating"]) == (7, 4)
    assert first.payload["pictures"] == [[2, "about c"], [0, "about a"], [None, "about gone"]]
    assert (first.payload["remix_of"], second.payload["remix_of"]) == (None, 3)


def test_an_archive_is_no_more_than_its_document_says_and_lacks_what_is_missing():
    file = account(document(prompts=[prompt(1, creation("a"), creation("b"))], posts=[post("x", "a")]), "b", "other")

    assert told(file) == [("a fox 1", archive.LACKING), ("a fox 1", "waiting"), ("x", "waiting")]


def test_what_a_moderator_took_down_does_not_come_back():
    file = account(document(posts=[post("x", "a", removed=True)]))

    assert told(file) == [("x", archive.TAKEN_DOWN)]


def test_a_picture_whose_name_leads_elsewhere_is_left_alone_in_an_account_s_archive_too():
    told_document = document(prompts=[prompt(1, creation("a", file="../a.webp"))])
    file = zipped((archive.DOCUMENT, told_document), ("../a.webp", picture(form="WEBP")))

    assert told(file) == [("a fox 1", zips.LEADS_OUT)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"created_at": "yesterday"}, "created_at"),
        ({"created_at": "2026-01-02T03:04:05"}, "created_at"),
        ({"prompt": None}, "prompt"),
        ({"creations": [creation("a", seed=-1)]}, "seed"),
        ({"creations": [creation("a", rating=6)]}, "rating"),
        ({"creations": 5}, "creations"),
        ({"options": {"guidance": "much"}}, "guidance"),
    ],
)
def test_a_record_that_cannot_be_read_fails_alone_and_says_where(wrong, field):
    bad, good = entries(account(document(prompts=[prompt() | wrong, prompt(2, creation("b"))]), "b"))

    assert (bad.state, good.state) == ("failed", "waiting")
    assert field in bad.reason


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", archive.UNREADABLE),
        (b"[]", archive.UNREADABLE),
        (b"\xff\xfe", archive.UNREADABLE),
        (b'{"prompts": []', archive.UNREADABLE),
        (b'{"prompts": [{}]}', archive.UNREADABLE),
        (b'{"format": "x", "version": 1, "posts": [{}]}', archive.UNREADABLE),
        (b'{"format": "pentagram-account", "version": "1", "posts": [{}]}', archive.UNREADABLE),
        (b'{"format": "pentagram-account", "version": 2, "posts": [{}]}', archive.NEWER),
        (b'{"format": "pentagram-account", "version": 1, "posts": [' + b"[" * 100_000, archive.UNREADABLE),
        (document(posts=[post("x", "a")])[:-5], archive.UNREADABLE),
    ],
)
def test_a_document_that_cannot_be_read_is_one_sentence(data, sentence):
    assert refusal(account(data)) == sentence


# A document read a record at a time


def read(text: str) -> list[tuple[str, Any]]:
    return list(Records(io.BytesIO(text.encode()), "It is broken."))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(
    told=st.dictionaries(st.text(min_size=1), json_values, max_size=5),
    indent=st.sampled_from([None, 0, 3]),
    chunk=st.integers(1, 40),
)
@settings(max_examples=200, deadline=None)
def test_however_a_document_is_laid_out_its_records_are_those_that_json_knows(told, indent, chunk):
    expected = [
        (name, each) for name, value in told.items() for each in (value if isinstance(value, list) else [value])
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "CHUNK", chunk)
        assert read(json.dumps(told, indent=indent, ensure_ascii=False)) == expected


def test_a_number_at_the_edge_of_what_was_read_is_read_whole(monkeypatch):
    monkeypatch.setattr(records, "CHUNK", 8)

    assert read('{"a": [12345678901, 2], "b": 1234567}') == [("a", 12345678901), ("a", 2), ("b", 1234567)]


def test_a_document_is_never_held_as_a_whole():
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, count: int = -1) -> bytes:
            piece = b'{"a": [' if not self.given else b'{"x": "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"}, ' * 100
            self.given += len(piece)
            return piece

    source = Endless()
    found = iter(Records(source, "It is broken."))  # type: ignore[arg-type]
    for _ in range(1000):
        next(found)

    assert source.given < 1_000_000


def test_a_record_without_an_end_is_refused():
    with pytest.raises(UserError, match="broken"):
        read('{"a": ["' + "x" * 2 * records.LONGEST_RECORD + '"]}')


# From the disk


def test_a_folder_is_packed_in_order_with_its_pictures_only(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.png").write_bytes(picture("blue"))
    (tmp_path / "a.png").write_bytes(picture())
    (tmp_path / "notes.txt").write_text("hello")

    with packed(tmp_path) as file:
        bundle = opened(file, "")
        found = list(bundle.entries())

        assert [entry.name for entry in found] == ["a.png", "b/two.png"]
        assert bundle.picture(found[1].payload) == picture("blue")


def test_links_in_a_folder_lead_nowhere(tmp_path: Path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture())
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "a.png").symlink_to(secret)
    (folder / "b.png").symlink_to(tmp_path / "nowhere.png")

    with packed(folder) as file:
        assert told(file) == [("a.png", zips.LINK)]


def test_a_jsonl_is_packed_with_the_pictures_it_names_and_no_others(tmp_path: Path):
    folder = tmp_path / "set"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "a.png").write_bytes(picture())
    (folder / "b.png").write_bytes(picture())
    (tmp_path / "c.png").write_bytes(picture())
    (folder / "link.png").symlink_to(tmp_path / "c.png")
    named = ["in/a.png", "../c.png", "link.png", "x" * 300, "nul\0.png", "in"]
    (folder / "p.json").write_bytes(lines(*({"prompt": "a fox", "image": name} for name in named)).getvalue())

    with packed(folder / "p.json") as file:
        assert zipfile.ZipFile(file).namelist() == ["p.jsonl", "in/a.png", "link.png"]
        first, outside, link, *others = entries(file)
        assert first.state == "waiting"
        assert (outside.reason, link.reason) == (zips.LEADS_OUT, zips.LINK)
        assert all("no picture called" in entry.reason for entry in others)


def test_zips_and_pictures_are_taken_as_they_are_and_what_is_not_there_is_told(tmp_path: Path):
    for name, data in (("a.zip", zipped(("a.png", picture())).getvalue()), ("b", picture())):
        (tmp_path / name).write_bytes(data)
        with packed(tmp_path / name) as file:
            assert file.read() == data
    with pytest.raises(UserError, match=r"nowhere\.zip cannot be read: No such file"):
        packed(tmp_path / "nowhere.zip")


# Parts in the storage


class Shelf:
    """A storage that holds parts and counts what is fetched."""

    name = "Shelf"

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.fetched: list[str] = []

    def get(self, key: str) -> bytes:
        self.fetched.append(key)
        if key not in self.files:
            raise NotFound("There is no such picture.")
        return self.files[key]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(parts, "PART_BYTES", 1000)
    return Shelf()


def put_away(shelf: Shelf, data: bytes) -> Any:
    archive_id = uuid4()
    for number, piece in enumerate(parts.pieces(io.BytesIO(data))):
        shelf.files[part_key(archive_id, number)] = piece
    return parts.kept(shelf, archive_id, parts.sizes(len(data)))  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [0, 1, 999, 1000, 1001, 5000, 12_345])
def test_what_is_kept_in_parts_reads_as_one_file(shelf, length):
    data = os.urandom(length)
    file = put_away(shelf, data)

    assert file.read() == data
    assert file.seek(-min(length, 1500), io.SEEK_END) == max(0, length - 1500)
    assert file.read(700) == data[max(0, length - 1500) :][:700]
    assert file.seek(length + 10) == length + 10
    assert file.read(5) == b""


def test_a_zip_in_parts_is_read_where_it_is_read_and_not_as_a_whole(shelf):
    noise = [(f"{number}.png", os.urandom(900)) for number in range(30)]
    archive_file = SafeZip(put_away(shelf, zipped(*noise).getvalue()))
    shelf.fetched.clear()

    assert archive_file.read(3) == noise[3][1]
    assert len(set(shelf.fetched)) <= 15


def test_a_part_that_is_missing_is_a_sentence(shelf):
    file = put_away(shelf, os.urandom(3000))
    shelf.files.clear()

    with pytest.raises(UserError, match="not there any more"):
        file.read()


# What a picture was made from


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a/b/my_red-fox.png", "my red fox"),
        ("00012-12345-a red fox.png", "a red fox"),
        ("IMG_2031.jpg", "IMG 2031"),
        ("0001.png", "0001"),
        ("....png", "Untitled"),
        ("лиса_в_снегу.webp", "лиса в снегу"),
        ("fox (1).png", "fox 1"),
    ],
)
def test_a_picture_that_says_nothing_is_called_after_its_file(name, words):
    assert prompt_of(name) == words


def test_what_a_file_says_of_itself_is_kept_as_far_as_it_can_be():
    said = ReadProvenance(
        prompt="a fox", negative="rain", seed=2**40 + 5, steps=30, guidance=7.5, strength=0.5, model="m" * 500,
        style="no such style",
    )  # fmt: skip
    wish = wish_for("x.png", {}, said)

    assert (wish.prompt, wish.negative, wish.kept_seed, len(wish.model)) == ("a fox", "rain", 5, 200)
    assert wish.options == {"guidance": 7.5, "strength": 0.5, "steps": 30}
    assert wish.size(Image.new("RGB", (64, 3000))) == {"width": 256, "height": 2048}


def test_the_words_of_a_line_come_before_those_of_its_picture():
    assert wish_for("x.png", {"prompt": "a hare"}, ReadProvenance(prompt="a fox", seed=3)).prompt == "a hare"


def test_a_prompt_longer_than_one_may_be_is_refused():
    with pytest.raises(UserError, match="2,000 characters"):
        wish_for("x.png", {}, ReadProvenance(prompt="x" * 3000))


# Pixels


def test_a_webp_of_nothing_but_its_pixels_is_kept_as_it_is():
    for options in ({"quality": 80}, {"lossless": True}, {"exif": Image.Exif().tobytes(), "xmp": b"<x/>"}):
        file = picture(form="WEBP", **options)
        kept = unchanged(file, decoded(file))

        assert hash_of(kept) == hash_of(file)
        assert b"<x/>" not in kept


def test_a_webp_that_is_more_than_that_is_not():
    turned = Image.Exif()
    turned[0x0112] = 6
    size = (64, 80)
    upright = decoded(picture(form="WEBP", size=size)).transpose(Image.Transpose.ROTATE_270)
    moving = io.BytesIO()
    Image.new("RGB", (64, 64)).save(
        moving, "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 64), "red")], duration=100
    )
    extra = picture(form="WEBP") + b"EVIL" + struct.pack("<I", 4) + b"evil"
    extra = extra[:4] + struct.pack("<I", len(extra) - 8) + extra[8:]

    assert unchanged(picture(form="WEBP", size=size, exif=turned.tobytes()), upright) == b""
    assert unchanged(moving.getvalue(), decoded(moving.getvalue())) == b""
    assert unchanged(extra, decoded(extra)) == b""
    assert unchanged(picture(form="WEBP", icc_profile=b"x" * 200), decoded(picture(form="WEBP"))) == b""
    assert unchanged(picture(), Image.new("RGB", (64, 64), "red")) == b""
    assert unchanged(b"RIFF\x04\0\0\0WEBP", Image.new("RGB", (64, 64))) == b""
