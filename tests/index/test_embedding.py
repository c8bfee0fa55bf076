import numpy as np

from index.embedding import HashingEmbedder


def test_near_texts_get_near_vectors() -> None:
    vectors = HashingEmbedder().embed(
        ["l’accueil des personnes âgées", "accueillir une personne âgée", "le budget voté en mars"]
    )
    assert vectors.shape == (3, 256)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.4 > vectors[0] @ vectors[2]


def test_a_text_without_words_has_a_vector() -> None:
    assert np.isfinite(HashingEmbedder().embed(["…"])).all()
