"""Animals on land."""

from __future__ import annotations

from services.studio.engines.painter.brush import Brush
from services.studio.engines.painter.subjects.subject import Subject


def fox(b: Brush) -> None:
    coat, white, dark = "*#c9622b", "#f3e7d6", "#3a2a28"
    b.curve([(0.1, 0.02), (0.5, -0.03), (0.86, 0.06), (0.98, 0.22), (0.84, 0.32), (0.55, 0.26), (0.2, 0.2)], coat)
    b.curve([(0.86, 0.07), (0.985, 0.2), (0.9, 0.3), (0.82, 0.2)], white)
    b.curve([(-0.2, -0.02), (-0.2, 0.3), (-0.16, 0.6), (0.04, 0.64), (0.24, 0.44), (0.38, 0.2), (0.36, -0.02)], coat)
    b.curve([(-0.22, 0.3), (-0.19, 0.58), (-0.06, 0.54), (-0.1, 0.3), (-0.16, 0.2)], white)
    b.shape([(-0.19, -0.02), (-0.19, 0.2), (-0.1, 0.2), (-0.08, -0.02)], dark)
    b.curve(
        [(-0.44, 0.6), (-0.28, 0.76), (-0.08, 0.82), (0.08, 0.74), (0.04, 0.58), (-0.16, 0.54), (-0.36, 0.56)], coat
    )
    b.curve([(-0.44, 0.6), (-0.3, 0.64), (-0.12, 0.6), (-0.16, 0.54), (-0.36, 0.56)], white)
    b.oval(-0.43, 0.6, 0.028, 0.022, "#2b2024")
    b.oval(-0.22, 0.68, 0.018, 0.022, "#2b2024")
    b.shape([(-0.16, 0.76), (-0.13, 1), (0.02, 0.8)], coat)
    b.shape([(-0.02, 0.78), (0.06, 0.97), (0.1, 0.74)], dark)


ROWS = {
    "fox": Subject(
        fox, "fox vixen fuchs renard zorro volpe raposa 🦊", "a red fox, a small wild animal",
        height=0.2, scenes=("forest", "meadow"),
    ),
}  # fmt: skip
