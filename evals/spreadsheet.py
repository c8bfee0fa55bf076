"""Cases as a spreadsheet: CSV that opens well in LibreOffice and Excel, in French.

One row a case, ``;`` between cells, UTF-8 with its mark. In a cell, one line a turn (historique), a
fact (faits, with ``|`` between ways to say it) or a place (preuves)::

    aller-vers.md : « les mots de la source »
    ou mesure-03.md : de « premiers mots » à « derniers mots »

A line that begins with « ou » gives the same information as the one above.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.questions import TYPE_NAMES, Evidence, Question, alternatives
from index.errors import UsageError
from index.french import fold
from index.jsonl import at_line, write_text
from index.reasons import reason

COLUMNS = (
    "id",
    "type",
    "question",
    "historique",
    "réponse attendue",
    "faits",
    "preuves",
    "interdits",
    "étiquettes",
    "notes",
    "auteur",
    "date",
)
_REQUIRED = ("type", "question")
_KINDS = {fold(name): kind for kind, name in TYPE_NAMES.items()}
_PLACE = re.compile(
    r"(?P<other>ou\s+)?(?P<source>[^«]+?)\s*:\s*"
    r"(?:de\s*«\s*(?P<begin>.+?)\s*»\s*à\s*«\s*(?P<end>.+?)\s*»|«\s*(?P<quote>.+?)\s*»)"
)
_FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet would run rather than show
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read_csv(path: Path) -> list[Question]:
    """Return the cases of a spreadsheet saved as CSV, whatever its separator and encoding.

    A case without id gets one made of its question. Raises ``UsageError`` with the line.
    """
    rows = _rows(path)
    header = next(rows, (1, []))[1]
    columns = _columns(path, header)
    questions: dict[str, Question] = {}
    for number, row in rows:
        cells = {name: _shown(row[at]) for name, at in columns.items() if at < len(row)}
        if not any(cells.values()):
            continue
        question = _question(path, number, cells)
        if question.id in questions:
            raise at_line(path, number, f"l’id {question.id} y est déjà\u00a0; donnez-en un autre")
        questions[question.id] = question
    if not questions:
        raise UsageError(f"{path} ne contient aucun cas\u00a0; il faut une ligne par cas sous les en-têtes")
    return list(questions.values())


def write_csv(path: Path, questions: Iterable[Question]) -> None:
    """Write cases as a spreadsheet, in place of the file. Raises ``UsageError``."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for question in questions:
        writer.writerow([_guarded(cell) for cell in _cells(question)])
    write_text(path, "\ufeff" + out.getvalue())


def _cells(question: Question) -> list[str]:
    return [
        question.id,
        TYPE_NAMES.get(question.type, question.type),
        question.question,
        "\n".join(question.history),
        question.answer,
        "\n".join("|".join(fact) for fact in question.facts),
        "\n".join(_place_lines(question.evidence)),
        "\n".join(question.forbidden),
        ", ".join(question.tags),
        question.notes,
        question.author,
        question.date,
    ]


def _place_lines(evidence: Sequence[Sequence[Evidence]]) -> Iterator[str]:
    for group in evidence:
        for number, place in enumerate(group):
            texts = [" ".join(text.split()) for text in (place.quote, place.begin, place.end)]
            said = (
                f"de «\u00a0{texts[1]}\u00a0» à «\u00a0{texts[2]}\u00a0»"
                if place.is_anchored
                else f"«\u00a0{texts[0]}\u00a0»"
            )
            yield f"{'ou ' if number else ''}{place.source}\u00a0: {said}"


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _shown(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = _text(path)
    first = text.split("\n", 1)[0]
    separator = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise at_line(path, line, "cette ligne n’est pas du CSV\u00a0; corrigez-la") from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(f"{path} n’existe pas\u00a0; vérifiez le chemin") from error
    except OSError as error:
        raise UsageError(f"{path} ne peut pas être lu ({reason(error)})") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what Excel saves where nobody asked otherwise


def _columns(path: Path, header: Sequence[str]) -> dict[str, int]:
    known = {fold(name): name for name in COLUMNS}
    columns = {}
    for at, title in enumerate(header):
        name = known.get(fold(title.strip()))
        if name is None and title.strip():
            raise at_line(
                path,
                1,
                f"colonne «\u00a0{title.strip()}\u00a0» inconnue\u00a0; "
                f"celles connues\u00a0: {', '.join(COLUMNS)}",
            )
        if name:
            columns[name] = at
    missing = [name for name in _REQUIRED if name not in columns]
    if missing:
        raise at_line(path, 1, f"il manque la colonne «\u00a0{missing[0]}\u00a0»\u00a0; ajoutez-la")
    return columns


def _question(path: Path, number: int, cells: dict[str, str]) -> Question:
    for name in _REQUIRED:
        if not cells.get(name):
            raise at_line(path, number, f"la case «\u00a0{name}\u00a0» est vide\u00a0; remplissez-la")
    text = cells["question"]
    try:
        facts = tuple(alternatives(fact) for fact in _lines(cells, "faits"))
    except TypeError as error:
        raise at_line(
            path, number, "«\u00a0faits\u00a0»\u00a0: une manière de dire est vide (| en trop)"
        ) from error
    return Question(
        cells.get("id") or f"Q-{hashlib.blake2b(text.encode(), digest_size=3).hexdigest()}",
        text,
        tuple(_lines(cells, "historique")),
        _KINDS.get(fold(cells["type"]), cells["type"]),
        cells.get("réponse attendue", ""),
        facts,
        _evidence(path, number, _lines(cells, "preuves")),
        tuple(tag.strip() for tag in cells.get("étiquettes", "").split(",") if tag.strip()),
        cells.get("notes", ""),
        cells.get("auteur", ""),
        _iso(cells.get("date", "")),
        tuple(_lines(cells, "interdits")),
    )


def _lines(cells: dict[str, str], name: str) -> list[str]:
    return [line.strip() for line in cells.get(name, "").splitlines() if line.strip()]


def _evidence(path: Path, number: int, lines: Iterable[str]) -> tuple[tuple[Evidence, ...], ...]:
    groups: list[list[Evidence]] = []
    for line in lines:
        found = _PLACE.fullmatch(line)
        if not found:
            raise at_line(
                path,
                number,
                f"preuve «\u00a0{line[:60]}\u00a0» mal écrite\u00a0; il faut\u00a0: fichier.md\u00a0: "
                "«\u00a0mots de la source\u00a0», ou fichier.md\u00a0: de «\u00a0…\u00a0» à «\u00a0…\u00a0»",
            )
        place = Evidence(
            found["source"].strip(), found["quote"] or "", found["begin"] or "", found["end"] or ""
        )
        if found["other"] and groups:
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(tuple(group) for group in groups)


def _iso(date: str) -> str:
    """Return a date as ISO writes it: spreadsheets turn 2026-11-21 into 21/11/2026."""
    found = _DATE.fullmatch(date.strip())
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else date.strip()
