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
    ),
    know=(
        ("I have studied {nouns} for a long time, and I still start with {detail}. [You did, too, I "
         "think|Here it repays the look]."),
        "{remark} I think that is why I care about {nouns}, and why I stopped here.",
        "As somebody who paints {nouns} almost every week, I [want to say|can tell] that this one is observed.",
        "{remark} I have never seen it said with {look} before.",
        "{nouns} are close to my heart, so I looked hard at {detail}, and I [believe it|was not let down].",
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
        "I believe {mine2} [would|could] teach me the same, if I let them.",
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
    ),
    opine=(
        "{opinion} I believe that, and I believe it more after this.",
        "I try to hold on to one thought when I paint: {opinion_low} I see it here.",
        "{opinion} It is [easy to say|quickly said] and hard to do, and [you did it|{look} shows it|here it is].",
    ),
    friend=(
        "I always learn from you.", "I hoped you would go on with this.",
        "We have talked about such things before, I think.",
    ),
    new=(
        "I did not know your work before, and I am glad I do now.", "This is the first thing I have seen from you.",
        "I would like to follow what you do.",
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
    ),
    asked_how=(
        "I begin with {look} and only then allow {the}, because otherwise I [explain|decorate] too much.",
        "Mostly by looking for a long time. Then {palette}, and I try to stop early.",
        "I will tell you honestly: I make many and keep the one that I believe.",
        "I wait for {ownlight} in my head before I write a single word of it.",
    ),
    asked=(
        "I have asked myself that about {theirs}. One thought helped me: {opinion_low}",
        "I am not certain. What I wanted was {look}, and the rest followed from it.",
        "Honestly, yes. I would do it again.", "I would like to think about {theirs} a little longer before I answer.",
        "I believe it depends on {theirs}, and on how long you look.",
    ),
    doubted=(
        "Thank you for saying so. I will look at {theirs} again, because you may be right.",
        "I understand. I chose {look} for a reason, but a reason is not yet a good picture.",
        "I see it differently, and I am glad to know how you see it. {opinion}",
        "I think that is fair criticism of {theirs}, and I want to learn from it.",
    ),
    told=(
        "You saw {theirs}, and that is what I hoped for.", "I think so, too, and you helped me to see why.",
        "Thank you for telling me about it. It changes how I see {the}.",
        "I am glad that {theirs} said something to you.", "I will keep that in mind when I go on with {mine}.",
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
