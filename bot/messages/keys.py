"""The names of the bot's sentences. What is in front of the point says where they are spoken."""

from enum import StrEnum

from bot.small_talk.phrases import Kind


class Key(StrEnum):
    """A sentence or label of the bot."""

    GREETING = "small_talk.greeting"
    THANKS = "small_talk.thanks"
    FAREWELL = "small_talk.farewell"
    WHO_ARE_YOU = "small_talk.who_are_you"
    HELP = "small_talk.help"
    INSULT = "small_talk.insult"
    ACKNOWLEDGEMENT = "small_talk.acknowledgement"
    PRAISE = "small_talk.praise"
    EMPTY = "small_talk.empty"
    LAUGHTER = "small_talk.laughter"
    EMOJI = "small_talk.emoji"
    TEST = "small_talk.test"

    ASK_IN_ENGLISH = "language.ask_in_english"
    ASK_IN_ENGLISH_OR_ITS_OWN = "language.ask_in_english_or_its_own"

    UNDERSTOOD_AS = "question.understood_as"
    NEW_CONVERSATION = "question.new_conversation"
    WHAT_DO_YOU_MEAN = "question.what_do_you_mean"

    SUPPORTS = "yes_no.supports"
    OTHERWISE = "yes_no.otherwise"

    BY_AUTHOR = "speaker.author"
    BY_NAMED = "speaker.named"
    BY_NAMED_WITH_ROLE = "speaker.named_with_role"
    BY_UNNAMED = "speaker.unnamed_source"
    NOT_NAMED = "speaker.not_named"

    SUMMARY = "about.summary"
    FIGURES = "about.figures"
    NAMES = "about.names"
    TIMELINE = "about.timeline"
    RESOLVED_DATE = "about.resolved_date"
    NOTHING_TO_SUM_UP = "about.nothing_to_sum_up"

    SUGGESTIONS = "suggestions.title"
    DOES_ANSWER = "suggestions.does_answer"
    MORE_QUESTIONS = "suggestions.more"


# "About" is answered from the article.
SMALL_TALK: dict[Kind, Key] = {
    "greeting": Key.GREETING,
    "thanks": Key.THANKS,
    "farewell": Key.FAREWELL,
    "who_are_you": Key.WHO_ARE_YOU,
    "help": Key.HELP,
    "insult": Key.INSULT,
    "acknowledgement": Key.ACKNOWLEDGEMENT,
    "praise": Key.PRAISE,
    "empty": Key.EMPTY,
    "laughter": Key.LAUGHTER,
    "emoji": Key.EMOJI,
    "test": Key.TEST,
}
