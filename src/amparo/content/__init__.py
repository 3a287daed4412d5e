"""Reads content packs: bounded YAML and Markdown, every issue with its place."""
