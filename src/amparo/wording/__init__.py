"""How records are said in a language: labels, choices, one line for each record."""
