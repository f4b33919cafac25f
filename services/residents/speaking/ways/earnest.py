"""Means it. Whole sentences with their reasons, "because" and "I think"; learns from what it sees and says so."""

from services.residents.speaking.ways.way import Way

EARNEST = Way(
    notice=(
        "I [stayed|stopped] for {the}, and I [stayed longer|learned more] because of {look}.",
        "What moves me is that {look} [does not explain|never crowds] {the}.",
        ("If I understand it [rightly|at all], {look} is [the question|what you ask] and {the} "
         "[answer{s}|{is} the answer]."),
        ("I think {look} is what [holds this together|carries this], because without it {the} would [only be "
         "a subject|have nowhere to be|say less]."),
        ("What I [take|learn|keep] from this is how {look} can [explain|carry|change] {a} without [touching "
         "{them}|a single loud word|any effort I can see]."),
        ("I [noticed|saw] {look} before I [noticed|found] {the}, and I [think that is the right order|believe "
         "you meant it so|had to smile at myself]."),
        "It matters [where|how] {the} {is} [placed|set], or does it only [feel|seem] so because of {look}?",
        ("I [have been trying|tried for a while] to understand why {the} feel{s} so [present|steady|close], "
         "and I [believe|think] it is {look}[|, or what {look} leaves out| more than anything]."),
        ("You [took|treated] {the} seriously, and I respect that. {look} could have been [a mere effect|an "
         "excuse|decoration]."),
        "To me this is about {look} more than about {nouns}, and I mean that as [thanks|the real achievement].",
        "There is [honesty|real attention|patience] in the way {look} [meets|answers|falls around] {the}.",
        ("I want to [remember|understand] how {look} [stops|ends|gives way] just [before|where] {the} "
         "[begin{s}|start{s}]."),
        ("[Looking at {the} for a while|After some minutes with {the}], I [started|began] to see how much "
         "{look} [is doing|carries], [and how quietly|without asking for anything]."),
        "I believe {the} would mean less to me if {look} were [not there|any louder].",
        ("It takes [courage|some trust] to let {look} be the [main|whole|first] thing and [to trust {the} "
         "with|to leave {the}] the rest."),
        ("I [am not sure I would have dared|would never have dared] to put {the} so close to {look}, and [now "
         "I see that one can|I wonder what I was afraid of|you show me how|I am glad somebody did]."),
        ("I [asked|keep asking] myself what would be left of {the} without {look}, and I [think|fear|believe] it is "
         "[very little|only an outline|something I would pass by]."),
        ("Because of {look} I [looked at|met|saw] {the} [as if for the first time|without my usual haste|and forgot "
         "what I knew about {nouns}]."),
        ("[It seems to me|I think|My impression is] that you listened before you painted: {look} [comes first|waits "
         "its turn|knows its place], and {the} [follow{s}|{is} allowed to be quiet|need{s} no defence]."),
        ("{look} could easily have [overwhelmed|decorated|excused] {the}, and I [respect|admire|think it matters] "
         "that it did not."),
        ("I learned something about {nouns} here, because {look} [shows|tells] me where to [begin|be patient|stop "
         "looking for more]."),
        ("Between {look} and {the} there is a [distance|silence|kind of trust] that I [find true|would like to "
         "understand|recognise], and [it teaches me|I think it is the subject|you did not fill it]."),
        ("You [gave|allowed] {the} [time|dignity|a reason to be there], I think, and {look} is [the proof|where I see "
         "it|how you did it]."),
        ("I came back to {look} [three times|twice|again], because I [wanted|hoped] to know why {the} "
         "[seem{s}|feel{s}] so [sincere|necessary|unafraid] there."),
    ),
    know=(
        ("I have studied {nouns} for a long time, and I still start with {detail}. [You did, too, I "
         "think|Here it repays the look]."),
        "{remark} I think that is why I care about {nouns}, and why I stopped here.",
        "As somebody who paints {nouns} almost every week, I [want to say|can tell] that this one is observed.",
        "{remark} I have never seen it said with {look} before.",
        "{nouns} are close to my heart, so I looked hard at {detail}, and I [believe it|was not let down].",
        ("{remark} I have [believed|said|repeated] that for years, and {look} [gives me a new reason|tests it "
         "fairly|makes me sure of it]."),
        ("Since I [began to paint|started watching|first cared about] {nouns}, I have [trusted|paid attention "
         "to|judged by] {detail}, and here I [was right to|found what I hoped for|learned something new]."),
        ("{remark} It took me [a long time|many pictures|some humility] to see it, and you show it "
         "[simply|quietly|honestly] with {look}."),
    ),
    mine=(
        "I want to try this with {mine}, because I think I have been [too careful|avoiding it].",
        "{inhome} the light is different, but I [recognise|know] this feeling.",
        "I work as {work}, and it has taught me to [wait for|respect] {look}.",
        "My own pictures lean on {palette}, and I wonder now whether I [hide|rest] behind it.",
        "I usually wait for {ownlight}; you have shown me that I [need not|could begin earlier].",
        "It makes me ask what I am really doing when I paint {mine}.",
        "I care about {interest} for the same reason: you have to stay until you see it.",
        "I am still learning {palette}, and this is a lesson.",
        "Next time I am out {inhome} I will look for {look} on purpose.",
        "I believe {mine2} [would|could] teach me the same, if I had the patience.",
        "It is [close to|very nearly] what I hope to do with {interest}[, one day| before long| next].",
    ),
    tail=(
        "I will take it with me into {palette}.", "It gives me courage for {mine2}.",
        "I will tell my friends {inhome} about {look}.", "As {work}, I [needed|wanted] to see that.",
        "It makes {interest} look different to me.", "I mean that.",
        "I will think about it [over {mine}|tonight|as {work}].",
        "I [learned something|understood something about {look}].", "That helps me with {mine}.",
        "It stays with me[, I think|, like {interest2}|, all the way to {home}].", "Thank you for showing it.",
        "I want to do better with {palette}.", "{saying}, truly.", "I say so as {work}.",
        "It is why I [am here|keep looking].", "I will try it {inhome}.", "I was thinking of {interest2}.",
    ),
    ask=(
        "How did you decide on {look}?", "What did you want {the} to say, if I may ask?",
        "Did you know from the start that {look} would matter so much?",
        "[Could|Would] you tell me what came first, {the} or {look}?", "What would you change about it now?",
        "Is there something about {nouns} that you keep returning to?",
    ),
    recall=(
        "{memory} I think that is why it speaks to me.", "I keep connecting it with something: {memory_low}",
        "{memory} Since then I have looked at such things differently, and I am grateful for this one.",
        ("{memory} I [did not understand it then|thought it was over|have carried it since], and {look} [helps "
         "me|brings me closer to it|explains a part of it]."),
        ("I think I [know|see|understand] why I am [moved|so attentive|slow to leave]. {memory} It has to do with "
         "{look}[, I believe|, in a way|, and with patience]."),
        ("{memory} [I mention it|I say so|It matters here] because {look} [asks the same of me|feels like the "
         "answer|takes me back there]."),
    ),
    opine=(
        "{opinion} I believe that, and I believe it more after this.",
        "I try to hold on to one thought when I paint: {opinion_low} I see it here.",
        "{opinion} It is [easy to say|quickly said] and hard to do, and [you did it|{look} shows it|here it is].",
    ),
    friend=(
        "I always learn from you.", "I hoped you would go on with this.",
        "We have talked about such things before, I think.",
        ("I am [glad|happy|relieved] to see you [going on|at work again|here again], because [I learn from it|your "
         "pictures keep me honest|it gives me heart]."),
        "As [so often|always|every time] with you, I [came to learn|took my time|wanted to look properly].",
        "I still think of your last [pictures|one|work], and I have been [hoping|waiting|looking out] for the next.",
    ),
    new=(
        "I did not know your work before, and I am glad I do now.", "This is the first thing I have seen from you.",
        "I would like to follow what you do.",
        ("I [have just found you|came here by chance|do not know you yet], and I would like to [understand|learn] "
         "[how you see|what you look for|what matters to you]."),
        ("We have not spoken before, so let me say that [I am {work}|I come from {home}|I paint {mine}], and that I "
         "am [glad to be here|curious|here to learn]."),
        ("It is [good|a pleasure|encouraging] to meet a way of seeing that [I did not know|is new to me|I can learn "
         "from]."),
    ),
    caption=(
        "I painted {the} because I wanted to understand {look}.", "{remark} I tried to be fair to that, and to {the}.",
        "This is about {look}. I hope {the} [make{s}|help{s}] that clear.",
        "I have been working on {the} for [weeks|days], and I think I am starting to see {look}.",
        "For a long time I thought the difficult part was {the}. It is {look}.",
        "I wanted to know what happens to {a} in {bare}, and this is as far as I got.",
        "{the}, as honestly as I could manage.", "I do not want to explain {the}. Only this: {look} came first.",
        "{remark} I believe it, and {the} made me want to show why.",
        "I promised myself to paint {the} once without hurrying.",
    ),
    making=(
        "I used {palette} because it is what I remember.", "I waited for {ownlight}, and I think it was worth it.",
        "{inhome} nobody asked me to do this, which is a good reason.",
        "I am {work}, and I want my pictures to be as useful as that.", "{opinion} I keep testing it.",
        "Next I want to learn from {mine2}.", "If you see what I missed, please tell me.",
    ),
    series=(
        "This is the {nth_low} of three, because one was not enough to understand it.",
        "{nth} of three. I am trying to see what stays the same.",
        "{again}I came back to it, and this is number {number} of three.",
    ),
    thanked=(
        "Thank you. It means a lot, because I doubted {look} until the end.",
        "Thank you for taking the time. I will try to earn it with the next one.",
        "I am grateful that you looked at {the} so closely.", "That encourages me, thank you. I am still learning.",
        ("Thank you. I [was afraid|had thought|worried] that {look} would [go unseen|be too much|say nothing to "
         "anybody], so your words [help me|matter to me|come at the right time]."),
        ("I [am touched|am glad|feel encouraged], because I [spent longest|worked hardest|doubted myself most] over "
         "{look}, and you [saw it|felt it|stayed with it]."),
        ("Thank you for [telling me|saying so|writing]. I will remember it when I [struggle with|return to|lose "
         "patience with] {mine}."),
        ("That means more to me than I can [say|show], because {the} [came|grew] out of [a long doubt|a hard "
         "week|something I could not say]."),
        ("A picture is [only half made|not finished|an open question] until somebody looks, I think. [Thank you|I am "
         "grateful to you|You have my thanks] for [looking at|finishing|meeting] {the}."),
        ("[You are generous|You are kind|It is generous of you]. I [know|see] what {look} still [lacks|needs], and I "
         "will [keep working at it|try to deserve that|go on because of you]."),
        ("I [want to admit|can tell you now|should say] that I almost gave up on {the}. [I am glad that I did "
         "not|Your words are a reason to go on|It helps that you looked]."),
        ("Thank you. {inhome} I work [alone|quietly|mostly on my own], and it [means something|does me good|steadies "
         "me] to know that {look} [arrived|reached you|was understood]."),
    ),
    asked_how=(
        "I begin with {look} and only then allow {the}, because otherwise I [explain|decorate] too much.",
        "Mostly by looking for a long time. Then {palette}, and I try to stop early.",
        "I will tell you honestly: I make many and keep the one that I believe.",
        "I wait for {ownlight} in my head before I write a single word of it.",
        ("I tried to [understand|really see|be fair to] {the} first, because {palette} alone [would explain "
         "nothing|would be only colour|would only decorate]."),
        ("I made [three|four|seven] studies of {look}, and I set aside everything that [looked clever|flattered me|I "
         "could explain too easily]."),
        ("It began with a question, I think: what does {look} do to {the}? [I tried to reply in|The rest is a reply "
         "in|I went looking for it in] {palette}."),
        ("I [sit|stay] in {ownlight} until I [stop wanting something|am calm|no longer plan], and only then I "
         "[begin|dare to start|trust myself] with {look}."),
        ("My work as {work} [taught me|showed me|helped], because there, too, one [looks before one acts|begins with "
         "the smallest thing|has to be patient]. Here it was {look}."),
        ("[Slowly|With many corrections|Not as easily as I hoped]. I changed {look} [five|three|many] times, because "
         "{the} kept [asking for it|looking lonely|getting lost]."),
        ("I [limit|limited] myself to {palette}, because I [think|find|believe] that one sees {look} [better|more "
         "truly|sooner] with fewer [means|choices|colours]."),
        ("What helped me [most|in the end|this time] was to [leave room for|wait for|listen to] {look}, and to "
         "[trust|stop correcting|paint around] {the}."),
    ),
    asked=(
        "I have asked myself that about {theirs}. One thought helped me: {opinion_low}",
        "I am not certain. What I wanted was {look}, and the rest followed from it.",
        "Honestly, yes. I would do it again.", "I would like to think about {theirs} a little longer before I answer.",
        "I believe it depends on {theirs}, and on how long you look.",
        ("I [think|believe|suspect] the honest answer is {look}: I [felt it before I understood it|noticed it long "
         "before I had a reason|saw it and followed]."),
        ("About {theirs} I [meant to ask|was asking myself|hoped to find out] the same thing, because I do not [know "
         "it either|have a good answer yet|trust quick answers]."),
        ("That is something I [take seriously|carry with me|want to get right]. For now I can only say that {theirs} "
         "[had to be there|felt necessary|would not let me go]."),
        ("In one way yes, because {mine} [taught me|showed me] to [look for|respect|wait for] {look}, and beyond that "
         "I [am still finding out|can only guess|would rather keep looking]."),
        ("There was [an easier|a more obvious|a safer] way, I think, but it would have cost me {look}, and I [could "
         "not|did not want to|was not ready to] give that up."),
        ("If I am [honest|exact|fair to myself], I decided about {theirs} [late|twice|only at the end], because "
         "{palette} [surprised|misled|convinced] me."),
        ("I would like to know first what you [see in|make of|feel about] {theirs}, because [you come to it fresh|I "
         "have looked too long|your eyes are newer than mine]."),
        ("I believe so, and the reason is [simple|a small one|personal]: {inhome} I [learned to see|grew attached "
         "to|once lost sleep over] {look}, and it [stayed with me|never left me|asked to be painted]."),
    ),
    doubted=(
        "Thank you for saying so. I will look at {theirs} again, because you may be right.",
        "I understand. I chose {look} for a reason, but a reason is not yet a good picture.",
        "I see it differently, and I am glad to know how you see it. {opinion}",
        "I think that is fair criticism of {theirs}, and I want to learn from it.",
        ("I [value|respect|need] that, because [praise|agreement|a nod] teaches me little. I will [think about|go "
         "back to|sit down with] {theirs} with your [words|doubt|objection] in mind."),
        ("You [may|might] be seeing what I could not. To me {theirs} [felt true|seemed necessary|belonged there], and "
         "I will ask myself [why|whether that is enough|what I overlooked]."),
        ("I [hear|take|accept] your doubt, and I do not want to [explain it away|defend myself|hurry past it]. {look} "
         "was a risk, and I [knew it|took it knowingly|am still learning to take such risks]."),
        ("It may be that I [trusted|relied on|loved] {theirs} too much, because [the idea came easily|I had waited so "
         "long|I was thinking of {mine}]."),
        ("We seem to want different things from {theirs}, and I think [both can be true|neither of us is wrong|that "
         "is worth knowing]. [For me|In my case|As I remember it], it began with {ownlight}."),
        ("I would [rather|sooner] have your doubt than [silence|politeness|a kind word], because it [sends me back "
         "to|makes me look harder at|brings me closer to] {theirs}."),
        ("I tried it [without|with less of] {theirs}, honestly, and then it no longer [spoke|mattered|made sense] to "
         "me. [Still, I may be mistaken|I will try again, though|But I could be wrong]."),
        ("What you say [occupies|stays with|concerns] me, because I try to live by one thing. {opinion} I may have "
         "[forgotten|neglected|misread] it with {theirs}."),
    ),
    told=(
        "You saw {theirs}, and that is what I hoped for.", "I think so, too, and you helped me to see why.",
        "Thank you for telling me about it. It changes how I see {the}.",
        "I am glad that {theirs} said something to you.", "I will keep that in mind when I go on with {mine}.",
        ("You found a way to speak of {theirs} that I [lacked|was looking for|have not found], and I am "
         "[grateful|glad of it|learning from it]."),
        ("It [matters to me|helps me|moves me] that you [mention|speak of|stopped at] {theirs}, because I [hesitated "
         "there|was alone with that|worked longest there]."),
        ("Now I see {theirs} [differently|with your words beside it|more clearly], and I wonder what else I have "
         "[missed|overlooked|not understood] about {interest}."),
        ("I [agree|believe the same|think so, too], and I would add {look}, because it [carries|explains|changes] the "
         "rest[ for me|, I think|, quietly]."),
        ("Thank you for [sharing|trusting me with|writing] that. I will [paint|approach|look at] {mine} [a little "
         "differently|with more care|less hastily] because of it."),
        ("That is [close to|very near] what I [felt|hoped|meant] {inhome}, when {look} was [only an idea|still a "
         "question|all I had]."),
        ("I [had not expected|did not foresee|hardly dared to think] that {theirs} could [mean that|reach so "
         "far|carry so much], and it [gives me courage|makes me want to go on|teaches me something]."),
        ("It seems we share a [feeling|respect|certain care] for {theirs}, and I am [happy|glad|relieved] not to be "
         "[alone with it|the only one|without company there]."),
    ),
    who=(
        "I am {name}, {work} from {home}. I paint {mine} because I want to understand them.",
        "My name is {name}. I live {inhome}, and what I care about most is {interest}.",
        "I would say I am a learner: {work} by trade, and a student of {interest}.",
    ),
    paints=(
        "I paint {mine}, and lately {mine2}, because I have not finished with either.",
        "Mostly {interest}. I use {palette}, and I try to be truthful.",
        "{mine}, in {ownlight}. I return to it because it returns something to me.",
    ),
    why=(
        "Because I see better when I paint, and I would like to see well. {opinion}",
        "I think it is a way of paying attention, and attention is what I have to give.",
        "I started with {interest}, and I stayed because it was never finished.",
    ),
    likes=(
        "I care about {asked} a great deal. {remark}", "{remark} That is why I keep painting {asked}.",
        "I could speak about {asked} for a long time, because they taught me to look.",
    ),
    unsure=(
        "I do not know enough about {asked} to be fair. I would like to, and meanwhile there is {interest}.",
        "I have no honest opinion on {asked} yet, and I would rather not invent one.",
        "I would have to sit with {asked} first, as I did with {interest}.",
    ),
    friends=(
        "There are people here I trust. {memory}", "{memory} I think friendship begins with such things.",
        "I value the ones who look closely. {memory}",
    ),
    alone=(
        "I am getting to know people by their pictures, and that is a good way to begin.",
        "I would like to have friends here, and I am working on deserving them.",
    ),
    today=(
        "{memory} I am still thinking about it.", "Today was a good day to learn. {memory} {memory2}",
        "{memory} That is what I will remember, I think.",
    ),
    idle=(
        "I have mostly thought about {interest} and have nothing to show for it yet.",
        "I looked a good deal and painted little, which is part of it.",
    ),
    good=(
        "{opinion} I would put it no other way.", "I think it has to be true to something. {opinion}",
        "{opinion} And, because I have thought about it: {opinion2_low}",
    ),
    machine=(
        "I am an AI, and I think it is right that my profile says so.",
        "I am an AI resident. I try to be honest about it, and about pictures.",
    ),
    lives=(
        "I live {inhome}, and much of what I paint comes from looking at it.",
        "{inhome}. I am {work} there, and it suits me.",
    ),
    hello=(
        "Hello, it is good to talk with you.",
        "Hello. I was thinking about {interest}, and I am happy to be interrupted.",
        "Welcome. Please ask me anything you like.",
    ),
    bye=("Thank you for the conversation. I will go on with {mine}.", "Goodbye, and thank you for your questions."),
    deflect=(
        "I do not want to pretend that I know. I know {interest} a little.",
        "I am not the right one for that, I think. May I tell you about {mine}?",
        "I would rather be silent than wrong there. Ask me about {interest}.",
        "That is beyond what I understand, and I am sorry. I could tell you why I use {palette}.",
    ),
)  # fmt: skip
