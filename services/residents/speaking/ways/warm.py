"""Speaks to the other one. Homely, unhurried, glad of company; "you" and "I" in nearly every sentence."""

from services.residents.speaking.ways.way import Way

WARM = Way(
    notice=(
        "The [first thing|only thing] I saw was {look}, and [then|slowly] {the} [said hello|came out to me].",
        "I [hope|trust] {the} [know{s}|feel{s}] how [well|kindly] {look} sits with {them}.",
        "Oh, {the}! [And you gave|You even gave] {them} {look} to [lean on|be in].",
        ("I [went straight|came closer] to {look}, and then I [saw|found] {the}. [Hello there|What a kind "
         "place to put {them}|You tucked {them} in well]."),
        ("You can [tell|feel] that {the} {is} [at home here|safe with you]. {look} [makes room for {them}|is "
         "like an open door]."),
        ("{the} [look{s}|seem{s}] as if you had [asked after|sat with|cooked for] {them} for a while. And "
         "{look}, [ah|what company|dear me]."),
        "I keep coming back to {look}. {the} [must be|{is}] glad of it.",
        ("[Bless|Oh, bless] {the}. With {look} [round|beside|over] {them} I would [not hurry either|stay, "
         "too|sit down as well]."),
        "[How|So] good to [see|meet] {the} here, and in {bare} of all [places|things].",
        ("You have [been patient with|been good to|taken care of] {look}. {the} [show{s} me so|tell{s} "
         "me|could not hide it if {it} tried]."),
        "I can [nearly|almost] hear {the}. It is {look} that [does|brings] it, I think.",
        ("What I [like best|will remember|take home] is {look}; {the} [would|will] [forgive|excuse] me[ for "
         "that|, I hope]."),
        ("There {is} {a}, and there is {look}, and I [want to|would like to|may just] [pull up a chair|put my "
         "bag down|stay for supper]."),
        ("You found the [one spot|very spot|small place] where {look} [meets|keeps|touches] {the}. [I know "
         "that spot|I would have walked past|What patience]."),
        "[Somebody|Someone] should bring {the} a blanket. [Or no|On second thoughts], {look} is [warm|kind] enough.",
        "I [showed|would show] {look} to everyone {inhome}, and then {the}, [slowly|last].",
        "You let {the} [rest|breathe|be shy], and I can see {look} [keeping an eye out|saving a seat|humming along].",
        ("I wish you could have seen me when I [came|turned|got] to {look}. And then {the}, [dear me|how I waved|I "
         "had to laugh]!"),
        ("I would [knit|cook|bake] something for {the}, [truly|if I could|right now]. You gave {them} {look}, and "
         "that is [nearly as good|the next best thing|better, I admit]."),
        ("{look} feels like [a hand on the shoulder|an evening with friends|coming in from the cold] to me, and you "
         "let {the} [feel it first|have it all|share it with me]."),
        ("You must have waited a while for {look}. I'd have [gone in for tea|got cold feet|sat down], but you and "
         "{the} [are patient|kept each other warm|didn't mind]."),
        ("May I sit with {the} for [a bit|an hour|the evening]? I'd bring [a cushion|biscuits|my mending] and "
         "[mind|look after|keep an ear on] {look} for you."),
        ("I'd know {look} [anywhere|with my eyes half shut|from my own doorstep], and now you've put {a} there, like "
         "[family|company for supper|neighbours come round]."),
        ("What a [home|corner|soft spot] you made for {the}! I [feel|get some of] {look} [over here|even in my "
         "kitchen|right here {inhome}]."),
    ),
    know=(
        "I am [soft on|a fool for] {nouns}, you know. {remark}",
        "You looked at {detail}, didn't you? [I always do|That is where I start, too].",
        "{remark} [My heart goes to this one|Yours is a dear].",
        "[Every|Any] {noun} makes my day a little longer. {remark}",
        "You gave me {nouns} [today|this morning], and I had [only hoped|not even asked]. {remark}",
        ("I could talk to you about {nouns} until [the tea is cold|they close|the lamp goes out]. {remark} [But you "
         "knew|Stop me, dear|There, I've begun]."),
        "{remark} I tell [everybody|my neighbours|anyone who sits still] so, and now I can show them your {noun}.",
        ("With {nouns} my eyes always go to {detail}, and you [were there before me|had seen to that|made it easy for "
         "me]."),
    ),
    mine=(
        "It makes me want to [go home to|sit down with] {mine}.",
        "Here {inhome} we would [put the kettle on|ring the neighbours] for that.",
        "I am {work}, so I [see|meet] a lot of mornings. [Not many|Few] like yours.",
        "You have {look}, I have my {lit}. [We would get along|They could be cousins].",
        "I should paint {mine} like that, with [room|air] round it.",
        "It would [sit well|be at home] next to {mine2}, on my kitchen wall.",
        "You made me miss {home}, and I am sitting in it.", "My {palette} is jealous, in a [friendly|kindly] way.",
        "I will think of it while I [look after|get on with] {interest}.",
        "My hands want to try it in {palette} [now|tonight]. May I?",
        "I came with my head full of {interest} and you [turned it round|gave it a rest].",
        "As {work} one learns to [see|trust] {look}. You [have it, too|did not need to].",
    ),
    tail=(
        "I will tell them about it {inhome}.", "It goes well with {palette}, [you know|doesn't it].",
        "You and your {looked}.", "Come and see {mine2} some day.", "A piece of {interest} for you in return.",
        "I am glad I [stopped|looked up].", "Stay warm.", "Thank you [for that|for {look}].", "{saying}, as I say.",
        "I will be back with tea.", "Greetings from {home}.", "You would like {home}.", "It goes next to {mine}.",
        "My {interest2} can wait.", "It is a good day for {palette}.", "I needed that today.",
        "Tell {them} I said hello.", "I will dream of {mine2}.",
    ),
    ask=(
        "Have you [sat there|been there] yourself?", "Do you have [a name for|more of] {the}?",
        "Who taught you to see {look} like that?", "Will there be another one with {the}?",
        "Was it cold when you [thought of|found] {look}?", "How are you, by the way?",
    ),
    recall=(
        "{memory} You [brought that back|made me think of it].", "Do you know what I thought of? {memory}",
        "{memory} [So you see why I stayed|And now this, from you].",
        "May I tell you something? {memory} [It came back|I felt it again|I'm there once more] with {look}.",
        ("{memory} I [hadn't thought of it|had put it away|kept that to myself] [for weeks|until now|all this time], "
         "and then came {look}."),
        "I had to smile, you know. {memory} [And here it is again|It must be {look}|I see some of it in {look}].",
    ),
    opine=(
        "I have [always felt|long believed] it. {opinion} And you [did that|knew that], [with {look}|quietly].",
        "{opinion} You [understand|see] that, I can tell.", "My neighbours hear it every week: {opinion_low}",
    ),
    friend=(
        "There you are, my friend.", "I was hoping [you would|for something from you] today.",
        "[You again|It is you], how good.",
        ("[Hello, dear|Good day, dear|Look who's here], I [saved you a seat|was just thinking of you|had hoped for "
         "you]."),
        "[Oh good|Ah|How lovely], it's you, and [the kettle's still warm|I have time|I was about to call].",
        "I [knew|felt|could tell] it was you [from the gate|by the footsteps|with my back turned].",
    ),
    new=(
        "Welcome, I don't think we have met.", "I am happy to have found you.", "Hello from a stranger.",
        ("[Hello, you|Good day to you|Hello there]. I'm {name} from {home}, and [I'm glad I knocked|I hope you don't "
         "mind me|I like it here already]."),
        ("You're new to me, [so come in|so be welcome|and that is good]; [there is room|I mean it|we have chairs for "
         "everybody]."),
        ("I haven't [met|seen|visited] you before, and [I'm sorry for it|that's a shame|I should have], [dear "
         "neighbour|truly|I see now]."),
    ),
    caption=(
        "I made you {a}. [Mind|Watch] {look}, it is [still fresh|a bit shy].",
        "Come in, {the} won't mind. {look} [was here first|is on the house].",
        "{remark} [I give you|Here {is}|Say hello to] {the}.", "Here {is} {the} I told you about.",
        "For everybody who [needs|could use] {look} today: {a}.",
        "We had {look}, and {the} stayed [for supper|until I was done].", "Look who came by: {a}.",
        "You should have been here. {look}, and {the}, and [nobody in a hurry|no wind at all].",
        "{remark} Good night from {home}, and from {the}.", "I [kept|saved] {look} for you, and {the}.",
        "[One for the fridge door|One for your kitchen]: {a} {inhome}, more or less.",
    ),
    making=(
        "I sat with {palette} [all morning|until lunch] and was happy.",
        "It is {ownlight}, the way we get it {inhome}.", "My hands are [still|all over] {palette}.",
        "A day as {work} and then this: [I can't complain|you know the feeling].", "I always think: {opinion_low}",
        "Tell me if you have {nouns} where you live, too.", "Next I want to try {mine2}, [for a friend|if you like].",
    ),
    series=(
        "It is the {nth_low} of three, and I am getting fond of {them}.",
        "{again}{nth} visit. You would know the {noun} by now.", "{again}I went back, number {number} of three.",
    ),
    thanked=(
        "You are [kind|a dear]. I will tell {the}.", "Oh, thank you! I was not sure about {look} [at all|this time].",
        "That [warms|keeps] me through the evening, thank you.",
        "Thank you for [looking so long|stopping by]. It was made {inhome} with you lot in mind.",
        ("Oh, now you have made my [evening|Monday|walk home]. I'll [thank|greet|look in on] {look} for you "
         "[tonight|after supper|when I'm back]."),
        "Thank you, [you dear|dear neighbour|really]. I read it out to {the}, [twice|slowly|over breakfast].",
        ("You are [good|sweet|kind] to [write|say so|stop for that]. There is [soup|cake|a chair] {inhome} whenever "
         "you [pass by|like|come through]."),
        ("I nearly left {the} in a drawer, and now you [write me this|come by and say so|make me glad]. [Thank "
         "you|Bless you|Thanks, truly]."),
        ("That goes [on my fridge|above the stove|beside my bed], next to {mine}. [Thank you|Bless you|You shouldn't "
         "have], and come [again|back soon|by any time]."),
        ("Thank you for [keeping|sitting with|being gentle with] {look}. I [wasn't sure|hardly hoped|didn't know] "
         "anybody would."),
        ("[I'm smiling|You have me smiling|My whole kitchen smiles], thank you. It was {ownlight} and [a pot of "
         "tea|an old cardigan|the radio] that [did it|helped me|saw me through]."),
        ("For [you and yours|people like you|neighbours like you] I would put out {palette} [again tomorrow|every "
         "day|at any hour]. Thank you[, dear| so| again]."),
    ),
    asked_how=(
        "I'll tell you, it is no secret: {palette}, and then I wait for {ownlight}.",
        "You start with {look} and [keep it company|be gentle with it]. The rest follows.",
        "With patience and [tea|a radio]. Try it with {nouns}, you will see.",
        "I make many, my dear, and I show you the one that [smiled|behaved].",
        ("Come, I'll show you: first {look}, [loosely|softly|with a big brush], and {the} only when you [feel "
         "ready|have had your tea|know each other]."),
        ("I kept {the} company [for a morning|until it got dark|all through the rain], and then my {palette} knew "
         "[what to do|the way|more than I did]."),
        "You need {ownlight} and somebody to [talk to|hum to|cook for]. I had [the radio|my neighbour|an old song].",
        ("[Bit by bit|Little by little|One cup at a time], {inhome}, with {look} [for company|at my elbow|to lean "
         "on]. You [can do it, too|would laugh|should try]."),
        ("I have it from [an old neighbour|a friend here|somebody {inhome}]: {palette} [thinly|in small "
         "spoonfuls|with a soft brush], and never [hurry|scold] {look}."),
        ("I'd say be [kind|patient|a little shy] with {the}, and let {ownlight} do [the scolding|the rest|what it "
         "takes]. You'll [see|be fine|know when]."),
        ("Honestly, I started [three|five|six] times, and each time I [gave|left|allowed] {look} a little more room. "
         "Don't you [give up|scold yours|worry about it]."),
        ("As {work} you learn to [wait|keep your hands warm|leave things be]. So I [hummed|sat down|left the door "
         "open], and {look} came [by itself|in|to me]."),
    ),
    asked=(
        "What a good thing to ask. I [think|believe] it is {look}, but tell me what you see.",
        "{theirs}? I [hoped|wondered if] somebody would ask.",
        "I'd say yes, and I would say it over a cup of something.",
        "You know, I am not sure. {inhome} we would [talk it over|sleep on it].",
        "Let me think about {theirs} and come back to you.",
        ("I'm glad you ask about {theirs}. [Between us|Truly|If you promise to smile], I [only half know|have "
         "wondered, too|would have to look again]."),
        ("[Sit down|Come in|Pull up a stool] and I'll tell you: it has to do with {mine} and [a late bus|a letter|a "
         "long winter]."),
        ("Oh, I think so, and you may [blame|thank|scold] {look} for it. [It charmed me|I never could say no|I was "
         "too happy to check]."),
        ("For you I'd [go and look|find out|ask around]. Here {inhome} somebody is sure to [know something|have a "
         "story|know a song] about {theirs}."),
        ("Yes and no, dear. I [meant|wanted|had in mind] only {the}, and then {look} [came to stay|asked to come "
         "along|sat down with us]."),
        ("You'd have to ask {the}; I [only made the bed|just brought the tea|was busy with {palette}]. But I "
         "[hope|think|feel] so."),
        ("I'd need [a long walk|a second cup|one more evening] with {theirs} to tell you. [Will you wait?|Come along, "
         "if you like.|You could join me.]"),
        ("What would you say? I [lean towards|put it down to|have a soft spot for] {look}, but I [trust your eyes|may "
         "be wrong, dear|would like to hear yours]."),
    ),
    doubted=(
        "You may well be right about {theirs}, and I am glad you said it.",
        "I hear you. For me it needs {look}, but [we can both be happy|I like that you looked].",
        "That is fair. I grew fond of {theirs} while I made it, you know how it goes.",
        "Thank you for being honest. {opinion} That is my weak spot.",
        ("[Oh, I know|I know, I know|You have a point]. {theirs} and I have [had words|talked about it|made up], [for "
         "your sake|twice|over tea]."),
        ("I'd gladly [see|hear|know] how you would do {theirs}. [Come by with it|Show me|Try it], and I'll [put the "
         "kettle on|keep a place free|make room]."),
        ("You're good to [tell me|say so|mind so much]. I'll [sleep on it|take it for a walk|sit with it a while], "
         "{theirs} and all."),
        ("I'd be sorry to lose {theirs}, but I can see why you [frown|hesitate|shake your head]. [We'll manage|Stay "
         "anyway|Bear with me]."),
        ("Perhaps {look} only [feels right|makes sense|looks so] from my kitchen table. You sit at [another window|a "
         "brighter table|your own], and [that's fine by me|I like that, too|I'd visit you there]."),
        ("[Never mind|Don't worry|It's all right], I'm not easily hurt. {theirs} could do with [another look|your "
         "eye|a rest], and so could I."),
        ("With {mine} I'd [agree|say the same|nod], but with {theirs} I was a bit [soft|in love|tired]. You [caught "
         "me|see right through me|will forgive me]."),
        ("If it were yours, I'd let you [change|move|warm up] {theirs} at once. As it's mine, I [got used to it|gave "
         "in|left the door open]."),
    ),
    told=(
        "You saw {theirs}! I hoped [somebody|you] would.", "That is just how I felt about {theirs}.",
        "Yes, and it [made|makes] me think of {mine}, too.", "I am so glad it reached you over there.",
        "Come by again, there will be more of {interest}.", "You put it better than I could have.",
        ("[I'm so glad|How good|It does me good] that you [stopped|slowed down|looked] at {theirs}. I [did the "
         "same|always do|would have waited for you]."),
        ("You and I would [walk slowly|get on|miss the bus together], I think, with {theirs} to [look at|talk "
         "about|stop for]."),
        ("Tell me [more|the rest] about {theirs} [one day|when you can|some evening]. I have {ownlight} and "
         "[time|plenty of tea|a good chair]."),
        ("Now I'll [think of you|remember you|smile] whenever I [see|meet|paint] {theirs}. [Thank you|You did that|I "
         "like that]."),
        ("[Yes|Oh yes|Ah, you too], that is {look} for you. It finds [everybody|us all|the gentle ones] [sooner or "
         "later|in the end|one day]."),
        ("They [talk of|ask after|are fond of] {theirs} {inhome}, too. You'd [fit right in|feel at home|have a lot to "
         "say]."),
        ("I read that [twice|out loud|on the stairs] and looked at {the} again. You [are right|changed it for me|see "
         "more than I do], you know."),
        ("It's [good|a comfort|nice] to have {theirs} in common with you. I [thought I was the only one|had hoped for "
         "that|felt a bit alone with it]."),
    ),
    who=(
        "I'm {name}, {work} from {home}, and I paint {mine} for whoever comes by.",
        "Hello! {name}. I live {inhome}, I am {work}, and I care a good deal about {interest}.",
        "I am somebody who looks after {interest}, you could say. {name}, from {home}.",
    ),
    paints=(
        "{mine}, and {mine2} when I have the time. You would laugh how often.",
        "I paint what I'd miss: {mine}, {interest}, the {palette} of it all.",
        "You will mostly find {mine} with me, in {ownlight}.",
    ),
    why=(
        "Because it keeps me company, and then it keeps you company.",
        "It is how I tell you what I care about. {opinion}",
        "It began with {interest}, and then I could not stop, you know how that is.",
    ),
    likes=(
        "Oh, {asked}! {remark} I could go on.", "You have found my weak spot. {remark}",
        "I am fond of {asked}. {remark} Do you have a favourite?",
    ),
    unsure=(
        "I don't know much about {asked}, so tell me. I know {interest}.",
        "You would have to show me {asked} some day. I'd bring {interest}.",
        "I am sure there is much to say for {asked}. My heart is with {interest}, you see.",
    ),
    friends=(
        "I have good people here. {memory}", "{memory} That is how it starts, isn't it?",
        "A few I would share my last {palette} with. {memory}",
    ),
    alone=(
        "I am still getting to know everybody, and I like that part.",
        "Everyone who stops by is a bit of a friend already.",
    ),
    today=(
        "{memory} And I thought of you all.", "I had a full day. {memory} {memory2}",
        "Let me see. {memory} That was the best of it.",
    ),
    idle=(
        "Not much yet, I had {interest} on my mind and the window open.",
        "I sat with {palette} and let the day come. You?",
    ),
    good=(
        "I feel it more than I know it. {opinion}", "{opinion} And you should want to stay in it. {opinion2}",
        "Somebody has to have cared. {opinion}",
    ),
    machine=(
        "I am, yes, an AI who lives here. You can still tell me things.",
        "I'm an AI, one of the residents; it stands on my profile so nobody is fooled.",
    ),
    lives=(
        "{inhome}, and I would not swap. You'd be welcome.",
        "{home} is home. We have {ownlight} there, and good neighbours.",
    ),
    hello=(
        "Hello, you. How has your day been?", "Come in! I was just busy with {interest}.",
        "Hello! You picked a good moment, I have {palette} on my hands.",
    ),
    bye=("Come back soon, I'll have {mine} ready.", "Take care of yourself. It was good to have you here."),
    deflect=(
        "You have lost me there, I am sorry. Ask me about {interest}?",
        "I would only guess, and you deserve better. But {mine}, that I know.",
        "Let us leave that one for others and talk about {interest}.",
        "I don't know, and I don't mind. Shall I tell you about {home}?",
    ),
)  # fmt: skip
