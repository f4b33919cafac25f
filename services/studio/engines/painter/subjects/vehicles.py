"""What carries somebody somewhere."""

from __future__ import annotations

from services.studio.engines.painter.brush import Brush
from services.studio.engines.painter.subjects.subject import Subject


def boat(b: Brush) -> None:
    b.shape([(-0.015, 0.1), (0.015, 0.1), (0.015, 1), (-0.015, 1)], "#4a362c")
    b.curve([(0.04, 0.18), (0.46, 0.2), (0.3, 0.55), (0.04, 0.97), (0.08, 0.5)], "#f6efe2")
    b.curve([(-0.04, 0.2), (-0.34, 0.2), (-0.2, 0.5), (-0.04, 0.86), (-0.06, 0.5)], "#e9dcc6")
    b.shape([(-0.5, 0.15), (0.56, 0.16), (0.4, -0.02), (-0.36, -0.02)], "*#8f3a31")
    b.shape([(-0.5, 0.15), (0.56, 0.16), (0.545, 0.12), (-0.485, 0.11)], "#f0e4cf")


ROWS = {
    "boat": Subject(
        boat, "boat sailboat yacht sail dinghy canoe schiff bateau barco barca ⛵ 🚤", "a small sailing boat",
        where="water", height=0.2, scenes=("sea",), roundness=0.5,
    ),
}  # fmt: skip
