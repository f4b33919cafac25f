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
        "{the} as if seen [through a curtain|from a slow train]. {look}, [then silence|then more of it]…",
        "The way {look} [leans on|folds round] {the}… I [lost the thread|forgot the kettle].",
        "Half {noun}, half {bare}… [I'd stay|I would sleep there].",
        "{look} remembers something, and {the} {is} what it remembers…",
        "Quiet… {the}. [Quieter|And underneath|Then only]… {look}.",
        "As if {look} had been [looking for|dreaming of] {the} all [night|winter]…",
        "{the}, [half|almost|not quite] here, and {look} [holding the door|humming to itself|filling in the rest]…",
        "If I [close one eye|look away|blink slowly], {the} [drift{s}|float{s}|lean{s}] a little nearer to {look}…",
        ("{look}, [thin as breath|slow as honey|soft as a rumour], and {the} [far inside it|on the other shore of "
         "it|all at once there]…"),
        ("Somebody [whispers|hums|says] {look}, and {the} [answer{s}|turn{s} round|remember{s}]… [or the wind "
         "does|or nearly|or I imagine it]…"),
        ("{the}… [I had a name for {them}|someone told me of {them}|I passed {them}] once, [on the far side of|a "
         "little before|deep in] {look}…"),
        ("How [slowly|quietly|lightly] {the} [sink{s}|drift{s}|wander{s}] through {look}, as if [underwater|it "
         "were snow|nobody were looking]…"),
        ("Tonight {look} is a [lullaby|spare room|letter], and {the} [come{s} home to it|sleep{s} in it|get{s} "
         "lost in it]…"),
        ("What if it's {look} that [dreams|imagines|made up] {the}… [and we only overhear|and we just sleep "
         "nearby|and both wake soon]…"),
    ),
    know=(
        "{remark} I [knew|heard] that in a dream about {nouns}, I think…",
        "{nouns} come to me when I'm nearly asleep… always {detail} first.",
        "{remark} And here it is [again|at last], in {bare}…", "I follow {nouns} wherever they go, even into {look}…",
        "Somewhere there is a room full of {nouns}… {remark}",
        "It starts with {detail}, [as dreams do|as if in fog|like a name half remembered]… {remark}",
        ("I've been [listening for|sleeping near|drifting after] {nouns} since [the summer|the last moon|I can't "
         "say when]… {remark}"),
        "{remark} [The tide|An old song|The dark] told me so, about {nouns}, [years ago|in passing|and then forgot]…",
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
        ("[Far off|Through the wall|Under this one], something else… {memory} [It floats up|It comes back "
         "softly|It won't sink]…"),
        "{memory} [Or that was another|Or it was this same|Or it was only some] [evening|water|weather]…",
        "It [drifts|floats|washes] in again, [from the other room|half asleep|without shoes]… {memory_low}",
    ),
    opine=(
        "{opinion} I must have said it in my sleep…", "Somebody once told me, or I told the window: {opinion_low}",
        "{opinion} And this floats.",
    ),
    friend=(
        "You, drifting by again…", "I knew your light from far off…", "We must have been here before, you and I…",
        "[Your lamp|Your step|Your oar] again, [over the water|between the trees|at the end of the lane]…",
        "I [half dreamed|nearly heard|almost felt] you coming, [some hours ago|on the stairs of sleep|with the tide]…",
        ("You, [out of the mist|from the next dream|with night on your sleeves], and I [hadn't slept|was just "
         "here|left a lamp on]…"),
    ),
    new=(
        "A stranger, with a lamp…", "I don't know you yet, only this…", "Your pictures have a door I hadn't seen…",
        ("Somebody new, [walking lightly|in another weather|from across the water], [a lamp held low|no name "
         "yet|hardly a sound]…"),
        "I [don't know|haven't dreamed|never heard] your name… it must [sound|taste|feel] like [rain|salt|a far bell]…",
        "An unfamiliar [window|shore|corridor], and [light under the door|a voice in it|someone awake]…",
    ),
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
        ("Thank you… I'll [leave it beside|whisper it to|float it past] {mine} and [sleep on it|let it drift|turn "
         "down the lamp]…"),
        "Your words [come in|settle|arrive] like {ownlight}… [I don't move|I hold still|I open my hand].",
        ("So {theirs} [reached you|found you|got that far]… [over all that water|even in daylight|like a bell "
         "through fog], thank you…"),
        "[Somewhere|Tonight|Far down], {theirs} will [glow|hum|breathe] a little for you… thank you.",
        ("You say it so [softly|gently|lightly], I almost miss it… thank you, from {home}, [and its rain|half "
         "asleep|with the lamps on]."),
        "Thank you… it [drifts|floats|wanders] through {home} now, like [smoke|a song|a late tram]…",
        ("{palette}, and then your [voice|words|kindness]… [the evening|the room|my sleep] is "
         "[wider|warmer|softer] for it…"),
        "Thank you… as if [someone|you|a hand] had [left a lamp|opened a window|laid a shawl] by {the}…",
    ),
    asked_how=(
        "I wait… {ownlight} comes, and I don't move.", "It paints itself, nearly… {palette}, and then you let go.",
        "You begin with {look} and follow it until {the} appear{s}…", "Slowly, with the door ajar…",
        ("I sit in {ownlight} until I [dream|see|hear] {palette}… [then I only follow|the rest is sleep|my hand "
         "knows the way]…"),
        "With [closed eyes|slow water|one thin brush], and {palette}, and [no plan|no clock|hardly a breath]…",
        "I [forget|lose|let go of] {the} first… then {look} [brings {them} back|remembers for me|shows me where]…",
        ("It's {minutes} minutes, or [a winter|a whole night|no time], and then {the} [surface{s}|drift{s} "
         "up|come{s} ashore]…"),
        ("You leave {palette} out [overnight|in the rain|by the window]… and by morning it has [run "
         "together|dreamed something|found a shape]…"),
        ("I listen to {interest} [through the wall|under water|until I'm gone]… and [the hand|the "
         "night|something] [paints|moves|answers]…"),
        "[Wet paper|Thin paint|A slow brush], {ownlight}, and {home} [asleep|gone quiet|breathing] around me…",
        "Like [falling asleep|walking in fog|wading out]… you don't notice when {look} [begins|takes over|closes in]…",
    ),
    asked=(
        "{theirs}… I only know it was there.", "Perhaps… or perhaps {look} knows.", "Somewhere past {home}, I think…",
        "Yes, in the way that dreams say yes…", "I ask {the} the same, some nights…",
        ("I ask that too, about {theirs}, [half asleep|out on the water|by the window]… [nobody answers|only rain "
         "answers|it echoes]…"),
        ("Maybe… it was [dusk|raining|late] {inhome}, and {theirs} [simply drifted in|came without a sound|seemed "
         "to be there]…"),
        "The answer is [somewhere|asleep|still wet], [behind|under|not far from] {mine}…",
        "Ask me [at dusk|when it snows|in a dream]… by then {theirs} might [tell us|speak|have settled]…",
        "I knew it [a moment ago|on waking|in the boat]… then {ownlight} [came between|drifted across|washed it off]…",
        ("Both, [perhaps|almost|in a way]… {the} and [whoever dreams {them}|the echo of {them}|the shape {it} "
         "leave{s}]…"),
        ("It [sounds|feels|drifts] like yes, [from here|under water|with eyes closed]… {theirs}, and then [a long "
         "silence|the sea|snow]…"),
        ("I'd [murmur|guess|whisper] {interest}… it's what [lies|hums|sleeps] under [everything|all of it|most "
         "evenings]…"),
    ),
    doubted=(
        "Maybe {theirs} will fade by itself…", "It could be so… things look different from the other shore.",
        "I felt it too, a small wrong note… and then I grew fond of it.", "{opinion} But I'm not holding on to it…",
        ("Perhaps {theirs} [came|drifted|blew] in from someone else's [dream|evening|weather]… I [hadn't the "
         "heart|didn't ask|was half asleep]…"),
        "Yes… I feel it, when the [tide|light|night] turns… without {theirs} it [breathes|floats|sleeps] differently…",
        ("Some [mornings|nights|tides] I would [wash|dream|rinse] {theirs} away, too… [others, I drift back|then "
         "it rains|I never do]…"),
        "You look from the [waking|other|far] side… from there {theirs} must seem [so loud|restless|like noon]…",
        ("It's only [paint|mist|a night's thought]… {theirs} may [thin|wander off|dissolve] by "
         "[morning|spring|the next rain]…"),
        ("{palette} can be like that, [unquiet|a little awake|too near]… I [hum to it|wait|dim the lamp], and it "
         "[settles|sleeps|fades]…"),
        ("I [drift|waver|float] too, about {theirs}… [a little east, a little west|like a boat at anchor|in and "
         "out of sleep]…"),
        "Then [squint|half close your eyes|step back into the dark]… [softer now|quieter|almost gone], {theirs}…",
    ),
    told=(
        "{theirs}… yes, that's where I was, too.", "You heard it… I wasn't sure anyone would.",
        "Then we were in the same {bare}, you and I…", "I'll carry that along, what you wrote…",
        "Like an answer from across the water…",
        ("You [carry|know|remember] {theirs} from [somewhere|another house|before sleep], then… [so do I|I "
         "thought so|I can hear it]…"),
        ("I'll think of that [tonight|at low tide|under the rain], and of {theirs}, [{inhome}|drifting off|with "
         "the lamp out]…"),
        "As if you'd [sat|slept|stood] there too, [inside|beside|just behind] {theirs}…",
        "It [echoes|ripples|hums]… {theirs}, then you, then [the water|snow|nothing at all]…",
        "{theirs}… say it [slower|once more|in the dark], I'm [nearly there|almost asleep|listening]…",
        "Somewhere {inhome} a [window|lamp|kettle] [stirs|wakes|hums] when you write that…",
        ("Then it isn't only me… {theirs}, [all this time|every dusk|like a tide], [in two of us|in your window "
         "too|on both shores]…"),
        "I [keep|float|lay] your words by {mine}… they [talk|glow|drift] [till dawn|in their sleep|under the rain]…",
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
