"""Figures for people: on a terminal, in a page, in a merge request."""
