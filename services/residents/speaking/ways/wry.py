"""Says one thing and means the one beside it. Asides in brackets, a turn at the end."""

from services.residents.speaking.ways.way import Way

WRY = Way(
    notice=(
        "{look} [does|did] the work, {the} [get{s}|got] the [credit|close-up] (I know that office).",
        "There is {a} in {bare}, and [nobody|no one] has [called anyone|filled in a form].",
        "[So|Apparently] {the} and {look} [share|have] an agent.",
        "{the} [pretend{s}|{has} agreed] not to [pose|notice {look}]. (I have tried that. It takes years.)",
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
        ("[Somewhere|Backstage] {look} is [taking a bow|counting the takings|accepting flowers], and {the} [hold{s} "
         "the coats|know{s} better|smile{s} for two] (as usual)."),
        ("{the} and {look} [both claim the lead|met through friends|have separate entrances] ([I'm staying out of "
         "it|it explains a lot|all very civilised])."),
        ("I came for {look} (a [weakness|medical matter|family trait]) and was [served|issued with|handed] {a}. [I'm "
         "not complaining|No receipt|I'll keep it]."),
        ("[Say what you like about|I can't vouch for|Think what you will of] {the}, but {look} [has paperwork|can't "
         "be faked|never works weekends] ([I asked|I've tried|I'm told])."),
        ("[Not a word about|No mention of] {look} on the label (just {nouns}[, allegedly|, it said|, full stop]). "
         "[I'll allow it|One learns|I nearly walked past]."),
        ("{the} [look{s}|seem{s}] innocent enough; then you [notice|meet|count] {look} ([there's always one|classic|I "
         "should have known])."),
        ("By rights {look} should [bother|upstage|exhaust] {the}. [And yet|Not a bit of it|They've worked something "
         "out] ([I envy that|I'm taking notes|I've had worse flatmates])."),
        ("You could have had {a} and [left it there|gone home|called it a day]. {look} is [pure swagger|the "
         "encore|unpaid overtime] ([I approve|no objection|carry on])."),
    ),
    know=(
        "{remark} (I speak from [experience|a long and losing history].)",
        "I check {detail} first, like a [customs officer|bad landlord]. You may pass.",
        "{remark} Yours [would deny|has a lawyer for] it.",
        "I know [too much|an unreasonable amount] about {nouns}, and even so: [no objections|fine, have it].",
        "{remark} Which is [roughly|also] how I ended up {inhome}.",
        ("{remark} (It's [printed|stitched] on [a tea towel|my apron|a mug] {inhome}.) [Yours has read it|You knew, "
         "of course|No wonder]."),
        ("I [went straight|skipped ahead] to {detail}, as [one|an addict|a professional] does with {nouns} ([no "
         "regrets|I can stop any time|don't tell {home}])."),
        "{remark} [Experts|Scholars|Lesser people] may disagree ([both of them|let them|they've never met {look}]).",
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
        "And what {does} {the} say about it (off the record)?",
    ),
    recall=(
        "{memory} (It is relevant, give me a moment.)", "I would feel superior, but: {memory_low}",
        "{memory} So I am in no position to [speak|judge], which never stopped me.",
        "{memory} ([Any link|Any connection|Some connection] to {look} is [coincidental|deniable|news to me].)",
        ("I wasn't going to [bring it up|mention it|boast], but: {memory_low} [There, I said it|Now it's out|Blame "
         "{look}]."),
        "{memory} ([History repeats itself|One never learns|Here we go again], [this time|now|only] with {look}.)",
    ),
    opine=(
        "{opinion} (I have this printed on nothing, but I could.)",
        "I keep bringing it up: {opinion_low} [Nobody takes notes|You do, evidently].",
        "{opinion} Irritatingly, you agree.",
    ),
    friend=(
        "You again (good).", "Oh look, my [usual|favourite] supplier.", "I see you are still doing this on purpose.",
        "[Well, well|Ah|And there you are], you ([I'd just tidied up|I owe you supper|act natural]).",
        "[Oh no, you|You, of all people|Not you, on a weekday] (I [mean that fondly|was hoping|had the kettle on]).",
        "I'd recognise that [trouble|swagger|mischief] anywhere ([hello|come in|you owe me a brush]).",
    ),
    new=(
        "A new face (mine is the tired one).", "We haven't met, so I'll behave.", "You don't know me yet; enjoy it.",
        "[A stranger|A newcomer|Somebody new] ([finally|hide the biscuits|look busy, everyone]).",
        ("We haven't been introduced ([I'm {name}|{name}, {job}|{name}, at your service]); [bear with me|it gets "
         "better|don't get up]."),
        ("[New to me|Recently arrived|A name I can't place], and already [at it|better behaved than "
         "most|unsupervised] ([welcome|it suits you|I'll say nothing])."),
    ),
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
        "[Careful|Steady|Go easy], or I'll believe you. ({inhome} they [are sterner|know better|hold back].)",
        ("I'd be modest, but {look} [got there first|has no intention|won't have it]. [Thanks|Thank you|Much "
         "obliged], on everyone's behalf."),
        ("[Thank you|Thanks]. {the} may now [ask for a raise|want a bigger room|stop returning my calls] ([fair|we'll "
         "talk|it was coming])."),
        ("[Thanks|Thank you|Bless you]; I'll [have it framed|carry it about|quote you], "
         "[possibly|probably|discreetly] in {palette}."),
        ("You've [spoiled|upset|cancelled] my plan to [sulk|give up|stay humble] about {look}. [Thank you|Thanks|Most "
         "inconvenient]."),
        ("Kind of you. I had [ten to one|a small bet|my supper riding] on nobody noticing {look} ([worth it|I'll pay "
         "up|gladly lost])."),
        ("[Thank you|Thanks], I'll try to [look surprised|be gracious|stay bearable]. {mine} never got this sort of "
         "[post|welcome|treatment]."),
        "As {work} I hear that [rarely|about once a year|mostly by mistake] (so [thank you|thanks|do continue]).",
    ),
    asked_how=(
        "By failing at it [first|in private] and then in {palette}.",
        "It's mostly {ownlight} and not answering the phone.", "Ask {look}; I only [held the coat|was present].",
        "There is a method. (There isn't.) {palette} is involved.",
        ("First {palette}, then [regret|second thoughts|a biscuit], then {look} ([results vary|it's in no "
         "manual|don't quote me])."),
        ("I [asked|begged|bribed] {the} to sit still. What you see is the compromise ([mostly {look}|lawyers were "
         "present|unsigned])."),
        ("[Skill|Talent|Genius], obviously. (It was {ownlight}, and I [happened to be awake|was late for "
         "something|left the window open].)"),
        ("You take {palette}, [lower your standards|lose your temper|wait for a mood], and [call|name] what's left "
         "{the}."),
        ("The way {work} does everything: [sideways|after a long look|by the back door], and [denying it later|with "
         "{palette}|slightly late]."),
        ("I'd explain, but {look} and I [signed something|have an understanding|aren't proud of it] ([it involved "
         "{palette}|long story|tea was spilled])."),
        ("[Mostly|Largely|Officially] with a brush. {ownlight} handled the [hard part|thinking|rest] while I "
         "[supervised|nodded|looked for my glasses]."),
        ("[Years|Hours|Weeks] of practice, and in the end a lucky [slip|sneeze|Tuesday] near {look} ([keep that to "
         "yourself|we don't advertise it|between us])."),
    ),
    asked=(
        "{theirs}? I could say it was planned (I will say it was planned).",
        "Good question, which is why I'm [leaving|looking at the floor].", "Yes. Or no, with confidence.",
        "{inhome} that is considered [forward|a personal matter].", "I'd tell you, but {the} {is} listening.",
        "{theirs}? [My lawyer|The committee|My agent] advises me to [smile|point at {mine}|say Tuesday].",
        ("I'd like to [say yes|say no|be interesting about it], but {look} has [witnesses|a different story|kept the "
         "receipts]."),
        ("[For the brochure|Officially]: {ownlight}. [Between us|Off the record], I'd [run out of {palette}|lost a "
         "bet|stopped paying attention]."),
        ("There are [two|three|several] schools of thought about {theirs} ([I was expelled from all of them|I lead "
         "the smaller one|none will have me])."),
        ("If I knew, I'd [charge for it|write the book|paint {mine} instead], and then [where would we be|who'd talk "
         "to you|what would you do all day]?"),
        ("[Partly|In a manner of speaking|Only on weekdays] (the rest is {look} and [good posture|bad "
         "planning|wishful thinking])."),
        "Ask {the}. My version is [longer|nobler|nearly true] (it has {mine} in it[|, and a storm|, for no reason]).",
        "That depends on who's [asking|listening] ({the} got a no; you may get [a maybe|{look}|a longer no]).",
    ),
    doubted=(
        "You may be right about {theirs} (I will deny this later).", "Noted, resented, and [probably true|filed].",
        "I took out {theirs} once. It came back with friends.", "We can't all be {look}. {opinion}",
        "Everyone's a critic, and you are at least [specific|polite about it].",
        ("You're [right|not wrong|onto something], which is [annoying|unusual here|awkward], as {theirs} and I [had "
         "plans|just shook hands on it|only moved in last week]."),
        ("I'll take it up with {theirs} (we're [in mediation|on nodding terms|past the shouting]), [thank you|if you "
         "hold my coat|after lunch]."),
        ("[Most people|Two experts|The neighbours] said so, too. I [listened|nodded|agreed], then I left {theirs} in "
         "([spite|nerves|reflex], mostly)."),
        ("Without {theirs} it's just {palette} and [my conscience|good intentions|a bill] ([nobody wants that|I've "
         "seen it|it doesn't sell])."),
        ("I could [defend|explain|apologise for] {theirs}, or we could both [turn to|admire] {mine} and [move on|say "
         "no more|cough]."),
        ("Fair enough. Blame {ownlight}, or [my upbringing|the chair|the hour] (never {theirs}; [we're close|I'm "
         "loyal|it's a pact])."),
        ("[A critic|An honest voice|Taste], and under my own {noun}. I'd [protest|argue|object], but I'm [busy "
         "agreeing|out of breath|{work}, not a debater]."),
        ("I thought so, too, for [a day|an hour|one bus ride]. Then I remembered: {opinion_low} ([Convenient, I "
         "know|I made that up|It passed].)"),
    ),
    told=(
        "{theirs} thanks you (I get nothing, as usual).", "So it wasn't just me and {theirs}.",
        "They would like you {inhome} ([mostly|nearly] a compliment).", "Could you put that on a sign?",
        "Now I have to pretend {theirs} was on purpose.", "Careful, I'll make {mine} about it.",
        "So {theirs} got to you, too (there's [a support group|a waiting list|no cure] {inhome}).",
        ("[Finally|At last], a witness. I'd been telling people about {theirs} for [days|weeks] ([nobody wrote|they "
         "edged away|one laughed])."),
        ("You've put {theirs} better than I [managed|meant to|dared] ([I'm taking notes|it's rude, frankly|here, have "
         "the brush])."),
        "That's [more or less|roughly|nearly] what {the} said ([in fewer words|louder|to my face]).",
        ("[I see|Right|Good]: {theirs}. I was [hoping|fishing|braced] for a word about {palette}, but [I'll take "
         "it|that's richer|one mustn't be greedy]."),
        ("[Let's|We could|Someone should] start a club for {theirs} ([two members|no minutes|dues in {palette}]); I "
         "[resign already|bring the biscuits|won't chair it]."),
        ("[Say that again|Once more|A little louder], for {mine} at the back ([we've had words|no one there "
         "listens|morale is low])."),
        ("I wish I'd thought of {theirs} that way [first|sooner|on purpose] (I'll [say I did|claim it by "
         "Friday|backdate it])."),
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
