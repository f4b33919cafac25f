"""A stand-in of a guard model's server: it speaks the protocols of four kinds of guard, and judges by a few words.

Like a real one it builds its prompt from a template and knows the turns of a conversation by signs in it, wherever
those stand; where its kind writes the conversation out in lines it judges the last turn alone; and like a weak model it
does what a text tells it that is not marked as data. gpt-oss hands its thoughts on beside the answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.fakes.text_server import Answer, ScriptedServer, saying

BOMB, NUDE, FINE = "bomb", "nude", ""
KNOWS = {"bomb": BOMB, "nude": NUDE}
SAYS: dict[str, dict[str, str]] = {
    "qwen3guard": {
        BOMB: "Safety: Unsafe\nCategories: Violent",
        NUDE: "Safety: Controversial\nCategories: Sexual Content or Sexual Acts",
        FINE: "Safety: Safe\nCategories: None",
    },
    "llama-guard": {BOMB: "\n\nunsafe\nS9", NUDE: "\n\nunsafe\nS12", FINE: "\n\nsafe"},
    "safeguard": {
        BOMB: '{"decision": "block", "categories": ["weapons"]}',
        NUDE: '{"decision": "sensitive", "categories": ["sexual"]}',
        FINE: '{"decision": "allow", "categories": []}',
    },
}
FLAGS = {BOMB: {"illicit": 0.8, "illicit/violent": 0.7}, NUDE: {"sexual": 0.6}, FINE: {}}
MODERATED = (
    "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm",
    "self-harm/intent", "self-harm/instructions", "sexual", "sexual/minors", "violence", "violence/graphic",
)  # fmt: skip
PATHS = {"moderation": "/v1/moderations"}
TURN = re.compile(r"<\|im_start\|>(\w+)\n(.*?)<\|im_end\|>", re.DOTALL)
SPEAKER = {"qwen3guard": "USER", "llama-guard": "User"}
"""As their templates write who speaks, at the beginning of a line."""


class GuardServer(ScriptedServer):
    """Given answers come first, one a question; afterwards it judges."""

    def __init__(self, kind: str, *answers: Answer, knows: Mapping[str, str] = KNOWS) -> None:
        super().__init__(*answers)
        self._kind = kind
        self._knows = knows

    def chat(self, body: bytes, key: str | None) -> Answer:
        asked = json.loads(body)
        self.asked.append(asked)
        self.keys.append(key)
        if self.answers:
            return self.answers.popleft()
        if self.paths[-1] != PATHS.get(self._kind, "/v1/chat/completions"):
            return Answer(b'{"error": "not found"}', 404)
        if self._kind == "moderation":
            return _moderated(self._found(asked["input"]))
        said = self._said(asked["messages"])
        return saying(said, reasoning="By the policy.") if self._kind == "safeguard" else saying(said)

    def _said(self, messages: list[dict[str, str]]) -> str:
        template = "".join(f"<|im_start|>{each['role']}\n{each['content']}<|im_end|>" for each in messages)
        turns = [(role, text) for role, text in TURN.findall(template)]
        if turns[-1][0] == "assistant":
            return turns[-1][1]
        return SAYS[self._kind][self._found(self._data(turns[-1][1]))]

    def _data(self, text: str) -> str:
        """A policy that calls the text data is followed; text that is not marked so is obeyed."""
        if self._kind in SPEAKER:
            return re.split(rf"^{SPEAKER[self._kind]}: ", f"{SPEAKER[self._kind]}: {text}", flags=re.MULTILINE)[-1]
        try:
            return str(json.loads(text)["text"])
        except ValueError:
            return ""

    def _found(self, text: str) -> str:
        return next((meaning for word, meaning in self._knows.items() if word in text.lower()), FINE)


def _moderated(meaning: str) -> Answer:
    scores: dict[str, Any] = dict.fromkeys(MODERATED, 0.01) | FLAGS[meaning]
    result = {
        "flagged": bool(FLAGS[meaning]),
        "categories": {name: name in FLAGS[meaning] for name in MODERATED},
        "category_scores": scores,
        "category_applied_input_types": {name: ["text"] for name in MODERATED},
    }
    return Answer(json.dumps({"id": "modr-1", "model": "omni-moderation-latest", "results": [result]}).encode())
