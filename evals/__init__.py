"""Measures both: the passages the index finds, and the answers the assistant makes of them."""
