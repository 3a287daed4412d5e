"""Voilà, configured for one person on an offline computer."""
