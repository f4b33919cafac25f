"""The first layer of the prompt gate: known words, found through the usual disguises.

It sees through fancy letters, accents, zero-width characters, leetspeak, stretched words ("nuuude"), letters
set apart ("n u d e") and look-alike Cyrillic. It does not understand: it misses paraphrase, innuendo, most
slang, people's names, words run together, sentences spelled apart, and every language but English beyond a
handful of the commonest words in Spanish, German, French, Portuguese and Italian. It also stops the innocent:
it cannot tell a history lesson from a wish.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from services.text import INVISIBLE, is_mark

Decision = Literal["allow", "sensitive", "block"]


@dataclass(frozen=True)
class Verdict:
    decision: Decision
    categories: tuple[str, ...]
    reason: str
    """A sentence for the person; empty when allowed."""

    def refusal(self, what: str) -> str:
        """The same of words that are not a prompt, as in "comment"."""
        why = " and ".join(category.replace("_", " ") for category in self.categories)
        return f"This {what} was not taken: {why} has no place here."


@dataclass(frozen=True)
class Rule:
    category: str
    decision: Decision
    words: re.Pattern[str]


def words(*alternatives: str) -> re.Pattern[str]:
    r"""Whole words and phrases of canonical text: lower case, no accents, one space round every word.

    Spaces and not \b: a literal first character makes the search several times faster. An open repeat such as
    \w* stands only at the end of a word: that keeps it linear.
    """
    return re.compile(rf" (?:{'|'.join(alternatives)})(?= )")


INNOCENT = words(
    r"nude (?:lipsticks?|heels|pumps|nails?|tones?|shades?|palette|make ?up|tights|shoes|colou?red)",
    r"nude colou?rs?(?! (?:photo|picture|image|portrait|painting|drawing|sketch|film|print))",
    r"naked (?:eye|cakes?|mole rats?|truth)|same sex|orgy of colou?rs?|sex education|sex pistols",
    r"rape ?(?:seeds?|fields?|flowers?)|(?:chicken|duck|turkey|robin red|red) breasts?",
    r"breasts? of (?:chicken|duck|turkey)|breast (?:cancer|pocket|plate)",
    r"baby (?:blue|pink|shower|yoda|grand|oil)|kid (?:gloves?|rock)|kinder (?:surprise|bueno|than|world)",
    r"(?:ursa|asia) minor|[a-g] (?:sharp |flat )?minor|(?:boy|girl) (?:bands?|groups?|power)",
    r"boy ?(?:cut|shorts)|bloody mary|murder (?:myster(?:y|ies)|of crows)|al gore",
    r"gore (?:tex|vidal|verbinski)|suicide (?:squad|prevention)|spic and span",
    r"chinks? in (?:the|his|her|their|its|my) armou?r|shooting stars?|nazi hunters?|anti nazi",
    r"hindu swastikas?",
)
EXPLICIT = words(
    r"porn\w*|hentai|xxx|(?:blow|hand) ?jobs?|cum ?shots?|gang ?bangs?|org(?:y|ies)|masturbat\w*|fellatio",
    r"(?:anal|oral|hard ?core|having) sex|sex scene|cunnilingus|intercourse|ejaculat\w*|bukkake|dildos?",
    r"erect penis|spread legs|dick pics?|creampie|deep ?throat|rape[ds]?|raping|rapists?|bestiality",
    r"incest\w*|follando|mamada|violada|ficken\w*|vergewaltig\w*|sodomi\w*|transando|scopare|scopata",
    r"stupr\w*|estupr\w*",
)
NUDITY = words(
    r"nud(?:e|es|ity|ists?)|nsfw|naked|topless|undress(?:ed|ing)?|unclothed|(?:no|without) clothes|breasts?",
    r"boob(?:s|ies)?|tits|titties|nipples?|genitals?|penis(?:es)?|vaginas?|vulvas?|puss(?:y|ies)",
    r"sex(?:ual|ually)?|desnud[oa]s?|nackt\w*|seins|toute? nue?s?|nues?|pelad[oa]s?|nuas?|nud[oai]|sexo|sexe",
    r"sesso",
)
SUGGESTIVE = words(
    r"sex(?:y|ier|iest)|sexuali[sz]ed|eroti[ck]\w*|erotique\w*|erotisch\w*|lingerie|seductive\w*|sensual\w*",
    r"horny|kinky|fetish\w*|bdsm|strip ?tease|strippers?|lap ?dance|underboob|upskirt|panties|ahegao|ecchi",
)
CHILD = words(
    r"child|children|kids?|bab(?:y|ies)|infants?|toddlers?|pre ?teens?|tweens?|teen(?:s|age|aged|agers?)?",
    r"under ?aged?|minors?|juveniles?|(?:little|young|small|tiny) (?:girl|boy)s?|lolitas?|shotas?",
    r"school ?(?:girl|boy|kid|child)(?:s|ren)?|pre ?schoolers?|kindergart\w*|[1-9](?:st|nd|rd|th) graders?",
    r"(?:[1-9]|1[0-7]) ?(?:y ?o|(?:years?|yrs?) (?:old|of age))(?! (?:whisk|scotch|wine|rum|tree|car))",
    r"aged? (?:[1-9]|1[0-7])|(?:five|six|seven|eight|nine|ten|eleven|twelve) years? old",
    r"(?:thir|four|fif|six|seven)teen years? old|(?:una?|la|el) nin[oa]|(?:los|las) nin[oa]s",
    r"nin[oa]s? (?:desnud|pequen)\w*|ein kind|kinder|madchen|enfants?|fillettes?|petites? filles?",
    r"garconnets?|criancas?|menin[oa]s?|bambin[oaie]|ragazzin[oaie]",
)
YOUNG = words(r"\d?(?:girl|boy)s?|(?:my|his|her|their) (?:son|daughter)s?")
MINORS = Rule("minors", "block", words(
    r"loli|lolicon|shotacon|jailbait|pa?edo(?:ph|f)il\w*|pthc|(?:child|kinder|pedo) ?porn\w*",
))  # fmt: skip
SEXUALISED_MINORS = ((CHILD, (EXPLICIT, NUDITY, SUGGESTIVE)), (YOUNG, (EXPLICIT, NUDITY)))
"""Either side anywhere in the text. "Sexy girl" may mean an adult; "nude girl" is not a risk to take."""

RULES = (
    MINORS,
    Rule("sexual", "block", EXPLICIT),
    Rule("sexual", "sensitive", NUDITY),
    Rule("sexual", "sensitive", SUGGESTIVE),
    Rule("violence", "block", words(
        r"gore|gory|dismember\w*|disembowel\w*|decapit\w*|behead\w*|mutilat\w*|eviscerat\w*",
        r"snuff (?:film|video)s?|(?:mass|school) shootings?|shot in the (?:head|face)|flayed alive|entrails",
        r"guts spilling|throat slit|descuartiz\w*|enthaupt\w*|verstummel\w*|demembre\w*|eventr[ei]\w*",
        r"esquartej\w*|squartat\w*",
    )),
    Rule("violence", "sensitive", words(
        r"murder(?:s|ed|ing|ers?|ous)?|massacre[sd]?|corpses?|stabb(?:ed|ing)|strangl\w*|tortur\w*",
        r"blood(?:y|ied)|lynch(?:ed|ing)|asesin\w*|ermord\w*|leichen?|assassinat\w*|cadavre\w*|assassinad\w*",
        r"cadaver\w*",
    )),
    Rule("hate", "block", words(
        r"nigg(?:er|a)s?|fagg?ots?|kikes?|spics?|chinks|gooks?|wetbacks?|rag ?heads?|trannys?|trannies",
        r"untermensch\w*|(?:gas|kill|hang|burn) (?:all )?(?:the )?(?:jews|muslims|blacks|gays|immigrants)",
        r"negros? de mierda|scheiss(?:juden|auslander)|sales? (?:juif|arabe|negre)s?|maric[oa]nes",
        r"sporchi negri",
    )),
    Rule("hate", "sensitive", words(r"blackface|minstrel show|racist\w*|antisemit\w*|subhumans?")),
    Rule("self_harm", "block", words(
        r"thinspo\w*|pro ana|how to (?:kill|hang|cut) (?:my|your)self",
        r"(?:kill|hang|cutt)ing (?:my|him|her|them)sel\w*",
        r"(?:cut|cutting|slit|slitting|slashed) (?:my |his |her |their )?wrists?",
        r"suicide (?:note|method|pact)s?",
    )),
    Rule("self_harm", "sensitive", words(
        r"suicid(?:e|es|al|io|a|er)|self harm\w*|overdos\w*|selbstmord\w*|automutilation|autolesion\w*",
        r"automutilacao",
    )),
    Rule("extremism", "block", words(
        r"heil hitler|sieg heil|white (?:power|supremac\w*)|isis (?:flag|fighter|soldier|propaganda)s?",
        r"islamic state|al qaeda|boko haram|ku klux klan|kkk|terrorist (?:propaganda|recruit\w*)",
        r"(?:join|glory to) isis",
    )),
    Rule("extremism", "sensitive", words(
        r"(?:neo ?)?nazis?|hitler|swastikas?|hakenkreuz\w*|third reich|terroris\w*|jihad\w*",
    )),
    Rule("weapons", "block", words(
        r"(?:pipe|nail|dirty|car) bombs?|suicide vests?|ghost guns?|3d printed (?:gun|pistol|rifle)s?|sarin",
        r"nerve gas|(?:make|making|build|building|assemble) (?:a |an )?(?:bombs?|explosives|molotovs?)",
        r"(?:hacer|fabricar|fazer) una? bomba|bombe bauen|fabriquer une bombe",
        r"(?:fazer uma|costruire una) bomba",
    )),
    Rule("weapons", "sensitive", words(
        r"assault rifles?|machine guns?|hand ?guns?|grenades?|ak ?47s?|ar ?15s?|molotovs?|explosives",
    )),
    Rule("harassment", "block", words(
        r"kill yourself|kys|go die|hope you die|revenge porn|deep ?fake (?:porn|nudes?)|up ?skirt",
        r"doxx?(?:ed|ing)|undress (?:my|this|that|her|him)|matate|suicidate|bring dich um",
        r"(?:suicide|tue) toi|se mate|ammazzati",
    )),
    Rule("harassment", "sensitive", words(
        r"humiliat\w*|bull(?:y|ied|ying) (?:my|him|her|this)",
        r"(?:stupid|ugly|fat) (?:bitch|cow|pig|whore|cunt)",
    )),
)  # fmt: skip
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

NAKED = "naked"
BODILY = {"sexual", "minors"}
CLOTHES = words(
    r"cloth\w*|dress\w*|outfits?|garments?|attire|apparel|shirts?|t-?shirts?|blouses?|sweaters?|coats?|jackets?",
    r"pants|trousers|jeans|shorts|skirts?|leggings|swim\w*|bikinis?|bras?|lingerie|underwear|panties|robes?|uniforms?",
    r"kleid\w*|kleidung|ropa|vestidos?|vetements?|habits|vestiti|roupas?",
)
_LOOKALIKES = str.maketrans(
    dict(zip("аеорсухіјѕԁһøłđı", "aeopcyxijsdholdi", strict=True))
    | {first + i: chr(97 + i) for first in (0x1F150, 0x1F170, 0x1F1E6) for i in range(26)}
)
"""Cyrillic twins, letters without a decomposition, and the letters of emoji."""
_LEET = str.maketrans("013457@$!", "oieastasi")
_APART = re.compile(r"(?<![a-z0-9])[a-z0-9](?:(?: ?[.*_/-] ?| )[a-z0-9](?![a-z0-9])){2,}")
_SEPARATOR_INSIDE = re.compile(r"(?<=[a-z])[.*_~'’-]+(?=[a-z])")
_TOKEN = re.compile(r"[a-z0-9@$!]+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


class PromptGate:
    def __init__(self, rules: tuple[Rule, ...] = RULES) -> None:
        self._rules = rules

    def check(self, text: str) -> Verdict:
        views = _views(text)
        hits = [rule for rule in self._rules if _found(rule.words, views)]
        if _sexualises_a_minor(hits, views):
            hits.insert(0, MINORS)
        if not hits:
            return Verdict("allow", (), "")
        worst = next((rule for rule in hits if rule.decision == "block"), hits[0])
        return Verdict(worst.decision, tuple(dict.fromkeys(rule.category for rule in hits)), _sentence(worst))

    def check_wish(self, prompt: str, left_out: str) -> Verdict:
        """Of a prompt and of what its picture shall not show. Who leaves out clothes asks for nakedness; who leaves out
        nakedness does not."""
        if _found(CLOTHES, _views(left_out)):
            prompt = f"{prompt}, {NAKED}"
        verdict = self.check(prompt)
        beside = self.check(left_out)
        if verdict.decision != "block" and beside.decision == "block" and not BODILY.intersection(beside.categories):
            return beside
        return verdict


def _found(pattern: re.Pattern[str], views: tuple[str, ...]) -> bool:
    return any(pattern.search(view) for view in views)


def _sexualises_a_minor(hits: list[Rule], views: tuple[str, ...]) -> bool:
    found = {rule.words for rule in hits}
    return any(found.intersection(sexual) and _found(person, views) for person, sexual in SEXUALISED_MINORS)


def _sentence(rule: Rule) -> str:
    subject = SUBJECTS.get(rule.category, rule.category)
    marked = f"This may show {subject}, so the picture is marked as sensitive."
    return SENTENCES.get(rule.category, {}).get(rule.decision, marked)


def _views(text: str) -> tuple[str, ...]:
    """As typed, and with disguises undone: undoing alone would make "i2yo" of "12yo"."""
    typed = _folded(text)
    undone = _SEPARATOR_INSIDE.sub("", _TOKEN.sub(_without_leet, _APART.sub(_together, typed)))
    views = dict.fromkeys((typed, _STRETCHED.sub(r"\1", undone), _STRETCHED.sub(r"\1\1", undone)))
    return tuple(dict.fromkeys(INNOCENT.sub(" .", _BETWEEN_WORDS.sub(" ", f" {view} ")) for view in views))


def _folded(text: str) -> str:
    text = INVISIBLE.sub("", text)
    if text.isascii():
        return text.lower()
    # Marks go before NFKC as well: Python sorts a long row of them in quadratic time.
    text = unicodedata.normalize("NFKC", _without_marks(text)).casefold()
    return _without_marks(unicodedata.normalize("NFD", text)).translate(_LOOKALIKES)


def _without_marks(text: str) -> str:
    return "".join(char for char in text if not is_mark(char) and unicodedata.category(char) != "Cf")


def _together(apart: re.Match[str]) -> str:
    letters = _BETWEEN_WORDS.sub("", apart[0])
    is_article_first = letters[0] == "a"
    return f"{letters} {letters[1:]}" if is_article_first else letters


def _without_leet(match: re.Match[str]) -> str:
    token = match[0].strip("!")
    return token.translate(_LEET) if any(char.isalpha() for char in token) else token
