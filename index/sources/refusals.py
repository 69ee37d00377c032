"""One sentence for each reason why there is no article, naming the source and the next step."""

from index.errors import ArticleError
from index.sources.errors import (
    NothingReason,
    NothingToReadError,
    UnopenedError,
    UnopenedReason,
)
from index.sources.kinds import Kind

_NOTHING: dict[NothingReason, str] = {
    "scan": "is a scan: its pages are pictures, and text in pictures is not read. "
    "Use a version with a text layer.",
    "glyphs": "does not say which letters its shapes stand for, so that it cannot be read. "
    "Use another version of it.",
    "login": "asks to sign in and shows no article. "
    "Save the page where you are signed in, and use the file.",
    "paywall": "shows only the beginning of the article; the rest is for subscribers. "
    "Save the page where you can read all of it, and use the file.",
    "empty": "has no text to read. Use the address or the file of an article.",
}
_UNOPENED: dict[UnopenedReason, str] = {
    "password": "is protected by a password. Save it without one.",
    "copy_protection": "is copy-protected. Use a version that is not.",
    "damaged": "is damaged: it is not what it begins as, or not all of it. Get it once more.",
    "bomb": "unpacks to far more than an article can be, and is not opened. Use another version.",
    "entities": "has XML that defines entities, as no article needs, and is not opened. "
    "Use another version.",
    "names": "is packed in a way that can harm who unpacks it, and is not opened. "
    "Use another version.",
}
_OTHER_KINDS: dict[Kind, tuple[str, str]] = {
    "archive": ("an archive", "Unpack it and use one of the files in it"),
    "audio": ("a sound recording", "Use a page, a document or a text"),
    "database": ("a database", "Use a page, a document or a text"),
    "djvu": ("a DjVu document", "Save it as PDF with a text layer"),
    "doc": ("a Word document of the old kind (.doc)", "Save it as .docx or PDF"),
    "feed": ("a list of articles (a feed)", "Use the address of one of them"),
    "font": ("a font", "Use a page, a document or a text"),
    "image": ("an image, and text in images is not read", "Use a page, a document or a text"),
    "kindle": ("a Kindle book", "Save it as EPUB or PDF without copy protection"),
    "odt": ("an OpenDocument text (.odt)", "Save it as .docx or PDF"),
    "office_old": (
        "an Office file of the old kind, or one with a password",
        "Save it as .docx or PDF without one",
    ),
    "postscript": ("a PostScript file", "Save it as PDF"),
    "program": ("a program", "Use a page, a document or a text"),
    "rtf": ("an RTF document", "Save it as .docx or PDF"),
    "slides": ("a presentation", "Save it as PDF"),
    "spreadsheet": ("a spreadsheet", "Save it as PDF"),
    "video": ("a video", "Use a page, a document or a text"),
}


def refuse_kind(kind: Kind, source: str) -> ArticleError:
    """Return the error for a kind of file that no reader is for."""
    what, next_step = _OTHER_KINDS[kind]
    return ArticleError(f"{source} is {what}. {next_step}.")


def name_source(error: ArticleError, source: str) -> ArticleError:
    """Return an error of a format's reader as a sentence that names the source."""
    if isinstance(error, NothingToReadError) and str(error) == error.reason:
        return NothingToReadError(error.reason, f"{source} {_NOTHING[error.reason]}")
    if isinstance(error, UnopenedError) and str(error) == error.reason:
        return UnopenedError(error.reason, f"{source} {_UNOPENED[error.reason]}")
    return error
