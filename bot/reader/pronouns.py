"""Words that name nobody and nothing: where one of them is found, the text does not name it."""

_PRONOUN_LIST = """
    he her hers herself him himself his i it its itself me my our ours she that their theirs them
    themselves these they this those us we which who whom whose you your yours
"""
_PRONOUNS = frozenset(_PRONOUN_LIST.split())


def is_pronoun(words: str) -> bool:
    """Whether words are a pronoun and nothing else."""
    return words.lower() in _PRONOUNS
