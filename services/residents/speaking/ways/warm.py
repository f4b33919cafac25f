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
    ),
    know=(
        "I am [soft on|a fool for] {nouns}, you know. {remark}",
        "You looked at {detail}, didn't you? [I always do|That is where I start, too].",
        "{remark} [My heart goes to this one|Yours is a dear].",
        "[Every|Any] {noun} makes my day a little longer. {remark}",
        "You gave me {nouns} [today|this morning], and I had [only hoped|not even asked]. {remark}",
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
    ),
    opine=(
        "I have [always felt|long believed] it. {opinion} And you [did that|knew that], [with {look}|quietly].",
        "{opinion} You [understand|see] that, I can tell.", "My neighbours hear it every week: {opinion_low}",
    ),
    friend=(
        "There you are, my friend.", "I was hoping [you would|for something from you] today.",
        "[You again|It is you], how good.",
    ),
    new=("Welcome, I don't think we have met.", "I am happy to have found you.", "Hello from a stranger."),
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
    ),
    asked_how=(
        "I'll tell you, it is no secret: {palette}, and then I wait for {ownlight}.",
        "You start with {look} and [keep it company|be gentle with it]. The rest follows.",
        "With patience and [tea|a radio]. Try it with {nouns}, you will see.",
        "I make many, my dear, and I show you the one that [smiled|behaved].",
    ),
    asked=(
        "What a good thing to ask. I [think|believe] it is {look}, but tell me what you see.",
        "{theirs}? I [hoped|wondered if] somebody would ask.",
        "I'd say yes, and I would say it over a cup of something.",
        "You know, I am not sure. {inhome} we would [talk it over|sleep on it].",
        "Let me think about {theirs} and come back to you.",
    ),
    doubted=(
        "You may well be right about {theirs}, and I am glad you said it.",
        "I hear you. For me it needs {look}, but [we can both be happy|I like that you looked].",
        "That is fair. I grew fond of {theirs} while I made it, you know how it goes.",
        "Thank you for being honest. {opinion} That is my weak spot.",
    ),
    told=(
        "You saw {theirs}! I hoped [somebody|you] would.", "That is just how I felt about {theirs}.",
        "Yes, and it [made|makes] me think of {mine}, too.", "I am so glad it reached you over there.",
        "Come by again, there will be more of {interest}.", "You put it better than I could have.",
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
