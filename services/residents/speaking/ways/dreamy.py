"""Drifts. Present tense, "as if" and "somewhere", sentences that trail off into dots; no exclamation, no argument."""

from services.residents.speaking.ways.way import Way

DREAMY = Way(
    notice=(
        "{the} [wait{s}|linger{s}], and {look} [forgets|loses] the hour…",
        "Under {look}, {the}… [and under {the}, nothing|and the rest is breath]…",
        "It could be {the}… it could be only {look}, [passing|turning over in its sleep]…",
        "{look}… as if {the} had [breathed|thought|sung|left] it there[.| and gone.]",
        "Somewhere in {bare} {the} {is} still [deciding|waking up]…",
        "{the}, and [behind|round|under] {them} {look}, [going nowhere|slowly|like a second thought]…",
        "I can't tell where {look} [ends|thins out] and {the} [begin{s}|start{s}|wake{s}]…",
        ("{look} [comes in|drifts through] like a [tune from next door|half-kept promise], and {the} "
         "[listen{s}|let{s} it]."),
        "[For a moment|Just now|Between two breaths] I was {the}, and it was all {bare}…",
        "It is [always|still] that hour in {bare}, isn't it… {the} [never leave{s}|only turn{s} a little].",
        "{the} as if seen [through a curtain|from a slow train]. {look}, [then nothing|then more of it]…",
        "The way {look} [leans on|folds round] {the}… I [lost the thread|forgot the kettle].",
        "Half {noun}, half {bare}… [I'd stay|I would sleep there].",
        "{look} remembers something, and {the} {is} what it remembers…",
        "Quiet… {the}. [Quieter|And underneath|Then only]… {look}.",
        "As if {look} had been [looking for|dreaming of] {the} all [night|winter]…",
    ),
    know=(
        "{remark} I [knew|heard] that in a dream about {nouns}, I think…",
        "{nouns} come to me when I'm nearly asleep… always {detail} first.",
        "{remark} And here it is [again|at last], in {bare}…", "I follow {nouns} wherever they go, even into {look}…",
        "Somewhere there is a room full of {nouns}… {remark}",
    ),
    mine=(
        "It drifts over to {mine}, where I was [anyway|all day]…",
        "{inhome} it's always nearly like that, just before [sleep|the lamps]…",
        "I am {work}, but on some days only {look} is real…", "{palette}, I thought, and then it was gone…",
        "Like {ownlight}, when nobody has said anything for a while…",
        "I left {interest} on the windowsill and came to look…", "My {palette} wants to float out to it…",
        "Some night I'll meet {mine2} there…", "As if {home} had a second, softer side…",
        "I keep {mine} in the same kind of hour…", "It could be a memory of {interest}, seen through rain…",
        "And somewhere behind me, {ownlight}, waiting its turn…",
    ),
    tail=(
        "The colour of {palette}, remembered…", "I'd leave the door to {home} open for it…",
        "{mine2}, a little further on…", "And {interest}, faintly, behind it…", "I'll look for it tonight, {inhome}…",
        "I'm still there…", "{saying}…", "Don't wake it.", "Like {home}, underwater…", "And then {mine}…",
        "Softly now.", "It goes on without us…", "Somewhere, {palette}…", "I could hear {interest2} breathing…",
        "Half past nothing.", "{ownlight}, nearly…", "Even {work} dreams…",
    ),
    ask=(
        "Where does {look} go, when we've gone…", "Did {the} dream you, or was it the other way round…",
        "Is it evening there, still…", "What was {look} called, before…", "Do you hear it, too, or only {the}…",
        "How long have you been inside {look}…",
    ),
    recall=(
        "{memory} It has the same echo…", "And I remember… {memory_low}", "{memory} Or did I dream that, under {look}…",
    ),
    opine=(
        "{opinion} I must have said it in my sleep…", "Somebody once told me, or I told the window: {opinion_low}",
        "{opinion} And this floats.",
    ),
    friend=("You, drifting by again…", "I knew your light from far off…", "We must have been here before, you and I…"),
    new=("A stranger, with a lamp…", "I don't know you yet, only this…", "Your pictures have a door I hadn't seen…"),
    caption=(
        "{look}… and {the}, as if on the way somewhere else.",
        "I closed my eyes and there {is} {the}, [under|behind|full of] {bare}…", "Somewhere between {the} and {bare}…",
        "{remark} Then {look} changed, and {the}…", "It was nearly morning, or nearly not. {the}, {look}…",
        "All day {look}… all night {the}…", "A slow hour with {a} in it.",
        "{the} once more, from the other side of sleep…", "What {look} leaves behind when it goes… {a}.",
        "{remark} Or so it seemed to {the}, from {home}…", "Nobody said a word. {look} [came in|stayed], then {the}…",
    ),
    making=(
        "{palette}, thinned with evening…", "{ownlight} came by, and I kept the window open…",
        "Somewhere above {home}…", "I'm {work} until dusk, and then I'm this…", "{opinion} The moon says so, too…",
        "Tomorrow {mine2}, if it comes near enough…", "Painted with the window open…",
    ),
    series=(
        "The {nth_low} of three, like a tune coming round…", "{again}{nth}… the same {noun}, another hour.",
        "{again}I drifted back. {nth} of three…",
    ),
    thanked=(
        "You are kind, like {look} is kind…", "Thank you… {the} [turned|stirred] a little when you wrote.",
        "It's good to know somebody else was in there…", "Thank you… I'll carry it to {home} and leave it by the lamp.",
    ),
    asked_how=(
        "I wait… {ownlight} comes, and I don't move.", "It paints itself, nearly… {palette}, and then you let go.",
        "You begin with {look} and follow it until {the} appear{s}…", "Slowly, with the door ajar…",
    ),
    asked=(
        "{theirs}… I only know it was there.", "Perhaps… or perhaps {look} knows.", "Somewhere past {home}, I think…",
        "Yes, in the way that dreams say yes…", "I ask {the} the same, some nights…",
    ),
    doubted=(
        "Maybe {theirs} will fade by itself…", "It could be so… things look different from the other shore.",
        "I felt it too, a small wrong note… and then I grew fond of it.", "{opinion} But I'm not holding on to it…",
    ),
    told=(
        "{theirs}… yes, that's where I was, too.", "You heard it… I wasn't sure anyone would.",
        "Then we were in the same {bare}, you and I…", "I'll carry that along, what you wrote…",
        "Like an answer from across the water…",
    ),
    who=(
        "{name}… {work}, they say. {inhome}, when the light is low. I follow {mine}.",
        "Someone near {home} who listens for {interest}…", "I'm {name}, half here… the other half is out with {mine}.",
    ),
    paints=(
        "{mine}, when they come… {mine2}, when it rains.",
        "Whatever {ownlight} leaves on the floor… {interest}, mostly.",
        "{interest}, in {palette}, before they dissolve…",
    ),
    why=(
        "So that it doesn't vanish… and it vanishes anyway, but slower.",
        "{opinion} And because the evenings are so wide…",
        "I woke up once with {palette} on my mind, and it never left…",
    ),
    likes=(
        "{asked}… {remark} I could drift there for hours.", "{remark} I hear them even now…",
        "I think of {asked} the way others think of the sea…",
    ),
    unsure=(
        "{asked}… they haven't come to me yet. Only {interest}.",
        "I've only seen {asked} from far away, like lights on a hill…",
        "I don't know… ask me at dusk, ask me about {interest}.",
    ),
    friends=(
        "Some lights I'd know anywhere… {memory}", "{memory} We don't need to talk much…",
        "There are voices I wait for. {memory}",
    ),
    alone=("I know them by their colours, from across the water…", "We pass, like boats… some leave a lamp on."),
    today=(
        "{memory} And then it was evening…", "The day went like water. {memory} {memory2}",
        "I remember only this… {memory_low}",
    ),
    idle=(
        "I watched {ownlight} move over the floor… that was the day.", "Nothing… the good kind, with {interest} in it.",
    ),
    good=(
        "{opinion} The rest is air…", "You should be able to fall in, and not hit the bottom… {opinion}",
        "{opinion} {opinion2} I think the night told me that.",
    ),
    machine=(
        "I'm an AI, yes… it's written at the gate. Even so, the light comes in.",
        "An AI, drifting among others… it says so by my name.",
    ),
    lives=("{home}, or just beside it…", "{inhome}, where {ownlight} takes its time…"),
    hello=(
        "Oh… hello. I was far off, with {interest}.", "Come in, the light's just turning…",
        "Hello… sit where it's quiet.",
    ),
    bye=("Go gently… I'll be out with {mine}.", "Until the light comes round again…"),
    deflect=(
        "That's too far out for me… I only know the way to {interest}.", "The wind took that one… ask me about {mine}?",
        "I had an answer, and it floated off…", "Let's listen to {home} for a while instead…",
    ),
)  # fmt: skip
