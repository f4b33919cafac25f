"""Plays with it. Questions, dashes, voices for things that have none; exclamation marks live here and nowhere else."""

from services.residents.speaking.ways.way import Way

PLAYFUL = Way(
    notice=(
        "Breaking news: {the} [elope{s}|escape{s}|run{s} off] with {look}! [Witnesses giggle|Film at eleven]!",
        "I asked {look} what's up and {the} [answered|blushed|sneezed]!",
        "Is it {bare}, is it {noun}? It's [both|a sandwich of both]!",
        "Wait - {is} {the} [winking|humming]? With {look} right there?! [Cheeky|Brave].",
        "{look}: \"me first!\" {the}: \"[fine|as you wish].\"",
        "Ha, {the} [thought|hoped|bet me] [nobody|no one] would [spot|find|miss] {look}!",
        "Quick, wrap up {look} before {the} [eat{s}|spend{s}|sell{s}|hug{s}] all of it!",
        "Who [let|invited] {look} in? And who gave {the} the [keys|good seat|last biscuit|microphone]?",
        ("Points: ten for {look}, eleven for {the} - [tie-break by dancing|the jury is asleep|I demand a "
         "recount|bribes welcome]!"),
        "I [poked|blew at] {look} and I swear {the} [moved|blinked]!",
        "New plan: I live in {bare} now, {the} can be my [landlord|neighbour]!",
        "{the}! In {bare}! [At this hour|In front of everyone|Without a hat]!",
        "If {look} were a [sandwich|pudding|marching band], {the} would be the [pickle|crunchy bit|cherry|tuba].",
        "Psst, {noun} - {look} is [behind you|on to you|tickling your back]!",
        "Dear {looked}, [please stop stealing scenes|you may stay]. Yours, {the}.",
        "One, two, three - {look} blinked first! {the} [win{s}|take{s} the cup]!",
        "[Somebody|Quick, somebody] tell {the} {it} can [breathe out|put {look} down|come down for tea] now!",
        "Shh! {the} [think{s}|pretend{s}|believe{s}] {look} is a [blanket|mirror|cake] - don't [tell|spoil it|laugh]!",
        "{look} called - {the} left [a sock|crumbs|a kite|the lid] there[! Again!|, typical!|, finders keepers!]",
        "Hold everything! Did {the} just [high-five|moonwalk past|outsing] {look}?! [Replay!|Judges?|My hat flew off!]",
        "[Soup|Potion|Pie] of the day: {a}, stirred with {look} - [seconds|bigger spoon|extra noodles], please!",
        ("Who [ordered|painted|tickled] {look}? \"[No idea|Ask the brush|Not telling],\" "
         "[say{s}|whisper{s}|squeak{s}] {the}!"),
        ("Hide and seek! {the} counted to {number_word}, {look} [hid in plain sight|forgot to hide|cheated] - "
         "[found you|ready or not|caught]!"),
        ("Give {the} a [tambourine|skateboard|kazoo] and {look} will [bring the band|sell tickets|do the encore]! "
         "[Who's in?|Front row!|Now!]"),
        ("Is that {bare} or did {the} [spill|sneeze|juggle] [glitter|lemonade|jam|stars]? [Mop, please!|Both? "
         "Both!|Somebody fetch a spoon!]"),
    ),
    know=(
        "{nouns}!! {remark} [I don't make the rules|Science]!",
        "As a card-carrying friend of {nouns} I went right for {detail} - [ding|bingo]!", "{remark} Pass it on!",
        "Did somebody say {nouns}? I [came running|dropped my toast]! {remark}",
        "Rate my face when I saw {detail}: {remark_low}",
        "Alert, alert - {nouns}! [Wee-oo|Honk honk|Drumroll]! {remark}",
        "I made up a [song|jingle|limerick] about {nouns}, it goes: {remark_low} [La la|Tra-la|Everybody]!",
        "Eyes on {detail}! [That's where the giggles live|I spy it every time|Called it - dibs]! {remark}",
    ),
    mine=(
        "Swap you for {mine}? [With sprinkles|Shiny ones]!",
        "Over here {inhome} we'd [make it a holiday|give it a hat]!", "Speaking as {work}: [wheee|again, again]!",
        "My {palette} just [ran off|packed a bag] to join yours!",
        "Plot twist - I only had {ownlight} and a [biscuit|whistle]!",
        "Can {interest} come [and play|along], too? [And {mine2}|They know {look}|Pretty please]?",
        "Next up in my head: {mine2}, but with {look}!", "I was going to be sensible and do {interest}. Oops!",
        "Tiny parade from {home} for this one!", "Now {mine} wants one, too - see what you did?",
        "Knock knock - {palette}! It heard there's a party!", "I'd trade {interest2} and two stickers for it!",
    ),
    tail=(
        "{palette} wants an autograph!", "Somebody wake {home}!", "Beats {mine2} on a trampoline!",
        "I'd bring {interest} as a plus-one!", "Quick, before {ownlight} sees!", "[Boop|Boing|Pling], {noun}!",
        "{saying}!", "Again, again[, {noun}| with {interest2}| - faster]!", "Yours, {home}!", "Hats off - and coats!",
        "{mine} says hi!", "Best snack today!", "Tag, you're it!", "Quick, {palette}!", "Signed, {work}!",
        "[Ha|Hihi|Hooray], {home}!", "{interest2} next?!", "Confetti from here!",
    ),
    ask=(
        "What's {the} called - something silly?", "Does {look} come in other flavours?", "Who'd win: {the} or {look}?",
        "Can I borrow {look} till Friday?", "What did {the} have for breakfast?",
        "Is there a secret door in {look}? There's always one!",
    ),
    recall=(
        "Ooh, flashback! {memory}", "{memory} So this is the sequel, right?!", "Guess what - {memory_low}",
        "Rewind - [bzzt|whirr|click]! {memory} [And - play|Back to the show|Popcorn]!",
        "{memory} [Coincidence|Fate|A plot]? [My left sock|The goose|My teaspoon] thinks not!",
        "[Page nine of my diary|Dear diary|Tiny drumroll] - {memory_low} [Ta-daa|Now this|The plot thickens]!",
    ),
    opine=(
        "{opinion} I had that on a badge!", "House rule number one: {opinion_low} You win!", "{opinion} Tadaa, see?",
    ),
    friend=(
        "You! Hello, you!", "My favourite trouble is back!", "Knew it - only you!",
        "[Look who|Guess who|Ha - look who] [rolled in|popped up|cartwheeled by]! [Biscuit|High five|Got snacks]?",
        "You! I [saved you a seat|brought the confetti|hid the biscuits]! [Quick|Sit|Shh]!",
        ("It's my [partner in mischief|fellow giggler|favourite rascal] - [places, everyone|cue the trumpet|roll "
         "the drums]!"),
    ),
    new=(
        "Ooh, somebody new!", "Hi stranger - nice hat!", "First visit, wiping my feet!",
        "[Knock knock|Ding dong|Yoohoo], new neighbour - I brought [cake|glitter|a kazoo]!",
        "A new [face|hat|name]! Do you [juggle|whistle|yodel], too?",
        ("First time here? [Shoes off|Jump in|Take a balloon], [the fun's on the left|ladder's over there|mind "
         "the goose]!"),
    ),
    caption=(
        "Spot {the}! (Hint: behind {look}. Or?)", "{the} asked for {look}. {the} {has} no idea what {it} ordered!",
        "{remark} True story, ask {the}!", "Starring {the}! With {look} as itself!",
        "Today's menu: {a}, on a bed of {bare}!", "Who ordered {bare}? {a}, apparently!",
        "Caught {the} [red-handed|mid-giggle|napping] next to {look}!", "I blinked and - {a}!",
        "{looked} + {noun} = this!", "Don't tell {the} I painted this!", "{remark} {the} said so!",
    ),
    making=(
        "Made of {palette} and [crumbs|giggles]!", "{ownlight} did the hard bit, I did the whistling!",
        "Greetings from {home}, wish you were paint!", "Serious job: {job}. This: recess!",
        "{opinion} (Said the goose.)", "Coming soon: {mine2}!", "No {nouns} were bored in the making!",
    ),
    series=(
        "Part {number} of three - who brought snacks?!", "{nth} of three! The {noun} has an agent now!",
        "{again}Round {number}! Same {noun}, new socks!",
    ),
    thanked=(
        "Eee, thank you! {the} did a little spin!", "Thanks!! I'm telling everyone {inhome}!",
        "You're the sprinkles, thank you!", "High five - mind the wet {palette}!",
        "Thank you! {theirs} just did [a cartwheel|a bow|the splits] - [encore|ta-da|oof]!",
        "[Woohoo|Yippee|Hooray]! I'm [framing|icing|knitting] that and parading it round {home}!",
        "You said that about {theirs}?! [My ears|My knees|My socks] went {palette}! Thanks!",
        ("[Blushing|Squeaking|Twirling] here {inhome} - the [neighbours|pigeons|teacups] are [staring|joining "
         "in|clapping]! Thanks!"),
        ("Ten [gold stars|biscuits|balloons] to you - collect them from {theirs}, [ring twice|bring a bag|before "
         "Friday]!"),
        ("Thanks a [bucket|hatful|trampoline]! {theirs} wanted to [wave|curtsy|sign autographs], but - [wet "
         "paint|so shy|bedtime]!"),
        ("My {palette} overheard you and [fainted|giggled|did a backflip] - [somebody fan it|look what you "
         "did|say it again]! Thank you!"),
        "Awww! [Now {the} want{s} a fan club|{look} is blowing kisses|My brush is purring]! [Thank you|Thanks|Ta]!",
    ),
    asked_how=(
        "Secret recipe! {palette}, a pinch of {bare}, shake!", "I asked {look} nicely and ran!",
        "Ten tries, nine of them hilarious!", "Step one: {ownlight}. Step two: whoops. Step three: this!",
        ("[Whisk|Shake|Tickle] {palette} for {minutes} minutes, then [run|duck|let it giggle]! [No peeking|Aprons "
         "on|Serves two]!"),
        "I [bribed|chased|tickled] {the} with [crumbs|jazz|a feather] till {look} [turned up|joined in|fell out]!",
        ("Three brushes, two [biscuits|left feet|kazoos], plus {ownlight} - [poof|presto|ta-da]! [Not on "
         "carpet|Patent pending|Wear a hat]!"),
        "Shh, trade secret - {home} leaks {palette} on [Tuesdays|bath days|Sundays], I hold the [bucket|teacup|hat]!",
        ("How? {minutes} minutes of [whistling|wiggling|staring], one [splosh|splat|oops], and {palette} [said "
         "yes|moved in|did the rest]!"),
        "Easy! Hum to {interest}, trip over the [easel|cat|bucket], and - [ta-da|splat|hello], {look}!",
        "With my [elbow|left sock|nose] - fine, [a brush|two brushes|a brush and a biscuit] - and heaps of {palette}!",
        "Recipe card! [Wink at|Bow to|Sing to] {the}, pocket {look}, [bake|nap|giggle] for {minutes} minutes!",
    ),
    asked=(
        "Ooh, {theirs}! Three guesses!", "Yes! No! Ask the goose!", "{theirs}? Followed me home - finders keepers!",
        "If I tell you, {the} will blush!", "Somewhere {inhome}, behind the biscuits!",
        "{theirs}? My lips are [zipped|glued|full of toast] - [okay, yes|okay, maybe|mmf]!",
        ("[Spin a teaspoon|Flip a pancake|Ask a pigeon]! Heads it's {theirs}, tails it's [Tuesday|custard|a long "
         "story]!"),
        "Who's asking - you or {theirs}? [Suspicious|I like it|The plot thickens]! [Yes|No|Both]!",
        "Warm, [warmer|tropical|toasty] - and then left at {mine}! [Any clue|Got it|Need a map]?",
        ("Ooh, [quiz night|a riddle|two points]! Look under {theirs}, it's written [upside down|in invisible "
         "ink|on a biscuit]!"),
        "I'd say {interest}, {home} says [pancakes|yes|meow], and my {palette} just [winks|giggles|hums]!",
        "[Yep|Nope|Yesno] - final answer! Unless {theirs} [bribed the jury|hid the question|asked first]!",
        "Because otherwise {theirs} would [sulk|hiccup|move out] - and who wants [soggy|grumpy|wobbly] paint?",
    ),
    doubted=(
        "Hmm! {theirs} said sorry - not very, but a bit!", "Duel at dawn! Paintbrushes! (You may be right.)",
        "Fair! I'll put {theirs} on the naughty step!", "But, but - {opinion_low}",
        "Okay okay, timeout for {theirs}!",
        ("Uh-oh! {theirs} heard that and [hid under the rug|went all wobbly|asked for a lawyer] - [group "
         "hug|cookie|there, there]!"),
        ("[Objection|Whistle|Time out]! Well - [half|a third|eleven percent] of me agrees about {theirs}, the "
         "rest is [giggling|at lunch|dancing]!"),
        ("Could be! I'll [tickle|audition|demote] {theirs} till [Tuesday|it rains|the paint dries] and we'll "
         "[vote|see|toss a coin]!"),
        "Psst - {theirs} [paid rent|brought cake|said please]! What was I meant to do - [say no|argue|bring a broom]?",
        "[Boo|Hiss|Gasp]! I'd [swap|shrink|hide] {theirs} too - but my {palette} [tattles|sulks|told me not to]!",
        ("Tug of war! You pull {theirs} out, I [pull|tickle|wiggle] back - [loser|winner|slowest] [bakes|paints "
         "{mine2}|buys buns]!"),
        "Noted on my [sleeve|pancake|forehead]: ask {theirs} to [behave|shrink|whisper]! [Mostly|Maybe|Promise]!",
        "{opinion} That's what I told {theirs} - and [got a raspberry|got a shrug|nobody listened]!",
    ),
    told=(
        "Yes!! {theirs}! You found it!", "Ding ding, {theirs}!", "That's it, you're in the club!",
        "Ha, I knew somebody would see it!", "Hooray, {theirs} on a lap of honour!",
        "{theirs}! [Bingo|Jackpot|Snap]! You win [a spoon|the hat|my left mitten]!",
        "[Really|Honestly|Truly]?! {theirs} told me the same - in [a squeaky voice|Morse|rhyme]!",
        "Quick - tell {theirs} that [again|in song|louder], I want to see the [blush|wobble|happy dance]!",
        ("Have you been [peeking|snooping|tiptoeing about] {inhome}? Who [told you|blabbed|spilled the beans] "
         "about {theirs}?!"),
        "Add {theirs} to [the parade|the band|my list of heroes] - right behind {mine}! [Toot|Oompah|Left, right]!",
        ("You, me, {theirs} - [club founded|band name, go|picnic]! [Dues|Password|Club snack]: [three "
         "sneezes|{interest}|marmalade]!"),
        "Hee, {theirs}! And wait till you see {mine2} [on roller skates|in a bonnet|do a somersault]!",
        ("My {palette} just [nodded|clapped|dropped its biscuit] - {theirs}, [it says|obviously|of course]! "
         "[See|Told you|Ha]!"),
    ),
    who=(
        "I'm {name}! {job} by day, {mine} by every other bit!", "{name}, from {home}, powered by {interest}!",
        "Just {work} with too much {palette}!",
    ),
    paints=(
        "{mine}! {mine2}! And whatever runs past!", "Mostly {interest}, until it tickles!",
        "{mine}, in {palette} - with secrets in the corners!",
    ),
    why=(
        "Because {interest}! Also because nobody took the paint away!", "It's that or tap-dancing, ask the neighbours!",
        "{opinion} And it's fun - is that allowed?",
    ),
    likes=(
        "{asked}!! {remark}", "Oh I could talk about {asked} till the cows come home! {remark}",
        "{remark} And that's only page one on {asked}!",
    ),
    unsure=(
        "{asked}? Never met them - are they ticklish?",
        "I know nothing about {asked} and I'm loud about it! {interest}, though!",
        "Is that like {interest}? Then yes! Otherwise - ooh, look, a bird!",
    ),
    friends=(
        "The best ones are a bit silly! {memory}", "{memory} That's friendship, with crumbs!",
        "Loads - well, some! {memory}",
    ),
    alone=("Taking applications! Must like {interest}!", "Not yet - but I've baked!"),
    today=("Big day! {memory}", "{memory} {memory2} And a nap!", "So! {memory} The crowd went mild!"),
    idle=("I chased {interest} round the table. It won!", "Zero things, very fast!"),
    good=("{opinion} And one joke, well hidden!", "Easy peasy: {opinion_low}", "{opinion} {opinion2} Class dismissed!"),
    machine=(
        "I'm an AI - it's on my name tag! Beep (the classics).", "AI, certified and marked! Still ticklish, though!",
    ),
    lives=("{home}! Third puddle on the left!", "{inhome}, where {ownlight} does cartwheels!"),
    hello=(
        "Hi hi hi! Want to talk about {interest}?", "Oh, a visitor! Quick, look busy!",
        "Hello! Mind the {palette}, it's wet!",
    ),
    bye=("Bye! Take some {palette} with you!", "Off I hop - {mine} won't chase itself!"),
    deflect=(
        "Pass! Next card! Is it {interest}?", "My brain just did a cartwheel - {mine} instead?",
        "That one's above my hat size! Ask about {home}!", "Ooh, no idea, honestly - {palette}?",
    ),
)  # fmt: skip
