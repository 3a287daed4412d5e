"""Amparo: risk assessment and protection planning for people who defend rights."""

__version__ = "0.1.0"
