"""Pages that keep their article back: behind a login, for subscribers, for scripts."""

import re
from dataclasses import dataclass

from index.sources.errors import NothingToReadError
from index.sources.html.json_ld import Node
from index.sources.html.parsing import Element
from index.sources.html.regions import name_words

# A page with more of its own text than that shows an article, whatever else is on it.
_MAX_LOGIN_WORDS = 60
_MAX_CHALLENGE_WORDS = 80
_FEW_WORDS = 25
_MAX_STUB_WORDS = 200
# A stub has at most so much of the words that the page says the article has.
_MAX_STUB_SHARE = 0.6

_LOGIN = re.compile(
    r"\b(?:log[ -]?in|sign[ -]?in|log on|anmelden|anmeldung|einloggen|connexion|se connecter"
    r"|iniciar sesión|acceder|entrar|accedi|inloggen|logga in|zaloguj|войти|вход|авторизация)\b"
    r"|登录|登入|ログイン|로그인|تسجيل الدخول",
    re.IGNORECASE,
)
_SUBSCRIBE = re.compile(
    r"subscribe (?:now )?(?:to|and) (?:continue|read|keep|unlock)|to (?:continue|keep) reading"
    r"|(?:read|unlock) the (?:full|rest|whole)|already a (?:subscriber|member)|subscribers? only"
    r"|for subscribers|become a (?:subscriber|member)|start your (?:free )?(?:trial|subscription)"
    r"|weiterlesen mit|jetzt weiterlesen|für abonnenten|nur für abonnent|réservée? aux abonnés"
    r"|abonnez-vous|il vous reste \d+|exclusivo para suscriptores|suscríbete|para assinantes"
    r"|riservato agli abbonati|abbonati per|alleen voor abonnees|только для подписчиков"
    r"|会員限定|有料会員|订阅后|仅限订阅",
    re.IGNORECASE,
)
_PAYWALL_NAMES = {
    *("paywall", "regwall", "paygate", "subscriberonly", "paywalled", "piano", "premiumwall"),
    *("meteredcontent", "subscribewall"),
}
_CHALLENGE = re.compile(
    r"just a moment|verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser"
    r"|enable javascript and cookies|are you a robot|unusual traffic|access denied|captcha",
    re.IGNORECASE,
)
_NEEDS_SCRIPTS = re.compile(r"java\s?script", re.IGNORECASE)
_NO_SCRIPTS_RUN = (
    "The page shows its text only after programs in it have run, and they are not run here. "
    "Save the page in a browser, and use the file."
)
_CHALLENGED = (
    "The page asks whether a person is reading, and shows no article. "
    "Open it in a browser, save it there, and use the file."
)


@dataclass(frozen=True, slots=True)
class Barriers:
    """What on a page may keep its article back, read before anything is taken out of its tree.

    Attributes:
        asks_password: whether there is a field for a password.
        needs_scripts: whether a text for browsers without scripts asks for them.
        has_scripts: whether there are scripts at all.
        is_not_free: whether the page declares that its article is not free to read.
        has_paywall: whether a part of it is called a paywall.
        declared_words: how many words the page says its article has; 0 if it does not say.
    """

    asks_password: bool
    needs_scripts: bool
    has_scripts: bool
    is_not_free: bool
    has_paywall: bool
    declared_words: int


def find_barriers(root: Element, article: Node | None) -> Barriers:
    """Return what on a page may keep its article back."""
    node = article or {}
    said = " ".join(one.text_content() for one in root.iter("noscript"))
    words = str(node.get("wordCount") or "")
    return Barriers(
        asks_password=any(
            (field.get("type") or "").lower() == "password" for field in root.iter("input")
        ),
        needs_scripts=_NEEDS_SCRIPTS.search(said) is not None,
        has_scripts=next(root.iter("script"), None) is not None,
        is_not_free=str(node.get("isAccessibleForFree")).lower() in ("false", "0"),
        has_paywall=any(
            not _PAYWALL_NAMES.isdisjoint(name_words(one)) for one in root.iter("div", "section")
        ),
        declared_words=int(words) if words.isdecimal() and len(words) < 9 else 0,
    )


def refuse_barred(barriers: Barriers, words: int, shown: str, title: str) -> None:
    """Refuse a page that keeps its article back.

    Args:
        barriers: what may keep it back.
        words: how many words of an article were found.
        shown: all the visible text of the page.
        title: of the page.

    Raises:
        NothingToReadError: if it does; a page that shows an article is never refused.
    """
    if words <= _MAX_LOGIN_WORDS and barriers.asks_password and _LOGIN.search(shown):
        raise NothingToReadError("login")
    where = shown if words <= _FEW_WORDS else title
    if words <= _MAX_CHALLENGE_WORDS and _CHALLENGE.search(where):
        raise NothingToReadError("empty", _CHALLENGED)
    if words <= _MAX_STUB_WORDS and _is_stub(barriers, words, shown):
        raise NothingToReadError("paywall")
    if words == 0 or (words <= _FEW_WORDS and barriers.needs_scripts):
        needs_scripts = barriers.needs_scripts or (barriers.has_scripts and not shown)
        raise NothingToReadError("empty", _NO_SCRIPTS_RUN if needs_scripts else "")


def _is_stub(barriers: Barriers, words: int, shown: str) -> bool:
    if barriers.declared_words and words > _MAX_STUB_SHARE * barriers.declared_words:
        return False
    asks = _SUBSCRIBE.search(shown) is not None
    is_cut = barriers.declared_words > 0
    return (barriers.is_not_free and (asks or is_cut)) or (barriers.has_paywall and asks)
