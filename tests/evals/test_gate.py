"""The gate on the product itself: an unchanged system passes, a seeded regression never does.

Each regression is planted in the real code (French analysis, cutting of documents, check of what a
model writes), the fiches are indexed again, and the shipped rules must refuse the result.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import assistant.generating as generating
import index.chunking as chunking
import index.french as french
from assistant.verification import Verdict
from evals.cases import read_cases
from evals.cli import main
from evals.comparing import compare
from evals.gating import judge, read_rules
from evals.questions import Question
from evals.runs import MeasuredRun, write_run
from evals.shipped import BASELINE, CASES, measure_folder
from index.config import shipped_corpus
from index.documents import Document
from index.llm import ChatModel, Message
from index.sections import Unit, read_units

WHOLE_TYPES = ("paraphrase", "list")  # whole, so that the rules about them see what they see in the gate
EVERY = 4  # of the others, one case of four


def _silent(label: str, done: int, total: int) -> None:
    """Show nothing."""


def _some_cases() -> list[Question]:
    cases = read_cases(CASES)
    others = [case for case in cases if case.type not in WHOLE_TYPES]
    return [case for case in cases if case.type in WHOLE_TYPES] + others[::EVERY]


def _measured(cases: Sequence[Question], model: ChatModel | None = None) -> MeasuredRun:
    return measure_folder(shipped_corpus(), cases, CASES, "run", _silent, model)[0]


def _broken(before: MeasuredRun, after: MeasuredRun) -> list[str]:
    return [checked.rule.metric for checked in judge(compare(before, after), read_rules()).broken]


def _new_losses(before: MeasuredRun, after: MeasuredRun) -> set[str]:
    """Return the metrics whose rules the later run breaks and the earlier one keeps."""
    return set(_broken(before, after)) - set(_broken(before, before))


@pytest.fixture(scope="module")
def sound() -> MeasuredRun:
    return _measured(_some_cases())


def test_the_product_passes_against_the_committed_baseline(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["gate", "--junit", str(tmp_path / "gate.xml")])
    told = capsys.readouterr().out
    assert status == 0, f"{told}\nif the change is meant: tisserand-evals baseline, and read its diff"
    assert 'failures="0"' in (tmp_path / "gate.xml").read_text(encoding="utf-8")


def test_an_unchanged_system_measures_the_same(sound: MeasuredRun) -> None:
    again = _measured(_some_cases())
    assert _new_losses(sound, again) == set()
    assert [change for change in compare(sound, again).questions if change.outcome != "identique"] == []


class _NoStemmer:
    """Leaves every word as it is."""

    def stemWord(self, word: str) -> str:  # noqa: N802 (the stemmer's own name)
        return word


@pytest.fixture
def without_stemming(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(french, "_STEMMER", _NoStemmer())
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    """Clear what the product remembers of words it has analysed."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("index.", "assistant.")):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@pytest.mark.usefixtures("without_stemming")
def test_an_analyser_without_stemming_is_refused(sound: MeasuredRun) -> None:
    assert _new_losses(sound, _measured(_some_cases()))


def test_a_chunker_that_drops_lists_is_refused(sound: MeasuredRun, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_lists(document: Document, *rest: object) -> Iterator[Unit]:
        for unit in read_units(document, *rest):  # type: ignore[arg-type]
            listed = re.search(r"^\s*[-•*] ", document.text[unit.start : unit.end], re.MULTILINE)
            if not listed:
                yield unit

    monkeypatch.setattr(chunking, "read_units", without_lists)
    lost = _new_losses(sound, _measured(_some_cases()))
    assert "r@5" in lost


class _Inventor:
    """A model that copies sentences of the passages, each then told again with another figure."""

    name, place, local, context = "inventor", "here", True, 8_000

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        passages = re.findall(
            r"<passage numéro=\"(\d+)\"[^>]*>\n(.*?)\n</passage>", messages[-1].content, re.DOTALL
        )
        for number, text in passages[:2]:
            for sentence in re.findall(r"[A-ZÀ-Ý][^.(\n]*\d[^.(\n]*(?=\()", text)[:2]:
                true, false = sentence.strip(), re.sub(r"\d+", "97", sentence.strip(), count=1)
                yield f"{true} [{number}].\n{false} [{number}].\n"

    def complete(self, messages: Sequence[Message]) -> str:
        return "".join(self.stream(messages))


def test_a_check_of_statements_switched_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [case for case in read_cases(CASES) if case.type == "factoid"]
    checked = _measured(cases, _Inventor())
    monkeypatch.setattr(generating, "verify", lambda *rest: Verdict(True, "", None))
    unchecked = _measured(cases, _Inventor())
    assert "97" in "".join(answer["answer"] for answer in unchecked.run.answers.values())
    assert "supported" in _new_losses(checked, unchecked)


def test_the_gate_says_no_with_status_1_and_why(
    sound: MeasuredRun, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = {
        key: {**answer, "status": "none", "answer": "", "citations": []}
        for key, answer in sound.run.answers.items()
    }
    from evals.scorers import score_answers

    mute = replace(
        sound,
        run=replace(sound.run, answers=silent, statements={}),
        answers=score_answers(sound.cases, silent, lambda quote, source: True),
    )
    write_run(tmp_path / "before", sound, {})
    write_run(tmp_path / "after", mute, {})
    assert main(["gate", str(tmp_path / "after"), "--baseline", str(tmp_path / "before")]) == 1
    assert "- refus à tort\u00a0:" in capsys.readouterr().out


def test_the_committed_baseline_is_of_the_shipped_cases() -> None:
    from evals.runs import read_measured_run

    assert read_measured_run(BASELINE).cases == tuple(read_cases(CASES))
