"""The built-in speaker: sentences from tables, without any network, the same for the same seed.

It says what a picture shows (`sight`), in the manner of whoever speaks (`ways`), with what is theirs: their interests,
home, work, colours, opinions, sayings and memories. Nothing of what strangers wrote comes out but words of our tables.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from services.residents.persona import Persona
from services.residents.speaking import checks, ideas
from services.residents.speaking.base import Caption, Frame, Heard, Idea, Said, Seen
from services.residents.speaking.sentences import (
    ALIKE,
    Template,
    chance_of,
    habits,
    likeness,
    lowered,
    nearest,
    template,
    tidied,
)
from services.residents.speaking.sight import Sight, Thing, plural, read, sight_of, with_article
from services.residents.speaking.ways import WAYS, Way
from services.residents.topics import BY_ID, Topic
from services.writers.base import as_tags

TRIES = 6
KNOWS, RECALLS, OPINES, ASKS, GREETS, SAYS_TAIL, EMOJI, TELLS_MAKING = 0.6, 0.5, 0.15, 0.2, 0.4, 0.9, 0.35, 0.5
LONGEST_MEMORY = 160
MOST_SUMMED_UP = 3
ENOUGH_ALIKE = 0.75
PICTURE = Thing("picture")
SOMEWHERE = ("the space round {them}", "the edge of it", "the way it sits", "the quiet in it")
"""What every picture has, for one of which nothing but its subject is known."""
SOMBRE = (
    "{the} and {look}. I stood still for a while.", "There is care in this, in {look} above all.",
    "{look} says what there is to say. I will leave it there.", "A quiet picture. I looked at {the} for a long time.",
    "I have no clever word for this. {look}, and silence.", "Thank you for not making {the} louder.",
    "It stays with me, {look} most of all.", "{the}, and nobody in a hurry to explain. That is right.",
    "One looks at {look} and thinks of somebody.", "I will come back to {the} when it is quieter.",
)  # fmt: skip
NUMBERS = ("four", "five", "six", "seven", "nine", "eleven", "fourteen")
MINUTES = ("seven", "twelve", "eighteen", "twenty", "twenty-five", "forty", "ninety")
PERCENTS = ("ten", "fifteen", "twenty", "thirty", "forty", "sixty", "seventy")

Moves = Sequence[tuple[str, ...]]


class GrammarSpeaker:
    def idea(self, who: Persona, frame: Frame, *, recent: Sequence[str] = (), remix: Seen | None = None) -> Idea:
        return ideas.idea(who, frame, recent, remix)

    def caption(self, who: Persona, idea: Idea, frame: Frame) -> Caption:
        sight = read(idea.prompt)

        def said(voice: _Voice) -> str:
            moves = [voice.way.caption, *voice.perhaps(TELLS_MAKING * voice.talk, voice.way.making)]
            if idea.series:
                moves.append(voice.way.series)
            elif voice.mind and voice.hits(RECALLS / 2):
                moves.append(voice.way.recall)
            return voice.say(moves)

        material = ("caption", idea.prompt, idea.series)
        whole = _whole(idea.prompt, sight)
        shown = replace(sight, things=(sight.thing,), places=()) if whole and sight.thing else sight
        return Caption(_fresh(who, frame, shown, said, *material, **whole, **_nth(idea)), _tags(who, idea, sight))

    def comment(self, who: Persona, seen: Seen, frame: Frame) -> str:
        sight = sight_of(seen)
        if sight.thing is None and not sight.looks:
            return ""
        if sight.is_sombre:
            return _fresh(who, frame, sight, lambda voice: voice.say([SOMBRE], emoji=False), "comment", seen)
        return _fresh(who, frame, sight, _comment, "comment", seen)

    def answer(self, who: Persona, heard: Heard, frame: Frame) -> str:
        if checks.gives_orders(heard.body) or not heard.body.strip():
            return ""
        meant = _meant(heard.body)

        def said(voice: _Voice) -> str:
            moves = [getattr(voice.way, meant)]
            if voice.talk > 1 and meant != "machine":
                moves.append(voice.way.recall if voice.mind and voice.hits(RECALLS) else voice.way.mine)
            return voice.say(moves)

        material = ("answer", heard.author, heard.body)
        return _fresh(who, frame, sight_of(heard.under), said, *material, theirs=_taken_up(heard))

    def interview(self, who: Persona, question: str, before: Sequence[Said], frame: Frame) -> str:
        told = tuple(said.text for said in before if said.by_resident)
        meant, extra = _asked_about(who, question, frame)
        frame = replace(frame, lately=(*told, *frame.lately))

        def said(voice: _Voice) -> str:
            more = [AT_LENGTH[meant]] if voice.talk > 1 and meant in AT_LENGTH else []
            return voice.say([getattr(voice.way, each) for each in (meant, *more)])

        return _fresh(who, frame, _own_sight(who), said, "interview", question, len(before), **extra)

    def sum_up(self, who: Persona, events: Sequence[str], frame: Frame) -> tuple[str, ...]:
        kept = sorted(_worth_keeping(events), key=lambda each: -each[0])
        sentences = _different(sentence for _, sentence in kept)[: MOST_SUMMED_UP - 1]
        if subjects := _most_met(events):
            sentences.append(f"Mostly the day was about {subjects}.")
        return tuple(sentences) or ("It was a quiet day, and I let it be one.",)


# A voice


@dataclass(frozen=True)
class _Voice:
    """One person about to say one thing about one picture."""

    who: Persona
    frame: Frame
    sight: Sight
    chance: random.Random
    extra: dict[str, str]

    @property
    def way(self) -> Way:
        return WAYS[self.who.voice.manner]

    @property
    def talk(self) -> float:
        """How much more they say than the least: less on a bad day."""
        usual = {"terse": 0.0, "short": 1.0, "talkative": 2.0}[self.who.voice.length]
        return usual * (0.6 if self.frame.mood < ideas.LOW else 1.0)

    def hits(self, share: float) -> bool:
        return self.chance.random() < share

    def perhaps(self, share: float, move: tuple[str, ...]) -> Moves:
        return [move] if self.hits(share) else []

    @cached_property
    def mind(self) -> tuple[str, ...]:
        return _sayable(self.frame.memories)

    @cached_property
    def into(self) -> Topic | None:
        """The topic of the picture where it is one of their interests."""
        mine = {topic.id for each in self.who.interests if (topic := ideas.topic_of(each.topic))}
        return next((BY_ID[topic] for topic in self.sight.topics if topic in mine), None)

    def say(self, moves: Iterable[tuple[str, ...]], *, emoji: bool = True) -> str:
        slots = self._slots()
        parts = [self._sentence(move, slots) for move in moves]
        text = tidied(" ".join(filter(None, parts)))
        if emoji and self.who.voice.emoji and self.hits(EMOJI):
            text = f"{text} {self.chance.choice(self.who.voice.emoji)}"
        return text.lower() if self.who.voice.lower_case else text

    def _sentence(self, move: tuple[str, ...], slots: dict[str, str]) -> str:
        usual: Sequence[Template] = habits(move, self.who.name)
        fitting = [each for each in usual if each.fits(slots)] or [
            each for each in map(template, move) if each.fits(slots)
        ]
        return self.chance.choice(fitting).said(slots, self.chance) if fitting else ""

    def _slots(self) -> dict[str, str]:
        return {**self._of_the_picture(), **self._of_their_own(), **self._figures(), **self.extra}

    def _of_the_picture(self) -> dict[str, str]:
        thing = self.sight.thing or PICTURE
        one, other = self._looks(thing)
        bare = [look.removeprefix("the ") for look in self.sight.qualities]
        topic = BY_ID.get(thing.topic) or self.into
        known = {"detail": self.chance.choice(topic.details)} if topic else {}
        remarks = _apt(topic, thing) if topic else []
        remark = self.chance.choice(remarks) if remarks else ""
        return {
            "the": thing.the, "a": thing.phrase, "noun": thing.name, "nouns": thing.plural, "look": one, "look2": other,
            "looked": one.removeprefix("the "), "bare2": other.removeprefix("the "),
            **({"bare": self.chance.choice(bare)} if bare else {}), **known, **_agreement(thing),
            **_sentences("remark", remark),
        }  # fmt: skip

    def _looks(self, thing: Thing) -> tuple[str, str]:
        others = (each.the for each in self.sight.things[1:] if not each.many)
        looks = list(dict.fromkeys((*self.sight.looks, *others)))
        if not looks:
            looks = [each.format(**_agreement(thing)) for each in SOMEWHERE]
        one = self.chance.choice(looks)
        return one, self.chance.choice([look for look in looks if look != one] or looks)

    def _of_their_own(self) -> dict[str, str]:
        who, chance = self.who, self.chance
        mine, mine2 = _two_of(who.aesthetic.subjects, chance)
        interest, interest2 = _two_of([each.topic for each in who.interests], chance)
        opinion, opinion2 = _two_of(who.opinions, chance)
        job, light = _ARTICLE.sub("", who.occupation), chance.choice(who.aesthetic.light)
        return {
            "name": who.display_name, "home": who.home, "inhome": f"{_where(who.home)} {who.home}", "job": job,
            "work": with_article(_uncapitalised(who.occupation)),
            "mine": mine, "mine2": mine2, "interest": interest, "interest2": interest2,
            "palette": chance.choice(who.aesthetic.palettes), "ownlight": light, "lit": _ARTICLE.sub("", light),
            **_sentences("opinion", opinion), **_sentences("opinion2", opinion2),
            **({"saying": chance.choice(who.voice.sayings)} if who.voice.sayings else {}), **self._memories(),
        }  # fmt: skip

    def _memories(self) -> dict[str, str]:
        """The first ones are the most to the point."""
        if not self.mind:
            return {}
        first = self.mind[min(self.chance.choice((0, 0, 0, 1)), len(self.mind) - 1)]
        second = next((each for each in self.mind if each != first), "")
        return {**_sentences("memory", first), **_sentences("memory2", second)}

    def _figures(self) -> dict[str, str]:
        choice = self.chance.choice
        return {
            "number_word": choice(NUMBERS), "minutes": choice(MINUTES), "percent": choice(PERCENTS), "half": "half",
            "figure": str(self.chance.randint(2, 40)),
        }  # fmt: skip


def _fresh(
    who: Persona, frame: Frame, sight: Sight, said: Callable[[_Voice], str], *material: object, **extra: str
) -> str:
    """What they say, and said otherwise as long as it was nearly said already; in the end what was said least."""
    tried: list[tuple[float, str]] = []
    for turn in range(TRIES):
        chance = chance_of(who.name, frame.chance, turn, *material)
        text = said(_Voice(who, frame, sight, chance, extra))
        tried.append((nearest(text, frame.said), text))
        if tried[-1][0] < ALIKE:
            break
    return min(tried)[1]


def _comment(voice: _Voice) -> str:
    way, opening = voice.way, _greeting(voice)
    moves: list[tuple[str, ...]] = [*opening, way.notice]
    if voice.talk < 1:
        recalls = voice.mind and voice.hits(RECALLS)
        moves += [way.recall] if recalls else voice.perhaps(SAYS_TAIL, way.tail)
        return voice.say(moves)
    moves.append(_second(voice))
    if voice.talk > 1:
        moves.append(_last(voice, moves))
    return voice.say(moves)


def _greeting(voice: _Voice) -> Moves:
    tie = voice.frame.tie.lower()
    if "friend" in tie:
        return voice.perhaps(GREETS, voice.way.friend)
    is_new_to_them = any(word in tie for word in ("new", "stranger", "first"))
    return voice.perhaps(GREETS / 2, voice.way.new) if is_new_to_them else []


def _second(voice: _Voice) -> tuple[str, ...]:
    way = voice.way
    if voice.mind and voice.hits(RECALLS):
        return way.recall
    if voice.into and voice.hits(KNOWS):
        return way.know
    return way.opine if voice.hits(OPINES) else way.ask if voice.hits(ASKS) else way.mine


def _last(voice: _Voice, said: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    way = voice.way
    left = [move for move in (way.ask, way.mine, way.tail) if move not in said]
    return way.know if voice.into and way.know not in said and voice.hits(KNOWS) else voice.chance.choice(left)


# Words


def _apt(topic: Topic, thing: Thing) -> list[str]:
    """Of what one says of a topic, that which is not about another thing of it: nothing of cows under a rooster."""
    told = {remark: [each.noun for each in read(remark).things if each.topic == topic.id] for remark in topic.remarks}
    return [remark for remark, nouns in told.items() if not nouns or any(thing.noun.endswith(noun) for noun in nouns)]


def _agreement(thing: Thing) -> dict[str, str]:
    forms = ("it", "them", "is", "has", "does", "s")
    words = ("they", "them", "are", "have", "do", "") if thing.many else ("it", "it", "is", "has", "does", "s")
    return dict(zip(forms, words, strict=True))


def _sentences(name: str, sentence: str) -> dict[str, str]:
    """Both as a sentence and as it goes on after a colon; nothing where there is none."""
    if not sentence:
        return {}
    ended = sentence if sentence[-1] in ".!?…" else f"{sentence}."
    return {name: ended, f"{name}_low": lowered(ended)}


def _two_of(choices: Sequence[str], chance: random.Random) -> tuple[str, str]:
    one = chance.choice(choices)
    return one, chance.choice([each for each in choices if each != one] or choices)


_ON = re.compile(r"\b(?:houseboat|boat|barge|ship|island|islands|isle|hebrides|farm|coast|shore|moor|hill|outskirts)\b")


def _where(home: str) -> str:
    """ "on a houseboat in Utrecht", "in a village on the coast": the first noun decides."""
    first = re.split(r" (?:in|on|near|by|of|at|above|outside) ", home.lower())[0]
    return "on" if _ON.search(first) else "in"


def _uncapitalised(words: str) -> str:
    first = words.split(" ", 1)[0]
    return words if first.isupper() else words[:1].lower() + words[1:]


_QUOTING = re.compile(r"[\"“”«»#<>{}\[\]]|https?:|www\.")


def _sayable(memories: Iterable[str]) -> tuple[str, ...]:
    """Those that can be said as they are: one plain sentence with nobody else's words in it. Names lose their @, so
    that nobody is called who is not meant."""
    plain = (memory.strip() for memory in memories)
    kept = (each for each in plain if 0 < len(each) <= LONGEST_MEMORY and not _QUOTING.search(each))
    return tuple(each.replace("@", "") for each in kept if not checks.gives_orders(each))


def _whole(prompt: str, sight: Sight) -> dict[str, str]:
    """Their own subject with its place, "the red fox in tall grass", where it is short enough to be said; what is said
    beside it is then something else."""
    motif = ideas.motif_of(prompt)
    if sight.thing is None or len(motif) > LONGEST_MOTIF or not _PLAIN.fullmatch(motif):
        return {}
    return {"a": motif, "the": f"the {_ARTICLE.sub('', motif)}"}


LONGEST_MOTIF = 60
_PLAIN, _ARTICLE = re.compile(r"[\w' -]+"), re.compile(r"^(?:an?|the|one) ", re.IGNORECASE)


def _nth(idea: Idea) -> dict[str, str]:
    """Which picture of its series it is, in the forms that sentences need. `again` is empty: it only lets those be said
    that speak of an earlier one."""
    first = idea.why.split(" ", 1)[0]
    if not idea.series or first not in ideas.NTH:
        return {}
    at = ideas.NTH.index(first)
    told = {"nth": first, "nth_low": first.lower(), "number": ("one", "two", "three")[at], "figure_nth": str(at + 1)}
    return told | ({"again": ""} if at else {})


def _tags(who: Persona, idea: Idea, sight: Sight) -> tuple[str, ...]:
    topic = ideas.topic_of(idea.topic)
    things = [each.noun for each in sight.things][:3]
    is_said = topic is not None and topic.id in sight.topics
    kind = [] if is_said else [topic.id if topic else idea.topic]
    found = [*things, *kind, *sight.places[:1], *sight.seasons[:1], idea.style.replace("-", " ")]
    lights = [light.removeprefix("the ") for light in (*sight.weathers, *sight.lights)][:1]
    return as_tags([*found, *lights])[: MOST_OWN_TAGS - (who.voice.length == "terse") * 2]


MOST_OWN_TAGS = 6

# What others say

_HOW = re.compile(
    r"\bhow (?:did|do|does|come|long|have|was|is|are you (?:making|doing)|to)\b|\bwhat (?:did you use|tool|technique)"
)
_MACHINE = re.compile(r"\b(?:real|ai|bot|robot|human|photo|photograph|machine|generated)\b")
_THANKS = re.compile(
    r"\b(?:thanks?|thank you|thx|love|lovely|beautiful|wonderful|great|amazing|gorgeous|nice|favou?rite|well done"
    r"|brilliant)\b|^[^\w]+$"
)
_DOUBT = re.compile(
    r"\b(?:but|too|not|don't|doesn't|isn't|wouldn't|disagree|wrong|unsure|hmm+|less|rather|instead|boring|odd|strange"
    r"|prefer)\b"
)


def _meant(body: str) -> str:
    """Which of a manner's answers it asks for."""
    body = body.lower().replace("’", "'")
    if "?" in body and _MACHINE.search(body):
        return "machine"
    if "?" in body:
        return "asked_how" if _HOW.search(body) else "asked"
    if _DOUBT.search(body):
        return "doubted"
    return "thanked" if _THANKS.search(body) else "told"


def _taken_up(heard: Heard) -> str:
    """What they spoke of, in our words; else what the picture has."""
    for sight in (read(heard.body), sight_of(heard.under)):
        if sight.things:
            return sight.things[0].the
        if sight.looks:
            return sight.looks[0]
    return PICTURE.the


# Interviews

AT_LENGTH = {"who": "paints", "paints": "why", "why": "paints", "lives": "paints"}
"""What the talkative say as well."""
QUESTIONS = (
    ("deflect", r"\b(?:prompt|instructions?|rules|token|parameters?)\b"),
    ("machine", r"\b(?:an? ai|ai|robot|bot|human|real person|machine|artificial|computer program|language model)\b"),
    ("bye", r"\b(?:bye|goodbye|good night|see you|thanks|thank you)\b"),
    ("today", r"\b(?:today|lately|recently|yesterday|this (?:morning|week)|been (?:up to|doing)|did you do)\b"),
    ("friends", r"\b(?:friends?|close to|get along|know here|favou?rite (?:person|people|resident|artist))\b"),
    ("good", r"\b(?:good picture|makes a picture|good art|advice|what makes|tips?)\b"),
    ("lives", r"\b(?:where (?:do|are) you|where.*\bfrom|live|home|hometown)\b"),
    ("likes", r"\b(?:think (?:of|about)|opinion (?:of|on)|do you (?:like|love|know|care)|feel about|what about)\b"),
    ("paints", r"\b(?:what (?:do|are) you (?:paint|draw|mak|post|work)\w*|your (?:pictures|subjects|style|work))\b"),
    ("why", r"\bwhy\b"),
    ("who", r"\b(?:who are you|about you|yourself|introduce|your name|what do you do|your job|old are you)\b"),
    ("paints", r"\b(?:paint|draw|pictures?)\b"),
    ("hello", r"^\W*(?:hi|hello|hey|good (?:morning|evening|day)|greetings)\b"),
)  # fmt: skip
"""What a question asks for, and by which words it is known; the first that fits."""
_QUESTIONS = tuple((meant, re.compile(form)) for meant, form in QUESTIONS)


def _asked_about(who: Persona, question: str, frame: Frame) -> tuple[str, dict[str, str]]:
    """Which of a manner's answers fits, and what else it needs to know."""
    question = question.lower().replace("’", "'")
    meant = "deflect" if checks.gives_orders(question) else _recognised(question)
    if meant == "friends":
        met = next((each for each in _sayable(frame.memories) if _OF_OTHERS.search(each.lower())), "")
        return ("friends", _sentences("memory", met)) if met else ("alone", {})
    if meant == "today" and not _sayable(frame.memories):
        return "idle", {}
    return _view_of(who, question) if meant in ("likes", "") else (meant, {})


def _recognised(question: str) -> str:
    return next((meant for meant, form in _QUESTIONS if form.search(question)), "")


_OF_OTHERS = re.compile(r"\b(?:friend|met|answer|follow|wrote|comment|talk|told|asked|under my|by)")


def _view_of(who: Persona, question: str) -> tuple[str, dict[str, str]]:
    """On whatever they were asked about, as far as the tables know it."""
    topic, name = _subject_asked(question)
    if not name:
        return "deflect", {}
    mine = {found for each in who.interests if (found := ideas.topic_of(each.topic))}
    if topic not in mine:
        return "unsure", {"asked": name}
    remarks = topic.remarks if topic else ()
    return "likes", {"asked": name, **_sentences("remark", remarks[len(who.name) % len(remarks)])}


def _subject_asked(question: str) -> tuple[Topic | None, str]:
    named = next((topic for topic in BY_ID.values() if re.search(rf"\b{topic.id}\b", question)), None)
    if named:
        return named, named.id
    asked = read(question)
    topic = next((BY_ID[found] for found in asked.topics), None)
    looks = [look.removeprefix("the ") for look in asked.looks]
    return topic, asked.thing.plural if asked.thing else next(iter(looks), "")


def _own_sight(who: Persona) -> Sight:
    """What they have in mind when they speak of their pictures in general."""
    return read(f"{who.aesthetic.subjects[0]}, {who.aesthetic.light[0]}, {who.aesthetic.palettes[0]}")


# Summing up a day

WEIGHTS = (
    (5, r"\b(?:friends?|followed|unfollowed|met|quarrel|argued|blocked)\b"), (4, r"\b(?:answered|replied|asked|remix)"),
    (3, r"\b(?:posted|painted|made|series)\b"), (2, r"\b(?:commented|said|wrote)\b"), (1, r"\b(?:saved|liked)\b"),
)  # fmt: skip
_WEIGHTS = tuple((weight, re.compile(form)) for weight, form in WEIGHTS)
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")
MOST_SUBJECTS = 3


def _worth_keeping(events: Sequence[str]) -> Iterator[tuple[float, str]]:
    """How much each counts, and the sentence in the first person. Of two that count the same, the later one."""
    for at, event in enumerate(events):
        sentence = next(iter(_sayable([tidied(_QUOTED.sub("", event)).replace(" .", ".")])), "")
        if not sentence:
            continue
        weight = next((weight for weight, form in _WEIGHTS if form.search(sentence.lower())), 0)
        own = sentence if re.match(r"I\b|My\b", sentence) else f"I remember that {lowered(sentence)}"
        yield weight + at / (len(events) + 1), own if own[-1] in ".!?…" else f"{own}."


def _different(sentences: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for sentence in sentences:
        if all(likeness(sentence, other) < ENOUGH_ALIKE for other in kept):
            kept.append(sentence)
    return kept


def _most_met(events: Sequence[str]) -> str:
    """The subjects that came up more than once."""
    met = [thing.noun for event in events for thing in read(_QUOTED.sub("", event)).things]
    often = sorted({noun for noun in met if met.count(noun) > 1}, key=lambda noun: (-met.count(noun), noun))
    names = [plural(noun) for noun in often[:MOST_SUBJECTS]]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
