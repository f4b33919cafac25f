"""What a second of a GPU costs on Modal: as published, or as the workspace itself was told lately."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_UP, Decimal
from types import MappingProxyType
from typing import Protocol

from psycopg.types.json import Jsonb

from services.platform.clock import Clock
from services.platform.database import Database, Transaction

log = logging.getLogger(__name__)

SOURCE = "https://modal.com/pricing and `modal billing rates`, autumn 2026"
PUBLISHED: Mapping[str, float] = MappingProxyType(
    {
        "T4": 0.000164,
        "L4": 0.000222,
        "A10": 0.000306,
        "L40S": 0.000542,
        "A100-40GB": 0.000583,
        "A100-80GB": 0.000694,
        "RTX-PRO-6000": 0.000842,
        "H100": 0.001097,
        "H200": 0.001261,
        "B200": 0.001736,
    }
)
"""Dollars a second, by the names that `gpu=` takes."""
WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("T4", frozenset({"T4"})),
    ("L4", frozenset({"L4"})),
    ("A10", frozenset({"A10"})),
    ("A10", frozenset({"A10G"})),
    ("L40S", frozenset({"L40S"})),
    ("A100-40GB", frozenset({"A100", "40GB"})),
    ("A100-80GB", frozenset({"A100", "80GB"})),
    # One that does not tell its memory counts as the dearer.
    ("A100-80GB", frozenset({"A100"})),
    ("RTX-PRO-6000", frozenset({"RTX", "PRO", "6000"})),
    ("H100", frozenset({"H100"})),
    ("H200", frozenset({"H200"})),
    ("B200", frozenset({"B200"})),
)
"""The words by which a GPU is known, whether Modal, its driver or the bill names it; the first row that fits."""

LIVE_KEY = "gpu_rates"
FRESH = timedelta(days=30)
SECONDS_AN_HOUR = 3600
GPU_RATE = re.compile(r"gpu_hour_cost_(\w+)")
"""How the bill names what an hour of a GPU costs, as in gpu_hour_cost_a100_80gb."""
MICRODOLLAR = Decimal("0.000001")


class RateSource(Protocol):
    def rates(self) -> Mapping[str, Decimal]:
        """Everything that the workspace pays for, as Modal names it."""
        ...


class Prices:
    def __init__(self, rates: Mapping[str, float] = PUBLISHED) -> None:
        self._rates = rates

    @classmethod
    def current(cls, db: Database | Transaction, clock: Clock) -> Prices:
        """What the workspace was told within the last 30 days, and what is published of everything else."""
        kept = db.value("select value from pentagram.installation where key = %(key)s", key=LIVE_KEY)
        if kept is None or clock.now() - datetime.fromisoformat(kept["at"]) > FRESH:
            return cls()
        return cls({**PUBLISHED, **kept["rates"]})

    def usd(self, gpu: str, seconds: float) -> Decimal:
        """To the next microdollar. A GPU that is not known counts as the dearest, so that no budget is exceeded
        unnoticed; where none worked nothing is to be paid."""
        if not gpu or not math.isfinite(seconds) or seconds <= 0:
            return Decimal(0)
        rate = self._rates.get(known_as(gpu) or "", max(self._rates.values()))
        return (Decimal(str(rate)) * Decimal(str(seconds))).quantize(MICRODOLLAR, ROUND_UP)


def known_as(gpu: str) -> str | None:
    """Its name in the table, from what Modal, the driver or the bill calls it: "NVIDIA A100-SXM4-40GB"."""
    words = _words(gpu)
    return next((name for name, known in WORDS if known <= words), None)


def live_rates(source: RateSource) -> dict[str, float] | None:
    """Dollars a second of each GPU that we know, as the workspace pays them now; None where nobody tells."""
    try:
        return _gpus_of(source.rates()) or None
    except Exception as error:  # noqa: BLE001 - the published prices are good enough, whatever is wrong
        log.warning("Modal does not tell its prices (%s: %s); the known ones stay.", type(error).__name__, error)
        return None


def refresh(db: Database, clock: Clock, source: RateSource) -> bool:
    """Ask for the live prices and keep them for all processes; False if there are none, and what was kept stays."""
    rates = live_rates(source)
    if rates is None:
        return False
    now = clock.now()
    db.execute(
        """insert into pentagram.installation (key, value, updated_at) values (%(key)s, %(value)s, %(now)s)
        on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at""",
        key=LIVE_KEY, value=Jsonb({"rates": rates, "at": now.isoformat()}), now=now,
    )  # fmt: skip
    return True


def _gpus_of(rates: Mapping[str, Decimal]) -> dict[str, float]:
    """Only those whose whole name we know: what is added to a name says that it is another kind of container."""
    names = {known: name for name, known in WORDS}
    found: dict[str, float] = {}
    for item, usd_an_hour in rates.items():
        match = GPU_RATE.fullmatch(item)
        gpu = names.get(_words(match[1])) if match else None
        if gpu and usd_an_hour > 0:
            found[gpu] = max(float(usd_an_hour) / SECONDS_AN_HOUR, found.get(gpu, 0.0))
    return found


def _words(gpu: str) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Z0-9]+", gpu.upper().replace("_", " ")))
