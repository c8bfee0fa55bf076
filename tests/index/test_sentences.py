from index.sentences import sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_sentences_end_where_a_reader_says() -> None:
    text = "M. Klein préside le HCTS. Selon l’art. 226-13, le secret s’impose ! « Vraiment ? » Oui."
    assert split(text) == [
        "M. Klein préside le HCTS.",
        "Selon l’art. 226-13, le secret s’impose !",
        "« Vraiment ? »",
        "Oui.",
    ]


def test_initials_and_figures_do_not_end_a_sentence() -> None:
    assert split("C. Avenel note 3.5 points en 2021. Il conclut.") == [
        "C. Avenel note 3.5 points en 2021.",
        "Il conclut.",
    ]


def test_a_note_call_stays_with_its_sentence() -> None:
    assert split("Le constat est partagé.12 La suite vient.") == [
        "Le constat est partagé.12",
        "La suite vient.",
    ]
