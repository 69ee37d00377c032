"""The commonest words of questions in languages other than English, by language (ISO 639-1).

Words that English has too ("die", "was", "on"), and that names are often made of ("de", "la"),
are left out.
"""

SPACED = {
    "cs": "kdo co kdy kde kolik proč jak který která které byl byla bylo byli jsou je se na ve "
    "jaký",
    "da": "hvem hvad hvornår hvor hvorfor hvordan hvilken hvilket blev er det og ikke til af "
    "fra på",
    "de": "wer wen wem wann wo wohin woher warum wieso weshalb wie viele welche welcher welches "
    "ist sind wurde wurden hat haben der das den dem und nicht für von mit auf ein eine "
    "einen im zu",
    "es": "quién quiénes qué cuándo cuánto cuántos cuánta cuántas dónde cómo cuál cuáles quien "
    "que cuando cuanto cuantos cuantas donde como cual fue fueron está están hay los las "
    "del por una un con ha han en se murieron el es son tiene para",
    "fi": "kuka mikä mitä milloin missä montako paljonko miksi miten kuinka moni monta on oli "
    "ovat ja ei ketä mihin mistä",
    "fr": "qui quand où combien comment pourquoi quel quelle quels quelles est sont était "
    "étaient une les des du et dans pour avec sur ont ce cette il elle que quoi le un aux "
    "au par se en",
    "hu": "ki kik mi mikor hol hány mennyi miért hogyan melyik volt voltak és nem egy az hogy van",
    "id": "siapa apa kapan mana berapa mengapa kenapa bagaimana yang dan tidak adalah dari "
    "untuk dengan ini itu apakah ada orang banyak di ke",
    "it": "chi quando dove quanto quanti quante quanta perché come quale quali cosa che è sono "
    "stato stata stati erano della del delle gli nel una il lo per con di ha hanno si non "
    "e",
    "nl": "wie wat wanneer waar waarom hoe hoeveel welke welk zijn werd werden heeft hebben het "
    "een en niet voor van met op de dit deze er naar uit",
    "no": "hvem hva når hvor hvorfor hvordan hvilken hvilket mange ble er det og ikke til av "
    "fra på",
    "pl": "kto co kiedy gdzie ile dlaczego jak który która które był była było były jest są czy "
    "nie się na w z do i jaki jaka kogo",
    "pt": "quem que quando onde quanto quantos quantas quanta como qual quais porque foi foram "
    "está estão são é os das dos uma um com não por em na no o a do da tem para quê",
    "ro": "cine ce când unde cât câți câte de ce cum care este sunt fost și nu din pentru cu la au",
    "sv": "vem vad när var varför hur många vilken vilket vilka är det och inte till av från på "
    "blev som har den ett en för",
    "tr": "kim ne zaman nerede kaç neden niçin nasıl hangi mi mı mu mü ve bir bu için ile kadar "
    "oldu var değil kimin nereye",
    "vi": "ai gì khi nào đâu bao nhiêu tại sao như thế là và của có không người được trong ở đã",
    "ru": "кто что когда где сколько почему как какой какая какие зачем куда откуда чей был "
    "была было были есть не и в на с из за от по это ли",
    "uk": "хто що коли де скільки чому як який яка які куди звідки був була було були є не і в "
    "на з за від це чи",
    "bg": "кой коя кое кои какво кога къде колко защо как е са беше бяха не и в на с от за ли",
    "sr": "ко шта када где колико зашто како који која које је су био била не и у на са од за ли",
    "el": "ποιος ποια ποιο ποιοι τι πότε πού πόσο πόσοι πόσες πόσα γιατί πώς είναι ήταν και δεν "
    "το η ο των της του στη στο από για",
    "ar": "من ما ماذا متى أين كم كيف لماذا هل هو هي في على إلى عن التي الذي كان كانت هذا هذه",
    "fa": "چه کی کجا چند چرا چگونه آیا است بود شد در به از که این را چقدر",
    "ur": "کون کیا کب کہاں کتنے کیوں کیسے ہے ہیں تھا تھے میں سے کو کا کی کے",
    "he": "מי מה מתי איפה היכן כמה למה מדוע איך איזה האם הוא היא של על את לא היה היו זה",
    "hi": "कौन क्या कब कहाँ कहां कितने कितनी कितना क्यों कैसे है हैं था थे थी में से को का की के ने",
    "ko": "누가 누구 무엇 언제 어디 어디서 몇 왜 얼마나 어떻게 무슨 어느 이 가 은 는 을 를",
}
# Of scripts without spaces; each is enough to tell a question from a name.
UNSPACED = (
    *("谁", "誰", "什么", "什麼", "哪", "多少", "几个", "幾個", "为什么", "為什麼", "怎么", "怎麼"),
    *(
        "吗",
        "嗎",
        "何时",
        "何時",
        "的",
        "了",
        "是",
        "何",
        "いつ",
        "どこ",
        "なぜ",
        "どう",
        "ですか",
        "ますか",
    ),
    *(
        "したか",
        "は",
        "を",
        "が",
        "ใคร",
        "อะไร",
        "เมื่อ",
        "ที่ไหน",
        "กี่",
        "ทำไม",
        "เท่าไหร่",
        "อย่างไร",
        "หรือ",
    ),
)
# Who writes one of these writes English.
_ENGLISH_LIST = """
    about and because been being could did does from had have how into its not should that
    the their there they this were what when where which who whom whose why with would you
    your
"""
ENGLISH = frozenset(_ENGLISH_LIST.split())
# Common in English books, but in no English question by themselves.
_NEUTRAL_LIST = "a de des die do est i la las les los me no o per s t"
NEUTRAL = frozenset(_NEUTRAL_LIST.split())
