"""The phrases that small talk is made of: a kind's patterns, one a line, in lower case.

A pattern is a regular expression over words with single spaces between them, without apostrophes
("what's" is "whats") and without any other punctuation.
"""

from typing import Literal

Kind = Literal[
    "greeting",
    "thanks",
    "farewell",
    "who_are_you",
    "help",
    "insult",
    "acknowledgement",
    "praise",
    "empty",
    "laughter",
    "emoji",
    "test",
    "about",
]

_VERY = r"(?:really |very |so |such |quite |pretty |just |absolutely |completely |totally |too )*"
_YOU_ARE = r"(?:you are|you re|youre|you r|u are|ur|u r|are you|are u|r u|you were)"
_IT_IS = (
    r"(?:(?:this|that|it|your (?:answer|reply|bot)|the (?:answer|bot)|this (?:bot|thing|answer))"
    r" (?:is|was)|thats|its|this is|your answers are)"
)
_BAD = (
    r"(?:stupid|dumb|useless|idiotic|terrible|awful|horrible|bad|crap|crappy|rubbish|garbage|trash"
    r"|worthless|pathetic|ridiculous|annoying|boring|lame|shit|shitty|broken|wrong|nonsense"
    r"|hopeless|ugly|incompetent|clueless|the worst|a joke|a liar)"
)
_FOOL = (
    r"(?:idiot|moron|fool|imbecile|loser|dumbass|asshole|jerk|bastard|bitch|clown|liar|dummy"
    r"|piece of (?:junk|shit|crap|trash|garbage)|swearword)"
)
_THING = r"(?: bot| robot| machine| thing| program| app| answer| piece of junk)?"
_GOOD = (
    r"(?:great|good|nice|awesome|amazing|brilliant|excellent|wonderful|fantastic|perfect|helpful"
    r"|useful|impressive|cool|smart|clever|sweet|kind|funny|the best|lovely|super|terrific)"
)

# What may stand beside a phrase of any kind, and says nothing alone.
FILLERS = r"""
a
all
already
and
again
as well
bot
buddy
but
dear(?: bot)?
dude
everybody
everyone
friend
guys
indeed
just
man
mate
my friend
now
please
pls
really
so
so much
then
there
though
to you(?: too)?
today
too
very much
well
you
"""

GREETING = r"""
hi+(?:ya)?
hel+o+
gm
hallo
hullo
hey+(?: hey)?
heya
hola
bonjour
salut
ciao
ola
privet
namaste
salaam|salam(?: alaikum)?
shalom
yo+
sup
wass?up
howdy
greetings
welcome
good (?:morning|afternoon|evening|day)
g day|gday
morning|evening
(?:is )?(?:anybody|anyone|somebody|someone) (?:there|here|home)
are you (?:there|here|online|awake|ready)
how (?:are|r) (?:you|u|things)(?: doing| going| feeling)?
how do you do
how(?:s| is) (?:it going|life|everything|your day)
how have you been
(?:what ?s|whats|what is) (?:up|new|going on with you)
(?:im|i am) (?:fine|good|ok|okay|great)
nice to (?:meet|see) you
long time no see
"""

THANKS = r"""
thanks?(?: you| u)?(?: (?:so|very) much| a lot| a bunch| a million| heaps| loads)?
thx|thnx|thanx|tnx|tks|ty|tysm|tyvm|ta
thanks anyway
(?:many|much|big|lots of|a thousand) thanks
thanks?(?: you| u)?(?: so much| very much| a lot)? for (?:the|your|this|that|all the|all your|all) \
(?:quick |great |good |kind )?(?:answers?|help|reply|replies|info|information|explanation|time)
thanks?(?: you| u)? for (?:everything|helping(?: me)?|answering|explaining|nothing)
cheers
much appreciated
(?:i )?appreciate (?:it|that|this|your help)
(?:im|i am)(?: very| so)? grateful
danke|merci|gracias|grazie|obrigad[oa]|arigato|spasibo|takk?
(?:that|it|this|you)(?: really)? helped(?: me)?(?: a lot)?
(?:thats|that is|that was)(?: exactly| just)? what i (?:was looking for|needed|wanted(?: to know)?)
"""

FAREWELL = r"""
(?:good ?|bye )?bye(?: bye)?
good ?night
see (?:you|ya|u)(?: later| soon| tomorrow| around| next time)?
cu|cya|ttyl|gtg|g2g|brb
(?:until|till) (?:next time|later|tomorrow)
later|laters
talk to you(?: later| soon)
farewell
so long
adieu|adios|tschuss|au revoir|arrivederci|ciao ciao
take care
have a (?:nice|good|great|lovely) (?:day|evening|night|weekend|one|time)
(?:i(?: have| ve|ve)?(?: got)? ?(?:to|gotta|must|need to|should)|gotta) (?:go|leave|run)
(?:im|i am) (?:off|leaving|done(?: here)?|going)
(?:thats|that is|that was|that will be|thatll be) (?:all|it)(?: for (?:now|today))?
"""

WHO_ARE_YOU = r"""
(?:and )?(?:who|what)(?: the hell)? (?:are|r) (?:you|u)
what (?:model|version|kind of bot) are you
(?:do|can) you speak \w+
who am i (?:talking|speaking|chatting|writing) (?:to|with)
(?:whats|what is|tell me) (?:your|ur) name
do you have a name
what (?:do|should|can|may) i call you
(?:are|r) (?:you|u) (?:a |an |really a |just a |some kind of )?(?:real |true |actual |live )?\
(?:bot|robot|human|human being|person|machine|program|computer|ai|chat ?bot|chat ?gpt|gpt|llm|alive\
|real|man|woman|girl|boy|siri|alexa|claude|gemini|language model|artificial intelligence)\
(?: or (?:a |an )?(?:bot|robot|human|person|machine|computer|program))?
who (?:made|created|built|programmed|wrote|developed|designed|trained|owns|runs) you
(?:where|when) were you (?:made|born|created|built)
where (?:are you from|do you (?:live|come from))
how old are you
(?:do|can) you (?:have|feel|think|sleep|eat|dream)(?: (?:feelings|emotions|anything|a soul|a body\
|a brain|consciousness|friends))?
are you (?:conscious|sentient|intelligent|single|married)
(?:tell me|say something|talk) about yourself
introduce yourself
(?:whats|what is|are) your (?:job|purpose|age|gender|favou?rite colou?r)
how (?:do|does) you(?:r answers)? work
"""

HELP = r"""
(?:i need |need |some |more |get |no )?help(?: me)?(?: out)?
(?:can|could|will|would) (?:you|u)(?: please| pls)? help(?: me)?(?: out)?
/?(?:help|start|commands)
how (?:do|does|can|should|would|is) (?:i |you |one |we )?(?:this|it|the bot|this bot|this thing)\
(?: bot| thing)? (?:work|works|used)
how (?:do|can|should|would|to)(?: i| you| we| one)? use (?:this|it|you|the bot|this bot|this thing)
what (?:can|could|do|should|may|shall|am) (?:i|we)(?: supposed to)?\
 (?:ask|type|do|write|say|send|enter)(?: you| to you)?(?: here| with you| with this)?
what (?:can|could|do) (?:you|u) do(?: for me| here)?
what (?:is|are) (?:this bot|you|this thing|the bot) (?:for|good for|able to do)
how (?:do|can|should|would) i (?:ask|talk to|speak to|query) (?:you|this bot|the bot|it)\
(?: a question| something| questions| anything)?
how (?:do|can|should) i (?:ask|start|begin)(?: a question| questions)?
what (?:kind of |sort of |kinds of )?(?:questions )(?:can|may|should|could) i ask(?: you)?
i (?:do not|dont|did not|didnt|cannot|cant) (?:understand|get|know)\
(?: (?:how|what) (?:this|it|to do|you) ?(?:works?|do|does)?)?
i (?:do not|dont) know (?:what|how) to (?:do|ask|type|say|start|begin)
(?:im|i am) (?:lost|stuck|confused|new here)
what now
(?:instructions|manual|usage|commands|options|menu|faq)
(?:show|give|tell) me (?:the )?(?:help|commands|instructions|what you can do)
(?:can you |could you |please )*(?:explain|tell me) how (?:this|it|you) works?
"""

INSULT = rf"""
{_YOU_ARE} (?:a |an |the )?{_VERY}(?:a |an )?(?:(?:{_BAD}|swearword) ?)+{_THING}(?: ever)?
{_YOU_ARE} (?:a |an |the |such a |such an )?{_VERY}(?:(?:{_BAD}|swearword) )*{_FOOL}
{_YOU_ARE} not {_VERY}{_GOOD}
{_IT_IS} (?:a |an |the |such a )?{_VERY}(?:(?:{_BAD}|swearword|worst) ?)+{_THING}(?: ever)?
{_IT_IS} not {_VERY}(?:{_GOOD}|right|true|correct|what i asked(?: for)?)
(?:what an? |such an? |you )?(?:(?:{_BAD}|swearword) )*{_FOOL}s?
(?:what an? |such an? |you )?(?:(?:{_BAD}|swearword) )+(?:bot|robot|machine)s?
(?:what an? |such an? |you )?(?:(?:{_BAD}|swearword|worst) ?)+(?:answer|piece of junk|ever)?
(?:you|u|this bot|this|it|that) sucks?
you (?:know|understand) nothing
you (?:do not|dont|cannot|cant) (?:know|understand|do|get) (?:anything|a thing|it)
shut up
shut your mouth
stfu|wtf|gtfo|omfg
(?:i )?hate (?:you|this|it|this bot)
go (?:to hell|away|die|home)
get lost
screw you
damn(?: you| it)?
swearword(?: you| off| this| it| yourself| u)?
(?:what the|the) (?:hell|swearword|heck)
"""

ACKNOWLEDGEMENT = r"""
ok+(?:ay|ey|ie)?(?: ok(?:ay)?)?
k+
kk
oki
okey dokey|okie dokie
alright(?: y)?|all right|allright
(?:i )?(?:see|understand|understood)
(?:i )?(?:got|get) it
gotcha
makes sense
right
exactly
true
(?:thats|that is) (?:right|correct|true|fine|ok|okay|interesting|sad|good to know|good|cool|nice)
correct
yes+(?: yes)?|yep+|yup|yeah+|yea|ya|aye|si|oui|da
no+(?: no)?|nope|nah|nay|nein|non|not really|no way
h+m+|hu?h|mm+(?:hm)?|uh(?: huh)?|um+|er+m*
sure|of course|certainly|definitely|absolutely|indeed
fine|good|great|cool|nice|interesting|wow+|whoa|oh+|ah+|aha+|oops|ouch|ugh|omg|oh my(?: god)?
amazing|awesome|sad|how (?:sad|interesting|nice|awful)|good to know|very interesting
never ?mind|nvm|forget it|no (?:problem|worries|thanks|thank you|idea|matter)|np
(?:im |i am )?(?:so |very )?sorry|my (?:mistake|bad|apologies)|pardon(?: me)?|excuse me|apologies
maybe|perhaps|possibly|whatever|i (?:think|guess|suppose|hope) so
i (?:do not|dont) (?:think so|care)
(?:wait|one moment|just a moment|hold on|one sec(?:ond)?|let me (?:think|see))
idk|i (?:do not|dont) know|i (?:know|agree|disagree)
noted|roger|agreed|fair enough|bingo
next|go on|continue|done
"""

PRAISE = rf"""
(?:good|great|nice|clever|smart|best|awesome|cool) (?:bot|job|work|answer|one|robot|boy|girl)
well done
bravo|kudos|congrats|congratulations
{_YOU_ARE} (?:a |an |the )?{_VERY}(?:{_GOOD} ?)+{_THING}(?: ever)?
you (?:rock|rule|nailed it|did (?:well|great|it))
{_IT_IS} (?:a |an )?{_VERY}(?:{_GOOD} ?)+{_THING}
(?:i )?(?:love|like|adore) (?:you|it|this|this bot|that)(?: bot)?
{_VERY}(?:perfect|brilliant|excellent|wonderful|fantastic|impressive|helpful|lovely|super|superb)
(?:what an? )?{_VERY}(?:{_GOOD} )+(?:bot|answer|tool|help|job)
"""

LAUGHTER = r"""
a*(?:h+a+){2,}h*
(?:h+e+){2,}h*
(?:h+i+){2,}h*
(?:j+a+){2,}
l+o+l+(?:ol)*z*|lmf?ao+|rofl+|lel|kek|xd+
(?:thats|that is|that was|its|you are|youre|how|very|so) (?:really |so |very )?(?:funny|hilarious)
funny|hilarious
good joke
"""

TEST = r"""
tests?(?: test)*
testing(?: testing)*(?: (?:one two(?: three)?|1 2(?: 3)?))?
(?:this|it) is (?:a|just a|only a) test
just (?:a test|testing|checking)
(?:asdf|qwerty?|qwertz|asd|jkl|foo|bar|blah|bla|abc|lorem ipsum)+(?: blah| bla)*
ping
(?:can|do) you (?:hear|read|see) me
does (?:this|it) work
(?:are you|is (?:this|it)) (?:working|on)
"""

_ARTICLE = (
    r"(?:this|it|the (?:article|text|story|page|document|piece)|this (?:article|text|story|page\
|document|piece|one)|that|everything)"
)

ABOUT = rf"""
(?:so )?(?:whats|what is|what was)(?: all)? {_ARTICLE}(?: all)? about
what does {_ARTICLE} (?:say|talk about|deal with|cover|discuss|describe)
what (?:is|are) the (?:main|key|central) (?:points?|topics?|ideas?|messages?|subjects?|themes?)\
(?: of {_ARTICLE}| here)?
(?:whats|what is) the (?:topic|subject|gist|theme|summary|story|article(?: about)?)\
(?: of {_ARTICLE}| here)?
(?:can you |could you |please |pls )*(?:give|tell|write|show|make|get)(?: me| us)? (?:a |an |the )?\
(?:short |brief |quick )?(?:summary|overview|gist|outline|synopsis|abstract|tldr|main points?)\
(?: of {_ARTICLE})?
(?:a |the )?(?:short |brief |quick )?(?:summary|overview|synopsis|gist|tldr|tl dr)\
(?: of {_ARTICLE})?
(?:can you |could you |please |pls |now )*(?:summari[sz]e|sum up)(?: {_ARTICLE})?(?: for me)?
(?:can you |could you |please )*(?:tell me|explain|describe)(?: to me)?(?: what)?(?: about)?\
 {_ARTICLE}(?: is)?(?: about)?
"""

# Where a message is of several kinds, the first of them counts.
PHRASES: dict[Kind, str] = {
    "about": ABOUT,
    "who_are_you": WHO_ARE_YOU,
    "insult": INSULT,
    "help": HELP,
    "thanks": THANKS,
    "farewell": FAREWELL,
    "greeting": GREETING,
    "laughter": LAUGHTER,
    "praise": PRAISE,
    "test": TEST,
    "acknowledgement": ACKNOWLEDGEMENT,
}
