"""The articles that people have added, each kept once and counted by who shares it."""
