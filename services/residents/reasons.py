"""Why a resident did something, in a sentence: what the decision wrote down, in the words of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.residents.mind import FRIENDS_FROM, KNOWN_FROM

Reasons = Mapping[str, Any]
"""As decisions write them down, with what the one who found the words said of it as `why`."""

STRONGLY, A_LITTLE = 0.5, 0.12
"""Of appeal, from where on it counts as a reason."""
MOVED = 0.3
"""Of a mood, either way."""
CALLED = {
    "appeal": "Appeal of the picture, 0 to 1",
    "topic": "Which it has for",
    "tie": "Tie to who made it, 0 to 1",
    "mood": "Mood, -1 to 1",
    "utility": "Utility",
    "probability": "Probability",
    "draw": "Drawn; it happens below that",
    "looked_at": "Pictures looked at",
    "did": "Things that came of it",
    "heard": "Remarks to them",
    "best_appeal": "Best appeal, 0 to 1",
    "best_topic": "Which was for",
    "posts_a_day": "Pictures a day, usually",
    "wished_by": "Wished for by",
}
"""What is known to stand there, in the order of a list."""


def sentence(kind: str, state: str, reasons: Reasons) -> str:
    """Empty where nothing is known. `kind` and `state` are those of the action."""
    if state == "dropped":
        return f"Not done. {_ended(str(reasons.get('dropped') or ''))}".strip()
    return _ended(TOLD.get(kind, _of_a_picture)(reasons))


def listed(reasons: Reasons) -> list[tuple[str, str]]:
    """All that was written down, by names for people: what it is called and what it says."""
    known = {name: reasons[name] for name in CALLED if name in reasons}
    told = [(CALLED[name], _written(name, value)) for name, value in known.items()]
    return [each for each in told if each[1]]


def _of_a_picture(reasons: Reasons) -> str:
    said = [*_topic(reasons), *_who(reasons), *_mood(reasons)] or ["on a whim"]
    likely = reasons.get("probability")
    chance = f", {_percent(likely)} likely" if isinstance(likely, int | float) else ""
    return f"{_joined(said)}{chance}" if "appeal" in reasons or "probability" in reasons else ""


def _of_an_answer(reasons: Reasons) -> str:
    return _joined([*_who(reasons, "to "), *_mood(reasons)]) or "somebody spoke to them"


def _of_a_post(reasons: Reasons) -> str:
    wish = f"{reasons['wished_by']} wished for it" if reasons.get("wished_by") else ""
    return ". ".join(each.rstrip(".") for each in (str(reasons.get("why") or ""), wish) if each)


def _of_a_remix(reasons: Reasons) -> str:
    return str(reasons.get("why") or "") or _of_a_picture(reasons)


def _of_a_look(reasons: Reasons) -> str:
    seen, did = int(reasons.get("looked_at") or 0), int(reasons.get("did") or 0)
    if not seen:
        return "there was nothing new to see"
    best = f", best of all something about {reasons['best_topic']}" if reasons.get("best_topic") else ""
    did_what = f"did something {did} times" if did > 1 else "did one thing" if did else "left it at that"
    return f"saw {seen} {'picture' if seen == 1 else 'pictures'}{best}, and {did_what}"


TOLD: Mapping[str, Callable[[Reasons], str]] = {
    "look": _of_a_look, "post": _of_a_post, "remix": _of_a_remix, "answer": _of_an_answer,
    "unfollow": lambda _: "they had nothing to do with each other for a long time",
    "face": lambda reasons: str(reasons.get("because") or ""),
    "sum_up": lambda _: "a day is over",
}  # fmt: skip


def _topic(reasons: Reasons) -> list[str]:
    appeal, topic = float(reasons.get("appeal") or 0), str(reasons.get("topic") or "what they like")
    if appeal >= STRONGLY:
        return [f"very much about {topic}"]
    return [f"somewhat about {topic}"] if appeal >= A_LITTLE else []


def _who(reasons: Reasons, before: str = "by ") -> list[str]:
    tie = float(reasons.get("tie") or 0)
    if tie >= FRIENDS_FROM:
        return [f"{before}a friend"]
    return [f"{before}somebody they know"] if tie >= KNOWN_FROM else []


def _mood(reasons: Reasons) -> list[str]:
    mood = float(reasons.get("mood") or 0)
    return ["in good spirits"] if mood >= MOVED else ["in low spirits"] if mood <= -MOVED else []


def _written(name: str, value: Any) -> str:
    if name == "probability" and isinstance(value, int | float):
        return _percent(value)
    if name == "draw" and isinstance(value, int | float):
        return f"{value:.0%}"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _percent(share: float) -> str:
    return "less than 1%" if share < 0.01 else f"{share:.0%}"


def _joined(said: list[str]) -> str:
    return ", ".join(said)


def _ended(said: str) -> str:
    said = " ".join(said.split())
    if not said:
        return ""
    return f"{said[0].upper()}{said[1:]}" + ("" if said[-1] in ".!?…" else ".")
