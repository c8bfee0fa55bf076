"""``tisserand verify``: the verification run over a file of pairs."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.jsonl import at_line, read_records, write_records


def add_verify(parser: ArgumentParser) -> None:
    """Describe the command on its parser."""
    parser.add_argument(
        "--pairs",
        type=Path,
        metavar="F.jsonl",
        required=True,
        help='paires à vérifier : {"id", "passages": [texte], "sentence"}, une par ligne',
    )
    parser.add_argument(
        "--run",
        type=Path,
        metavar="OUT.jsonl",
        dest="out",
        required=True,
        help='fichier où écrire {"id", "supported", "reason"}, une ligne par paire',
    )
    parser.set_defaults(run=_verify)


def _verify(options: Namespace) -> int:
    from assistant.verification import verify
    from assistant.verification.entailment import configured_entailment

    configured_entailment()  # a setting that cannot be followed is said before the work
    records, supported = [], 0
    for number, record in read_records(options.pairs):
        sentence, passages = _pair(options.pairs, number, record)
        verdict = verify(sentence, passages)
        supported += verdict.supported
        records.append({"id": record["id"], "supported": verdict.supported, "reason": verdict.reason})
    write_records(options.out, records)
    print(f"{len(records)} paires, dont {supported} confirmées par leurs passages, dans {options.out}")
    return 0


def _pair(path: Path, number: int, record: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return the sentence and the passages of a line; raise ``UsageError`` when it has none."""
    for key in ("id", "sentence"):
        if not isinstance(record.get(key), str):
            raise at_line(path, number, f"« {key} » manque ou n’est pas un texte")
    passages = record.get("passages")
    if not isinstance(passages, list) or not all(isinstance(passage, str) for passage in passages):
        raise at_line(path, number, "« passages » doit être une liste de textes")
    return str(record["sentence"]), list(passages)
