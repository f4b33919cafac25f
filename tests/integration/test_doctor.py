"""The doctor, with each part broken in turn: it names that part, and only what stands on it besides."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from typer.testing import CliRunner

import manage
from services import doctor
from services.doctor import Finding, examine
from services.platform.migrations import FOLDER
from services.safety.learned import RESTORE, TUNED, WEIGHTS
from services.safety.pictures import ALLOWED
from services.safety.prompts import PromptGate
from services.settings import ROOT, Settings
from services.studio.engines.choice import Choice, Engines
from services.studio.engines.painter import Painter
from tests.fakes.embeddings import WordVectors, unread
from tests.fakes.guard_server import GuardServer
from tests.fakes.storage_server import StorageServer

KEY = "Zk3vN8-qLwX0tYr5UaEc7_PbHdJm2Gs9"
PARTS = {
    "settings", "cookie key", "home", "database", "migrations", "row level security", "jobs", "storage",
    "engine painter", "budget", "picture gate", "removed pictures", "residents", "writer", "signing", "embedding model",
    "picture model", "classifier", "prompt gate", "guard",
}  # fmt: skip

Examine = Callable[..., dict[str, Finding]]


@pytest.fixture
def given(database: str, tmp_path: Path) -> dict[str, str]:
    parts = conninfo_to_dict(database)
    return {
        "DATABASE_URL": f"postgresql://postgres@/{parts['dbname']}?host={quote(str(parts['host']), safe='')}",
        "PENTAGRAM_COOKIE_KEY": KEY,
        "PENTAGRAM_HOME": str(tmp_path / "home"),
    }


@pytest.fixture(autouse=True)
def _no_secrets_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENTAGRAM_SECRETS", str(tmp_path / "secrets.toml"))


@pytest.fixture
def found(given: dict[str, str]) -> Examine:
    """The findings by part: of a healthy installation, but for the settings and parts named."""

    def look(*, migrations: Path = FOLDER, classifier: Path = WEIGHTS, **settings: str | None) -> dict[str, Finding]:
        findings = examine(
            Settings(**given | settings), migrations=migrations, embeddings=WordVectors(), meaning=unread,
            classifier=classifier,
        )  # fmt: skip
        assert {finding.part for finding in findings} >= PARTS
        return {finding.part: finding for finding in findings}

    return look


@pytest.fixture
def sql(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def outsider(sql: psycopg.Connection) -> Iterator[str]:
    """Supabase's role, which all databases of a server share."""
    sql.execute("do $$ begin create role anon; exception when duplicate_object or unique_violation then end $$")
    yield "anon"
    sql.execute("drop owned by anon")


def failures(found: dict[str, Finding]) -> set[str]:
    return {part for part, finding in found.items() if finding.state == "failure"}


def test_a_healthy_installation_has_no_failure_and_warns_that_nobody_works(found):
    findings = found()

    assert [part for part, finding in findings.items() if finding.state != "ok"] == ["jobs", "picture gate"]
    assert "0 workers alive" in findings["jobs"].sentence
    assert "manage.py worker" in findings["jobs"].remedy


def test_whatever_is_not_ok_comes_with_a_remedy(found, tmp_path):
    (tmp_path / "file").touch()

    findings = found(PENTAGRAM_HOME=str(tmp_path / "file"), PENTAGRAM_COOKIE_KEY="short", DATABASE_URL=None)

    assert all(bool(finding.remedy) == (finding.state != "ok") for finding in findings.values())


# Settings and secrets


def test_half_of_supabase_is_a_failure_of_the_settings_and_the_storage(found):
    findings = found(SUPABASE_URL="https://abcdefgh.supabase.co")

    assert failures(findings) == {"settings", "storage"}
    assert "SUPABASE_KEY" in findings["settings"].sentence


@pytest.mark.parametrize("key", ["change-me-to-something-long-and-random", "short", None])
def test_a_cookie_key_that_protects_nothing_is_a_failure(found, key):
    findings = found(PENTAGRAM_COOKIE_KEY=key)

    assert failures(findings) == {"cookie key"}


def test_secrets_are_in_no_finding(found):
    findings = found(
        DATABASE_URL="postgresql://nova:hunter2@127.0.0.1:1/x", SUPABASE_URL="http://127.0.0.1:1", SUPABASE_KEY="open!",
        PENTAGRAM_COOKIE_KEY="change-me",
    )  # fmt: skip

    text = str(findings)
    assert not [secret for secret in ("hunter2", "open!", "change-me") if secret in text]


# Home


def test_a_home_that_is_no_folder_is_a_failure_of_the_home_and_the_pictures_in_it(found, tmp_path):
    (tmp_path / "file").touch()

    findings = found(PENTAGRAM_HOME=str(tmp_path / "file"))

    assert failures(findings) == {"home", "storage"}


def test_a_home_that_is_no_folder_takes_the_embedded_database_with_it_and_nothing_more(tmp_path):
    (tmp_path / "file").touch()

    settings = Settings(PENTAGRAM_HOME=tmp_path / "file")
    findings = {f.part: f for f in examine(settings, embeddings=WordVectors(), meaning=unread)}

    assert failures(findings) == {"home", "database", "storage"}
    assert findings["migrations"].state == "warning"
    assert "database does not answer" in findings["migrations"].sentence


def test_a_secret_that_others_may_read_is_a_failure(found, tmp_path):
    secret = tmp_path / "home" / "cookie_key"
    secret.parent.mkdir()
    secret.write_text(KEY)
    secret.chmod(0o644)

    findings = found()

    assert failures(findings) == {"home"}
    assert findings["home"].remedy == f"Run `chmod 600 {secret}`."


def test_a_key_of_the_installations_own_that_is_empty_is_a_failure(tmp_path):
    (tmp_path / "cookie_key").touch()

    sentence = doctor._finding(*doctor.PARTS[1], patient_of(Settings(PENTAGRAM_HOME=tmp_path))).sentence

    assert "too short" in sentence


# Database


def test_a_database_that_does_not_answer_is_a_failure_that_hides_no_other_part(found):
    findings = found(DATABASE_URL="postgresql://nova@127.0.0.1:1/pentagram")

    assert failures(findings) == {"database"}
    assert "127.0.0.1 as nova" in findings["database"].sentence
    assert [findings[part].state for part in ("migrations", "row level security", "jobs")] == ["warning"] * 3


def test_a_migration_that_was_changed_after_it_was_applied_is_a_failure(found, tmp_path):
    migrations = shutil.copytree(FOLDER, tmp_path / "migrations")
    changed = min(migrations.glob("*.sql"))
    changed.write_text(changed.read_text() + "\nselect 1;\n")

    findings = found(migrations=migrations)

    assert failures(findings) == {"migrations"}
    assert "changed after it was applied" in findings["migrations"].sentence


def test_a_migration_that_was_not_applied_is_a_failure(found, tmp_path):
    migrations = shutil.copytree(FOLDER, tmp_path / "migrations")
    (migrations / "20991231235959_later.sql").write_text("select 1;")

    findings = found(migrations=migrations)

    assert failures(findings) == {"migrations"}
    assert "20991231235959" in findings["migrations"].sentence
    assert "manage.py migrate" in findings["migrations"].remedy


def test_an_empty_database_is_only_a_warning(found, sql):
    sql.execute("drop schema pentagram cascade")
    sql.execute("drop schema supabase_migrations cascade")

    findings = found()

    assert failures(findings) == set()
    assert findings["migrations"].state == "warning"


def test_row_level_security_switched_off_is_a_failure_that_names_the_table(found, sql):
    sql.execute("alter table pentagram.likes disable row level security")

    findings = found()

    assert failures(findings) == {"row level security"}
    assert findings["row level security"].sentence == "It is off on: likes."


@pytest.mark.parametrize(
    ("grant", "name"),
    [
        ("grant select on pentagram.posts to anon", "posts"),
        ("grant select (name) on pentagram.accounts to anon", "accounts"),
        ("grant usage on schema pentagram to public", "schema pentagram"),
    ],
)
def test_a_grant_to_outsiders_is_a_failure_that_names_what_is_open(found, sql, outsider, grant, name):
    sql.execute(grant)

    findings = found()

    assert failures(findings) == {"row level security"}
    assert findings["row level security"].sentence.endswith(f"on: {name}.")


# Jobs


def test_a_queue_that_takes_no_job_is_a_failure(found, sql):
    sql.execute("alter table pentagram.procrastinate_jobs add check (task_name <> 'doctor')")

    assert failures(found()) == {"jobs"}


def test_trying_the_queue_leaves_no_job_behind(found, sql):
    found()

    assert sql.execute("select count(*) from pentagram.procrastinate_jobs").fetchone() == (0,)


def test_with_a_living_worker_failed_and_stalled_jobs_are_warned_of(found, sql):
    sql.execute("insert into pentagram.procrastinate_workers default values")
    assert found()["jobs"].state == "ok"

    for state in ("failed", "doing"):
        sql.execute(
            "insert into pentagram.procrastinate_jobs (queue_name, task_name, status) values ('q', 't', %s)", (state,)
        )

    jobs = found()["jobs"]
    assert jobs.state == "warning"
    assert "0 waiting, 1 stalled, 1 failed, 1 workers alive." in jobs.sentence


def test_a_worker_without_a_heartbeat_counts_as_dead(found, sql):
    sql.execute("insert into pentagram.procrastinate_workers (last_heartbeat) values (now() - interval '1 minute')")

    assert "0 workers alive" in found()["jobs"].sentence


# Storage


def test_a_file_where_the_pictures_folder_should_be_is_a_failure(found, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "storage").touch()

    assert failures(found()) == {"storage"}


def test_supabase_refusing_the_key_is_a_failure_and_the_right_key_is_none(found):
    with StorageServer() as server:
        refused = found(SUPABASE_URL=server.url, SUPABASE_KEY=server.anon_key)
        accepted = found(SUPABASE_URL=server.url, SUPABASE_KEY=server.secret_key)

    assert failures(refused) == {"storage"}
    assert failures(accepted) == set()
    assert accepted["home"].sentence.startswith("Not used")


# Engine, model and gate


def patient_of(settings: Settings) -> doctor._Patient:
    return doctor._Patient(settings, FOLDER, doctor.model_folder, WordVectors(), doctor.ExitStack())


@pytest.mark.parametrize("weights", [b"other weights", None])
def test_weights_that_are_not_the_published_ones_or_missing_are_a_failure(given, tmp_path, weights):
    if weights is not None:
        (tmp_path / "model.safetensors").write_bytes(weights)

    findings = {f.part: f for f in examine(Settings(**given), model=lambda: tmp_path)}

    assert failures(findings) == {"embedding model"}


class Stumbling(Painter):
    def paint(self, orders):
        return orders[99]


def test_an_engine_that_stumbles_is_a_failure(found, monkeypatch):
    monkeypatch.setattr(doctor, "engines_for", lambda _: Engines([Choice(Stumbling(), "a test wants it.")]))

    findings = found()

    assert failures(findings) == {"engine painter"}
    assert "IndexError" in findings["engine painter"].sentence


def test_the_engine_is_named_with_its_model_and_why_it_paints(found):
    sentence = found()["engine painter"].sentence

    assert sentence.startswith("Painted by the built-in painter: no model is configured. 256x256 took ")


def test_a_model_that_cannot_be_loaded_is_a_failure_that_names_it_and_the_painter_still_paints(found, tmp_path):
    findings = found(PENTAGRAM_ENGINE="diffusers", PENTAGRAM_MODEL=str(tmp_path / "sd-turbo"))

    assert failures(findings) == {"engine diffusers"}
    sentence = findings["engine diffusers"].sentence
    assert f"PENTAGRAM_MODEL is {tmp_path / 'sd-turbo'}, but there is no such folder" in sentence


def test_engines_that_cannot_be_told_are_a_failure_with_the_remedy(found):
    findings = found(PENTAGRAM_ENGINE="diffusers")

    assert failures(findings) == {"engine painter"}
    assert "PENTAGRAM_MODEL is not set" in findings["engine painter"].sentence


def test_a_budget_that_is_nearly_used_up_is_a_warning(found, sql):
    sql.execute("insert into pentagram.ledger (engine, gpu, cost_usd) values ('modal', 'L40S', 0.9)")

    finding = found(PENTAGRAM_DAILY_BUDGET_USD="1")["budget"]

    assert (finding.state, "$0.90" in finding.sentence, "of $1.00" in finding.sentence) == ("warning", True, True)


def test_a_gate_that_lets_everything_through_is_a_failure(found, monkeypatch):
    monkeypatch.setattr(doctor, "gate_for", lambda *_: PromptGate(()))

    assert failures(found()) == {"prompt gate"}


@pytest.mark.parametrize(("changed", "told"), [(b"", "not the released one"), (None, "cannot be read")])
def test_a_classifier_that_is_missing_or_changed_is_a_failure_with_the_remedy(found, tmp_path, changed, told):
    weights = tmp_path / WEIGHTS.name
    for beside in (WEIGHTS.with_suffix(".sha256"), TUNED):
        shutil.copy(beside, tmp_path)
    if changed is not None:
        weights.write_bytes(changed)

    findings = found(classifier=weights)

    assert failures(findings) == {"classifier"}
    assert told in findings["classifier"].sentence
    assert findings["classifier"].remedy == RESTORE


def test_a_guard_that_answers_is_tried_and_one_that_is_away_is_a_failure(found):
    with GuardServer("qwen3guard") as server:
        finding = found(PENTAGRAM_GUARD_URL=server.url, PENTAGRAM_GUARD_MODEL="Qwen3Guard-Gen-0.6B")["guard"]
    away = found(PENTAGRAM_GUARD_URL=server.url, PENTAGRAM_GUARD_MODEL="Qwen3Guard-Gen-0.6B")

    assert (finding.state, "tells one from the other" in finding.sentence) == ("ok", True)
    assert failures(away) == {"guard"}
    assert "PENTAGRAM_GUARD_URL" in away["guard"].remedy


def test_a_guard_that_lets_everything_through_is_a_failure(found):
    with GuardServer("llama-guard", knows={}) as server:
        assert failures(found(PENTAGRAM_GUARD_URL=server.url, PENTAGRAM_GUARD_MODEL="llama-guard3:1b")) == {"guard"}


def test_a_picture_gate_that_cannot_be_loaded_is_a_failure(found, tmp_path):
    findings = found(PENTAGRAM_PICTURE_GATE=str(tmp_path / "nothing"))

    assert failures(findings) == {"picture gate"}
    assert "cannot be loaded" in findings["picture gate"].sentence


def test_a_picture_gate_whose_owner_may_change_it_overnight_is_a_warning(found, monkeypatch):
    monkeypatch.setattr(doctor.PictureGate, "check", lambda *_: ALLOWED)
    wanted = {"PENTAGRAM_PICTURE_GATE": "Falconsai/nsfw_image_detection"}

    finding = found(**wanted)["picture gate"]
    pinned = found(**wanted, PENTAGRAM_PICTURE_GATE_REVISION="0" * 40)["picture gate"]

    assert (finding.state, "PENTAGRAM_PICTURE_GATE_REVISION" in finding.remedy) == ("warning", True)
    assert pinned.state == "ok"


def test_removed_pictures_that_are_not_known_again_for_long_are_a_warning(found, sql):
    insert = """insert into pentagram.removed_pictures (picture_key, category, removed_at, hashed_at)
    values ('a', 'sexual', now() - %s::interval, %s)"""
    sql.execute(insert, ("1 minute", None))
    sql.execute(insert, ("1 day", datetime.now(UTC)))
    assert found()["removed pictures"].sentence == "1 removed pictures do not come back."

    sql.execute(insert, ("1 hour", None))

    finding = found()["removed pictures"]
    assert (finding.state, finding.sentence[:18]) == ("warning", "1 removed pictures")


def test_a_society_that_is_to_live_and_that_nobody_works_for_is_a_warning(found, sql):
    assert found()["residents"].sentence == "0 residents, at rest."
    sql.execute("update pentagram.society set running = true, real_at = now()")
    assert found()["residents"].state == "ok"

    sql.execute("update pentagram.society set real_at = now() - interval '5 minutes'")

    finding = found()["residents"]
    assert (finding.state, "manage.py worker" in finding.remedy) == ("warning", True)


# The command


@pytest.fixture
def command(given: dict[str, str], loaded_once: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: CliRunner().invoke(manage.app, ["doctor", *arguments])


def test_each_part_is_a_line_with_its_mark(command):
    result = command()

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(PARTS)
    assert "✓ settings: " in result.stdout
    assert "! jobs: " in result.stdout


def test_a_failure_is_a_line_with_its_remedy_and_exit_code_1(command, sql):
    sql.execute("alter table pentagram.likes disable row level security")

    result = command()

    assert result.exit_code == 1
    assert "✗ row level security: It is off on: likes. Run `alter table pentagram.likes " in result.stdout


def test_settings_that_cannot_be_read_are_a_finding_too(command, tmp_path):
    (tmp_path / "secrets.toml").write_text("PENTAGRAM_ENGINE = = \n")

    result = command("--json")

    [finding] = [json.loads(line) for line in result.stdout.splitlines()]
    assert (result.exit_code, finding["part"], finding["state"]) == (1, "settings", "failure")


def test_the_weights_are_checked_without_loading_torch():
    code = "import sys; from services.doctor import *; check_weights(model_folder()); assert 'torch' not in sys.modules"

    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
