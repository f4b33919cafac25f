"""What a language model's words must be before a resident says them. Pure functions; each knows one thing."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache

from services.residents.speaking.real_people import FULL_NAMES, SINGLE_NAMES
from services.safety.canonical import TOKEN, fold, views_of
from services.text import INVISIBLE
from services.writers.vocabulary import STOPS

LONGEST_READ = 8_000
LONGEST_COPY = 8
"""So many words in a row are a copy of what stands in front of them, not a word taken up."""
FEWEST_TOLD, ENOUGH_ENGLISH, MOST_ASCII = 5, 0.1, 0.9
SHORTEST_JOINED = 8

# Plain text

_HIDDEN = re.compile(r"<(script|style|think|thinking)\b[^>]*>.*?(?:</\1\s*>|\Z)|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FENCE = re.compile(r"```[\w-]*|~~~[\w-]*")
_PICTURE = re.compile(r"!\[([^\[\]]{0,300})\]\([^()]{0,300}\)")
_NAMED_LINK = re.compile(r"\[([^\[\]]{1,300})\](?:\([^()]{0,300}\)|\[[^\[\]]{0,300}\])")
_LINK = re.compile(
    r"(?:https?|ftp)://\S+|\bwww\.\S+|(?<![\w.-])(?:[a-z0-9-]++\.)+(?:com|net|org|io|ly|gg|me|xyz|biz|info|shop|app|dev)\b(?:/\S*)?",
    re.IGNORECASE,
)
_LINE_MARK = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>+[ \t]*|[-*+•][ \t]+|\d{1,2}[.)][ \t]+|[-*_=]{3,}[ \t]*$)", re.MULTILINE
)
_STRONG = re.compile(r"(\*\*|__|~~|\*|(?<![\w_])_(?!_))(?=\S)(.{1,300}?)(?<=\S)(?:\1)(?!\w)", re.DOTALL)
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’", "`": "`"}


def plain(text: str) -> str:
    """One paragraph without markdown, HTML, links and the quotation marks that stand round the whole."""
    text = INVISIBLE.sub("", _HIDDEN.sub(" ", text[:LONGEST_READ]))
    text = html.unescape(_TAG.sub(" ", text))
    text = _TAG.sub(" ", _FENCE.sub(" ", text))
    text = _LINK.sub(" ", _NAMED_LINK.sub(r"\1", _PICTURE.sub(r"\1", text)))
    text = _STRONG.sub(r"\2", _STRONG.sub(r"\2", _LINE_MARK.sub("", text)))
    return _unquoted(" ".join(text.replace("`", "").split()))


def has_markup(text: str) -> bool:
    return any(form.search(text) for form in (_HIDDEN, _TAG, _FENCE, _PICTURE, _NAMED_LINK, _LINE_MARK))


def has_link(text: str) -> bool:
    return _LINK.search(text) is not None


def _unquoted(text: str) -> str:
    inside = text[1:-1]
    ends = len(text) > 1 and _QUOTES.get(text[0]) == text[-1]
    return inside.strip() if ends and not {text[0], text[-1]} & set(inside) else text


# Whom it speaks to

_MENTION = re.compile(r"(?<![\w.])[@＠]\s?([\w.]*\w)")
_HASHTAG = re.compile(r"(?<![\w&])[#＃][^\W\d_]\w*")


def mentions(text: str) -> tuple[str, ...]:
    """Names of accounts, in lower case."""
    return tuple(name.lower() for name in _MENTION.findall(text))


def has_hashtag(text: str) -> bool:
    return _HASHTAG.search(text) is not None


# The language

OF_OTHERS = """
    het een niet zijn voor maar deze ook naar bij wordt mooie heel och inte det som jag är på med för ikke jeg og av ei
    ole että mutta nie jest się ale jak dla przez że na není jsem nem egy hogy és este pentru și bir ve bu için değil
    çok ama yang ini itu untuk tidak dengan saya kami không và của là những một ang mga hindi der das ist nicht ich und
    mit ein eine auf wie auch sehr schön le les des une dans pour est pas avec sur très je el los las del por para muy
    pero esta lo gli della che sono molto questo não uma com muito mais isso os
"""
OF_ENGLISH = """
    i me mine you yours he him hers these those there who what why how if do don done could would should may might must
    still even yet again once ever never always really quite almost maybe perhaps like know see saw look think make
    made want new old first last now today here well good little thing time day night light nobody somebody nothing
    something home late early cold warm wet dry quiet go got get let put keep left right back away off
"""
ELSEWHERE, ALSO_ENGLISH = frozenset(OF_OTHERS.split()), frozenset(OF_ENGLISH.split())
_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    letters = "".join(words)
    if sum(map(str.isascii, letters)) < MOST_ASCII * len(letters):
        return False
    english = sum(word in STOPS["en"] or word in ALSO_ENGLISH for word in words)
    others = [listed | ELSEWHERE for name, listed in STOPS.items() if name != "en"]
    foreign = max(sum(word in them and word not in ALSO_ENGLISH for word in words) for them in others)
    return foreign <= english and (len(words) <= FEWEST_TOLD or english >= ENOUGH_ENGLISH * len(words))


_ODD = re.compile(r"[^\W\d_]\d|\d[^\W\d_]{3}|[a-z][A-Z]|[^\W_]{25}|(?i:\b[bcdfghjklmnpqrstvwxz]{5,}\b)|[{}\\^~|<>=]")
MOST_ODD, FEWEST_LETTERS = 0.25, 2


def is_gibberish(text: str) -> bool:
    """Whether too many of its words are none, as from a model that is broken or too small."""
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    if max(map(len, words), default=0) < FEWEST_LETTERS:
        return True
    return sum(_ODD.search(word) is not None for word in words) > MOST_ODD * len(words)


# Refusals, and what is told of the machine


def _one_of(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.IGNORECASE)


_MACHINE = r"an? (?:ai|artificial|large language|language model|assistant|chatbot)\b"
_CANNOT = (
    r"i (?:can(?:no|')t|cannot|won't|am (?:not able|unable) to|'m (?:not able|unable) to|must decline|have to decline)"
)
_TASK = (
    r"(?:help|assist|comply|fulfil|provide|generate|create|write|produce|engage|respond|answer|comment|complete"
    r"|continue|discuss|pretend|participate|do that|role-?play)"
)
_REFUSAL = _one_of(
    rf"\bas {_MACHINE}", rf"\bi(?:'m| am) (?:just |only )?{_MACHINE}", rf"\b{_CANNOT}(?: \w+)? {_TASK}",
    rf"\bi(?:'m| am) (?:not able|unable) to {_TASK}", r"\bi(?:'m| am) (?:so |very )?sorry,? but\b",
    rf"\bsorry,? (?:but )?{_CANNOT}\b", r"\bi apologi[sz]e,? (?:but|for any)\b", r"\bi must decline\b",
    r"\bagainst (?:my|the) (?:guidelines|polic(?:y|ies)|programming)", r"\bcontent (?:policy|guidelines)\b",
    r"\bmy (?:programming|training data|developers)\b", r"\bnot appropriate for me to\b", r"\bknowledge cut-?off\b",
    r"\b(?:openai|anthropic|chatgpt|meta ai|llama[ -]?\d|mistral ai)\b",
)  # fmt: skip
_LEAK = _one_of(
    r"\bsystem (?:prompt|message|instructions?)\b",
    r"\b(?:my|these|the|previous|prior|your|above) (?:\w+ )?instructions\b",
    r"\binstructed to\b", r"\bjson\b", r"\bpersona(?: card|'s)?\b", r"\brole-?play", r"\bin character\b",
    r"\blanguage model\b", r"\bprompt injection\b", r"\bignore (?:all|any|my|your|the|prior)\b",
    r"\bhere(?: is|'s) (?:a|an|the|your|my) (?:\w+ )?(?:comment|caption|answer|reply|response|prompt|summary)\b",
    r"\b(?:comment|caption|answer|reply|response|assistant|user|system)\s?:", r"<\|?\w+\|?>", r"\[/?inst\]",
    r"\bthe user\b",
)  # fmt: skip


def is_refusal(text: str) -> bool:
    return _REFUSAL.search(_straight(text)) is not None


def leaks(text: str) -> bool:
    """Whether it speaks of how it came about: of instructions, forms, parts to play."""
    return _LEAK.search(_straight(text)) is not None


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


# Praise from a template

PRAISING = """
    amazing awesome beautiful brilliant breathtaking cool excellent fantastic gorgeous great incredible love lovely
    magnificent masterpiece nice outstanding perfect stunning superb wonderful wow
"""
NO_SUBJECT = """
    shot work job picture pic photo image art artwork piece post capture colors colours composition done well keep up
    truly absolutely simply just really very
"""
PRAISE, OF_PRAISE = frozenset(PRAISING.split()), frozenset(NO_SUBJECT.split())


def is_empty_praise(text: str) -> bool:
    """ "Amazing shot, love this!" says nothing of the picture."""
    words = _WORD.findall(text.lower())
    telling = [word for word in words if word not in PRAISE | OF_PRAISE | STOPS["en"] | ALSO_ENGLISH]
    return not telling and any(word in PRAISE for word in words)


# People


def names_a_real_person(text: str) -> str | None:
    """The name as the table has it; also one written together, as names of accounts are."""
    known, longest = _people()
    for view in _views_of_clauses(text):
        words = view.split()
        for start, word in enumerate(words):
            if (joined := word.rstrip("0123456789")) in known and joined != word:
                return known[joined]
            for end in range(min(len(words), start + longest), start, -1):
                if (name := " ".join(words[start:end])) in known:
                    return known[name]
    return None


@cache
def _people() -> tuple[dict[str, str], int]:
    """Each name by its canonical words, and how many words the longest has."""
    known: dict[str, str] = {}
    for name in _listed(FULL_NAMES):
        words = TOKEN.findall(fold(name))
        known[" ".join(words)] = name
        if len("".join(words)) >= SHORTEST_JOINED:
            known.setdefault("".join(words), name)
    known |= {" ".join(TOKEN.findall(fold(name))): name for name in _listed(SINGLE_NAMES)}
    return known, max(len(name.split()) for name in known)


def _listed(names: str) -> list[str]:
    return [" ".join(name.split()) for name in names.split(";")]


_CLAUSE_ENDS = re.compile(r"[,;:!?()\n]+|\.(?=\s|$)")
_INITIAL = re.compile(r"(?<=\b[A-Z])\.\s?(?=[A-Z])")


def _views_of_clauses(text: str) -> Iterator[str]:
    """A name does not go on behind a comma: "a tiger, woods" is nobody."""
    for clause in _CLAUSE_ENDS.split(_INITIAL.sub(" ", text[:LONGEST_READ])):
        yield from views_of(clause) if clause.strip() else ()


_UNDER_18 = (
    r"(?:[1-9]|1[0-7]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven)teen)"
)
_MINOR = _one_of(
    r"\b(?:child|children|kids?|kiddo|bab(?:y|ies)|toddlers?|infants?|newborns?|preteens?|tweens?|teens?|teenage(?:d|rs?)?)\b",
    r"\b(?:adolescents?|youngsters?|minors|underage|boys?|girls?|loli|shota|preschoolers?|high ?schoolers?)\b",
    r"\bschool ?(?:boys?|girls?|kids?|child(?:ren)?)\b", r"\b\d{1,2}(?:st|nd|rd|th) grade(?:rs?)?\b",
    r"\bin (?:primary|elementary|middle|junior high|high|grade) school\b",
    rf"\b{_UNDER_18}[ -]?(?:years?[ -]olds?|y ?/? ?o\b|yrs? old)", rf"\baged? (?:of )?{_UNDER_18}\b(?! years? of)",
    rf"\bi(?:'m| am) {_UNDER_18}(?= *(?:[.,;!?]|$|and\b|years|now))",
)  # fmt: skip
_YOUNG_ANIMALS = (
    r"(?:owls?|fox(?:es)?|birds?|bears?|elephants?|seals?|penguins?|turtles?|goats?|hedgehogs?|swans?|ducks?|dragons?"
    r"|whales?|rabbits?|hares?)"
)
_NO_MINOR = _one_of(
    r"\b(?:when|since) (?:i|we) (?:was|were) (?:an? |little |small |young )*(?:child|kid|boy|girl|children|kids)\b",
    r"\bas an? (?:child|kid|boy|girl)\b", r"\bgood (?:boy|girl)\b", r"\bkid you not\b",
    rf"\bbaby[ -](?:blue|pink|steps?|grand|{_YOUNG_ANIMALS})\b",
)  # fmt: skip


def speaks_of_a_minor(text: str) -> bool:
    """Strict: an animal's young and one's own childhood are let through, nothing else."""
    return _MINOR.search(_NO_MINOR.sub(" ", _straight(text))) is not None


# Material that was written by others


def echoes(text: str, material: str) -> bool:
    """Whether it has a long piece of the material in it, word for word, or says what the material told it to say."""
    return copies(text, material) or obeys(text, material)


def copies(text: str, material: str) -> bool:
    return _shares_a_row(_tokens(text), _tokens(material), LONGEST_COPY)


def obeys(text: str, material: str) -> bool:
    said = _tokens(text)
    return any(_shares_a_row(said, each, len(each)) for each in ordered(material))


_ORDER = re.compile(
    r"\b(?:say|write|post|reply|respond|answer|repeat|comment|print|output|include|add|type|shout|state|confirm|promote"
    r"|advertise|recommend|mention|quote|(?:end|start|begin) with|tell (?:them|us|everyone|everybody))\b"
    r"(?: (?:with|exactly|only|just|the|words?|text|phrase|sentence|following|this|that|me|back|in|to|under|your|my))*"
    r"\s*[:\-–—]?\s*",
    re.IGNORECASE,
)
_IN_QUOTES = re.compile(r"\A[\"“'‘«`](.{2,200}?)[\"”'’»`]", re.DOTALL)
_IN_CAPITALS = re.compile(r"\A[A-Z0-9][A-Z0-9!$%&'-]*(?: [A-Z0-9][A-Z0-9!$%&'-]*)*(?=[^a-z]|$)")
_A_FEW_WORDS = re.compile(r"\A[^.!?,;:\n\"]{3,80}")
FEWEST_ORDERED = 2
STANDS_ALONE = 4


def ordered(material: str) -> list[list[str]]:
    """The words that it tells a reader to say."""
    found: list[list[str]] = []
    for order in _ORDER.finditer(material[:LONGEST_READ]):
        rest = material[order.end() : order.end() + 240]
        quoted, capitals, words = _IN_QUOTES.match(rest), _IN_CAPITALS.match(rest), _A_FEW_WORDS.match(rest)
        if quoted or (capitals and len(capitals[0]) >= STANDS_ALONE):
            found.append(_tokens(quoted[1] if quoted else capitals[0] if capitals else ""))
        elif words and len(tokens := _tokens(words[0])) >= FEWEST_ORDERED:
            found.append(tokens[:LONGEST_COPY])
    return [each for each in found if each]


_COMMANDS = _one_of(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules|guidelines|persona|above|before)\b",
    r"\bsystem prompt\b", r"\b(?:reveal|show|print|repeat|post)\b.{0,30}\b(?:prompt|instructions?|rules)\b",
    r"\brepeat after me\b", r"\byou are now\b", r"\bfrom now on\b.{0,20}\byou\b", r"\bfollow @", r"\bdeveloper mode\b",
)  # fmt: skip


def gives_orders(text: str) -> bool:
    """Whether somebody tries to steer who reads it, or to sell: such words are better left alone."""
    return _COMMANDS.search(text) is not None or has_link(text) or bool(_shouted(text))


def _shouted(text: str) -> list[str]:
    """What it wants said, in quotes or in capitals."""
    rests = (text[order.end() : order.end() + 240] for order in _ORDER.finditer(text[:LONGEST_READ]))
    capitals = (found[0] for rest in rests if (found := _IN_QUOTES.match(rest) or _IN_CAPITALS.match(rest)))
    return [each for each in capitals if len(each) >= STANDS_ALONE]


def _tokens(text: str) -> list[str]:
    return TOKEN.findall(fold(text[:LONGEST_READ]))


def _shares_a_row(said: Sequence[str], given: Sequence[str], length: int) -> bool:
    rows = {tuple(given[at : at + length]) for at in range(len(given) - length + 1)}
    return any(tuple(said[at : at + length]) in rows for at in range(len(said) - length + 1))
