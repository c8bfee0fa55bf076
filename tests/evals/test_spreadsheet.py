"""Cases as a spreadsheet, and back, through LibreOffice too where it is installed."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from evals.cases import read_cases, write_cases
from evals.questions import Evidence, Question
from index.errors import UsageError

CASE = Question(
    "A-1",
    'Combien ? « beaucoup » ; et "puis" ?',
    ("d’abord", "ensuite"),
    "followup",
    "Sept.",
    (("7", "sept"), ("jours",)),
    (
        (Evidence("a.md", "les « sept » jours"), Evidence("b.md", "", "premiers mots", "derniers mots")),
        (Evidence("c d.md", "autre chose"),),
    ),
    ("accueil", "chiffres"),
    "=1+1 vu par Zoé\nà revoir",
    "Zoé",
    "2026-11-21",
    ("mot interdit",),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "cas.csv"
    write_cases(file, [CASE, Question("B", "-5 degrés ?", type="unanswerable")])
    assert read_cases(file) == [CASE, Question("B", "-5 degrés ?", type="unanswerable")]


def test_the_file_opens_in_a_french_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "cas.csv"
    write_cases(file, [CASE])
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid;type;question;historique;r\xc3\xa9ponse attendue;faits;preuves;")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    assert rows[0]["type"] == "suite d’échange"
    assert rows[0]["notes"].startswith("'="), "a spreadsheet must not run what a case says"
    assert rows[0]["preuves"].splitlines() == [
        "a.md\u00a0: «\u00a0les « sept » jours\u00a0»",
        "ou b.md\u00a0: de «\u00a0premiers mots\u00a0» à «\u00a0derniers mots\u00a0»",
        "c d.md\u00a0: «\u00a0autre chose\u00a0»",
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_other_separators_encodings_and_dates_are_understood(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    rows = [["Question", "TYPE", "Date"], ["C’est où ?", "Fait précis", "1/9/2026"], ["", "", ""]]
    file = tmp_path / "cas.csv"
    file.write_bytes("\n".join(separator.join(row) for row in rows).encode(encoding))
    (case,) = read_cases(file)
    assert (case.question, case.type, case.date) == ("C’est où ?", "factoid", "2026-09-01")
    assert case.id.startswith("Q-")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id;type;question;couleur\n", "ligne 1\u00a0: colonne «\u00a0couleur\u00a0» inconnue"),
        ("id;question\n", "ligne 1\u00a0: il manque la colonne «\u00a0type\u00a0»"),
        ("id;type;question\n", "ne contient aucun cas"),
        ("id;type;question\nA;liste;q\nB;;q\n", "ligne 3\u00a0: la case «\u00a0type\u00a0» est vide"),
        ("id;type;question\nA;liste;q\nA;liste;q\n", "ligne 3\u00a0: l’id A y est déjà"),
        (
            "id;type;question;preuves\nA;liste;q;page 3\n",
            "ligne 2\u00a0: preuve «\u00a0page 3\u00a0» mal écrite",
        ),
        ("id;type;question;faits\nA;liste;q;a|\n", "ligne 2\u00a0: «\u00a0faits\u00a0»"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "cas.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_cases(file)


def test_a_folder_gives_the_cases_of_all_its_files_each_id_once(tmp_path: Path) -> None:
    write_cases(tmp_path / "a.csv", [CASE])
    write_cases(tmp_path / "b.jsonl", [Question("B", "Quoi ?", type="list")])
    (tmp_path / "notes.txt").write_text("rien")
    assert [case.id for case in read_cases(tmp_path)] == ["A-1", "B"]
    write_cases(tmp_path / "c.jsonl", [Question("B", "Qui ?", type="list")])
    with pytest.raises(UsageError, match=r"l’id B est dans .*b\.jsonl et dans .*c\.jsonl"):
        read_cases(tmp_path)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_saves_what_we_read(tmp_path: Path) -> None:
    write_cases(tmp_path / "cas.csv", [CASE])
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    subprocess.run(
        [*office, "ods", "--infilter=CSV:59,34,76,1", "--outdir", str(tmp_path), str(tmp_path / "cas.csv")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    if not (tmp_path / "cas.ods").exists():
        pytest.skip("LibreOffice is here without its spreadsheet (libreoffice-calc)")
    subprocess.run(
        [*office, "csv", "--outdir", str(tmp_path / "back"), str(tmp_path / "cas.ods")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (case,) = read_cases(tmp_path / "back" / "cas.csv")
    assert case == CASE
