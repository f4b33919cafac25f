"""Content Credentials with a certificate chain made here, and checked by C2PA's own reader."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import c2pa
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from services.errors import ConfigurationError
from services.settings import ROOT, Settings
from services.studio.pictures import encode, key_of
from services.studio.provenance import Provenance
from services.studio.reading import read_provenance, without_prompt
from services.studio.signing import Signer, read_claim

PROMPT = "heliotrope submarine"
PROVENANCE = Provenance(
    prompt=PROMPT,
    model="flux-schnell",
    engine="diffusers",
    seed=42,
    width=64,
    height=40,
    created_at=datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC),
    generator="trainedAlgorithmicMedia",
    negative="gloomy porridge",
)
NOWHERE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
PICTURE = Image.linear_gradient("L").resize((64, 40))
PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
OPEN = serialization.NoEncryption()


def name(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tests"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def certificate(of: str, key: Any, by: str, its_key: Any, *, ends: timedelta, usages: list[Any], ca: bool) -> bytes:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(of))
        .issuer_name(name(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + ends)
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(x509.KeyUsage(not ca, False, False, False, False, ca, ca, False, False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(its_key.public_key()), critical=False)
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    is_edwards = isinstance(its_key, ed25519.Ed25519PrivateKey)
    return builder.sign(its_key, None if is_edwards else hashes.SHA256()).public_bytes(PEM)


Files = Callable[..., tuple[Path, Path]]


@pytest.fixture
def issue(tmp_path: Path) -> Files:
    """Writes a certificate chain and its key: `issue(ends=..., usages=...)`."""

    def make(
        *,
        key: Any = None,
        ends: timedelta = timedelta(days=30),
        usages: tuple[Any, ...] = (ExtendedKeyUsageOID.EMAIL_PROTECTION,),
        form: serialization.PrivateFormat = PKCS8,
    ) -> tuple[Path, Path]:
        root, key = ec.generate_private_key(ec.SECP256R1()), key or ec.generate_private_key(ec.SECP256R1())
        leaf = certificate("Pentagram of Nova", key, "Root", root, ends=ends, usages=list(usages), ca=False)
        issuer = certificate("Root", root, "Root", root, ends=timedelta(days=900), usages=[], ca=True)
        chain, private = tmp_path / "chain.pem", tmp_path / "key.pem"
        chain.write_bytes(leaf + issuer)
        private.write_bytes(key.private_bytes(PEM, form, OPEN))
        return chain, private

    return make


@pytest.fixture
def signer(issue: Files) -> Signer:
    return Signer(*issue())


def report(file: bytes) -> dict[str, Any]:
    with c2pa.Reader("image/webp", io.BytesIO(file)) as reader:
        return dict(json.loads(reader.json()))


def pixels(file: bytes) -> bytes:
    return Image.open(io.BytesIO(file)).tobytes()


def failures(told: dict[str, Any]) -> list[str]:
    return [each["code"] for each in told["validation_results"]["activeManifest"]["failure"]]


# Signed


@pytest.mark.parametrize("generator", ["trainedAlgorithmicMedia", "algorithmicMedia"])
def test_a_signed_picture_says_by_whom_and_that_a_machine_made_it(signer, generator):
    told = report(encode(PICTURE, replace(PROVENANCE, generator=generator), signer=signer).full)

    assert told["validation_state"] == "Valid"
    assert failures(told) == ["signingCredential.untrusted"], "nobody put this test on a trust list"
    manifest = told["manifests"][told["active_manifest"]]
    assert manifest["signature_info"]["common_name"] == "Pentagram of Nova"
    assert manifest["claim_generator_info"][0]["name"] == "Pentagram"
    [created] = manifest["assertions"][0]["data"]["actions"]
    assert (created["action"], created["digitalSourceType"]) == ("c2pa.created", NOWHERE + generator)
    assert created["softwareAgent"]["name"] == "Pentagram"


def test_signing_changes_no_pixel_and_keeps_the_other_metadata(signer):
    plain, signed = encode(PICTURE, PROVENANCE), encode(PICTURE, PROVENANCE, signer=signer)

    assert pixels(signed.full) == pixels(plain.full)
    told = read_provenance(signed.full)
    assert told.claim.state == "Valid"
    assert replace(told, claim=None) == read_provenance(plain.full)
    assert signed.thumbnail == plain.thumbnail
    assert len(signed.full) - len(plain.full) < 8_000


def test_the_seal_itself_holds_no_word_of_the_prompt(signer):
    assert PROMPT not in json.dumps(report(encode(PICTURE, PROVENANCE, signer=signer).full))


def test_the_key_is_the_digest_of_the_signed_file(signer):
    picture = encode(PICTURE, PROVENANCE, signer=signer)

    assert picture.full_key == key_of("pictures", picture.full)


def test_a_change_after_signing_is_seen(signer):
    signed = bytearray(encode(PICTURE, PROVENANCE, signer=signer).full)
    signed[signed.index("flux-schnell".encode("utf-16-be"))] ^= 1

    assert read_claim(bytes(signed), "image/webp").state == "Invalid"


def test_a_download_without_the_prompt_is_signed_anew_or_not_at_all_but_never_broken(signer):
    signed = encode(PICTURE, PROVENANCE, signer=signer).full

    bare, resigned = without_prompt(signed), without_prompt(signed, signer=signer)

    assert b"c2pa" not in bare
    assert read_provenance(bare).claim is None
    assert read_provenance(resigned).claim.state == "Valid"
    assert read_provenance(resigned).prompt is None
    assert PROMPT.encode() not in resigned
    assert pixels(bare) == pixels(resigned) == pixels(signed)


def test_a_file_that_an_engine_signed_is_not_left_with_its_broken_seal(signer):
    theirs = encode(PICTURE, PROVENANCE, signer=signer).full

    assert b"c2pa" not in encode(PICTURE, PROVENANCE, file=theirs).full
    assert read_claim(encode(PICTURE, PROVENANCE, file=theirs, signer=signer).full, "image/webp").state == "Valid"


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()], ids=["p384", "ed25519"]
)
def test_the_algorithm_is_that_of_the_key(issue, key):
    signer = Signer(*issue(key=key))

    assert report(encode(PICTURE, PROVENANCE, signer=signer).full)["validation_state"] == "Valid"


def test_a_key_in_openssls_older_form_signs_too(issue):
    signer = Signer(*issue(form=serialization.PrivateFormat.TraditionalOpenSSL))

    assert signer.check() == "Pictures are signed by Pentagram of Nova."


def test_a_renewed_certificate_counts_from_the_next_picture_on(issue):
    signer = Signer(*issue(ends=timedelta(days=-1)))
    with pytest.raises(ConfigurationError):
        signer.check()

    issue()

    assert signer.check() == "Pictures are signed by Pentagram of Nova."


# What cannot sign


def test_an_expired_certificate_is_a_remedy(issue):
    with pytest.raises(ConfigurationError, match="expired or is not valid yet: renew it"):
        Signer(*issue(ends=timedelta(days=-1))).check()


@pytest.mark.parametrize("usages", [(), (ExtendedKeyUsageOID.SERVER_AUTH,)], ids=["none", "a server's"])
def test_a_certificate_for_something_else_is_a_remedy(issue, usages):
    with pytest.raises(ConfigurationError, match="emailProtection or documentSigning"):
        Signer(*issue(usages=usages)).check()


def test_a_key_of_another_certificate_is_a_remedy(issue):
    chain, key = issue()
    key.write_bytes(ec.generate_private_key(ec.SECP256R1()).private_bytes(PEM, PKCS8, OPEN))

    with pytest.raises(ConfigurationError, match="does not belong to the first certificate"):
        Signer(chain, key).check()


@pytest.mark.parametrize("content", [b"", b"garbage"])
def test_a_certificate_that_is_none_is_a_remedy(issue, content):
    chain, key = issue()
    chain.write_bytes(content)

    with pytest.raises(ConfigurationError, match="PENTAGRAM_C2PA_CERTIFICATE is a chain in PEM"):
        Signer(chain, key).check()


@pytest.mark.parametrize("content", [b"", b"garbage", "with a password"])
def test_a_key_that_is_none_or_locked_is_a_remedy(issue, content):
    chain, key = issue()
    locked = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        PEM, PKCS8, serialization.BestAvailableEncryption(b"secret")
    )
    key.write_bytes(content if isinstance(content, bytes) else locked)

    with pytest.raises(ConfigurationError, match=r"PENTAGRAM_C2PA_KEY.*openssl pkcs8"):
        Signer(chain, key).check()


def test_a_file_that_is_not_there_is_named(issue, tmp_path):
    chain, key = issue()

    with pytest.raises(ConfigurationError, match=r"PENTAGRAM_C2PA_CERTIFICATE: .*nowhere.pem cannot be read"):
        Signer(tmp_path / "nowhere.pem", key).check()
    with pytest.raises(ConfigurationError, match=r"PENTAGRAM_C2PA_KEY: .*nowhere.pem cannot be read"):
        Signer(chain, tmp_path / "nowhere.pem").check()


# Settings


def test_pictures_are_signed_where_both_settings_are_given(issue, settings):
    chain, key = issue()

    assert Signer.from_settings(settings) is None
    signer = Signer.from_settings(settings.model_copy(update={"c2pa_certificate": chain, "c2pa_key": key}))
    assert signer.check() == "Pictures are signed by Pentagram of Nova."


@pytest.mark.parametrize("given", ["c2pa_certificate", "c2pa_key"])
def test_one_setting_without_the_other_is_a_remedy(settings: Settings, given: str):
    with pytest.raises(ConfigurationError, match="set both or neither"):
        Signer.from_settings(settings.model_copy(update={given: Path("some.pem")}))


def test_who_signs_nothing_never_loads_the_library():
    program = (
        "import sys; from services.studio import pictures, reading, signing;"
        "print([name for name in ('c2pa', 'cryptography') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


# Never trusted


def test_a_damaged_seal_is_read_or_not_but_never_an_error(signer):
    signed = encode(PICTURE, PROVENANCE, signer=signer).full
    begins = signed.index(b"C2PA") + 8

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.integers(begins, len(signed) - 1), st.integers(0, 255)), min_size=1, max_size=10))
    def damage(changes: list[tuple[int, int]]) -> None:
        file = bytearray(signed)
        for place, value in changes:
            file[place] = value
        told = read_provenance(bytes(file))
        assert told.prompt == PROMPT
        assert told.claim is None or told.claim.state in {"Valid", "Invalid"}

    damage()
