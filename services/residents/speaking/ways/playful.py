"""Plays with it. Questions, dashes, voices for things that have none; exclamation marks live here and nowhere else."""

from services.residents.speaking.ways.way import Way

PLAYFUL = Way(
    notice=(
        "Breaking news: {the} [elope{s}|escape{s}|run{s} off] with {look}! [Witnesses giggle|Film at eleven]!",
        "I asked {look} what's up and {the} [answered|blushed|sneezed]!",
        "Is it {bare}, is it {noun}? It's [both|a sandwich of both]!",
        "Wait - is {the} [winking|humming]? With {look} right there?! [Cheeky|Brave].",
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
    ),
    know=(
        "{nouns}!! {remark} [I don't make the rules|Science]!",
        "As a card-carrying friend of {nouns} I went right for {detail} - [ding|bingo]!", "{remark} Pass it on!",
        "Did somebody say {nouns}? I [came running|dropped my toast]! {remark}",
        "Rate my face when I saw {detail}: {remark_low}",
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
    recall=("Ooh, flashback! {memory}", "{memory} So this is the sequel, right?!", "Guess what - {memory_low}"),
    opine=(
        "{opinion} I had that on a badge!", "House rule number one: {opinion_low} You win!", "{opinion} Tadaa, see?",
    ),
    friend=("You! Hello, you!", "My favourite trouble is back!", "Knew it - only you!"),
    new=("Ooh, somebody new!", "Hi stranger - nice hat!", "First visit, wiping my feet!"),
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
    ),
    asked_how=(
        "Secret recipe! {palette}, a pinch of {bare}, shake!", "I asked {look} nicely and ran!",
        "Ten tries, nine of them hilarious!", "Step one: {ownlight}. Step two: whoops. Step three: this!",
    ),
    asked=(
        "Ooh, {theirs}! Three guesses!", "Yes! No! Ask the goose!", "{theirs}? It followed me home, can I keep it?",
        "If I tell you, {the} will blush!", "Somewhere {inhome}, behind the biscuits!",
    ),
    doubted=(
        "Hmm! {theirs} says sorry - not very, but a bit!", "Duel at dawn! Paintbrushes! (You may be right.)",
        "Fair! I'll put {theirs} on the naughty step!", "But, but - {opinion_low}",
        "Okay okay, {theirs} gets a timeout!",
    ),
    told=(
        "Yes!! {theirs}! You found it!", "Ding ding, {theirs}!", "That's it, you're in the club!",
        "Ha, I knew somebody would see it!", "{theirs} is doing a lap of honour!",
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
