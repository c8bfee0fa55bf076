import io

from index.terminal import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_with_the_time_left_and_is_left_clean() -> None:
    terminal = Terminal()
    progress = ProgressLine(terminal)
    for done in range(3):
        progress(f"{done * 7} passages, fiche.md", done, 3)
    progress("vecteurs", 40, 80)
    progress.close()
    shown = terminal.getvalue()
    assert "1/3" in shown
    assert "14 passages, fiche.md" in shown
    assert "40/80" in shown
    assert "reste 00:" in shown
    assert shown.rpartition("\r")[2].strip() == ""


def test_anything_else_gets_nothing() -> None:
    stream = io.StringIO()
    progress = ProgressLine(stream)
    progress("fiche.md", 1, 2)
    progress.close()
    assert stream.getvalue() == ""
