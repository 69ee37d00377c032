"""Words that decide whether two sentences say the same: negations, opposites, irregular forms."""

from itertools import combinations

from index.lexical import content_stems

_IRREGULAR = """
    beat beaten; become became; begin began begun; bite bit bitten; blow blew blown; break broke
    broken; bring brought; build built; buy bought; catch caught; choose chose chosen; come
    came; cost costs; cut cuts; deal dealt; die died dying; do did done; draw drew drawn; drink
    drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight
    fought; find found; flee fled; fly flew flown; forget forgot forgotten; freeze froze frozen;
    get got gotten; give gave given; go went gone; grow grew grown; hang hung; have has had;
    hear heard; hide hid hidden; hit hits; hold held; keep kept; know knew known; lay laid; lead
    led; learn learnt; leave left; lend lent; let lets; lie lay lain; light lit; lose lost; make
    made; mean meant; meet met; pay paid; put puts; read reads; ride rode ridden; ring rang
    rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold; send sent;
    shoot shot; show shown; shut shuts; sing sang sung; sink sank sunk; sit sat; sleep slept;
    speak spoke spoken; spend spent; spread spreads; stand stood; steal stole stolen; strike
    struck; swim swam swum; take took taken; teach taught; tell told; think thought; throw threw
    thrown; understand understood; wake woke woken; wear wore worn; win won; write wrote
    written; child children; man men; woman women
"""
BASE_FORMS = {
    form: forms[0] for forms in map(str.split, _IRREGULAR.split(";")) for form in forms[1:]
}


def stem_of(word: str) -> str | None:
    """Return the stem under which all forms of a word are one; None for a stop word."""
    stems = content_stems(BASE_FORMS.get(word, word))
    return stems[0] if stems else None


def _stems(words: str) -> frozenset[str]:
    return frozenset(filter(None, map(stem_of, words.split())))


# Of a group, each says the same; of the groups of a line, each excludes the others at one time.
# What may come one after the other ("begin", "end") is no opposite.
_OPPOSITES = """
    rise raise increase grow climb gain | fall drop decline decrease shrink sink | stay remain
    profit | loss
    open | close shut
    accept | reject decline refuse
    allow permit approve | ban forbid prohibit
    support back | oppose
    innocent acquitted acquit | guilty convicted convict
    alive survive | dead die killed
    increase | reduce cut lower
    profitable | unprofitable
    legal | illegal
    possible | impossible
    safe | unsafe dangerous
    soft | hard firm
    cheaper | dearer
    higher | lower
    longer | shorter
    older | younger
    larger bigger | smaller
    faster | slower
    present | absent
"""
_LINES = [
    [_stems(group) for group in line.split("|")] for line in _OPPOSITES.splitlines() if line.strip()
]
SYNONYMS: dict[str, frozenset[str]] = {}
OPPOSITES: dict[str, frozenset[str]] = {}
for _line in _LINES:
    for _group in _line:
        for _stem in _group:
            SYNONYMS[_stem] = SYNONYMS.get(_stem, frozenset()) | _group
    for _one, _other in combinations(_line, 2):
        for _stem in _one:
            OPPOSITES[_stem] = OPPOSITES.get(_stem, frozenset()) | _other
        for _stem in _other:
            OPPOSITES[_stem] = OPPOSITES.get(_stem, frozenset()) | _one

_NEGATION_LIST = "not never no nobody none nothing neither nor without cannot"
NEGATIONS = frozenset(_NEGATION_LIST.split())
# With "to" behind it, says that something was not done.
_REFUSAL_LIST = "refuse refused refuses refusing decline declined declines fail failed fails"
REFUSALS = frozenset(_REFUSAL_LIST.split())
# What is hoped, planned, thought or possible is not so.
_NOT_SO_LIST = """
    hope hoped hopes hoping plan plans planned planning expect expects expected want wants
    wanted intend intends intended try tries tried trying promise promised propose proposed
    proposes could would might may should if unless whether likely unlikely almost nearly
    reportedly allegedly denied denies deny doubt doubts doubted claim claims claimed threaten
    threatened ask asked demand demanded suggest suggested perhaps possibly probably supposed
    rumoured dream think thinks thought believe believes believed fear fears feared suspect
    suspects suspected assume assumes assumed seem seems seemed appear appears appeared imagine
    imagined predict predicted forecast wonder wondered accuse accused accuses pretend pretended
    warn warned
"""
NOT_SO = frozenset(_NOT_SO_LIST.split())
# Who says how much of something is meant; a claim with one of them needs the same in the article.
_QUANTIFIER_LIST = """
    all every each both most many few several some only half more less fewer than least again still
    also too another other same always often usually already almost
"""
QUANTIFIERS = frozenset(_QUANTIFIER_LIST.split())
_PRONOUN_LIST = "he she it they him her them his hers its their we us our"
PRONOUNS = frozenset(_PRONOUN_LIST.split())
