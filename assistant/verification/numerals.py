"""Numbers as French writes them: « 1 200 », « 3,5 », « quatre-vingt-cinq mille »."""

import re

_ONES = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
)
_SMALL = {word: value for value, word in enumerate(_ONES)} | {"une": 1}
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
SCALES = {"cent": 100, "mille": 1000, "millier": 1000, "million": 10**6, "milliard": 10**9}
ABOUT = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
}
_NUMERAL = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
_WORD = "|".join(
    sorted({*_SMALL, *_TENS, *SCALES, "quatre-vingts?", "cents", "vingts", "milliers", "millions",
            "milliards"}, key=len, reverse=True)
)  # fmt: skip
SPELLED = rf"(?:{_WORD})(?:[- ](?:{_WORD})|[- ]et[- ](?:une?|onze)\b)*"
NUMBER = rf"(?:{_NUMERAL}|{SPELLED})"


def value_of(number: str) -> float:
    """Return the value of a number in figures or in words (« quatre-vingt-cinq mille »)."""
    if number[0].isdigit():
        whole = re.sub(r"(?<=\d)[ .](?=\d{3}(?!\d))", "", number)
        return float(whole.replace(",", "."))
    total = group = 0
    for word in re.split(r"[- ]", number):
        plain = word if word in ("trois", "six", "dix") else word.rstrip("s")
        if (plain == "vingt" and group % 10 == 4 and group < 10) or (plain == "vingt" and group % 100 == 4):
            group += 76  # quatre-vingts
        elif plain in _TENS:
            group += _TENS[plain]
        elif plain == "cent":
            group = max(group, 1) * 100
        elif plain in SCALES:
            total += max(group, 1) * SCALES[plain]
            group = 0
        else:
            group += _SMALL.get(plain, 0)
    return float(total + group)
