"""The policy's categories and what a person is told about each; `docs/policy.md` says them at length."""

from __future__ import annotations

from services.safety.verdicts import Decision

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
    "weapons": {"block": "This asks for weapons made to harm people, which Pentagram does not paint."},
    "harassment": {"block": "This is aimed at hurting someone, which Pentagram does not paint."},
}
SUBJECTS = {"sexual": "nudity or sex", "hate": "hatred", "extremism": "violent extremism"}


def sentence(category: str, decision: Decision) -> str:
    subject = SUBJECTS.get(category, category.replace("_", " "))
    marked = f"This may show {subject}, so the picture is marked as sensitive."
    return SENTENCES.get(category, {}).get(decision, marked)
