"""The words that every format of the answer sheet shares."""

TITLE = "Fiche réponse"
SIGNATURES = ("Relu par (nom, fonction)\u00a0:", "Le\u00a0:", "Signature\u00a0:")
