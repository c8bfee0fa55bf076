"""Details on the shipped texts, and rules read one by one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.privacy import Kind, details, reworded

TEXTS = Path(__file__).resolve().parents[3] / "evals" / "privacy" / "texts.jsonl"


@pytest.fixture(scope="module")
def texts() -> list[dict[str, Any]]:
    return [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]


def found(text: str) -> list[tuple[Kind, str]]:
    return [(one.kind, one.text) for one in details(text)]


def test_the_shipped_texts_are_screened_as_promised(texts: list[dict[str, Any]]) -> None:
    asked = missed = ordinary = alarms = 0
    for record in texts:
        got = [one.text for one in details(record["text"])]
        wanted = [detail["text"] for detail in record["details"]]
        asked += len(wanted)
        missed += sum(not any(words in text for text in got) for words in wanted)
        ordinary += not wanted
        alarms += not wanted and bool(got)
    assert asked >= 150
    assert ordinary >= 150
    assert 1 - missed / asked >= 0.97
    assert alarms / ordinary <= 0.02


def test_a_rewording_says_none_of_the_details_and_stands_by_itself(texts: list[dict[str, Any]]) -> None:
    for record in texts:
        got = details(record["text"])
        neutral = reworded(record["text"], got)
        assert got or neutral == record["text"]
        for one in got:
            assert not re.search(rf"(?<!\w){re.escape(one.text)}(?!\w)", neutral), (one, neutral)
        assert neutral and not re.search(r" [,.]|,,|\(\s*\)|  |[\ue000-\uf8ff]", neutral), neutral


def test_questions_of_the_field_raise_nearly_no_alarm(shared: Path) -> None:
    lines = (shared / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    assert sum(bool(details(question)) for question in questions) <= 0.05 * len(questions)


def test_offsets_point_into_the_text_whatever_its_spaces() -> None:
    text = "M.\u00a0Karim\u202fBenali, tél\u00a0: 06\u202f12\u202f34\u202f56\u202f78"
    assert [text[one.start : one.end] for one in details(text)] == [
        "Karim\u202fBenali",
        "06\u202f12\u202f34\u202f56\u202f78",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("karim benali refuse de venir", "karim benali"),
        ("la situation de BENALI Karim", "BENALI Karim"),
        ("M. B. est parti", "B."),
        ("Mme N’Diaye attend", "N’Diaye"),
        ("la maman de Shaynez travaille", "Shaynez"),
        ("Rose, 8 ans, ne dort plus", "Rose"),
        ("on a placé lola hier", "lola"),
        ("MME GARCIA VIT DANS SA CAVE AVEC SES ENFANTS", "GARCIA"),
        ("J’écris un rapport sur Karim Benali", "Karim Benali"),
    ],
)
def test_a_name_is_found_however_it_is_typed(text: str, name: str) -> None:
    assert found(text) == [(Kind.NAME, name)]


@pytest.mark.parametrize(
    "text",
    [
        "Que change la loi Taquet ?",
        "Que dit Denis Piveteau ?",
        "mary richmond et l’enquête sociale",
        "Mme la Présidente du HCTS",
        "Le collège Jean Moulin",
        "Grâce à France Travail",
        "monsieur refuse et madame pleure",
        "Peut-on écrire « M. X » ?",
        "La Sécurité sociale est née le 4 octobre 1945",
        "une pierre deux coups, à Noël, en rose",
    ],
)
def test_what_is_nobodys_business_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_names_of_the_library_are_no_alarm() -> None:
    text = "Que propose Karim Benali sur l’accueil ?"
    assert found(text)
    assert details(text, known=["Karim Bénali"]) == []


def test_every_kind_has_a_label_in_french() -> None:
    assert len({kind.label for kind in Kind}) == len(Kind)
