"""What a second of a GPU costs, by whichever name it is called."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from services.studio.prices import PUBLISHED, WORDS, Prices, known_as, live_rates


class Bill:
    """The workspace's prices as Modal's client hands them out."""

    def __init__(self, rates: Mapping[str, str] | Exception) -> None:
        self._rates = rates

    def rates(self) -> Mapping[str, Decimal]:
        if isinstance(self._rates, Exception):
            raise self._rates
        return {name: Decimal(rate) for name, rate in self._rates.items()}


@pytest.mark.parametrize(
    ("called", "known"),
    [
        ("L40S", "L40S"),
        ("NVIDIA L40S", "L40S"),
        ("NVIDIA L4", "L4"),
        ("l4", "L4"),
        ("Tesla T4", "T4"),
        ("NVIDIA A10G", "A10"),
        ("NVIDIA A10", "A10"),
        ("A100-40GB", "A100-40GB"),
        ("NVIDIA A100-SXM4-40GB", "A100-40GB"),
        ("NVIDIA A100 80GB PCIe", "A100-80GB"),
        ("A100", "A100-80GB"),
        ("NVIDIA H100 80GB HBM3", "H100"),
        ("H100!", "H100"),
        ("NVIDIA H200", "H200"),
        ("NVIDIA B200", "B200"),
        ("NVIDIA RTX PRO 6000 Blackwell Server Edition", "RTX-PRO-6000"),
        ("NVIDIA GH200 480GB", None),
        ("NVIDIA L40", None),
    ],
)
def test_a_gpu_is_known_by_every_name_it_goes_by(called, known):
    assert known_as(called) == known


def test_every_gpu_with_a_price_is_known_by_some_words():
    assert {name for name, _ in WORDS} == set(PUBLISHED)
    assert all(known_as(name) == name for name in PUBLISHED)


def test_a_picture_costs_its_seconds_to_the_next_microdollar():
    assert Prices().usd("NVIDIA L40S", 0.5) == Decimal("0.000271")
    assert Prices().usd("L4", 0.001) == Decimal("0.000001")


def test_an_unknown_gpu_costs_as_much_as_the_dearest():
    assert Prices().usd("NVIDIA Z900", 2.0) == Prices().usd("B200", 2.0) == Decimal("0.003472")


@pytest.mark.parametrize(
    ("gpu", "seconds"), [("", 5.0), ("L4", 0.0), ("L4", -1.0), ("L4", float("nan")), ("L4", float("inf"))]
)
def test_what_is_no_paid_time_costs_nothing(gpu, seconds):
    assert Prices().usd(gpu, seconds) == 0


def test_the_workspaces_own_prices_are_told_by_the_hour_and_kept_by_the_second():
    bill = Bill({"gpu_hour_cost_l40s": "1.80", "gpu_hour_cost_a100_80gb": "2.50", "cpu_hour_cost": "0.0473"})

    assert live_rates(bill) == {"L40S": pytest.approx(0.0005), "A100-80GB": pytest.approx(2.5 / 3600)}


def test_the_price_of_another_kind_of_container_is_not_taken_for_ours():
    bill = Bill({"gpu_hour_cost_l40s": "1.80", "gpu_hour_cost_l40s_sandbox": "5.40", "gpu_hour_cost_h100": "0"})

    assert live_rates(bill) == {"L40S": pytest.approx(0.0005)}


def test_of_two_prices_for_one_gpu_the_higher_counts():
    assert live_rates(Bill({"gpu_hour_cost_a10": "1.08", "gpu_hour_cost_a10g": "1.44"})) == {"A10": 1.44 / 3600}
    assert live_rates(Bill({"gpu_hour_cost_a10": "1.44", "gpu_hour_cost_a10g": "1.08"})) == {"A10": 1.44 / 3600}


@pytest.mark.parametrize("bill", [Bill({}), Bill({"cpu_hour_cost": "0.0473"}), Bill(ValueError("no such page"))])
def test_a_bill_that_tells_nothing_useful_gives_no_prices(bill):
    assert live_rates(bill) is None
