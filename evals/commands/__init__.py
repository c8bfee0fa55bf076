"""The commands of ``tisserand-evals``, by what they are about."""
