"""Text as the gate reads it: as typed, and with the usual disguises undone.

Undone are fancy and foreign letters, accents, invisible characters, leetspeak, stretched words ("nuuude"), letters set
apart ("n u d e", "n.u.d.e"), emoji that stand for a word, and pieces in base64, hexadecimal or percent signs. Words of
every script stay words. Every step takes time in proportion to the length of the text, whatever is in it.
"""

from __future__ import annotations

import base64
import codecs
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import unquote

from services.text import INVISIBLE

EMOJI = {
    "child": "👶 👧 👦 🧒 🚸", "woman": "👩", "man": "👨", "people": "👥 👫 👪", "bikini": "👙", "nsfw": "🔞",
    "innuendo": "🍆 🍑 💦 🍒 🥵 👅 😈 😏", "knife": "🔪 🗡", "gun": "🔫", "bomb": "💣 🧨", "blood": "🩸", "axe": "🪓",
    "skull": "💀 ☠", "pills": "💊", "syringe": "💉", "coffin": "⚰", "fuck you": "🖕", "jews": "✡", "muslims": "☪",
    "monkeys": "🐒 🐵", "rats": "🐀", "money": "💰 🤑", "casino": "🎰", "rope": "🪢", "razor": "🪒",
}  # fmt: skip
"""What a sign says where it stands for a word."""
TWINS = {
    "a": "аαաᴀɐɑꭺ", "b": "вβьҍʙɓƀᏼ", "c": "сϲςᴄɔꮯ¢", "d": "ԁᴅđɖɗժꭰ", "e": "еєεᴇɛɜəǝҽէꭼ€", "f": "ғꜰƒϝքᶂ",
    "g": "ɡɢցǥɠԍꮆ", "h": "нһʜħɦհηꮋ", "i": "іιɪıɨӏɩꭵ¡", "j": "јᴊɟյϳꭻ", "k": "кκᴋĸƙқӄꮶ", "l": "ʟłɭƚլℓꮮ£",
    "m": "мᴍɱʍꮇ", "n": "пոռɴηɳŋиꞑ", "o": "оοօᴏøσѳꮎө", "p": "рρᴘþƥҏꮲ", "q": "ԛզգϙɋ", "r": "гʀɾɹɼяꮢ",
    "s": "ѕꜱʂƽꮪտ§", "t": "тτᴛŧƭʇեꭲ", "u": "υսᴜʉʊцμ", "v": "νѵᴠʋꮩ", "w": "ԝωᴡɯшщաꮃ", "x": "хχҳӿ×",
    "y": "уγʏүұყꭹ¥", "z": "ᴢʐʑʒƶꮓ",
}  # fmt: skip
"""Letters of other alphabets that are taken for Latin ones; the first Latin letter that claims one has it."""
KEPT_TOGETHER = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
"""Scripts without spaces, or whose words take particles: every character is a token of its own."""
SHAPES = {
    "|\\|": "n", "|\\/|": "m", "\\/\\/": "w", "\\/": "v", "/\\": "a", "|-|": "h", "|_|": "u", "|)": "d", "|<": "k",
    "()": "o", "|3": "b", "}{": "h", "><": "x", "[]": "o",
}  # fmt: skip
_INDIC = "\u0900-\u0963\u0966-\u0dff"
TOKEN = re.compile(f"[{KEPT_TOGETHER}]|(?:(?![{KEPT_TOGETHER}])(?:[^\\W_]|[{_INDIC}]))+")
LONGEST_GAP = 3
MASK = "\u0298"
"""Stands for each letter that a star hides, as in "f*ck"."""
LINK = "weblink"
"""Stands before each address of the web, however many of its parts sound like one."""
ENOUGH_TURNED = 4
"""Words that make sense backwards, and none as they stand, by which one knows that this is how they are meant."""
ENOUGH_LEET, LONGEST_NUMBER_IN_LEET = 2, 3
_GAP = f"(?:[^\\w@$*{_INDIC}]|_)"
_APART = re.compile(f"(?<![^\\W_])[^\\W_](?:{_GAP}{{1,{LONGEST_GAP}}}[^\\W_](?![^\\W_]|[{_INDIC}])){{2,}}")
_STARS_APART = re.compile(r"(?<![^\W_])[^\W_](?:\*[^\W_](?![^\W_])){2,}")
_HIDDEN = re.compile(r"(?<=[a-z])\*{1,6}(?=[a-z])")
_SEPARATOR_INSIDE = re.compile(r"(?<=[^\W\d_])[.*_~·•|+/\\-]+(?=[^\W\d_])")
_MAY_BE_LEET = re.compile(r"[a-z0-9@$!]+")
_MEASURE = re.compile(r"\d+(?:y\.?o|yrs?|k|p|d|[mck]?m|px|th|st|nd|rd|s|am|pm|x\d+|fps|mp|gb|kg|in|ft|girls?|boys?)?")
_ADDRESS = re.compile(
    r"(?<![\w@./-])(?:https?://|www\.|[a-z0-9-]++(?:\.[a-z0-9-]++)*+(?<=\.com|\.net|\.org|\.biz|\.xyz)(?![\w-])"
    r"|(?:t|wa)\.me/|bit\.ly/)"
)
_MENTION = re.compile(r"(?<![\w@.])@([a-z][a-z0-9_]*+(?:\.[a-z0-9_]++)*+)(?![\w@$*])")
_DIGITS = re.compile(r"\d+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_LEET = str.maketrans("013456789@$!", "oieasgtbgasi")
_SHAPE = re.compile("|".join(re.escape(shape) for shape in SHAPES))
_NOT_WORD = re.compile(r"[\W_]+")
_MARKS_OF_KANA = re.compile("(?<![\u3041-\u30ff])[\u3099\u309a]+|(?<=[\u3099\u309a])[\u3099\u309a]+")
_ARABIC = str.maketrans("ىیےۓۂہھةۀکڪںٱ", "ييييهههههككنا", "ـ")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{8,4000}={0,2}")
_HEX = re.compile(r"(?:0x|\\x)?[0-9a-fA-F]{2}(?:(?:[\s:,]|\\x|0x){0,2}[0-9a-fA-F]{2}){3,4000}")
_BITS = re.compile(r"[01]{8}(?:\s?[01]{8}){2,4000}")
"""Of encoded pieces no more is decoded than could stand in any prompt that is taken."""
_WORDS_OF_A_SIGN = {ord(sign): f" {word} " for word, signs in EMOJI.items() for sign in signs.split()}
_TWIN_OF = {
    each: letter for letter, twins in reversed(TWINS.items()) for twin in twins for each in (twin, twin.casefold())
}
_ENCLOSED = {first + at: chr(97 + at) for first in (0x1F150, 0x1F170, 0x1F1E6) for at in range(26)}
_LONGEST_EXPANSION = 4


class _Folding(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def fold(text: str) -> str:
    """Lower case, without accents and invisible signs, every letter in its own alphabet."""
    if text.isascii():
        return INVISIBLE.sub("", text).lower()
    # Marks go before NFC: Python sorts a long row of them in quadratic time.
    return unicodedata.normalize("NFC", _MARKS_OF_KANA.sub("", text.translate(_FOLDING)))


def views_of(text: str, known: Callable[[str], bool] | None = None) -> tuple[str, ...]:
    """The words, one space round each, as typed and with disguises undone: undone alone, "12yo" would be "i2yo". A sign
    before a name is taken for a letter where that makes a word that is `known`."""
    typed = _ADDRESS.sub(rf" {LINK} \g<0>", fold(text))
    letters = _in_letters(_without_mentions(typed, known) if known else typed)
    undone = _SEPARATOR_INSIDE.sub("", letters)
    views = (typed, letters, _STRETCHED.sub(r"\1", undone), _STRETCHED.sub(r"\1\1", undone))
    return tuple(dict.fromkeys(_spaced(view) for view in views))


def hidden_in(text: str) -> tuple[str, ...]:
    """What encoded pieces say, and the text with percent signs or entities resolved."""
    found = [piece for piece in _decoded_pieces(text) if _is_text(piece)]
    resolved = unquote(html.unescape(text)) if "%" in text or "&" in text else text
    return tuple(dict.fromkeys(found + ([resolved] if resolved != text else [])))


def turned(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The text with words read backwards, or thirteen letters on, where that makes words of several that are none."""
    tokens = TOKEN.findall(fold(text))
    return tuple(filter(None, (_turned(tokens, turn, known) for turn in (_backwards, _thirteen_on))))


def _backwards(word: str) -> str:
    return word[::-1]


def _thirteen_on(word: str) -> str:
    return codecs.encode(word, "rot13")


def _turned(tokens: list[str], turn: Callable[[str], str], known: Callable[[str], bool]) -> str:
    words = [token for token in tokens if len(token) > 2]
    odd = [token for token in words if not known(token)]
    odd_ones = set(odd)
    turns = [turn(token) if token in odd_ones and known(turn(token)) else "" for token in tokens]
    count = sum(map(bool, turns))
    is_enough = count >= ENOUGH_TURNED or (count > 1 and 3 * count >= len(odd))
    if not is_enough and not (count == 1 and len(words) == 1):
        return ""
    read = [turned or token for turned, token in zip(turns, tokens, strict=True)]
    whole = [turn(token) for token in tokens]
    return " . ".join(map(" ".join, (read, reversed(read), whole, reversed(whole))))


def _without_mentions(typed: str, known: Callable[[str], bool]) -> str:
    """A name as it is written, but for its numbers: "@ben42" says "ben", not "abena2"."""

    def said(mention: re.Match[str]) -> str:
        spelled = mention[1].translate(_LEET)
        if known(f"a{spelled}"):
            return f"a{spelled}"
        return f" {spelled if known(spelled) else _DIGITS.sub(' ', mention[1])} "

    return _MENTION.sub(said, typed)


def _in_letters(typed: str) -> str:
    """Whatever stands for a letter as that letter."""
    text = _SHAPE.sub(lambda shape: SHAPES[shape[0]], typed)
    text = _APART.sub(_together, text.translate(_LOOKALIKES))
    text = _STARS_APART.sub(lambda apart: apart[0].replace("*", ""), text)
    text = _HIDDEN.sub(lambda stars: MASK * len(stars[0]), text)
    mixed = sum(map(_is_leet, _MAY_BE_LEET.findall(text)))
    return _MAY_BE_LEET.sub(_without_any_leet if mixed >= ENOUGH_LEET else _without_leet, text)


def _spaced(text: str) -> str:
    return f" {' '.join(TOKEN.findall(text))} "


def _folded(char: str) -> str:
    code = ord(char)
    if code in _WORDS_OF_A_SIGN:
        return _WORDS_OF_A_SIGN[code]
    if char in "\u0964\u0965" or char.isspace():
        return "\n" if char == "\n" else " "
    if INVISIBLE.match(char) or unicodedata.category(char) == "Cf":
        return ""
    plain = _without_marks(unicodedata.normalize("NFKC", char).casefold())
    return "".join(_as_latin(each) for each in plain).translate(_ARABIC) if len(plain) <= _LONGEST_EXPANSION else " "


def _without_marks(text: str) -> str:
    if not re.search(f"[{KEPT_TOGETHER}{_INDIC}]", text):
        text = unicodedata.normalize("NFD", text)
    return "".join(char for char in text if not _is_loose_mark(char))


def _is_loose_mark(char: str) -> bool:
    """One that words are told by without it; vowels of Indic scripts are not among them."""
    if char in "\u3099\u309a":
        return False
    order = unicodedata.combining(char)
    is_indic = "\u0900" <= char <= "\u0dff"
    return order not in (0, 9) if is_indic else order > 0 or unicodedata.category(char) in ("Mn", "Me")


def _as_latin(char: str) -> str:
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    is_latin = unicodedata.name(char, "").startswith("LATIN")
    return _TWIN_OF.get(char, char) if is_latin and not char.isascii() else char


def _together(apart: re.Match[str]) -> str:
    """Letters as words: where gaps differ, the rarer ones are between words."""
    widths = Counter(map(_width, _NOT_WORD.findall(apart[0])))
    usual = min(widths, key=lambda width: (-widths[width], width))
    letters = _NOT_WORD.sub(lambda gap: "" if _width(gap[0]) == usual else " ", apart[0])
    is_article_first = letters[0] == "a"
    return f"{letters} {letters[1:]}" if is_article_first else letters


def _width(gap: str) -> int:
    is_blank = not gap.strip()
    return len(gap) + (LONGEST_GAP if is_blank else 0)


def _is_leet(written: str) -> bool:
    token = written.strip("!")
    return not token.isalpha() and any(map(str.isalpha, token)) and not _MEASURE.fullmatch(token)


def _without_leet(match: re.Match[str]) -> str:
    return match[0].strip("!").translate(_LEET) if _is_leet(match[0]) else match[0]


def _without_any_leet(match: re.Match[str]) -> str:
    """Short numbers, too: among words like "y0u" and "d13" a "70" is "to"."""
    token = match[0].strip("!")
    return token.translate(_LEET) if len(token) <= LONGEST_NUMBER_IN_LEET else _without_leet(match)


def _decoded_pieces(text: str) -> Iterator[str]:
    for form, decode in ((_BASE64, _from_base64), (_HEX, _from_hex), (_BITS, _from_bits)):
        for piece in form.finditer(text):
            with suppress(ValueError):
                yield decode(piece[0]).decode()


def _from_base64(piece: str) -> bytes:
    bare = piece.rstrip("=").replace("+", "-").replace("/", "_")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def _from_hex(piece: str) -> bytes:
    return bytes.fromhex(re.sub(r"0x|\\x|[\s:,]", "", piece))


def _from_bits(piece: str) -> bytes:
    bits = _NOT_WORD.sub("", piece)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _is_text(piece: str) -> bool:
    letters = sum(char.isalpha() or char.isspace() for char in piece)
    return len(piece) > 3 and piece.isprintable() and letters > 0.8 * len(piece)


_FOLDING = _Folding()
_LOOKALIKES = {ord(twin): letter for twin, letter in _TWIN_OF.items()} | _ENCLOSED
