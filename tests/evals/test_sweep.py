"""A small sweep for real: two configurations, one index, a frontier."""

import json
from pathlib import Path

import pytest

from evals.cli import main
from evals.configured import components_without
from evals.reports.plots import Point, frontier, standalone
from evals.sweep import Configuration, Result, _with_best, read_table
from index.errors import UsageError
from tests.evals.making import twins

TABLE = """
quality = "mrr@10"
[[configuration]]
name = "tout"
[[configuration]]
name = "mots seuls, réglé"
without = ["dense_passages", "dense_questions", "lexicon"]
settings = { TISSERAND_LIMIT_PAGES = 40 }
"""


def test_each_configuration_is_measured_and_drawn(
    library_folder: Path, questions_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, out = tmp_path / "table.toml", tmp_path / "out"
    table.write_text(TABLE, encoding="utf-8")
    command = ["sweep", str(table), "--documents", str(library_folder), "--questions", str(questions_file)]
    assert main([*command, "-o", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "| tout |" in shown
    assert "| mots seuls, réglé |" in shown
    assert (out / "sweep.svg").read_text(encoding="utf-8").startswith("<svg xmlns=")
    assert (out / "sweep.md").read_text(encoding="utf-8") in shown
    ran = json.loads((out / "mots-seuls-réglé" / "run.json").read_text(encoding="utf-8"))
    assert ran["settings"] == {"TISSERAND_LIMIT_PAGES": "40"}
    assert (out / "tout" / "figures.json").exists()


def test_the_frontier_holds_what_no_other_beats() -> None:
    run, _ = twins(2)
    rows = {
        "fast": (1.0, 0.5),
        "good": (9.0, 0.9),
        "beaten": (9.5, 0.5),
        "middle": (5.0, 0.7),
        "slower": (2.0, 0.5),
    }
    results = [Result(Configuration(name), run, ms, worth) for name, (ms, worth) in rows.items()]
    assert [one.configuration.name for one in _with_best(results) if one.best] == ["fast", "good", "middle"]


def test_the_plot_names_every_point_and_says_its_figures_to_a_screen_reader() -> None:
    svg = frontier("Titre", [Point("a <b>", 3.0, 0.5, True), Point("c", 9.0, 0.6, True)], "ms", "r@5")
    assert svg.count("<circle") == 2
    assert "a &lt;b&gt;" in svg
    assert 'role="img"' in svg
    assert "9,0\u00a0ms, 60,0\u00a0%" in svg
    assert "<style>" in standalone(svg)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[configuration]]\nname = 'a'", "au moins deux"),
        (
            "[[configuration]]\nname = 'a'\n[[configuration]]\nnom = 'b'",
            "configuration 2\u00a0: «\u00a0nom\u00a0»",
        ),
        ("[[configuration]]\nname = 'a'\n[[configuration]]\nname = 'a'", "le même nom"),
        (
            "[[configuration]]\nname = 'a'\n[[configuration]]\nname = 'b'\nsettings = {HOME = 'x'}",
            "que des variables TISSERAND_",
        ),
        (
            "[[configuration]]\nname = 'a'\n[[configuration]]\nname = 'b'\nwithout = ['magie']",
            "composant «\u00a0magie\u00a0» inconnu",
        ),
        (f"quality = 'beauté'\n{TABLE[20:]}", "quality «\u00a0beauté\u00a0» inconnue"),
    ],
)
def test_a_wrong_table_is_told(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "table.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_table(file)


def test_the_shipped_table_is_sound() -> None:
    table = read_table(Path(__file__).resolve().parents[2] / "evals" / "sweep.toml")
    assert len(table.configurations) == 6


def test_components_are_switched_off_by_name() -> None:
    assert components_without(["lexicon"]).lexicon is False
    assert components_without(["lexicon"]).spelling is True
