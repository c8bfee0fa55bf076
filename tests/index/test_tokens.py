"""Our count of tokens: read from the file that ships, made again by its training."""

from itertools import islice

from index.tokens import MARGIN, at_most, count, encoding, own_texts, train

SENTENCE = "L’assistante de service social accompagne 34 % des personnes, sans rendez-vous."


def test_counts_within_reach_of_real_vocabularies() -> None:
    """Mistral's tekken cuts this sentence in 20, Qwen's table in 21, Mistral 7B's in 25."""
    assert 17 <= count(SENTENCE) <= 25
    assert at_most(SENTENCE) >= 25


def test_loses_nothing_of_a_text() -> None:
    odd = "Œuvre « été » — 𝔘nicode 🙂\n\n\tfin\u00a0; NFD e\u0301 <|im_start|>"
    assert encoding().decode(encoding().encode_ordinary(odd)) == odd
    assert count("") == 0
    assert at_most("x") >= count("x") * MARGIN


def test_training_learns_the_frequent_words() -> None:
    pieces = train(islice(own_texts(), 40), 800)
    assert len(pieces) == len(set(pieces)) == 800
    assert set(pieces[:256]) == {bytes([byte]) for byte in range(256)}
    assert b" social" in pieces
