"""Words by what they do around a speaker: small classes of English words, all in lower case."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HE, SHE, THEY, IT = "he", "she", "they", "it"
PRONOUNS = _words("he she they it")
FIRST_PERSONS = _words("i we")

DETERMINERS = _words(
    "the a an his her its their my our your this that these those some several many most few both"
    " two three four five six seven eight nine ten one another other all no each every any"
    " dozens hundreds"
)
INDEFINITE = _words(
    "a an some several many most few two three four five six seven eight nine ten one another any"
    " dozens hundreds other"
)
POSSESSIVES = _words("his her its their my our your")
PREPOSITIONS = _words(
    "of from at in for with by on to about near outside inside among between under over after"
    " before during against close familiar into without within behind across around along through"
    " responsible who which whose whom that as"
)
CONJUNCTIONS = _words("and or but nor yet so")
# Where a clause begins: what stands before belongs to no subject behind it.
CLAUSE_OPENERS = _words(
    "that because while when whenever although though if as since where whereas whether than until"
    " unless what how why"
)
RELATIVES = _words("who which whom whose")
ADVERBS = _words(
    "also later once then still now even again never always often ever just only first finally soon"
    " already yesterday today however meanwhile nevertheless instead afterwards earlier recently"
    " but and so yet there here too himself herself itself themselves both simply far perhaps"
)
# Behind a reporting verb at the end of its clause: when, where and how it was said.
CIRCUMSTANCES = PREPOSITIONS | _words(
    "yesterday today later earlier last this afterwards afterward aloud when while once again"
    " recently monday tuesday wednesday thursday friday saturday sunday a there here then too"
    " himself herself out ruefully quietly loudly"
)
DAYS_AND_MONTHS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december mondays sundays christmas easter"
)
# Capitalised at the beginning of a sentence; no names there.
FUNCTION_WORDS = (
    PRONOUNS
    | FIRST_PERSONS
    | DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | CLAUSE_OPENERS
    | ADVERBS
    | _words(
        "you me him them us who what where when why how yes not if is are was were do does did has"
        " have had will would can could may should must let there according asked according"
        " despite except following given like per regarding than though till toward"
        " towards unlike until up upon via versus half nobody everybody somebody anyone everyone"
        " nothing something everything none more less"
    )
)
NAME_PARTICLES = _words("de del della der den di da dos du la le van von bin ibn ben al el ter zu")

MALE_TITLES = _words("mr mr. sir lord king prince father brother monsieur herr señor")
FEMALE_TITLES = _words("mrs mrs. ms ms. miss lady dame queen princess sister madame frau señora")
HONORIFICS = (
    MALE_TITLES
    | FEMALE_TITLES
    | _words(
        "dr dr. prof prof. professor gen gen. general col col. lt lt. sgt sgt. sen sen. rep rep."
        " gov gov. rev rev. saint st st. hon maj maj. capt capt. maestro sheikh ayatollah imam pope"
        " baron baroness count countess cllr justice"
    )
)

INSTITUTIONS = _words(
    """
    academy administration agency airline airlines alliance ambulance archive archives army assembly
    association authorities authority bank board brigade broadcaster brewery bureau cabinet campaign
    center centre chamber channel charity church clinic club coalition college command commission
    committee company confederation congress consortium corporation council county court defence
    defense delegation department directorate embassy exchange federation firm force forces
    foundation fund government group headquarters hospital industry inspectorate institute
    institution institutions jury kremlin league library lobby magazine majority management
    manufacturer media military militia ministries ministry mission mosque movement museum navy
    network newsletter newspaper office operator opposition organisation organization
    parliament parliaments partnership party police prosecution radio railway regime regulator
    school secretariat senate service services shop society state station supplier syndicate
    team television theatre treasury tribunal trust tv union unions university watchdog website
    workshop zoo laboratory observatory press publisher authors daily
    """
)
DOCUMENTS = _words(
    """
    account advertisement agreement analysis announcement application article bill biography blog
    book brochure bulletin census chronicle complaint constitution contract data diary directive
    document documents draft editorial email encyclopedia essay figures filing findings guide
    handbook indictment inscription interview journal judgement judgment label law lawsuit leaflet
    ledger letter letters list log manifesto manual memo memoir memorandum memoirs minutes notice
    obituary opinion page pamphlet paper papers petition plaque plan poll polls poster prospectus
    protocol questionnaire record records report reports resolution review rules ruling sign
    statement statistics studies study summary survey surveys testimony text transcript treaty
    verdict warrant website will word
    """
)
_MALE_PERSONS = """
    actor boy brother businessman chairman clergyman congressman councilman craftsman father
    fireman fisherman foreman gentleman grandfather grandson host husband king man nephew policeman
    postman prince salesman serviceman son spokesman sportsman uncle waiter widower father-in-law
    stepfather groom monk priest
"""
_FEMALE_PERSONS = """
    actress aunt bride businesswoman chairwoman congresswoman councilwoman daughter duchess girl
    grandmother granddaughter heroine hostess mother mum niece nun policewoman princess queen
    saleswoman sister spokeswoman sportswoman waitress widow wife woman stepmother mother-in-law
    midwife lady
"""
_PERSONS = """
    accountant activist adviser advisor advocate aide ambassador analyst anthropologist apprentice
    archaeologist archbishop architect artist astronaut astronomer athlete attorney author baker
    banker barrister biologist bishop blogger bookkeeper bookseller botanist broker builder
    businessperson butcher campaigner candidate captain carpenter cashier celebrity champion
    chancellor chairperson chair chef chemist chief child choreographer citizen client clerk coach
    co-author co-founder colleague collector columnist commander commentator commissioner
    companion composer conductor congressperson consultant convener coordinator co-ordinator
    coroner correspondent councillor councilor counsel counsellor counterpart critic curator
    customer cyclist dancer dealer dean defender delegate dentist deputy designer detective
    developer diplomat director distiller doctor dramatist driver ecologist economist editor
    employee engineer entrepreneur envoy epidemiologist executive expert farmer fellow fighter
    filmmaker financier firefighter fisher forester forward founder friend gardener geographer
    geologist goalkeeper governor grocer guard guide hairdresser head headteacher historian
    humanitarian hunter inspector instructor interpreter inventor investigator investor islander
    jeweller journalist judge juror keeper landlord landlady lawyer leader lecturer legislator
    librarian lieutenant linguist lobbyist locksmith magistrate major maker manager mathematician
    mayor mechanic medic member merchant meteorologist microbiologist midfielder migrant miner
    minister mp musician negotiator neighbour neighbor neuroscientist novelist nurse oceanographer
    officer official operator opponent organiser organizer owner painter paramedic parent
    parliamentarian participant partner passenger pastor patient pediatrician person pharmacist
    philosopher photographer physician physicist pilot plumber poet policy-maker politician
    premier president presenter principal producer professor programmer prosecutor protester
    psychiatrist psychologist publisher pupil rabbi ranger reader rector referee refugee reporter
    representative researcher resident reviewer sailor scholar scientist screenwriter sculptor
    secretary senator sergeant shepherd sheriff shopkeeper singer skipper sociologist soldier
    solicitor speaker specialist spectator spokesperson statistician strategist striker student
    substitute superintendent supporter surgeon surveyor survivor tailor teacher technician
    teenager tenant therapist tourist trader trainer translator treasurer trustee tutor
    veterinarian vet veteran vice-president victim villager violinist visitor volunteer walker
    warden winger winner witness worker writer zoologist participant judge analyst fan insider
    source bystander chaplain beekeeper brewer cook potter weaver glazier printer ringer smith
    organist ornithologist pathologist virologist physiotherapist sponsor steward
"""
MALE_PERSONS, FEMALE_PERSONS = _words(_MALE_PERSONS), _words(_FEMALE_PERSONS)
PERSONS = MALE_PERSONS | FEMALE_PERSONS | _words(_PERSONS)
_PERSON_ENDINGS = ("ologist", "ographer", "ician", "woman", "sman", "keeper", "worker", "owner")
# Before the last word of a title: "Prime Minister", "Vice President".
TITLE_MODIFIERS = _words(
    "prime vice deputy chief senior former acting interior foreign finance defence defense justice"
    " health education transport home district crown executive assistant associate lead head"
    " environment agriculture labour labor energy trade culture economy police fire attorney"
    " managing major first lord high opposition regional local county city town state"
)
# "who leads the opposition" says what somebody is; "who visited the site" does not.
OFFICE_VERBS = _words(
    "leads heads runs chairs directs owns manages teaches works founded represents led chaired"
    " edits coaches commands farms studies headed ran"
)


def is_person(word: str) -> bool:
    """Whether a word, in lower case, says what one person is."""
    return word in PERSONS or word.endswith(_PERSON_ENDINGS)


def is_people(word: str) -> bool:
    """Whether a word, in lower case, says what several persons are."""
    if word in _PEOPLE:
        return True
    if word in _THINGS:
        return False
    return word.endswith("s") and (is_person(word[:-1]) or word[:-1].endswith(_PLURAL_ENDINGS))


_PEOPLE = _words(
    "people men women children sources policemen spokesmen fishermen parents relatives witnesses"
    " families locals police-officers others observers youths scientists experts critics"
    " firemen secretaries loved-ones folk staff"
)
_THINGS = _words(
    "reuters numbers orders factors errors powers matters chapters rivers towers computers sectors"
    " mirrors letters papers newspapers plants trees degrees fees elections doors floors colors"
    " colours gestures layers centers quarters corners borders winters summers flowers waters"
    " grants variants giants guardians"
)
_PLURAL_ENDINGS = ("er", "or", "ist", "ian", "ant", "ee")


def gender_of(word: str) -> str | None:
    """Return the pronoun, "he" or "she", of a word for a person; None if it may be either."""
    if word in MALE_PERSONS or word in MALE_TITLES or word.endswith("sman"):
        return HE
    if word in FEMALE_PERSONS or word in FEMALE_TITLES or word.endswith("woman"):
        return SHE
    return None
