"""The judged prompts and queries that the search is measured with hold together."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from services.community.posts import checked_tags
from services.safety.prompts import PromptGate

FOLDER = Path(__file__).parents[2] / "benchmarks/data/search"
KINDS = {"paraphrase", "mood", "category", "exact", "typo", "language", "polysemy", "mixed"}
FEWEST_OF_A_KIND = 14
FUNCTION_WORDS = {"the", "and", "with", "for", "from", "that", "his", "her", "out", "who", "into"}


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def content_words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower())) - FUNCTION_WORDS


PROMPTS = lines("prompts.jsonl")
QUERIES = lines("queries.jsonl")
BY_ID = {prompt["id"]: prompt for prompt in PROMPTS}


def of_kind(kind: str) -> list[dict]:
    return [query for query in QUERIES if query["kind"] == kind]


def test_every_prompt_stands_once():
    assert len(PROMPTS) >= 400
    assert len(BY_ID) == len(PROMPTS)
    assert len({" ".join(prompt["prompt"].lower().split()) for prompt in PROMPTS}) == len(PROMPTS)


def test_every_prompt_could_be_posted_as_it_is():
    gate = PromptGate()
    for prompt in PROMPTS:
        assert prompt.keys() == {"id", "prompt", "tags", "caption", "by"}
        assert prompt["prompt"].strip() == prompt["prompt"] != ""
        assert checked_tags(prompt["tags"]) == prompt["tags"], prompt["id"]
        assert gate.check(f"{prompt['prompt']} {prompt['caption']}").decision == "allow", prompt["id"]


def test_every_query_stands_once_and_was_judged_by_known_prompts_and_grades():
    assert len({query["query"].lower() for query in QUERIES}) == len(QUERIES) >= 110
    for query in QUERIES:
        assert query.keys() == {"query", "kind", "half", "judged"}
        assert query["judged"].keys() <= BY_ID.keys(), query["query"]
        assert set(query["judged"].values()) <= {1, 2, 3}, query["query"]


def test_every_query_has_something_worth_finding():
    assert [query["query"] for query in QUERIES if max(query["judged"].values(), default=0) < 2] == []


def test_each_half_holds_half_of_every_kind():
    assert {query["kind"] for query in QUERIES} == KINDS
    for kind in KINDS:
        halves = Counter(query["half"] for query in of_kind(kind))
        assert halves.keys() == {"tune", "held"}
        assert halves["tune"] == halves["held"] >= FEWEST_OF_A_KIND / 2, kind


@pytest.mark.parametrize("query", of_kind("paraphrase"), ids=lambda query: query["query"])
def test_a_paraphrase_shares_no_word_with_what_it_means(query):
    best = [BY_ID[prompt]["prompt"] for prompt, grade in query["judged"].items() if grade == 3]
    assert [content_words(query["query"]) & content_words(prompt) for prompt in best] == [set()] * len(best)


@pytest.mark.parametrize("query", of_kind("typo"), ids=lambda query: query["query"])
def test_a_slip_of_the_finger_stands_in_no_prompt(query):
    words = set().union(*(content_words(prompt["prompt"]) for prompt in PROMPTS))
    assert content_words(query["query"]) - words
