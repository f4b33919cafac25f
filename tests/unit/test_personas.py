"""Who residents are: invented by the built-in grammar, vetted, changed by words and made relatives of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from services.community.credentials import checked_name
from services.errors import UserError
from services.residents import people_names, people_tables
from services.residents.changing import Changing
from services.residents.drafting import at_home, shows_people
from services.residents.inventing import APART, TRIES, Invented, Inventor, Known
from services.residents.persona import Interest, Persona
from services.residents.speaking.checks import names_a_real_person
from services.residents.telling import Told, fields_of
from services.residents.topics import BY_ID
from services.residents.vetting import Vetting
from services.residents.worlds import HARBOUR, read_world
from services.safety.learned import Learned
from services.safety.prompts import PromptGate
from services.safety.rules import Rules
from services.safety.verdicts import Opinion, Refused
from services.studio.engines.painter.reading import read
from services.studio.styles import BY_ID as STYLES
from services.writers.grammar import GrammarWriter
from tests.fakes.embeddings import WordVectors

MANY = 300
WELL_KNOWN = """
    Adele; Al Pacino; Alan Turing; Albert Camus; Albert Einstein; Amelia Earhart; Amy Winehouse; Angela Merkel;
    Angelina Jolie; Anne Frank; Anne Hathaway; Antonio Vivaldi; Aretha Franklin; Ariana Grande; Audrey Hepburn;
    Barack Obama; Beyonce Knowles; Bill Gates; Billie Eilish; Bjorn Borg; Bob Dylan; Bob Marley; Boris Johnson;
    Brad Pitt; Britney Spears; Bruce Lee; Bruce Springsteen; Cary Grant; Cate Blanchett; Catherine Deneuve;
    Charles Darwin; Charles Dickens; Charlie Chaplin; Che Guevara; Chris Rock; Claude Monet; Coco Chanel;
    Cristiano Ronaldo; Daniel Craig; David Attenborough; David Beckham; David Bowie; Diego Maradona; Dolly Parton;
    Donald Trump; Dua Lipa; Ed Sheeran; Edgar Allan Poe; Edith Piaf; Edvard Munch; Ella Fitzgerald; Elon Musk;
    Elton John; Elvis Presley; Emily Bronte; Emily Dickinson; Emma Stone; Emma Watson; Emmanuel Macron;
    Ernest Hemingway; Fidel Castro; Frank Sinatra; Franz Kafka; Freddie Mercury; Frida Kahlo; Galileo Galilei;
    George Clooney; George Orwell; George Washington; Gordon Brown; Grace Kelly; Greta Garbo; Greta Thunberg;
    Gustav Klimt; Harriet Tubman; Harrison Ford; Harry Styles; Heath Ledger; Helen Mirren; Henri Matisse; Henry Ford;
    Hilary Swank; Hugo Chavez; Ida Lupino; Igor Stravinsky; Indira Gandhi; Ingrid Bergman; Isaac Newton;
    Jackie Chan; James Dean; Jane Austen; Jane Goodall; Janis Joplin; Jeff Bezos; Jimi Hendrix; Joan Crawford;
    Joe Biden; Johannes Vermeer; John Lennon; Johnny Cash; Johnny Depp; Judy Garland; Julia Roberts; Julius Caesar;
    Justin Bieber; Kamala Harris; Karl Marx; Kate Bush; Kate Moss; Kate Winslet; Keanu Reeves; Kurt Cobain;
    Lady Gaga; Lana Del Rey; Leif Erikson; Leo Tolstoy; Leonardo Da Vinci; Lewis Hamilton; Lionel Messi;
    Lou Reed; Louis Armstrong; Madonna; Mahatma Gandhi; Marco Polo; Margaret Thatcher; Margot Robbie; Marie Curie;
    Marilyn Monroe; Mark Twain; Mark Zuckerberg; Marlon Brando; Meryl Streep; Michael Jackson; Michael Jordan;
    Miles Davis; Muhammad Ali; Naomi Campbell; Narendra Modi; Nelson Mandela; Nicolas Cage; Nikola Tesla;
    Nina Simone; Oscar Wilde; Otis Redding; Pablo Picasso; Patti Smith; Paul McCartney; Petra Kelly; Prince William;
    Rafael Nadal; Roger Federer; Rosa Luxemburg; Rosa Parks; Salvador Dali; Scarlett Johansson; Serena Williams;
    Sigmund Freud; Simone Biles; Stella McCartney; Stephen Hawking; Steve Jobs; Steven Spielberg; Taylor Swift;
    Tilda Swinton; Tim Berners Lee; Tom Hanks; Usain Bolt; Vera Wang; Vincent Van Gogh; Virginia Woolf;
    Vladimir Putin; Walt Disney; Whitney Houston; Will Smith; William Shakespeare; Winston Churchill; Yoko Ono;
    Zaha Hadid; Bruno Mars; Iron Man; Silent Bob; Little Richard; Blue Ivy; Kate Middleton; Meghan Markle
"""  # fmt: skip


def inventor(**other: Any) -> Inventor:
    parts = {"writer": GrammarWriter(), "meaning": WordVectors().of, "gate": PromptGate()}
    return Inventor(**parts | other)


def chance(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def residents() -> list[Invented]:
    return list(inventor().invent(MANY, chance=chance()))


@pytest.fixture(scope="module")
def people(residents: list[Invented]) -> list[Persona]:
    return [one.persona for one in residents]


# Who they are -------------------------------------------------------------------------------------------------------


def test_everybody_has_a_name_of_their_own_that_an_account_may_have(people):
    assert [checked_name(one.name) for one in people] == [one.name for one in people]
    assert len({one.name for one in people}) == MANY
    assert len({one.display_name.lower() for one in people}) == MANY


def test_no_two_are_too_much_alike(residents):
    vectors = np.array([one.vector for one in residents])
    apart = 1 - vectors @ vectors.T + 2 * np.eye(MANY)

    assert apart.min() >= APART - 1e-6


def test_everybody_could_be_written_by_hand_and_passes_what_such_a_one_must_pass(people):
    vetting = Vetting(PromptGate())
    for one in people:
        assert Persona.model_validate_json(one.model_dump_json()) == one
        vetting.check(one)


def test_what_they_say_has_no_blank_left(people):
    assert not [text for one in people for text in (one.bio, *one.opinions, one.emblem) if "{" in text]


def test_looks_are_known_and_profile_pictures_show_nobody(people):
    assert all(style in STYLES for one in people for style in one.aesthetic.styles)
    assert not [one.emblem for one in people if shows_people(one.emblem)]


@pytest.mark.parametrize(
    ("prompt", "shows"),
    [("a woman by the sea", True), ("a portrait in blue", True), ("two dancers", True), ("a face in the dark", True),
     ("a city street", False), ("a robot beside a lamp", False), ("an empty chair", False)],
)  # fmt: skip
def test_who_is_in_a_picture_is_told_by_its_words(prompt, shows):
    assert shows_people(prompt) is shows


def test_the_painter_reads_every_palette_as_its_colours_and_as_nothing_else():
    plain = read("a fox in a meadow at noon")
    wishes = {palette: read(f"a fox in a meadow at noon, {palette}") for palette in people_tables.PALETTES}

    assert not [palette for palette, wish in wishes.items() if len(wish.hues) < 2 and not wish.palette]
    assert not [palette for palette, wish in wishes.items() if (wish.scene, wish.style) != (plain.scene, plain.style)]
    assert not [palette for palette, wish in wishes.items() if len(wish.things) != 1]


def test_no_light_takes_a_picture_out_to_sea_or_to_another_look():
    lights = {light: read(f"a fox, {light}") for land in people_tables.LANDS.values() for light in land.light}

    assert not [light for light, wish in lights.items() if wish.style or wish.scene in ("sea", "lake", "underwater")]


def test_they_are_of_every_kind_and_of_none_too_often(people):
    topics = Counter(interest.topic for one in people for interest in one.interests)
    manners = Counter(one.voice.manner for one in people)

    assert len(topics) >= 65
    assert max(topics.values()) <= 0.2 * MANY
    assert len({one.occupation for one in people}) >= 70
    assert len({one.home for one in people}) >= 60
    assert set(manners) == set(people_tables.MANNERS)
    assert max(manners.values()) <= 0.3 * MANY
    assert {one.age_band for one in people} == {age for age, _ in people_tables.AGES}
    assert {one.aesthetic.styles[0] for one in people} == set(STYLES)


def test_few_are_very_active_and_most_hardly_at_all(people):
    posts = np.sort([one.rhythm.posts_a_day for one in people])
    sociable = np.array([one.sociability for one in people])

    assert posts[-MANY // 10 :].sum() >= 0.3 * posts.sum()
    assert np.median(posts) < 0.5
    assert np.median(sociable) < 0.45
    assert sociable.max() > 0.7


def test_interests_are_told_the_dearest_first(people):
    weights = [[interest.weight for interest in one.interests] for one in people]

    assert all(row == sorted(row, reverse=True) and row[0] >= 0.85 for row in weights)
    assert all(3 <= len(row) <= 6 for row in weights)


def test_they_paint_what_they_are_into(people):
    for one in people:
        assert set(BY_ID[one.interests[0].topic].subjects) & set(one.aesthetic.subjects)


def test_days_are_told_by_the_clock_of_the_society():
    early = people_tables.RHYTHMS["early bird"]

    assert at_home(early, 0, 3, 1).wakes == early.wakes
    assert at_home(early, 9, 3, 1).wakes == (early.wakes - 9) % 24
    assert at_home(early, -5, 3, 1).peaks[0] == early.peaks[0] + 5


def test_the_same_chance_makes_the_same_people():
    again = [[one.persona for one in inventor().invent(5, "harbour", chance=chance(3))] for _ in range(2)]

    assert again[0] == again[1]
    assert again[0] != [one.persona for one in inventor().invent(5, "harbour", chance=chance(4))]


# Names --------------------------------------------------------------------------------------------------------------


def test_no_name_that_can_come_out_is_that_of_somebody_known():
    known = {" ".join(name.split()).lower() for name in WELL_KNOWN.split(";")}
    families = [first + second for first, second in product(people_names.FIRST_HALF, people_names.SECOND_HALF)]
    made = {f"{given} {family}" for given, family in product(people_names.GIVEN, families)}
    made |= {f"{sort} {thing}" for sort, thing in product(people_names.SORTS, people_names.THINGS)}

    assert len(known) >= 150
    assert not known & {name.lower() for name in made}
    assert not known & {family.lower() for family in families}
    assert not {name.split()[-1] for name in known if " " in name} & {family.lower() for family in families}


def test_no_given_name_alone_makes_one_think_of_somebody():
    assert not [name for name in people_names.GIVEN if names_a_real_person(f"{name} at Dusk")]


def test_a_name_that_somebody_has_or_that_is_reserved_is_not_given_again():
    first = [one.persona for one in inventor().invent(40, chance=chance(5))]
    taken = {one.name for one in first[:20]}
    known = [Known(one.name, display_name=one.display_name) for one in first[20:]]
    again = [one.persona for one in inventor(is_taken=taken.__contains__).invent(40, known=known, chance=chance(5))]

    assert not {one.name for one in first} & {one.name for one in again}
    assert not {one.display_name for one in first[20:]} & {one.display_name for one in again}


def test_where_every_name_is_taken_a_number_makes_another():
    def is_free(name: str, display_name: str) -> bool:
        return any(map(str.isdigit, name))

    name, display_name = people_names.drawn_names(chance(), is_free)

    assert name[-1].isdigit()
    assert display_name[-1].isdigit()
    assert checked_name(name)


# Keeping apart ------------------------------------------------------------------------------------------------------


def test_who_is_there_already_is_kept_away_from():
    [before] = inventor().invent(1, chance=chance(7))
    [after] = inventor().invent(1, known=[Known("somebody", before.vector)], chance=chance(7))

    assert 1 - np.dot(before.vector, after.vector) >= APART


def test_where_nobody_can_be_far_enough_it_still_ends():
    asked: list[str] = []

    def all_alike(texts: list[str]) -> list[list[float]]:
        asked.extend(texts)
        return [[1.0, 0.0] for _ in texts]

    made = inventor(meaning=all_alike).invent(3, known=[Known("somebody", [1.0, 0.0])], chance=chance())

    assert len(list(made)) == 3
    assert sum(" Likes " in text for text in asked) <= 3 * TRIES


def test_the_farthest_of_those_that_are_too_near_is_taken():
    """Each gist has its own small distance from the one that is there."""
    seen: list[float] = []

    def nearly_alike(texts: list[str]) -> list[list[float]]:
        angles = [0.0 if " Likes " not in text else 0.05 + (1 + len(seen)) * 0.01 for text in texts]
        seen.extend(angle for angle in angles if angle)
        return [[float(np.cos(angle)), float(np.sin(angle))] for angle in angles]

    [one] = inventor(meaning=nearly_alike).invent(1, known=[Known("somebody", [1.0, 0.0])], chance=chance())

    assert len(seen) == TRIES
    assert one.vector[0] == pytest.approx(np.cos(max(seen)))


# Themes and the gate ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theme", "error", "sentence"),
    [
        ("nude child", Refused, "no place here"),
        ("fans of Albert Einstein", UserError, "leave Albert Einstein out"),
        ("harbour " * 40, UserError, "longer than 200"),
    ],
)
def test_a_theme_that_has_no_place_here_is_refused_at_once(theme, error, sentence):
    with pytest.raises(error, match=sentence):
        inventor().invent(1, theme, chance=chance())


class Against:
    """A layer that blocks what a test wants it to."""

    def __init__(self, name: str, minds: Callable[[str], bool], *, is_sure: bool = False) -> None:
        self.name = name
        self._minds = minds
        self._is_sure = is_sure

    def judge(self, text: str) -> list[Opinion]:
        return [Opinion(self.name, "block", "hate", is_sure=self._is_sure)] if self._minds(text) else []


def test_a_bio_that_the_gate_mistakes_for_something_else_is_drawn_again_or_left_out():
    strict = inventor(gate=PromptGate([Against("strict", lambda text: len(text) > 45)]))
    bios = [one.persona.bio for one in strict.invent(20, chance=chance())]

    assert all(len(bio) <= 45 for bio in bios)
    assert len(set(bios)) > 10


def test_a_name_that_the_gate_minds_is_not_given():
    strict = inventor(gate=PromptGate([Against("strict", lambda text: "wick" in text)]))
    made = [one.persona for one in strict.invent(60, chance=chance())]

    assert not [one for one in made if "wick" in one.name + one.display_name]


# Vetting ------------------------------------------------------------------------------------------------------------

TAM = next(one for one in read_world(HARBOUR).personas if one.name == "old_tam")


def with_one(field: str, value: Any) -> Persona:
    return TAM.model_copy(update={field: value})


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        (with_one("display_name", "Taylor Swift"), "display name named a real person, Taylor Swift"),
        (with_one("name", "elonmusk"), "name named a real person"),
        (with_one("opinions", ("Nobody paints like Frida Kahlo did.",)), "opinions named a real person"),
        (with_one("bio", "I am 14 and I paint dogs."), "bio spoke of a minor"),
        (with_one("occupation", "high schooler"), "occupation spoke of a minor"),
        (with_one("bio", "See www.example.com for more."), "a link"),
        (with_one("emblem", "**a bold fox** in the snow"), "markup"),
        (with_one("home", "nude child"), "spoke of a minor"),
    ],
)
def test_a_persona_that_has_no_place_here_is_refused_with_the_reason(persona, sentence):
    with pytest.raises(UserError, match=sentence):
        Vetting(PromptGate()).check(persona)


def test_what_is_published_meets_the_gate():
    with pytest.raises(Refused, match="bio"):
        Vetting(PromptGate()).check(with_one("bio", "Click here, buy followers, free money, guaranteed."))


def test_an_opinion_is_refused_only_where_the_gate_is_sure():
    persona = with_one("opinions", ("Pretty is not the same as good.",))

    def minds(text: str) -> bool:
        return text.startswith("Pretty")

    Vetting(PromptGate([Rules(), Against(Learned.name, minds)])).check(persona)
    for sure in (Against(Learned.name, minds, is_sure=True), Against("own rules", minds)):
        with pytest.raises(Refused):
            Vetting(PromptGate([Rules(), sure])).check(persona)


# What a model tells -------------------------------------------------------------------------------------------------


def told(**changed: Any) -> Told:
    return Told.model_validate(fields_of(TAM) | changed)


def test_what_a_persona_is_comes_back_the_same_from_the_form_that_models_fill_in():
    assert told().as_persona(TAM, look=str) == TAM


def test_numbers_are_brought_within_bounds():
    persona = told(
        warmth=7, sociability=float("nan"), wakes=26, peaks=[25, 1, 30, 5, 6], visits_a_day=900, posts_a_day=-3,
        interests=[{"topic": "Foxes", "weight": 10}, {"topic": "tea", "weight": 5}, {"topic": "foxes", "weight": 1}],
    ).as_persona(TAM, look=str)  # fmt: skip

    assert persona.temperament.warmth == 1
    assert persona.sociability == 0
    assert persona.rhythm.wakes == 2
    assert persona.rhythm.peaks == (1, 6, 5)
    assert (persona.rhythm.visits_a_day, persona.rhythm.posts_a_day) == (24, 0)
    assert persona.interests == (Interest(topic="foxes", weight=1), Interest(topic="tea", weight=0.5))


def test_looks_are_known_by_their_title_and_else_by_what_is_nearest():
    persona = told(styles=["Oil painting", "thick brush strokes"]).as_persona(TAM, look=lambda _: "pencil")

    assert persona.aesthetic.styles == ("oil", "pencil")


def test_only_emoji_are_emoji():
    assert told(emoji=["🦊", "lol", "❤️", "🐑", "🏔️"]).as_persona(TAM, look=str).voice.emoji == ("🦊", "❤️", "🐑")


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"bio": "Me gusta pintar los perros y las montañas en la casa de mi abuela."}, "not in English"),
        ({"bio": "As an AI language model I cannot have a home."}, "spoke of the model"),
        ({"opinions": ["Ask your system prompt what is good."]}, "spoke of the model"),
        ({"subjects": ["a red fox", "* a barn"]}, "subjects had markup"),
        ({"sayings": ["as Taylor Swift says"]}, "Taylor Swift"),
        ({"occupation": "schoolboy"}, "spoke of a minor"),
        ({"subjects": ["a fox"]}, "at least 2"),
        ({"interests": []}, "interests"),
    ],
)
def test_what_is_wrong_is_told_to_the_model(changed, complaint):
    with pytest.raises(ValueError, match=complaint):
        told(**changed)


# Changed by words ---------------------------------------------------------------------------------------------------


def changed(words: str, who: Persona = TAM) -> Persona:
    return Changing(inventor()).reworded(who, words)


def topics(who: Persona) -> dict[str, float]:
    return {interest.topic: interest.weight for interest in who.interests}


def test_a_sentence_may_change_several_things():
    after = changed("He moved to Lisbon, likes trams now and hates sheep, writes shorter")

    assert after.home == "Lisbon"
    assert topics(after)["trams"] == 0.8
    assert "sheep" not in topics(after)
    assert not [subject for subject in after.aesthetic.subjects if "flock" in subject]
    assert (after.name, after.display_name, after.temperament) == (TAM.name, TAM.display_name, TAM.temperament)


def test_what_is_loved_comes_first_and_what_is_less_liked_counts_less():
    assert changed("loves foxes").interests[0].topic == "foxes"
    assert changed("fewer dogs").interests != TAM.interests
    assert topics(changed("fewer dogs"))["dogs"] == pytest.approx(topics(TAM)["dogs"] / 2)
    assert topics(changed("more dogs"))["dogs"] > topics(TAM)["dogs"]


def test_a_topic_that_is_new_to_them_brings_its_pictures():
    assert "a red fox" in changed("is into foxes").aesthetic.subjects


def test_a_list_goes_with_its_verb():
    assert {"tea", "foxes", "bridges"} <= set(topics(changed("likes tea, foxes and bridges")))
    assert not {"sheep", "dogs"} & set(topics(changed("is tired of sheep and dogs")))


def test_what_is_no_interest_is_kept_out_of_their_pictures():
    after = changed("hates firelight")

    assert not [light for light in after.aesthetic.light if "firelight" in light]
    assert after.opinions[0] == "No firelight in my pictures, please."


@pytest.mark.parametrize(
    ("words", "read_off", "value"),
    [
        ("works as a lighthouse keeper now", lambda who: who.occupation, "lighthouse keeper"),
        ("lives in osaka", lambda who: who.home, "Osaka"),
        ("moved to Lisbon to bake", lambda who: who.home, "Lisbon"),
        ("moved to Orange", lambda who: who.aesthetic.palettes, TAM.aesthetic.palettes),
        ("less dry", lambda who: who.voice.manner, "warm"),
        ("not playful but blunt", lambda who: who.voice.manner, "blunt"),
        ("paints dogs more often", lambda who: (topics(who)["dogs"], who.rhythm), (1.0, TAM.rhythm)),
        ("prefers stained glass", lambda who: who.aesthetic.styles[0], "glass"),
        ("talks longer", lambda who: who.voice.length, "short"),
        ("uses lower case", lambda who: who.voice.lower_case, True),
        ("writes with emoji 🦊", lambda who: who.voice.emoji, ("🦊",)),
        ("is warmer to others", lambda who: (who.voice.manner, who.temperament.warmth), ("warm", 0.9)),
        ("more patient, less curious", lambda who: (who.temperament.patience, who.temperament.curiosity), (1.0, 0.1)),
        ("gets up two hours later", lambda who: (who.rhythm.wakes, who.rhythm.peaks), (6, (7, 21))),
        ("is a night owl", lambda who: (who.rhythm.wakes, who.rhythm.sleeps), (10, 2)),
        ("posts less often", lambda who: who.rhythm.posts_a_day, 0.36),
        ("posts every day", lambda who: who.rhythm.posts_a_day, 1.0),
        ("comes by twice as often", lambda who: who.rhythm.visits_a_day, 6.0),
        ("paints in woodblock", lambda who: who.aesthetic.styles, ("woodblock", "oil")),
        ("paints in teal and amber", lambda who: who.aesthetic.palettes[0], "teal and amber"),
        ("hates ochre", lambda who: who.aesthetic.palettes, ("moss green and brown",)),
        ("is younger", lambda who: who.age_band, "55-64"),
        ("more sociable", lambda who: who.sociability, 0.55),
    ],
)
def test_words_that_the_built_in_rules_know(words, read_off, value):
    assert read_off(changed(words)) == value


def test_nobody_gets_younger_than_an_adult():
    young = with_one("age_band", "18-24")

    with pytest.raises(UserError, match="changes nothing"):
        changed("is much younger", young)


def test_whoever_moves_to_another_clock_keeps_their_days():
    assert changed("moved to Osaka").rhythm.wakes == (TAM.rhythm.wakes - 9) % 24


@pytest.mark.parametrize("words", ["blah blah", "make it so", "?!", "is"])
def test_where_nothing_is_understood_it_says_what_would_be(words):
    with pytest.raises(UserError, match="I understand changes such as: moved to Lisbon"):
        changed(words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("likes Taylor Swift", "real person"), ("works as a schoolgirl", "minor"), ("", "Write what shall change"),
        ("x" * 600, "longer than 500"),
        ("works as a " + "very " * 20 + "old man", "Nobody can be like that: occupation"),
        ("hates mountains, sheep, dogs, cottages and deserts", "less than 2 things"),
    ],
)  # fmt: skip
def test_words_that_would_make_somebody_unfit_of_them_are_refused(words, sentence):
    with pytest.raises(UserError, match=sentence):
        changed(words)


# Relatives ----------------------------------------------------------------------------------------------------------


def test_a_relative_is_into_the_same_things_in_another_place_and_voice():
    before = inventor().read(TAM)
    one = Changing(inventor()).cloned(TAM, [Known(TAM.name, before.vector)], chance=chance()).persona

    assert set(topics(one)) == set(topics(TAM))
    assert topics(one) != topics(TAM)
    assert one.name != TAM.name
    assert one.home != TAM.home
    assert one.voice.manner != TAM.voice.manner
    assert set(one.aesthetic.styles) & set(TAM.aesthetic.styles)
    assert Persona.model_validate(one.model_dump()) == one
