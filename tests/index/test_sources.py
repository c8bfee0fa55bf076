from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from index.chunking import chunk
from index.documents import Document
from index.errors import UsageError
from index.loading.text import read_text
from index.sources import known_sources, library_sources, parts_of

ENTRY = """
[[document]]
title = "Rapport sur la paperasse"
short_title = "Rapport paperasse"
publisher = "Comité de la Haute-Brume"
speaker = "Comité"
kind = "rapport"
date = "2024-03"
url = "https://exemple.fr/rapport"
recognise = ["Les équipes de la Haute-Brume ont compté"]

[[document.part]]
title = "Contribution du syndicat"
speaker = "Syndicat des Brumes"
kind = "contribution"
date = "2024-02-01"
begins = "Contribution du syndicat. Nous demandons"

[[document.part]]
title = "Contribution de la fédération"
speaker = "Fédération"
kind = "contribution"
begins = "Contribution de la fédération"
"""

TEXT = """Un tout autre titre

Les équipes de la Haute-Brume ont compté leur temps pendant six mois entiers.

CONTRIBUTION DU
SYNDICAT

Nous demandons un poste de plus dans chaque service et une saisie unique.

Contribution de la fédération

La fédération demande une formation des cadres et des chargés d’accueil.
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def identified(tmp_path: Path) -> Document:
    return known_sources(write(tmp_path, ENTRY)).identify(read_text("scan_042.txt", TEXT))


def test_a_document_is_recognised_whatever_its_name_and_layout(identified: Document) -> None:
    assert identified.title == "Rapport sur la paperasse"
    assert identified.short_title == "Rapport paperasse"
    assert identified.publisher == "Comité de la Haute-Brume"
    assert (identified.kind, identified.date) == ("rapport", "2024-03")
    assert identified.url == "https://exemple.fr/rapport"


def test_every_part_has_its_speaker(identified: Document) -> None:
    parts = parts_of(identified)
    assert [part.speaker for part in parts] == ["Comité", "Syndicat des Brumes", "Fédération"]
    assert [part.date for part in parts] == ["2024-03", "2024-02-01", "2024-03"]
    assert parts[0].start == 0
    assert parts[-1].end == len(TEXT)
    assert all(before.end == after.start for before, after in pairwise(parts))


def test_passages_speak_with_the_voice_of_their_part(identified: Document) -> None:
    passages = chunk(identified)
    assert [(passage.speaker, passage.date) for passage in passages] == [
        ("Comité", "2024-03"),
        ("Syndicat des Brumes", "2024-02-01"),
        ("Fédération", "2024-03"),
    ]
    assert [passage.section[:1] for passage in passages[1:]] == [
        ("Contribution du syndicat",),
        ("Contribution de la fédération",),
    ]


def test_where_a_part_is_not_found_the_one_before_it_has_no_speaker(tmp_path: Path) -> None:
    text = TEXT.replace("Contribution de la fédération", "Texte de la fédération")
    document = known_sources(write(tmp_path, ENTRY)).identify(read_text("r.txt", text))
    assert [part.speaker for part in parts_of(document)] == ["Comité", ""]


def test_the_same_first_words_twice_are_two_parts(tmp_path: Path) -> None:
    part = '[[document.part]]\ntitle = "Avis"\nspeaker = "Commission"\nbegins = "Avis de la commission"\n'
    text = (
        TEXT
        + "\nAvis de la commission\n\nPremier avis rendu.\n\nAvis de la commission\n\nSecond avis rendu.\n"
    )
    document = known_sources(write(tmp_path, ENTRY + part + part)).identify(read_text("r.txt", text))
    assert [part.speaker for part in parts_of(document)][-2:] == ["Commission", "Commission"]
    assert "Second" not in text[parts_of(document)[-2].start : parts_of(document)[-2].end]


def test_the_same_report_in_markdown_is_recognised_with_its_parts(tmp_path: Path) -> None:
    text = (
        "# Rapport\n\nLes **équipes** de la Haute‑Brume ont compté leur temps.\n\n"
        "## Contribution du syndicat\n\nNous demandons un poste.\n\n"
        "## Contribution de la fédération\n\nElle demande des cadres.\n"
    ).replace("‑", "-")
    document = replace(read_text("r.md", text), markup="markdown")
    passages = chunk(known_sources(write(tmp_path, ENTRY)).identify(document))
    assert [passage.speaker for passage in passages] == ["Comité", "Syndicat des Brumes", "Fédération"]
    assert [passage.section for passage in passages[1:]] == [
        ("Contribution du syndicat",),
        ("Contribution de la fédération",),
    ]


def test_a_document_not_listed_speaks_with_the_voice_of_its_publisher(tmp_path: Path) -> None:
    sources = known_sources(write(tmp_path, ENTRY))
    plain = read_text("autre.txt", "Un autre rapport\n\nDont personne ne sait rien.\n")
    assert sources.identify(plain).speaker == ""
    assert parts_of(sources.identify(replace(plain, publisher="CCAS")))[0].speaker == "CCAS"


def test_an_operator_s_entry_comes_before_those_shipped(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folder in (own, shipped):
        folder.mkdir()
    write(own, ENTRY.replace("Rapport sur la paperasse", "Titre choisi ici"))
    write(shipped, ENTRY)
    sources = library_sources([own, tmp_path, shipped])
    assert sources.identify(read_text("r.txt", TEXT)).title == "Titre choisi ici"


@pytest.mark.parametrize(
    ("wrong", "right", "line", "said"),
    [
        ('kind = "rapport"', 'kind = "roman"', 7, "roman"),
        ('date = "2024-03"', 'date = "mars 2024"', 8, "AAAA"),
        ('title = "Rapport sur la paperasse"', 'titre = "Rapport"', 3, "titre"),
        ('url = "https://exemple.fr/rapport"', 'url = "exemple.fr"', 9, "http"),
        ('recognise = ["Les équipes de la Haute-Brume ont compté"]', "recognise = []", 10, "recognise"),
        ('begins = "Contribution de la fédération"', 'begins = "Avis"', 23, "begins"),
        ('speaker = "Fédération"', "speaker = 3", 21, "texte"),
        ('publisher = "Comité de la Haute-Brume"\n', "", 2, "publisher"),
        ('speaker = "Comité"', 'speaker = "Comité', 6, "TOML"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(
    tmp_path: Path, wrong: str, right: str, line: int, said: str
) -> None:
    path = write(tmp_path, ENTRY.replace(wrong, right))
    with pytest.raises(UsageError) as refused:
        known_sources(path)
    assert f"{path}, ligne {line} : " in str(refused.value)
    assert said in str(refused.value)


def test_the_file_shipped_is_right() -> None:
    shipped = Path(__file__).resolve().parents[2] / "corpus" / "sources.toml"
    sources = known_sources(shipped)
    assert len(sources.documents) == 5
    assert all(len(part.begins.split()) <= 12 for entry in sources.documents for part in entry.parts)
