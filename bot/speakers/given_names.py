"""Given names that nearly always go with one pronoun. Names of both kinds are left out."""

_MALE = """
    " aaron abdul abdullah adam adrian ahmad ahmed alan albert alberto aldo alejandro alessandro
    alex alfred ali amir anders andreas andrei andrew andré anil anthony antonio antónio arjun
    arthur arturo benjamin bernard bernd bert bill björn bob boris brian bruce bruno carl carlos
    charles christian christoph christopher colin craig dan daniel dave david dennis derek diego
    dieter dmitri donald douglas duncan edgar eduardo edward emmanuel enrique eric erik ernst
    eugene ewan fabio felix fergus fernando francisco francesco frank franz fred frederick fritz
    gareth gary geoffrey george gerald gerhard gerry giovanni giuseppe gordon graham greg
    gregory günter gustav hamish hans harold harry hassan heinrich helmut henri henrik henry
    herbert herman howard hugh hugo hussein ian ibrahim igor isaac ivan jack jacob jacques jakob
    james jan jason javier jeff jeffrey jens jim joe joel johan johannes john jonas jonathan
    jorge josef joseph josé joshua juan julian jürgen kai karl keith ken kenneth kevin khaled
    klaus kwame lars larry laurent leon leonard liam louis luca lucas luigi luis lukas magnus
    manuel marc marco mario mark markus martin mathias matt matthew matthias mattias max maurice
    michael michel miguel mike mikhail mohammad mohammed muhammad mustafa nathan neil nicholas
    nick nicolas niels nigel nikolai noah olaf oleg oliver omar oscar oskar otto owen pablo
    paolo patrick paul pavel pedro peter petr philip philipp philippe pierre piotr rafael raj
    rajesh ralph ramon ravi raymond ricardo richard rob robert roberto roger roland ron ronald
    rory roy rudolf sam samir samuel sanjay scott sean sebastian sergei sergio simon stanley
    stefan stephan stephen steve steven stuart sunil sven ted terry theo theodore thomas tim
    timothy tobias tom tomasz tony trevor ulrich victor viktor vincent vladimir walter werner
    wilhelm william wolfgang xavier yusuf youssef zoltan
"""
_FEMALE = """
    abigail ada adriana agnes aisha alessandra alexandra alice alicia alison amanda amelia amy ana
    andrea angela angelina anita anja ann anna anne annette annie antonia astrid audrey barbara
    beatrice beatriz bella bernadette beth betty birgit brenda bridget britta camilla carla carmen
    carol carolina caroline catherine cecilia celia charlotte chiara christina christine claire
    clara clare claudia constance cristina cynthia dagmar daniela deborah denise diana diane dilys
    dolores donna dora doris dorothy edith eileen elaine eleanor elena elisa elisabeth elizabeth
    ella ellen elsa emily emma erica erika esther eva eve evelyn fatima fiona florence frances
    francesca franziska freya gabriela gail gemma gertrude gina giulia gloria grace greta hannah
    hanna harriet heather heidi helen helena helga hilary hilda ida ilse ingrid inés irene iris
    isabel isabella jane janet janice jennifer jessica joan joanna joanne josephine joyce juanita
    judith judy julia juliana julie karen karin kate katharina katherine kathleen katie kirsty lara
    laura lena leila lily linda lisa lise liz louisa louise lucia lucy luisa lydia lynn magdalena
    maggie maja mandy margaret margarita maria mariana marie marina marit marta martha martina mary
    matilda maureen maya megan melanie melinda melissa mia michelle miranda miriam moira molly
    monica monika nadia nancy naomi natalia natalie natasha nicola nicole nina nora olga olivia
    pamela patricia paula pauline penelope petra philippa phoebe polly priya rachel rebecca regina
    renate rita roberta rosa rosalind rose rosemary ruth sabine sally samantha sandra sara sarah
    selma sheila silvia simone sinead siobhan sofia sonia sophia sophie stella stephanie susan
    susanna susanne suzanne sylvia tamara tanya tara teresa tessa theresa tracy ursula valerie
    vanessa vera veronica victoria violet virginia vivian wendy yvonne zainab zoe
"""
GENDERS = {name: "he" for name in _MALE.split()} | {name: "she" for name in _FEMALE.split()}
