"""How well the built-in painter reads: what each prompt of the test asked for, what was read, and the share right."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from services.discovery.embeddings import MiniLM
from services.studio.engines.painter.reading import Meaning, read
from tests.unit.painter_prompts import HELD_OUT, PROMPTS, Asked, judged, shares


def report(title: str, rows: tuple[Asked, ...], meaning: Meaning | None, *, in_full: bool) -> None:
    print(f"\n{title}")
    for row in rows:
        wish = read(row.prompt, meaning)
        wrong = [attribute for attribute, right in judged(row, wish).items() if not right]
        if in_full or wrong:
            things = " ".join(f"{each.count or ''}{each.subject}{each.colour or ''}" for each in wish.things)
            seen = f"{wish.scene}, {wish.time}, {things or 'nobody'}, {wish.palette or ''} {' '.join(wish.hues)}"
            print(f"  {'WRONG ' + ' '.join(wrong) if wrong else 'right':22} {row.prompt[:70]:70} {seen}")
    for attribute, (right, all_of_them) in shares(rows, meaning).items():
        print(f"  {attribute:8} {right:3} of {all_of_them:3}  {right / all_of_them:4.0%}")


def main() -> None:
    in_full = "--misses" not in sys.argv
    model = MiniLM()
    try:
        for title, rows in (("prompts", PROMPTS), ("held out", HELD_OUT)):
            report(f"{title}, words alone", rows, None, in_full=in_full)
            report(f"{title}, with the model", rows, model, in_full=in_full)
    finally:
        model.close()


if __name__ == "__main__":
    main()
