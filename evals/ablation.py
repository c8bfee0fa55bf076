"""What each component of the search brings: the same questions, one component more a line.

An index is built once from a folder of documents. The lexical side is written again for each set
of fields, as the product writes it; the rest is switched on by ``index.retrieval.Components``.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from evals.bm25 import Bm25
from evals.questions import Question
from evals.scorers import SCORED_PASSAGES, Figures, missing_sources, score_search
from evals.typography import figure
from index.building import build
from index.catalogue import Catalogue
from index.documents import ScoredPassage
from index.embedding import configured_embedder
from index.errors import UsageError
from index.generations import LEXICAL, LIBRARY, current_generation
from index.glossary import library_glossary
from index.lexical import LexicalIndex, write_lexical
from index.lexicon import Lexicon, lexicon_file
from index.records import Entry
from index.retrieval import EVERYTHING, Components, Retriever, collapse
from index.runs import search_record
from index.verifying import open_vectors

Search = Callable[[Question], list[ScoredPassage]]
Progress = Callable[[str, int, int], None]

_COLUMNS = {"r@5": "r@5", "r@20": "r@20", "mrr@10": "mrr@10", "paraphrase": "r@5 mots du terrain"}
_LEGEND = """\
Chaque ligne ajoute un composant à la précédente\u00a0; l’avant-dernière est le produit, la dernière le
produit sur un document que personne n’a enrichi de questions. `r@k`\u00a0: part des preuves attendues
trouvées dans les k premiers passages\u00a0; `mrr@10`\u00a0: 1 / rang du premier passage utile (0 au-delà du
10e)\u00a0; `r@5 mots du terrain`\u00a0: r@5 des questions posées avec les mots de tous les jours\u00a0;
`ms p50`\u00a0: temps que la moitié des questions ne dépasse pas."""
_FIELD_SETS: dict[str, tuple[str, ...]] = {
    "text": ("text",),
    "places": ("text", "section", "title"),
}
_WORDS_ALONE = Components(
    spelling=False, lexicon=False, dense_passages=False, dense_questions=False, names=False
)


@dataclass(frozen=True, slots=True)
class Line:
    """One configuration: its name, and its figures (``r@5``, ``r@20``, ``mrr@10``, …)."""

    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Ablation:
    """The lines of one library, from the least to the whole, and what was searched.

    ``missing`` are the file names that questions expect evidence from and no document bears.
    """

    folder: str
    questions: str
    documents: int
    passages: int
    asked: int
    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()


def ablation(documents: Path, name: str, questions: Sequence[Question], progress: Progress) -> Ablation:
    """Build an index of a folder, and score each configuration on the questions with evidence.

    ``name`` is that of the question file. Raises ``UsageError`` when the folder holds nothing to
    read, or no question has evidence.
    """
    asked = [question for question in questions if question.evidence]
    if not asked:
        raise UsageError(f"{name}\u00a0: aucune question n’a de preuve attendue («\u00a0evidence\u00a0»)")
    with tempfile.TemporaryDirectory(prefix="tisserand-ablation-") as place:
        index = Path(place) / "index"
        report = build([documents], index, progress)
        with _configurations(index, Path(place)) as (catalogue, searches):
            lines = []
            for number, (title, search) in enumerate(searches.items()):
                progress(title, number, len(searches))
                lines.append(Line(title, _figures(asked, search)))
            missing = missing_sources(asked, catalogue.heads())
    return Ablation(
        "/".join(documents.resolve().parts[-2:]),
        name,
        report.documents,
        report.passages,
        len(asked),
        tuple(lines),
        tuple(missing),
    )


@contextmanager
def _configurations(index: Path, place: Path) -> Iterator[tuple[Catalogue, dict[str, Search]]]:
    """Open an index, and give the searches to compare by their names."""
    generation = current_generation(index)
    with ExitStack() as opened:
        catalogue = opened.enter_context(closing(Catalogue(generation.folder / LIBRARY)))
        store = opened.enter_context(closing(open_vectors(index, generation)))
        entries = list(catalogue.entries())
        lexicals = _lexical_indexes(catalogue, place)
        lexicals["all"] = LexicalIndex(generation.folder / LEXICAL)
        embedder = configured_embedder()
        lexicon = Lexicon(lexicon_file(), library_glossary(catalogue.definitions()))

        def search(fields: str, components: Components) -> Search:
            retriever = Retriever(catalogue, lexicals[fields], store, embedder, lexicon, components)
            return lambda question: retriever.retrieve(question.question, SCORED_PASSAGES, question.history)

        yield catalogue, {"BM25, mots bruts": _baseline(entries), **_components(search)}


def _components(search: Callable[[str, Components], Search]) -> dict[str, Search]:
    spelt = replace(_WORDS_ALONE, spelling=True)
    worded = replace(spelt, lexicon=True)
    meant = replace(worded, dense_passages=True)
    asked = replace(meant, dense_questions=True)
    return {
        "+ analyse du français": search("text", _WORDS_ALONE),
        "+ titres et sections": search("places", _WORDS_ALONE),
        "+ fautes de frappe": search("places", spelt),
        "+ lexique": search("places", worded),
        "+ questions, par leurs mots": search("all", worded),
        "+ passages, par leur sens": search("all", meant),
        "+ questions, par leur sens": search("all", asked),
        "+ ce que la question nomme = tout": search("all", EVERYTHING),
        "tout, sans les questions": search("places", replace(EVERYTHING, dense_questions=False)),
    }


def _lexical_indexes(catalogue: Catalogue, place: Path) -> dict[str, LexicalIndex]:
    """Write the lexical index again with fewer fields."""
    for name, kept in _FIELD_SETS.items():
        rows = catalogue.fields_from()
        write_lexical(place / name, ((row, {one: fields[one] for one in kept}) for row, fields in rows))
    return {name: LexicalIndex(place / name) for name in _FIELD_SETS}


def _baseline(entries: Sequence[Entry]) -> Search:
    words = Bm25([passage for entry in entries for passage in entry.passages])
    return lambda question: collapse(words.retrieve(question.question, 3 * SCORED_PASSAGES))[:SCORED_PASSAGES]


def _figures(questions: Sequence[Question], search: Search) -> Figures:
    search(questions[0])  # what is read once is not the time of a question
    run = {}
    for question in questions:
        began = time.perf_counter()
        found = search(question)
        run[question.id] = search_record(question.id, (time.perf_counter() - began) * 1000, found)
    scores = score_search(questions, run)
    paraphrase = scores.types.get("paraphrase", {})
    return {**scores.overall, **({"paraphrase": paraphrase["r@5"]} if paraphrase else {})}


def ablation_report(ablations: Sequence[Ablation]) -> str:
    """Return the tables in Markdown, one a library."""
    tables = "\n\n".join(_table(one) for one in ablations)
    return f"# Ce que chaque composant apporte\n\n{_LEGEND}\n\n{tables}\n"


def _table(one: Ablation) -> str:
    counts = ((one.documents, "document"), (one.passages, "passage"), (one.asked, "question"))
    told = ", ".join(f"{count} {noun}{'s' if count > 1 else ''}" for count, noun in counts)
    title = f"## {one.folder}\u00a0: {told} ({one.questions})"
    heads = [*_COLUMNS.values(), "ms p50"]
    lines = [f"| composants | {' | '.join(heads)} |", f"|---|{'--:|' * len(heads)}"]
    for line in one.lines:
        cells = [figure(line.figures.get(name), 3) for name in _COLUMNS]
        lines.append(f"| {line.name} | {' | '.join(cells)} | {figure(line.figures.get('ms_p50'), 1)} |")
    return "\n".join([title, "", *lines])
