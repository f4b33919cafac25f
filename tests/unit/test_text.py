import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.errors import UserError
from services.text import MOST_MARKS_IN_A_ROW, MOST_PROMPT_CHARACTERS, clean, clean_prompt

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
FAMILY = "👩\u200d👩\u200d👧\u200d👦"
VISIBLE_FORMATS = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2\U000110bd\U000110cd")
AWKWARD = (
    "ab \n\t\r\x00\x0b\x85\xa0\u2028\u2029\u200b\u200c\u200d\u202e\u2066\ufeff\ufe0f\u20e3\ud800\u3164"
    "\u0301\u0316\u0344\u0345\u302e\u0cc6\u0cd5\u0cc2\u093c\u094d\u0915\u0958\u0627\u0654\u09c7\u09be\u1100\u1161\u2329"
    "👩❤🏽🏴\U000e0067\U000e007f"
)
TEXTS = st.one_of(st.text(), st.text(alphabet=AWKWARD, max_size=24))


def tidy(text: str, *, newlines: bool = True) -> str:
    return clean(text, most=1_000, what="your comment", newlines=newlines)


def is_forbidden(char: str) -> bool:
    if char in "\n\u200c\u200d" or char in VISIBLE_FORMATS or "\U000e0020" <= char <= "\U000e007f":
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Cs")


def forbidden_in(text: str) -> list[str]:
    return [hex(ord(char)) for char in text if is_forbidden(char)]


@settings(deadline=None, database=None, max_examples=500)
@given(TEXTS, st.booleans())
@example("a\u0344\u0344\u0344\u0344", True)
@example("a\u0344\u0301\u0cc6\u0301\u0cd5", True)
@example("👩\u0344\u0344\u0344\ufe0f\u200d👩", True)
@example("\u0915\u0344\u0344\u094d\u200d\u094d", True)
@example("a\u0301\u200d\u0301", True)
def test_cleaning_twice_changes_nothing(text: str, newlines: bool) -> None:
    once = clean(text, most=10_000, what="it", newlines=newlines)
    assert clean(once, most=10_000, what="it", newlines=newlines) == once


@settings(deadline=None, database=None, max_examples=500)
@given(TEXTS)
def test_what_is_kept_can_be_seen_stored_and_compared(text: str) -> None:
    cleaned = clean(text, most=10_000, what="it")
    assert not forbidden_in(cleaned)
    cleaned.encode()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert "\n\n\n" not in cleaned


def test_no_control_format_or_surrogate_character_of_unicode_is_forgotten() -> None:
    every = "a".join(char for char in map(chr, range(0x110000)) if is_forbidden(char))
    assert not forbidden_in(clean(every, most=10_000, what="it"))


@pytest.mark.parametrize("blank", ["\u115f", "\u1160", "\u2800", "\u3164", "\uffa0", "\u034f", "\ufe0f", "\u0301"])
def test_blank_letters_and_marks_on_nothing_are_an_empty_text(blank: str) -> None:
    assert tidy(f" {blank} {blank}") == ""


@pytest.mark.parametrize(
    "emoji", [FAMILY, ENGLAND, "❤\ufe0f\u200d🔥", "👍🏽", "1\ufe0f\u20e3", "🏳\ufe0f\u200d🌈", "🇩🇪"]
)
def test_emoji_sequences_stay_whole(emoji: str) -> None:
    assert tidy(f"look {emoji}!") == f"look {emoji}!"


@pytest.mark.parametrize("word", ["می\u200cخواهم", "क्\u200dष", "র\u200d্য", "न\u200cक"])
def test_joiners_stay_where_a_script_is_written_with_them(word: str) -> None:
    assert tidy(word) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize("hidden", ["a\u200db", "a\u200cb", "a\u200d👩b", "a\U000e0062\U000e0065\U000e007fb"])
def test_joiners_and_tags_cannot_hide_inside_plain_words(hidden: str) -> None:
    assert tidy(hidden) in ("ab", "a👩b")


def test_a_flag_of_tags_that_does_not_exist_loses_its_hidden_letters() -> None:
    assert tidy("🏴\U000e0068\U000e0069\U000e007f") == "🏴"


def test_text_direction_cannot_be_turned_round() -> None:
    assert tidy("user\u202egnp.exe\u2066x\u2069") == "usergnp.exex"


def test_equal_looking_texts_become_equal() -> None:
    assert tidy("cafe\u0301") == tidy("caf\u00e9") == "caf\u00e9"


@pytest.mark.parametrize("mark", ["\u0301", "\u0344", "\u0316\u0301"])
def test_a_tower_of_marks_is_cut(mark: str) -> None:
    assert len(tidy(f"x{mark * 50}")) == 1 + MOST_MARKS_IN_A_ROW


def test_a_joiner_does_not_start_a_second_tower() -> None:
    tower = "\u0301" * MOST_MARKS_IN_A_ROW
    assert len(tidy(f"x{tower}\u200d{tower}")) == 1 + MOST_MARKS_IN_A_ROW


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a \t b  ", "a b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a  \n \t\n\n\n  b", "a\n\nb"),
        ("a\u00a0\u3000b", "a b"),
        ("\n\n", ""),
    ],
)
def test_whitespace_is_tidied_and_paragraphs_stay(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_one_line_fields_have_one_line() -> None:
    assert tidy("a\r\n\n b\u2029c", newlines=False) == "a b c"


def test_length_is_counted_after_cleaning_and_the_limit_itself_fits() -> None:
    assert clean("  " + "a" * 1_000 + "\u200b\n", most=1_000, what="your comment") == "a" * 1_000


def test_a_long_text_is_refused_in_a_sentence() -> None:
    with pytest.raises(UserError, match=r"^Your comment is longer than 1,000 characters\.$"):
        tidy("a" * 1_001)


@pytest.mark.parametrize("nothing", ["", " \n ", "\u200b\u200d", "\u3164"])
def test_a_prompt_needs_something_to_see(nothing: str) -> None:
    with pytest.raises(UserError, match=r"^Write what you want to see first\.$"):
        clean_prompt(nothing)


def test_a_prompt_keeps_its_lines_and_has_a_limit() -> None:
    assert clean_prompt(" a fox\n\n\nat dusk ") == "a fox\n\nat dusk"
    with pytest.raises(UserError, match=r"^Your prompt is longer than 2,000 characters\.$"):
        clean_prompt("a" * (MOST_PROMPT_CHARACTERS + 1))


@pytest.mark.parametrize(
    "unit", ["\u0301\u0316", "\u302e\U0001d165", "\u0301\u200d\u0316\u200d", "a\u200d", " \n", "🏴\U000e0067"]
)
def test_hostile_text_costs_about_what_plain_text_of_its_length_costs(unit: str) -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        clean(f"x{text}", most=100_001, what="it")
        return time.perf_counter() - start

    plain = min(seconds(("maison près de l'été " * 5_000)[:100_000]) for _ in range(3))
    assert seconds((unit * 100_000)[:100_000]) < 20 * plain
