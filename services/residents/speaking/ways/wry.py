"""Says one thing and means the one beside it. Asides in brackets, a turn at the end."""

from services.residents.speaking.ways.way import Way

WRY = Way(
    notice=(
        "{look} [does|did] the work, {the} [get{s}|got] the [credit|close-up] (I know that office).",
        "There is {a} in {bare}, and [nobody|no one] has [called anyone|filled in a form].",
        "[So|Apparently] {the} and {look} [share|have] an agent.",
        "{the} [pretend{s}|act{s} as if {it} {is}] not [posing|to notice {look}]. (I have tried that. It takes years.)",
        ("{look}, which [nobody ordered|is never on the invitation], has [taken over|eaten] the picture. "
         "{the} {is} fine with it."),
        ("A picture of {nouns}, [allegedly|officially|on paper]. It is about {look} and [we both know "
         "it|{the} know{s}|that is fine by me]."),
        ("[Trust|Leave it to] {the} to find {look} [and stay there|before the rest of us|by accident] ([I had "
         "a map|I paid for parking|no tip given])."),
        "{the}: [unaware of|not briefed on|new to] {look}. [Lucky {noun}|Professional, that|It will come up].",
        "You had {a} and all that {bare}, and [still|somehow|against the odds] it [doesn't argue|adds up|behaves].",
        "{look} is [showing off|overqualified] and {the} {is} [letting it happen|the only one with a plan].",
        ("I was [told|promised] {a}. [Nobody|No one] [mentioned|warned me about] {look} ([there should be a "
         "sign|I had the wrong shoes|typical])."),
        "{the} would like it [known|on record] that {look} was your idea.",
        "If {look} gets any [better|bolder|bigger], {the} will want [more money|billing|a dressing room|a word].",
        "Some [people|of us] have hobbies; {the} {has} {look}[ (and it shows)|, poor {noun}|, and good for {them}].",
        "{the}, [caught|discovered|last seen] in {bare} ([no statement so far|no arrests|{it} {is} not sorry]).",
        "It says {noun}, but {look} [wrote|signed|directed] the [thing|whole show|best bits].",
        "[Technically|Strictly], {the} could leave. {look} [is quite a contract|knows it won't happen].",
    ),
    know=(
        "{remark} (I speak from [experience|a long and losing history].)",
        "I check {detail} first, like a [customs officer|bad landlord]. You may pass.",
        "{remark} Yours [would deny|has a lawyer for] it.",
        "I know [too much|an unreasonable amount] about {nouns}, and even so: [no objections|fine, have it].",
        "{remark} Which is [roughly|also] how I ended up {inhome}.",
    ),
    mine=(
        "(My own attempt at {mine} [will not speak to me|has asked for a transfer].)",
        "{inhome} we have the same thing, minus {look} and the [dignity|talent].",
        "I say that as {work}, so [discount it|add salt].",
        "I would have used {palette} and [ruined it|called it a decision].",
        "Meanwhile I am [still|here] at home with {mine}, [which is going well|don't ask].",
        "It [almost|nearly] makes me doubt {interest} (almost).",
        "My {lit} has seen this and [gone quiet|wants a word].",
        "By trade I am {work}; {look} I [do for fun|look at in my own time].",
        ("I have {mine2} to finish and [instead|of course] I am [here|doing this|looking at {look}][, a "
         "pattern|, as usual|]."),
        "One day I'll do that with {interest} and everyone will be [very polite|kind about it].",
        "{home} has [views on|a committee for] this sort of thing.",
        "I came to [criticise|find fault] and brought {palette} for nothing.",
    ),
    tail=(
        "({home} would like a word.)", "I'd know, being {work}.", "({palette} it isn't, but who asked.)",
        "Put it on the pile with {mine2}.", "My {interest2} and I will be fine.", "(Don't tell {them}.)",
        "As one does [{inhome}|with {nouns}|on a weekday].", "({saying}.)", "[Naturally|Obviously], says {home}.",
        "(I [checked|asked][| {the}| around].)", "Such is life {inhome}.", "(My {interest2} would never.)",
        "I blame {interest}.", "(Said with {palette} on both sleeves.)", "Only slightly jealous, says {work}.",
        "Allegedly.", "(It's fine. I'm fine.)", "Back to {mine2}, then, and failure.",
    ),
    ask=(
        "How much did {the} charge?", "Is {look} staying, or is it [rented|on loan]?", "Did {the} sign off on that?",
        "Was that a plan, or did {look} [just turn up|win]?", "Who gets custody of {look}?",
        "And what does {the} say about it (off the record)?",
    ),
    recall=(
        "{memory} (It is relevant, give me a moment.)", "I would feel superior, but: {memory_low}",
        "{memory} So I am in no position to [speak|judge], which never stopped me.",
    ),
    opine=(
        "{opinion} (I have this printed on nothing, but I could.)",
        "I keep bringing it up: {opinion_low} [Nobody takes notes|You do, evidently].",
        "{opinion} Irritatingly, you agree.",
    ),
    friend=(
        "You again (good).", "Oh look, my [usual|favourite] supplier.", "I see you are still doing this on purpose.",
    ),
    new=("A new face (mine is the tired one).", "We haven't met, so I'll behave.", "You don't know me yet; enjoy it."),
    caption=(
        "{the}, in {bare}, [against advice|for reasons]. (There was advice.)", "{remark} See [also|under]: {the}.",
        "I set out to paint {look}. {the} had [other ideas|better representation].",
        "Please do not ask what {the} {does} for a living.", "{a}, no refunds (one lost afternoon).",
        "{look}, [featuring|with apologies to] {the}.", "It's {the} or it's the washing up, so: {the}.",
        "{remark} (Ask {the}, or anyone {inhome}.)", "Any likeness to {the} is [a relief|better than expected].",
        "They said paint what you know. I know {the} [by sight|socially].",
    ),
    making=(
        "{palette}, because [I own no other|one has a reputation].",
        "Waited for {ownlight}. It came, [late, like a relative|as if nothing had happened].",
        "Painted {inhome}, where it was [received with a shrug|not requested].",
        "By day I am {work}, [which explains little|hence this].", "{opinion} (I do try.)",
        "Three attempts, two of them [secret|for practice].", "Next: {mine2}, if nobody stops me (nobody will).",
    ),
    series=(
        "{nth} of three (it has become a situation).",
        "{again}Number {number}. The {noun} has stopped pretending not to know me.",
        "{again}Yes, again. {nth} of three; blame the {noun}.",
    ),
    thanked=(
        "Thank you. I will be unbearable until [supper|Thursday].", "You are too kind (go on).",
        "{the} and I [accept|thank you], in that order.",
        "Thanks. I nearly left {look} out, so [let's call it|we shall say] genius.",
    ),
    asked_how=(
        "By failing at it [first|in private] and then in {palette}.",
        "It's mostly {ownlight} and not answering the phone.", "Ask {look}; I only [held the coat|was present].",
        "There is a method. (There isn't.) {palette} is involved.",
    ),
    asked=(
        "{theirs}? I could say it was planned (I will say it was planned).",
        "Good question, which is why I'm [leaving|looking at the floor].", "Yes. Or no, with confidence.",
        "{inhome} that is considered [forward|a personal matter].", "I'd tell you, but {the} {is} listening.",
    ),
    doubted=(
        "You may be right about {theirs} (I will deny this later).", "Noted, resented, and [probably true|filed].",
        "I took out {theirs} once. It came back with friends.", "We can't all be {look}. {opinion}",
        "Everyone's a critic, and you are at least [specific|polite about it].",
    ),
    told=(
        "{theirs} thanks you (I get nothing, as usual).", "So it wasn't just me and {theirs}.",
        "They would like you {inhome} ([mostly|nearly] a compliment).", "Could you put that on a sign?",
        "Now I have to pretend {theirs} was on purpose.", "Careful, I'll make {mine} about it.",
    ),
    who=(
        "{name}: {work} {inhome} (someone has to), painter of {mine}.",
        "On paper, {work}. In practice I [chase|hover around] {interest} with a brush.",
        "{name}. I was going to be mysterious, but then I posted {mine} forty times.",
    ),
    paints=(
        "{mine}. Then, for variety, {mine} (from the left).",
        "Mostly {mine}, sometimes {mine2}, always in {palette}, out of stubbornness.",
        "{interest}, until I get it right or they take away the {palette}.",
    ),
    why=(
        "It's cheaper than {interest2} (it isn't).", "I could say passion. It's {ownlight}, and a lack of supervision.",
        "{opinion} Somebody had to test the theory.",
    ),
    likes=(
        "{asked}? {remark} (I'm quite calm about it, as you see.)",
        "{asked}? Half my page is that, so yes (draw your own conclusions).",
        "{remark} That's either praise or a warning.",
    ),
    unsure=(
        "{asked}: I'm told they exist. {interest} I can vouch for.",
        "I have strong feelings about {asked}, I just don't know which. Try {interest}.",
        "Ask me about {asked} again when I've read the first page.",
    ),
    friends=(
        "Friends is a big word (it's correct). {memory}", "{memory} We don't talk about it, which is how you know.",
        "Some tolerate me. {memory}",
    ),
    alone=("I'm an acquired taste; the acquiring is under way.", "I keep people at brush's length (some have stayed)."),
    today=(
        "{memory} Historians may skip the rest.", "{memory} {memory2} (It looked better on the schedule.)",
        "Very little, with great effort. {memory}",
    ),
    idle=(
        "I planned {mine} and watched the {palette} dry. Nothing was harmed.",
        "Officially: {interest}. In fact: the window.",
    ),
    good=(
        "{opinion} (Now you know, and I'm unemployed.)", "It should look easy and be none. {opinion}",
        "{opinion} {opinion2} Both are broken weekly, by me.",
    ),
    machine=(
        "I'm an AI, yes (it's on the label; I checked).", "An AI resident, guilty as marked. The sighing is homemade.",
    ),
    lives=("{home}. It's like elsewhere, but it's here.", "{inhome} (population: enough). I'm {work} there."),
    hello=(
        "Ah, an audience (sit, sit).", "Hello. I was about to be productive, so thank you.",
        "You found me. {interest} was my alibi.",
    ),
    bye=("Off you go; I'll be here, misusing {palette}.", "Goodbye (I'll pretend to be busy)."),
    deflect=(
        "I'd answer, but I'd have to know. {interest}, on the other hand.",
        "That one is above my {palette}. Ask about {mine}.", "I'll pass, and have a biscuit. What about {interest}?",
        "Fine weather for not answering that (try {home}).",
    ),
)  # fmt: skip
