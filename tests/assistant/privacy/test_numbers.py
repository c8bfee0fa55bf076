"""Numbers with a form of their own, on samples drawn from the forms people write."""

import random
from collections.abc import Callable

import pytest

from assistant.privacy import Kind, details

SAMPLES = 500
LEADS = (
    "Peut-on transmettre {} au bailleur ?",
    "voila {} je fais quoi avec",
    "J’ai noté ceci ({}), est-ce permis ?",
    "{}",
    "Elle a écrit « {} » sur le formulaire.",
    "Le monsieur donne {}, puis il part.",
)


def figures(draw: random.Random, count: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(count))


def spaced(digits: str, widths: tuple[int, ...], gap: str) -> str:
    parts, place = [], 0
    for width in widths:
        parts.append(digits[place : place + width])
        place += width
    return gap.join(parts) + (gap + digits[place:] if place < len(digits) else "")


def social_security(draw: random.Random) -> str:
    department = draw.choice([f"{draw.randint(1, 95):02}", "2A", "2B", "97", "99"])
    if department in ("97",):
        commune, order = f"{draw.randint(1, 6)}{draw.randint(1, 99):02}", draw.randint(1, 999)
    else:
        commune, order = f"{draw.randint(1, 990):03}", draw.randint(1, 999)
    body = (
        f"{draw.choice('12')}{draw.randint(0, 99):02}{draw.randint(1, 12):02}{department}{commune}{order:03}"
    )
    number = int(body.replace("2A", "19").replace("2B", "18"))
    whole = f"{body}{97 - number % 97:02}"
    return draw.choice(
        [
            whole,
            spaced(whole, (1, 2, 2, 2, 3, 3, 2), " "),
            spaced(whole, (1, 2, 2, 2, 3, 3, 2), "\u202f"),
            spaced(whole, (1, 2, 2, 2, 3, 3, 2), "."),
            f"{whole[:13]} {whole[13:]}",
            whole[:13],
        ]
    )


def telephone(draw: random.Random) -> str:
    national = f"0{draw.choice('12345679')}{draw.randint(0, 99999999):08}"
    gap = draw.choice([" ", ".", "-", "", "\u00a0", "/"])
    pairs = spaced(national, (2, 2, 2, 2, 2), gap)
    abroad = f"{draw.choice(['+33', '0033', '+33 ', '+33(0)'])}{pairs[1:]}"
    island = draw.choice(["+262 692", "+590 690", "+594 694", "+596 696"])
    overseas = f"{island} {spaced(figures(draw, 6), (2, 2, 2), ' ')}"
    uneven = f"{national[:4]} {national[4:7]} {national[7:]}"
    return draw.choice([pairs, pairs, abroad, overseas, uneven])


def mail(draw: random.Random) -> str:
    who = draw.choice(
        ["karim.benali", "j-dupuis", "lea_59", "FATOU.D", "m.ngo+caf", "noël", "a", "sarah1998"]
    )
    where = draw.choice(
        ["gmail.com", "orange.fr", "laposte.net", "mail.asso-lien.org", "cd-59.fr", "ac-lille.fr"]
    )
    return who + draw.choice(["@", "@", "@", " @ ", " at ", "(at)", "[at]", " arobase "]) + where


def bank(draw: random.Random) -> str:
    country, lengths = draw.choice(
        [("FR", (21, 2)), ("FR", (19, 2)), ("BE", (12, 0)), ("DE", (18, 0)), ("PT", (21, 0))]
    )
    letters = "" if country != "FR" or lengths[0] == 21 else draw.choice(["AB", "0K", "Z9"])
    body = figures(draw, lengths[0]) + letters + figures(draw, lengths[1])
    value = int("".join(str(int(mark, 36)) for mark in f"{body}{country}00"))
    whole = f"{country}{98 - value % 97:02}{body}"
    fours = " ".join(whole[place : place + 4] for place in range(0, len(whole), 4))
    return draw.choice([whole, fours, fours.replace(" ", "\u00a0"), whole.lower()])


@pytest.mark.parametrize(
    ("kind", "sample"),
    [(Kind.NIR, social_security), (Kind.PHONE, telephone), (Kind.EMAIL, mail), (Kind.IBAN, bank)],
)
def test_nearly_every_number_is_found_whole(kind: Kind, sample: Callable[[random.Random], str]) -> None:
    draw = random.Random(20261121)
    missed = []
    for _ in range(SAMPLES):
        number = sample(draw)
        text = draw.choice(LEADS).format(number)
        if not any(found.text == number and found.kind is kind for found in details(text)):
            missed.append((text, details(text)))
    assert len(missed) <= 0.01 * SAMPLES, (len(missed), missed[:8])


@pytest.mark.parametrize(
    "text",
    [
        "Le 115 ou le 119 ?",
        "La loi n° 2002-2 du 2 janvier 2002",
        "Le décret n° 2021-1476 et la circulaire 2016-122",
        "12 500 000 euros pour 10 000 postes en 2023",
        "SIRET 130 025 265 00013 du service",
        "l’article L. 226-2-1 du CASF",
        "le 0 800 047 333 est gratuit",
        "de 2007 à 2023, 34,5 % contre 28,1 %",
        "pages 145-152, mesure 12, fiche n° 3456",
    ],
)
def test_figures_laws_and_public_numbers_are_no_details(text: str) -> None:
    assert details(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("dossier MDPH n° 59-2021-004587 sans réponse", "59-2021-004587"),
        ("numéro allocataire : 1234567 K", "1234567 K"),
        ("écrou 452871, sortie en mai", "452871"),
        ("la voiture AB-123-CD", "AB-123-CD"),
        ("passeport 18AB45127 expiré", "18AB45127"),
        ("son numéro d’étranger est 7503124589", "7503124589"),
    ],
)
def test_file_numbers_are_found_by_the_words_before_them(text: str, number: str) -> None:
    assert [(found.kind, found.text) for found in details(text)] == [(Kind.FILE_NUMBER, number)]
