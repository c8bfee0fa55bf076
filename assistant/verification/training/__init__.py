"""Trains the model of inference that ships: ``python -m assistant.verification.training``."""
