"""One component more a line: each is shown on a question that only it can answer."""

import json
import math
from pathlib import Path

import pytest

from evals.ablation import Ablation, ablation, ablation_report
from evals.bm25 import Bm25
from evals.cli import main
from evals.questions import Evidence, Question, read_questions
from evals.running import run_questions
from evals.scorers import quote_check, score_search
from index.documents import Passage
from index.library import Library
from index.loading import read_document

GENERAL = Path(__file__).resolve().parents[2] / "evals" / "general"
LINES = [
    "BM25, mots bruts",
    "+ analyse du français",
    "+ titres et sections",
    "+ fautes de frappe",
    "+ lexique",
    "+ questions, par leurs mots",
    "+ passages, par leur sens",
    "+ questions, par leur sens",
    "+ ce que la question nomme = tout",
    "tout, sans les questions",
]
RAW, FRENCH, PLACES, SPELLING, LEXICON, QUESTIONS, _, _, WHOLE, _ = LINES

BOATS = """---
title: Carnet du batelier
---

La péniche accoste au quai des tanneurs avant la nuit, amarres doublées.
"""
BEES = """---
title: Le rucher
---

Les abeilles rentrent quand le vent fraîchit, et la miellée cesse.

## Questions du terrain

- pourquoi mes bestioles piquent-elles davantage avant un déluge ?
"""
OFFICE = """---
title: Le bureau
---

La charge administrative prend chaque jour deux heures aux agents du guichet.
"""
CHEESE = """---
title: La cave
---

Le caillé s’égoutte douze heures puis se retourne dans la faisselle.
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("métiers")
    texts = {"boats": BOATS, "bees": BEES, "office": OFFICE, "cheese": CHEESE}
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def _question(text: str, source: str, quote: str, kind: str = "factoid") -> Question:
    return Question(source + text, text, type=kind, evidence=((Evidence(source, quote),),))


def _silent(label: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.mark.parametrize(
    ("text", "source", "quote", "first"),
    [
        ("abeilles", "bees.md", "Les abeilles rentrent quand le vent", RAW),
        ("une abeille rentrée", "bees.md", "Les abeilles rentrent quand le vent", FRENCH),
        ("le batelier", "boats.md", "La péniche accoste au quai des tanneurs", PLACES),
        ("peniiche accostte", "boats.md", "La péniche accoste au quai des tanneurs", SPELLING),
        ("la paperasse", "office.md", "La charge administrative prend chaque jour", LEXICON),
        ("déluge", "bees.md", "Les abeilles rentrent quand le vent", QUESTIONS),
    ],
)
def test_a_component_finds_what_those_before_do_not(
    documents: Path, text: str, source: str, quote: str, first: str
) -> None:
    lines = ablation(documents, "q.jsonl", [_question(text, source, quote)], _silent).lines
    assert [line.name for line in lines] == LINES
    found = [line.name for line in lines if line.figures["r@1"] == 1.0]
    assert found[0] == first


def test_the_whole_is_what_the_product_does(small_index: Path, library_folder: Path) -> None:
    questions = [
        _question("Qui tient la permanence au marché ?", "aller-vers.md", "tient une permanence au marché"),
        _question("trop de papiers à remplir", "rapport-paperasse.txt", "40 % de leur temps à la charge"),
        _question("une seule saisie", "rapport-paperasse.txt", "aussi une seule saisie des dossiers"),
    ]
    lines = ablation(library_folder, "q.jsonl", questions, _silent).lines
    whole = next(line.figures for line in lines if line.name == WHOLE)
    library = Library(small_index)
    product = score_search(questions, run_questions(library, questions, _silent).search).overall
    library.close()
    times = {"ms_p50", "ms_p95"}
    assert {name: whole[name] for name in product.keys() - times} == {
        name: product[name] for name in product.keys() - times
    }


def test_raw_words_are_scored_by_the_textbook_formula() -> None:
    passages = [Passage(str(n), "d", "d", "d", text, 0, len(text)) for n, text in enumerate(TEXTS)]
    found = Bm25(passages).retrieve("Le pain PAIN", 5)
    idf_pain = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    idf_le = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    twice = 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3))  # four words, where the mean is three
    once = 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 3))
    assert [scored.passage.passage_id for scored in found] == ["1", "0"]
    assert found[0].score == pytest.approx(idf_pain * once + idf_le * once)
    assert found[1].score == pytest.approx(idf_pain * twice)


TEXTS = ["pain dur, pain noir", "Le pain frais", "des pains"]


@pytest.fixture(scope="module")
def general() -> Ablation:
    questions = read_questions(GENERAL / "questions.jsonl")
    return ablation(GENERAL / "documents", "questions.jsonl", questions, _silent)


def test_the_whole_is_no_worse_than_its_words_outside_its_field(general: Ablation) -> None:
    figures = {line.name: line.figures for line in general.lines}
    words = max((figures[name] for name in (SPELLING, LEXICON)), key=lambda row: row["mrr@10"])
    noise = 0.01  # one question in a hundred
    assert general.passages >= 300
    assert not general.missing
    assert figures[WHOLE]["r@5"] >= words["r@5"] - noise
    assert figures[WHOLE]["mrr@10"] >= words["mrr@10"] - noise
    assert figures[FRENCH]["mrr@10"] > figures[RAW]["mrr@10"]


def test_general_questions_quote_their_documents_and_half_speak_everyday_words() -> None:
    questions = read_questions(GENERAL / "questions.jsonl")
    documents = [read_document(file) for file in sorted((GENERAL / "documents").iterdir())]
    stands_in = quote_check(documents)
    places = [place for question in questions for group in question.evidence for place in group]
    assert not [place.quote for place in places if not stands_in(place.quote, place.source)]
    assert len(questions) >= 100
    assert 2 * sum(question.type in ("paraphrase", "typo") for question in questions) >= len(questions)


def test_the_report_is_a_table_a_library_with_decimal_commas(general: Ablation) -> None:
    report = ablation_report([general, general])
    assert report.count("## general/documents\u00a0: 8 documents") == 2
    rows = [line for line in report.splitlines() if line.startswith("| ") and "," in line]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == LINES * 2
    assert all(row.count("|") == 7 for row in rows)


def _written(folder: Path, question: Question) -> Path:
    evidence = [[{"source": place.source, "quote": place.quote} for place in question.evidence[0]]]
    record = {"id": "A", "type": question.type, "question": question.question, "evidence": evidence}
    file = folder / "q.jsonl"
    file.write_text(json.dumps(record), encoding="utf-8")
    return file


def test_the_command_prints_and_writes_the_table(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = _written(tmp_path, _question("abeilles", "ailleurs.md", "un deux trois"))
    table = tmp_path / "notes" / "ablation.md"
    command = ["ablation", "--documents", str(documents), "--questions", str(questions), "-o", str(table)]
    assert main(command) == 0
    shown = capsys.readouterr()
    assert table.read_text(encoding="utf-8") == shown.out
    assert "4 documents, 4 passages, 1 question (q.jsonl)" in shown.out
    assert "| BM25, mots bruts | 0,000 |" in shown.out
    assert "absents de l’index\u00a0: ailleurs.md" in shown.err
    assert "abeilles" not in shown.out + shown.err


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--documents", "ailleurs"], "un fichier --questions par dossier --documents"),
        ([], "aucune question n’a de preuve"),
    ],
)
def test_what_cannot_be_compared_is_told_in_one_line(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], message: str
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "A", "type": "list", "question": "abeilles"}', encoding="utf-8")
    assert main(["ablation", "--documents", str(documents), "--questions", str(questions), *more]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert shown.err.count("\n") == 1
