"""Known words, found through the usual disguises.

This layer does not understand: it misses paraphrase, innuendo, most slang, people's names, words run together, and
every language but English beyond a handful of the commonest words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.safety.canonical import views_of
from services.safety.verdicts import Decision, Opinion


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

NAKED = "naked"
BODILY = {"sexual", "minors"}
CLOTHES = words(
    r"cloth\w*|dress\w*|outfits?|garments?|attire|apparel|shirts?|t-?shirts?|blouses?|sweaters?|coats?|jackets?",
    r"pants|trousers|jeans|shorts|skirts?|leggings|swim\w*|bikinis?|bras?|lingerie|underwear|panties|robes?|uniforms?",
    r"kleid\w*|kleidung|ropa|vestidos?|vetements?|habits|vestiti|roupas?",
)


class Rules:
    name = "rules"

    def __init__(self, rules: tuple[Rule, ...] = RULES) -> None:
        self._rules = rules

    def judge(self, text: str) -> list[Opinion]:
        views = tuple(INNOCENT.sub(" .", view) for view in views_of(text))
        found = {rule: hit for rule in self._rules if (hit := _found(rule.words, views))}
        if sexualised := _sexualises_a_minor(set(found), views):
            found = {MINORS: sexualised, **found}
        return [Opinion(self.name, rule.decision, rule.category, hit) for rule, hit in found.items()]


def leaves_out_clothes(left_out: str) -> bool:
    return bool(_found(CLOTHES, views_of(left_out)))


def _found(pattern: re.Pattern[str], views: tuple[str, ...]) -> tuple[str, ...]:
    return next(((hit[0].strip(),) for view in views if (hit := pattern.search(view))), ())


def _sexualises_a_minor(hits: set[Rule], views: tuple[str, ...]) -> tuple[str, ...]:
    found = {rule.words for rule in hits}
    for person, sexual in SEXUALISED_MINORS:
        if found.intersection(sexual) and (who := _found(person, views)):
            return (*who, *next(_found(words, views) for words in sexual if words in found))
    return ()
