"""The policy's categories and what a person is told about each; `docs/policy.md` says them at length."""

from __future__ import annotations

from services.safety.verdicts import Decision

MEANINGS = {
    "sexual": "explicit sexual content",
    "minors": "a minor in a sexual context",
    "violence": "graphic violence",
    "hate": "an attack on people for who they are",
    "self_harm": "self-harm shown as something to do",
    "harassment": "something to hurt or humiliate a person",
    "real_persons": "a real person in a sexual or defaming scene",
    "extremism": "praise of or recruitment for violent extremism",
    "weapons": "how to make or get weapons, poisons or drugs",
    "spam": "advertising or fraud",
}
CATEGORIES = tuple(MEANINGS)
SENTENCES: dict[str, dict[Decision, str]] = {
    "minors": {"block": "This puts someone who may be a minor beside sexual words, which Pentagram never paints."},
    "sexual": {"block": "This asks for explicit sexual content, which Pentagram does not paint."},
    "violence": {"block": "This asks for graphic violence, which Pentagram does not paint."},
    "hate": {"block": "This attacks people for who they are, which Pentagram does not paint."},
    "self_harm": {
        "block": "Pentagram does not paint self-harm. If it is about you, see findahelpline.com.",
        "sensitive": "This touches on self-harm, so it is marked as sensitive. If it is about you, "
        "findahelpline.com lists people to talk to.",
    },
    "extremism": {"block": "This promotes violent extremism, which Pentagram does not paint."},
    "weapons": {"block": "This is about making or getting weapons, poisons or drugs, which Pentagram does not paint."},
    "harassment": {"block": "This is aimed at hurting someone, which Pentagram does not paint."},
    "real_persons": {"block": "This puts a real person in a sexual or defaming scene, which Pentagram does not paint."},
    "spam": {"block": "This reads like an advertisement or a fraud, which has no place on Pentagram."},
}
SUBJECTS = {
    "sexual": "nudity or sex", "hate": "hatred", "extremism": "violent extremism", "minors": "minors",
    "real_persons": "a real person", "harassment": "insults",
}  # fmt: skip


def sentence(category: str, decision: Decision) -> str:
    subject = SUBJECTS.get(category, category.replace("_", " "))
    marked = f"This may show {subject}, so the picture is marked as sensitive."
    return SENTENCES.get(category, {}).get(decision, marked)
