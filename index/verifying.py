"""Is an index whole? Cheap checks before it is opened, all of them for ``status`` and each build.

A damaged Chroma folder can crash the process that opens it or answer short (both measured), and a
damaged array ranks wrongly in silence: files are compared with the sums in the manifest first.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.catalogue import Catalogue
from index.config import CHROMA_VARIABLE, chroma_server
from index.documents import Passage
from index.embedding import Embedder
from index.errors import BuildFailed, IndexMismatch, IndexUnavailable, StoreError, cause
from index.french import analyse
from index.generations import (
    CHROMA,
    LEXICAL,
    LIBRARY,
    Generation,
    build_command,
    current_generation,
    damaged,
    sha256,
)
from index.lexical import LexicalIndex
from index.store import DATABASE, QUESTIONS, PassageStore, on_server

_CANARIES = 3
_NEAREST = 50


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong with an index, in words, and the command that mends it; empty when it is well."""

    problems: tuple[str, ...] = ()
    command: str = ""


def check_served(index: Path, generation: Generation) -> None:
    """Raise ``IndexUnavailable`` unless a reader can open this generation.

    Sizes of all files, and the sums of those that a reader reads (not of the vectors).
    """
    problems = damages(generation, summed=(LIBRARY, LEXICAL))
    if problems:
        raise damaged(index, problems[0])


def damages(generation: Generation, summed: Sequence[str] = (LIBRARY, LEXICAL, CHROMA)) -> list[str]:
    """Say what is wrong with the files of a generation, one line each.

    Every file must be there in its size; those of the parts ``summed`` must have their content.
    """
    found = []
    for path, expected in generation.files.items():
        file = generation.folder / path
        try:
            size = file.stat().st_size
            if size != expected.size:
                found.append(f"{path} : {size} octets au lieu de {expected.size}")
            elif path.split("/")[0] in summed and sha256(file) != expected.sha256:
                found.append(f"{path} : contenu altéré")
        except FileNotFoundError:
            found.append(f"{path} : manque")
        except OSError as error:
            found.append(f"{path} : illisible ({cause(error)})")
    if CHROMA in summed and part_is_whole(found, CHROMA):
        found += _lost_by_server(generation)
    return found


def misplaced(generation: Generation) -> list[str]:
    """Say so when the vectors are not where the settings want them."""
    named = chroma_server() is not None
    if on_server(generation.folder / CHROMA) and not named:
        return [f"vecteurs sur un serveur Chroma, que {CHROMA_VARIABLE} ne nomme pas"]
    if named and (generation.folder / CHROMA / DATABASE).exists():
        return [f"vecteurs dans son dossier, alors que {CHROMA_VARIABLE} nomme un serveur"]
    return []


def _lost_by_server(generation: Generation) -> list[str]:
    """Say what the server no longer holds of vectors that it should. Raises as ``PassageStore``."""
    if not on_server(generation.folder / CHROMA) or misplaced(generation):
        return []
    try:
        with closing(PassageStore(generation.folder / CHROMA)) as store:
            held, expected = store.count(), generation.manifest.passages
    except StoreError as error:
        return [f"{CHROMA}/ : refusé par le serveur ({cause(error)})"]
    return [f"{CHROMA}/ : {held} vecteurs sur le serveur au lieu de {expected}"] if held != expected else []


def open_vectors(index: Path, generation: Generation) -> PassageStore:
    """Open the vectors of a generation, for a reader.

    Their sums are checked first. Raises ``IndexUnavailable`` when they are damaged, or cannot be
    opened, ``IndexMismatch`` when they are not where the settings say.
    """
    for problem in misplaced(generation):
        raise IndexMismatch(f"l’index {index} a ses {problem} ; pour les refaire : {build_command(index)}")
    problems = [problem for problem in damages(generation, (CHROMA,)) if problem.startswith(f"{CHROMA}/")]
    if problems:
        raise damaged(index, problems[0])
    try:
        return PassageStore.for_reading(generation.folder / CHROMA)
    except (OSError, StoreError) as error:
        raise IndexUnavailable(
            f"les vecteurs de l’index {index} ne peuvent pas être ouverts ({cause(error)}) ;"
            f" pour les refaire : {build_command(index)}"
        ) from error


def part_is_whole(problems: Sequence[str], part: str) -> bool:
    """Say whether none of these damages is in this part of the generation."""
    return not any(problem.startswith((f"{part} ", f"{part}/")) for problem in problems)


def examine(index: Path) -> Health:
    """Check all of an index. Raises ``IndexUnavailable`` when there is none at all."""
    if not (index / "CURRENT").exists() and not (index / "generations").is_dir():
        current_generation(index)
    try:
        problems = damages(current_generation(index))
    except IndexMismatch as error:
        problems = [str(error).partition(" ; ")[0]]
    except IndexUnavailable as error:
        problems = [str(error).partition(" ; ")[0]]
    return Health(tuple(problems), build_command(index)) if problems else Health()


def check_written(folder: Path, catalogue: Catalogue, first: int, embedder: Embedder) -> None:
    """Open a generation just written and ask it for passages known to be in it, those from ``first`` on.

    Raises ``BuildFailed`` when one of its three parts does not count or find them.
    """
    lexical = LexicalIndex(folder / LEXICAL)
    passages, questions = catalogue.count(), catalogue.count_questions()
    with closing(PassageStore(folder / CHROMA)) as store:
        counts = (lexical.passages, store.count(), store.count(QUESTIONS))
        if counts != (passages, passages, questions):
            raise BuildFailed(
                f"l’index écrit ne compte pas {passages} passages et {questions} questions mais {counts}"
            )
        for row, passage in catalogue.longest(_CANARIES, first):
            if not (_found_by_words(lexical, passage, row) and _found_by_vector(store, passage, embedder)):
                raise BuildFailed(f"l’index écrit ne retrouve pas le passage {passage.passage_id}")


def _found_by_words(lexical: LexicalIndex, passage: Passage, row: int) -> bool:
    """Say whether a passage searched by its own words is among the best (it may have copies)."""
    scores = lexical.scores(lexical.weights(passage.prose))
    return bool(scores[row] >= scores.max() / 2 and (scores[row] > 0 or not analyse(passage.prose)))


def _found_by_vector(store: PassageStore, passage: Passage, embedder: Embedder) -> bool:
    """Say whether a passage, or one with the same vector, is near its own vector."""
    nearest = store.nearest(embedder.embed([passage.prose])[0], _NEAREST)
    return any(name == passage.passage_id or cosine > 0.999 for name, cosine in nearest)
