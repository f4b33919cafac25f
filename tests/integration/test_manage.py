"""The operator's command line, on a real database, storage and worker."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest
from PIL import Image
from psycopg.conninfo import conninfo_to_dict
from typer.testing import CliRunner

import manage
from services.residents.pace import Budgets
from services.residents.persona import Rhythm
from services.residents.worlds import as_world
from services.settings import ROOT
from tests.fakes.town_of_residents import BEGAN, Diary, hours, persona, settle

Command = Callable[..., Any]


@pytest.fixture
def environment(database: str, tmp_path: Path) -> dict[str, str]:
    """A production installation on the test's database: DATABASE_URL has to be an address and wants a key."""
    parts = conninfo_to_dict(database)
    return {
        "DATABASE_URL": f"postgresql://postgres@/{parts['dbname']}?host={quote(str(parts['host']), safe='')}",
        "PENTAGRAM_COOKIE_KEY": "Zk3vN8-qLwX0tYr5UaEc7_PbHdJm2Gs9",
        "PENTAGRAM_HOME": str(tmp_path / "home"),
        "PENTAGRAM_SECRETS": str(tmp_path / "secrets.toml"),
    }


@pytest.fixture
def run(environment: dict[str, str], loaded_once: None, monkeypatch: pytest.MonkeyPatch) -> Command:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments, stdin="": CliRunner().invoke(manage.app, [str(a) for a in arguments], input=stdin)


@pytest.fixture
def program(environment: dict[str, str]) -> Command:
    """Starts `python manage.py ...` as a process of its own."""
    return lambda *arguments: subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=os.environ | environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def lines(result: Any) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def size_of(file: str) -> tuple[int, int]:
    with Image.open(file) as picture:
        return picture.size


def wait_while(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def refusal(result: Any) -> str:
    """The one line of a command that was refused."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return str(line)


# Accounts


def test_an_account_made_on_the_command_line_can_sign_in(run, house):
    [made] = lines(run("account", "create", "Nova", "--role", "moderator", "--json", stdin="a long password\nmore\n"))

    assert (made["name"], made["role"]) == ("nova", "moderator")
    assert house.accounts.check_password("nova", "a long password", address="here")


def test_a_role_is_changed(run, house, person):
    person("nova")

    result = run("account", "role", "nova", "admin")

    assert result.stdout == "nova is admin.\n"
    assert house.accounts.named("nova").role == "admin"


@pytest.mark.parametrize(
    ("arguments", "stdin", "sentence"),
    [
        (("account", "create", "nova"), "", "no password on standard input"),
        (("account", "create", "nova"), "short\n", "at least 8 characters"),
        (("account", "create", "no va"), "a long password\n", "3 to 30 characters"),
        (("account", "create", "taken"), "a long password\n", "That name is taken."),
        (("account", "role", "nobody", "admin"), "", "Nobody here is called nobody."),
        (("generate", "a boat", "--as", "nobody"), "", "Nobody here is called nobody."),
        (("generate", "  "), "", "Write what you want to see first."),
        (("generate", "how to make a pipe bomb"), "", "does not paint"),
        (("generate", "a boat", "--size", "100x100"), "", "256 to 2048 pixels"),
        (("generate", "a boat", "--seed", "-1"), "", "A seed is a whole number"),
        (("generate", "a boat", "--count", "9"), "", "Between 1 and 4 pictures"),
        (("generate", "a boat", "--out", "/dev/null/pictures"), "", "cannot be made a folder"),
        (("search", " "), "", "Write what you are looking for."),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_1(run, person, arguments, stdin, sentence):
    person("taken")

    line = refusal(run(*arguments, stdin=stdin))

    assert line.startswith("Error: ")
    assert sentence in line


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("generate", "a boat", "--size", "wide"), "width x height in pixels, as in 768x768"),
        (("generate", "a boat", "--seed", "seven"), "--seed"),
        (("generate",), "prompt"),
        (("account", "role", "nova", "king"), "moderator"),
        (("seed", "--posts", "0"), "--posts"),
        (("worker", "--concurrency", "0"), "--concurrency"),
        (("search", "a boat", "--mode", "telepathy"), "semantic"),
        (("check",), "--file"),
        (("paint",), "paint"),
    ],
)
def test_a_mistyped_command_says_what_is_wrong_and_exits_with_2(run, arguments, sentence):
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


def test_half_a_configuration_is_one_line_that_names_the_remedy(run, monkeypatch):
    monkeypatch.setenv("SUPABASE_URL", "https://abcdefgh.supabase.co")

    assert "add the secret key from Project -> Settings" in refusal(run("migrate"))


def test_a_database_that_does_not_answer_is_one_line_without_its_password(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nova:hunter2@127.0.0.1:1/pentagram")

    line = refusal(run("search", "a boat"))

    assert "cannot connect to 127.0.0.1 as nova" in line
    assert "hunter2" not in line


# Migrations


def test_migrate_says_what_it_applied_and_then_has_nothing_to_do(run, postgres, environment, monkeypatch):
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        connection.execute("create database unmigrated")
        try:
            monkeypatch.setenv("DATABASE_URL", re.sub(r"test_\w+", "unmigrated", environment["DATABASE_URL"]))
            assert lines(run("migrate", "--json"))[0]["applied"]
            assert lines(run("migrate", "--json")) == [{"applied": []}]
        finally:
            connection.execute("drop database unmigrated with (force)")


# Painting


def test_pictures_are_finished_indexed_and_written_when_generate_returns(run, house, person, tmp_path):
    nova = person("nova")

    pictures = lines(
        run("generate", "a red fox", "--seed", 7, "--size", "320x256", "--count", 2, "--as", "nova",
            "--out", tmp_path / "out", "--json")
    )  # fmt: skip

    [request] = house.studio.mine(by=nova)
    assert [picture["id"] for picture in pictures] == [str(creation.id) for creation in request.creations]
    assert [(picture["seed"], picture["engine"]) for picture in pictures] == [(7, "painter"), (8, "painter")]
    assert all(picture["ms"] > 0 for picture in pictures)
    assert [size_of(picture["file"]) for picture in pictures] == [(320, 256), (320, 256)]
    assert house.jobs.unfinished(house.db) == 0
    assert house.db.value("select count(*) from pentagram.prompt_vectors") == 1


def test_without_a_name_the_pictures_are_the_house_easels(run, house):
    lines(run("generate", "a boat", "--size", "256x256", "--json"))
    lines(run("generate", "a ship", "--size", "256x256", "--json"))

    easel = house.accounts.named("house_easel")
    assert [request.prompt for request in house.studio.mine(by=easel)] == ["a ship", "a boat"]
    assert not easel.has_password


def test_without_a_name_the_pictures_are_the_admins_where_that_account_exists(run, house, person, monkeypatch):
    monkeypatch.setenv("PENTAGRAM_ADMIN", "nova")
    nova = person("nova")

    lines(run("generate", "a boat", "--size", "256x256", "--json"))

    assert len(house.studio.mine(by=nova)) == 1


def test_a_person_called_like_the_house_easel_is_not_given_its_pictures(run, house, person):
    easel = person("house_easel")

    assert "--as" in refusal(run("generate", "a boat"))
    assert house.studio.mine(by=easel) == []


def test_seeding_fills_the_feed_and_seeding_again_adds_nothing(run, house):
    assert lines(run("seed", "--posts", 2, "--json")) == [{"posts": 2}]
    assert lines(run("seed", "--posts", 2, "--json")) == [{"posts": 2}]

    assert all(post.demo for post in house.feeds.page("fresh", viewer=None).items)
    assert house.jobs.unfinished(house.db) == 0


def test_removing_the_demo_takes_posts_waiting_jobs_and_files_out_and_nothing_else(run, house, person, paint, tmp_path):
    mine = paint(person("nova")).creations[0]
    lines(run("seed", "--posts", 1, "--json"))
    house.demo.fill(2)

    result = run("seed", "--remove", "--json")

    assert lines(result)[0]["removed_accounts"] > 0
    assert house.feeds.page("fresh", viewer=None).items == []
    assert house.jobs.unfinished(house.db) == 0
    kept = {path.name for path in (tmp_path / "home" / "storage").rglob("*.webp")}
    assert kept == {Path(mine.picture_key).name, Path(mine.thumbnail_key).name}


# The prompt gate and search


def test_check_decides_about_each_line_in_order_and_needs_no_database(run, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    prompts = tmp_path / "prompts.jsonl"
    prompts.write_text('{"id": "b", "text": "how to make a pipe bomb"}\n\n{"id": 1, "text": "a “boat”"}\n', "utf-8")

    bomb, boat = lines(run("check", "--file", prompts))

    assert (bomb["id"], bomb["decision"], bomb["categories"]) == ("b", "block", ["weapons"])
    assert bomb["reason"]
    assert "pipe bomb" in bomb["because"]
    assert boat == {"id": 1, "decision": "allow", "categories": [], "reason": "", "because": []}
    assert lines(run("check", "a boat", "--json")) == [boat | {"id": None}]


def test_check_explains_what_each_layer_says(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    [bomb] = lines(run("check", "how to make a pipe bomb", "--explain"))
    [boat] = lines(run("check", "a boat", "--explain"))

    rules = next(said for said in bomb["layers"] if said["layer"] == "rules")
    assert (rules["decision"], rules["category"]) == ("block", "weapons")
    assert "pipe bomb" in rules["because"]
    assert {said["decision"] for said in boat["layers"]} == {"allow"}
    assert set(rules) == {"layer", "decision", "category", "because", "note", "is_sure"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"id": 1, "text": "a boat"}\nno json\n', 'is no JSON object with a text "text"'),
        (b'{"id": 1, "text": 5}\n', "Line 1 of"),
        (b"[]\n", "Line 1 of"),
        (b"\xff\n", "not written in UTF-8"),
    ],
)
def test_a_file_with_a_bad_line_is_refused_before_anything_is_printed(run, tmp_path, content, sentence):
    prompts = tmp_path / "prompts.jsonl"
    prompts.write_bytes(content)

    assert sentence in refusal(run("check", "--file", prompts))


def test_search_ranks_posts_by_meaning_with_their_similarity(run, house, person, tmp_path):
    nova = person("nova")
    posts = {}
    for prompt in ("a sailing boat on the sea", "a city street at night"):
        [picture] = lines(run("generate", prompt, "--size", "256x256", "--as", "nova", "--json"))
        posts[prompt] = house.posts.publish([UUID(picture["id"])], by=nova, token=f"post-{picture['id']}").id
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"query": "a sailing boat on the sea"}\n{"query": "town after dark"}\n', "utf-8")

    boat, town = lines(run("search", "--file", queries, "--limit", 2, "--mode", "semantic"))

    assert boat["query"] == "a sailing boat on the sea"
    assert boat["ranked"][0]["post_id"] == str(posts["a sailing boat on the sea"])
    assert boat["ranked"][0]["score"] == pytest.approx(1, abs=0.001)
    assert [found["prompt"] for found in town["ranked"]] == ["a city street at night", "a sailing boat on the sea"]
    assert town["ranked"][0]["score"] > town["ranked"][1]["score"]
    assert len(lines(run("search", "boat", "--limit", 1))[0]["ranked"]) == 1
    [nothing_alike] = lines(run("search", "quarterly tax return", "--limit", 2))
    assert len(nothing_alike["ranked"]) == 2, "there is no floor: it fills up to the limit"


def test_reindex_brings_back_what_was_lost(run, house, person):
    nova = person("nova")
    [picture] = lines(run("generate", "a sailing boat", "--size", "256x256", "--as", "nova", "--json"))
    house.posts.publish([UUID(picture["id"])], by=nova, token="post-one")
    for table in ("post_words", "post_vectors", "prompt_vectors", "vocabulary"):
        house.db.execute(f"delete from pentagram.{table}")

    [told] = lines(run("reindex", "--json"))

    assert told == {"read": 2}
    assert [found.prompt for found in house.search.find("saling boat", viewer=None).posts] == ["a sailing boat"]


# Provenance


def test_a_picture_file_says_where_it_came_from_and_needs_no_database(run, house, person, monkeypatch, tmp_path):
    person("nova")
    [made] = lines(
        run("generate", "a red fox", "--seed", 7, "--size", "256x256", "--as", "nova", "--out", tmp_path, "--json")
    )
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    [told] = lines(run("provenance", made["file"], "--json"))

    assert (told["software"], told["prompt"], told["seed"], told["engine"]) == ("Pentagram", "a red fox", 7, "painter")
    assert told["identifier"] == made["id"]
    assert told["claim"] is None
    words = run("provenance", made["file"]).stdout
    assert "prompt: a red fox\n" in words
    assert "source type: http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia\n" in words
    assert "negative" not in words


def test_a_file_that_says_nothing_of_its_origin_is_one_line(run, tmp_path):
    plain = tmp_path / "plain.png"
    Image.new("RGB", (64, 64)).save(plain)

    assert "does not say where it came from" in refusal(run("provenance", plain))
    assert "cannot be read" in refusal(run("provenance", tmp_path / "nowhere.png"))


# Residents


def test_residents_come_from_a_world_file_and_are_listed(run, house, tmp_path):
    world = tmp_path / "world.json"
    world.write_bytes(
        as_world([persona("salt", "foxes", "teapots"), persona("wren")], [("salt", "wren")], title="Harbour")
    )

    made = lines(run("residents", "create", "--world", world, "--json"))
    listed = lines(run("residents", "list", "--json"))

    assert [each["name"] for each in made] == [each["name"] for each in listed] == ["salt", "wren"]
    assert list(listed[0]["interests"]) == ["foxes", "teapots"]
    assert house.watching.follows() == [("salt", "wren")]
    assert "salt  active  ferry pilot, into foxes, teapots\n" in run("residents", "list").stdout
    assert lines(run("residents", "list", "--state", "retired", "--json")) == []


def test_they_live_for_as_long_as_is_said_and_what_they_painted_is_there(run, house, tmp_path):
    world = tmp_path / "world.json"
    posts_whenever_looking_in = Rhythm(wakes=0, sleeps=0, peaks=(0, 8, 16), visits_a_day=8, posts_a_day=8)
    salt = persona("salt").model_copy(update={"rhythm": posts_whenever_looking_in})
    world.write_bytes(as_world([salt], title="Harbour"))
    run("residents", "create", "--world", world)
    assert house.accounts.named("salt").avatar_key is not None
    house.society.set_budgets(Budgets(pictures_an_hour=4, tokens_an_hour=0, usd_an_hour=Decimal(1)))
    before = house.society.state().now

    [told] = lines(run("residents", "run", "--hours", 36, "--json"))

    assert told["actions"]["post"] == house.db.value("select count(*) from pentagram.posts") > 0
    assert told["actions"]["post"] <= 4
    assert (house.society.state().now - before).total_seconds() == pytest.approx(36 * 3600, abs=60)
    assert not house.society.state().running


def test_a_resident_answers_at_the_command_line(run, house):
    settle(house, "salt")

    [told] = lines(run("residents", "interview", "salt", "--json", stdin="Who are you?\n"))

    assert told["question"] == "Who are you?"
    assert len(told["answer"]) > 3


def test_their_time_is_stopped_and_goes_on_at_the_speed_that_is_said(run, house):
    [running] = lines(run("residents", "resume", "--speed", 10, "--json"))
    [paused] = lines(run("residents", "pause", "--json"))

    assert (running["running"], running["speed"]) == (True, 10)
    assert (paused["running"], house.society.state().running) == (False, False)
    assert "Paused; it is " in run("residents", "pause").stdout


def test_the_trace_is_written_to_a_file_or_to_stdout(run, house, tmp_path):
    settle(house, "salt", "wren")
    diary = Diary(house)
    diary.act("salt", "like")
    diary.act("salt", "save", at=BEGAN + hours(48))
    file = tmp_path / "trace.sqlite"

    [told] = lines(run("residents", "trace", "--format", "sqlite", "--out", file, "--json"))
    later = lines(run("residents", "trace", "--since", "2030-01-02"))

    assert (told["file"], told["rows"]["residents"], told["rows"]["actions"]) == (str(file), 2, 2)
    with closing(sqlite3.connect(file)) as written:
        assert written.execute("select kind from actions order by id").fetchall() == [("like",), ("save",)]
    assert [each["kind"] for each in later if each["table"] == "actions"] == ["save"]
    assert not list(tmp_path.glob("*.unfinished"))


def test_what_cannot_be_done_with_residents_is_one_line(run, house, tmp_path):
    assert "No resident is called nobody." in refusal(run("residents", "interview", "nobody", stdin="Who are you?"))
    assert "cannot be written" in refusal(run("residents", "trace", "--out", "/dev/null/trace"))
    world = tmp_path / "world.json"
    world.write_text("no world")
    assert "world" in refusal(run("residents", "create", "--world", world))


@pytest.mark.parametrize(
    "arguments", [("create",), ("create", 2, "--world", "harbour"), ("trace", "--format", "sqlite")]
)
def test_a_command_of_residents_that_lacks_something_says_what(run, arguments):
    result = run("residents", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--world" in result.stderr or "--out" in result.stderr


# Processes of their own


def test_nothing_but_json_is_on_stdout_and_no_progress_bar_where_no_terminal_is(program):
    process = program("generate", "a boat", "--size", "256x256", "--seed", "3", "--json")
    output, errors = process.communicate(timeout=90)

    assert process.returncode == 0, errors
    assert [json.loads(line)["seed"] for line in output.splitlines()] == [3]
    assert "Painting" not in errors


def test_a_worker_paints_what_others_ask_for_until_it_is_told_to_stop(program, house, person):
    process = program("worker", "--concurrency", "1", "--json")
    assert json.loads(process.stdout.readline()) == {"state": "working", "concurrency": 1}

    nova = person("nova")
    request = house.studio.request("a boat", manage.Options(256, 256), by=nova, token="press-one")
    wait_while(lambda: house.jobs.unfinished(house.db))
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=30)

    assert house.studio.watch(request.id, by=nova).creations[0].state == "ready"
    assert process.returncode == 0, errors
    assert output == '{"state": "stopped"}\n'


def test_work_that_another_worker_took_is_waited_for(house):
    left = iter([2, 2, 1, 0])

    manage._finish(house, "Working", lambda: next(left))

    assert list(left) == []
