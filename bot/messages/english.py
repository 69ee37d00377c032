"""The bot's sentences in English.

They are calm and short, say "the article" and "question", promise nothing, and never praise.
"""

from bot.messages.catalogue import Catalogue, Text
from bot.messages.keys import Key

_SMALL_TALK: dict[Key, Text] = {
    Key.GREETING: "Hello! Ask me something about the article.",
    Key.THANKS: "You are welcome.",
    Key.FAREWELL: "Goodbye! The article and I stay here.",
    Key.WHO_ARE_YOU: (
        "I am a program that answers questions about an article with its own words, and shows "
        "where they stand."
    ),
    Key.HELP: (
        "Ask a question about the article, such as “Who wrote this?” The answer is its own words; "
        "where it does not say, I say so."
    ),
    Key.INSULT: "I am sorry that this was no help. Other words for the question may find more.",
    Key.ACKNOWLEDGEMENT: "All right. Ask on whenever you like.",
    Key.PRAISE: "Thank you, I am glad that it helped.",
    Key.EMPTY: "There is no question in this message. Type one about the article.",
    Key.LAUGHTER: "I am glad that you enjoy it. Ask on whenever you like.",
    Key.EMOJI: "I only read words. Type a question about the article.",
    Key.TEST: "I am here. Ask me something about the article.",
}

_QUESTIONS: dict[Key, Text] = {
    Key.ASK_IN_ENGLISH: "I understand English only. Please ask this in English.",
    Key.ASK_IN_ENGLISH_OR_ITS_OWN: (
        "I do not know this language. Please ask in English, or in the language of the article."
    ),
    Key.UNDERSTOOD_AS: "Understood as: {question}",
    Key.NEW_CONVERSATION: "What was asked before is forgotten. Ask a new question.",
    Key.WHAT_DO_YOU_MEAN: "I do not know what this is about. Please ask it in full.",
    Key.SUPPORTS: "The article says so:",
    Key.OTHERWISE: "The article says otherwise:",
}

_SPEAKERS: dict[Key, Text] = {
    Key.BY_AUTHOR: "The article's author writes this.",
    Key.BY_NAMED: "Said by {speaker}.",
    Key.BY_NAMED_WITH_ROLE: "Said by {speaker}, {role}.",
    Key.BY_UNNAMED: "Said by {role}, who is not named.",
    Key.NOT_NAMED: "The article does not name who said this.",
}

_ABOUT: dict[Key, Text] = {
    Key.SUMMARY: {
        "one": "The article in {number} sentence of its own",
        "other": "The article in {number} sentences of its own",
    },
    Key.FIGURES: "Figures",
    Key.NAMES: "Names",
    Key.TIMELINE: "Dates",
    Key.RESOLVED_DATE: "{date}, worked out from the date of publication",
    Key.NOTHING_TO_SUM_UP: "The article is too short to be summed up.",
    Key.SUGGESTIONS: "Questions that the article answers:",
    Key.DOES_ANSWER: {
        "one": "The article does answer this question:",
        "other": "The article does answer these {number} questions:",
    },
    Key.MORE_QUESTIONS: "You could also ask:",
}

ENGLISH = Catalogue("en", {**_SMALL_TALK, **_QUESTIONS, **_SPEAKERS, **_ABOUT})
