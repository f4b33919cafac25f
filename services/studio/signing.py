"""Content Credentials (C2PA): a seal on the picture file that says a machine made it, and breaks when it is changed."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.errors import ConfigurationError
from services.studio.provenance import DIGITAL_SOURCE_TYPE, SOFTWARE, Generator

if TYPE_CHECKING:
    from services.settings import Settings

BEHAVIOUR = {
    # The library's own thumbnail is larger than the picture.
    "builder": {"thumbnail": {"enabled": False}},
    # A file may name an address to fetch its claim from; strangers do not choose where we knock.
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
}
CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
REMEDIES = {
    "not valid at time": "the certificate has expired or is not valid yet: renew it.",
    "does not match": "the key does not belong to the first certificate of the file: put the two together.",
    "self-signed": "a certificate that signed itself is not taken: have one issued, and append its issuer's.",
    "certificate is invalid": "the certificate is not one for signing contents: it has to be no CA's and needs the key "
    "usage digitalSignature and an extended one such as emailProtection or documentSigning.",
}
NEITHER = (
    "check that PENTAGRAM_C2PA_CERTIFICATE is a chain in PEM, the signing one first, and unset it to sign nothing."
)
LARGEST_CLAIM_CHARACTERS = 4_000_000


@dataclass(frozen=True)
class Claim:
    """What a file's seal says, and whether it holds."""

    state: str
    """Valid (unchanged since), Trusted (and by somebody on a trust list), Invalid (changed, or badly sealed)."""
    signed_by: str
    software: str
    source_type: str


class Signer:
    """Reads its two files at every picture, so that a renewed certificate counts from then on."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._certificate = certificate
        self._key = key

    @classmethod
    def from_settings(cls, settings: Settings) -> Signer | None:
        """None where pictures are not to be signed. Whether it can sign is seen at the first picture, or by `check`."""
        if settings.c2pa_certificate is None or settings.c2pa_key is None:
            if settings.c2pa_certificate != settings.c2pa_key:
                raise ConfigurationError(
                    "PENTAGRAM_C2PA_CERTIFICATE and PENTAGRAM_C2PA_KEY belong together: set both or neither."
                )
            return None
        return cls(settings.c2pa_certificate, settings.c2pa_key)

    def sign(self, file: bytes, generator: Generator) -> bytes:
        """The WebP file with its seal, each time another one. `ConfigurationError` if the two files cannot sign."""
        c2pa = _library()
        sealed = io.BytesIO()
        try:
            with (
                c2pa.Signer.from_info(self._credentials(c2pa)) as signer,
                c2pa.Context(settings=c2pa.Settings.from_dict(BEHAVIOUR)) as context,
                c2pa.Builder(_manifest(generator), context=context) as builder,
            ):
                builder.sign(signer, "image/webp", io.BytesIO(file), sealed)
        except c2pa.C2paError as error:
            raise ConfigurationError(f"Pictures cannot be signed: {_remedy(str(error))}") from error
        return sealed.getvalue()

    def check(self) -> str:
        """One sentence on how it is, for doctor, after signing a picture of one pixel; `ConfigurationError` if not."""
        from PIL import Image

        file = io.BytesIO()
        Image.new("RGB", (1, 1)).save(file, "WEBP")
        claim = read_claim(self.sign(file.getvalue(), "algorithmicMedia"), "image/webp")
        return f"Pictures are signed by {claim.signed_by if claim else 'nobody'}."

    def _credentials(self, c2pa: Any) -> Any:
        certificate = _read(self._certificate, "PENTAGRAM_C2PA_CERTIFICATE")
        algorithm, key = _private_key(_read(self._key, "PENTAGRAM_C2PA_KEY"))
        return c2pa.C2paSignerInfo(alg=algorithm, sign_cert=certificate, private_key=key, ta_url=None)


def read_claim(file: bytes, mime: str) -> Claim | None:
    """The seal of a file, whosever; None if it has none, or nobody installed what reads it. Nothing is fetched."""
    if find_spec("c2pa") is None:
        return None
    c2pa = _library()
    try:
        with (
            c2pa.Context(settings=c2pa.Settings.from_dict(BEHAVIOUR)) as context,
            c2pa.Reader(mime, io.BytesIO(file), context=context) as reader,
        ):
            text = reader.json()
    except c2pa.C2paError:
        return None
    return _claim(json.loads(text)) if len(text) <= LARGEST_CLAIM_CHARACTERS else None


def _library() -> Any:
    try:
        import c2pa
    except ImportError as error:
        raise ConfigurationError("c2pa-python is not installed: pip install -r requirements.txt.") from error
    return c2pa


def _manifest(generator: Generator) -> dict[str, Any]:
    created = {
        "action": "c2pa.created",
        "digitalSourceType": DIGITAL_SOURCE_TYPE + generator,
        "softwareAgent": {"name": SOFTWARE},
    }
    return {
        "claim_generator_info": [{"name": SOFTWARE}],
        "format": "image/webp",
        "assertions": [{"label": "c2pa.actions", "data": {"actions": [created]}}],
    }


def _read(path: Path, setting: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{setting}: {path} cannot be read ({error.strerror}).") from error


def _private_key(pem: bytes) -> tuple[str, bytes]:
    """The name of its algorithm, and the key in the one form that the library reads."""
    from cryptography.hazmat.primitives import serialization

    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise ConfigurationError(
            "PENTAGRAM_C2PA_KEY is no private key in PEM without a password: openssl pkcs8 -topk8 -nocrypt makes one."
        ) from error
    return _algorithm(key), key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _algorithm(key: object) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES:
        return CURVES[key.curve.name]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    raise ConfigurationError("PENTAGRAM_C2PA_KEY is of a kind that C2PA does not know: use EC P-256, Ed25519 or RSA.")


def _remedy(reason: str) -> str:
    return next((remedy for words, remedy in REMEDIES.items() if words in reason), f"{reason}; {NEITHER}")


def _claim(report: dict[str, Any]) -> Claim:
    manifest = _dict(_dict(report.get("manifests")).get(str(report.get("active_manifest"))))
    signature = _dict(manifest.get("signature_info"))
    return Claim(
        state=str(report.get("validation_state", "")),
        signed_by=str(signature.get("common_name") or signature.get("issuer") or ""),
        software=_first(manifest.get("claim_generator_info"), "name"),
        source_type=next(filter(None, map(_source_type, _dicts(manifest.get("assertions")))), ""),
    )


def _source_type(assertion: dict[str, Any]) -> str:
    return _first(_dict(assertion.get("data")).get("actions"), "digitalSourceType")


def _first(among: object, name: str) -> str:
    return next((str(each[name]) for each in _dicts(among) if name in each), "")


def _dicts(found: object) -> list[dict[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _dict(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}
