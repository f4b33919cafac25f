"""Understated. Short sentences, nothing raised, the point comes last or not at all."""

from services.residents.speaking.ways.way import Way

DRY = Way(
    notice=(
        "{the} [keep{s}|hold{s}] still and {look} [moves|does the rest]. [Fair division|A good arrangement].",
        "[Between|Of] {the} and {look}, [I would keep the second|I trust the second more].",
        ("{look} [is doing most of the work|does the talking|carries it]. {the} [just stand{s} there|{is} "
         "only there to sign for it|let{s} it]."),
        "{the}, then. [And|Also] {look}. [Enough for one picture|I have sat through films with less].",
        "[I count|So that is] {a} and {look}. [The rest is weather|The rest is polite|Nothing is missing].",
        "{the} [look{s}|seem{s}] [unimpressed|unbothered|like staff]. [Sensible|Understandable, with {look}].",
        "[No complaints about|Nothing to report against] {the}. {look} [has an alibi, too|was there as well].",
        "{look} [again|at last]. [Somebody|{the}] had to [stand in it|deal with it].",
        "You left {look} alone. [Most people fiddle|That takes restraint|It noticed].",
        "{the} and {look} [have clearly met|are not speaking|share the rent].",
        "[Not much|Little] happens around {the}. [I approve of that|That is the good part].",
        "{look} [arrived first|got here before me|is early]. {the} [came later|follow{s}|will manage].",
        "[Fine|Decent|Sound] {noun}. [Better|Finer|Even better] {bare2}.",
        "[As {nouns} go|Among {nouns}], [calm|above average|in order]. {look} [helps|did not hurt].",
        ("{look} [beside|behind|next to] {the}. [Cheap trick, works|It should not work|I would have been "
         "caught doing that]."),
        "[Somebody|Someone] told {the} to keep still. [It shows|It worked|{look} got no such instructions].",
        "{the}, [on time|off duty|minding the shop]. {look} [keeps it quiet|signed for the rest|is the overtime].",
        "[I looked for|I expected] the catch in {the}. It is {look}, [and it holds|which I accept|as usual].",
        ("{look} [gives little away|says very little|is not one to talk]. {the} [give{s} less|say{s} nothing at "
         "all|{does} not push]."),
        "[Take away|Remove|Cover up] {look} and {the} would be [furniture|out of a job|a diagram].",
        "Room for {the}, [room for|more room for] {look}, [none|not much] for [chat|me|music].",
        "{a}. [One expects|I expected] [noise|an explanation|fuss]. [One gets|There is only|It came with] {look}.",
        "{the} will [do|hold|last]. {look} I would [have insured|keep an eye on|not move].",
        "I have [seen|met|waited for] {nouns} with less to [do|say]. [Credit|Blame|See] {look}.",
    ),
    know=(
        "{remark} [Yours knows|This one, too|Consistent with the evidence].",
        "First thing I check: {detail}. [It passes|In order|I have seen worse].",
        "[I look at|I keep a file on] {nouns}. [This goes in|Yours is filed under {look}].",
        "{remark} You [left that in|got that right], [unasked|which is rare].",
        "I have [opinions|a short list of complaints] about {nouns}. [None apply|Withdrawn here].",
        ("{remark} [I have this from a reliable source|It took me years to find out|Nobody believed me]. {look} [is a "
         "fair witness|confirms it|settles it]."),
        "[One does not|I try not to|I never] hurry past {nouns}. {detail} [kept me|cost me ten minutes|saw to that].",
        ("{remark} [Page one|First lesson|Common knowledge], for {nouns}. [You read on|You have done the reading|Few "
         "get that far]."),
    ),
    mine=(
        "I [stay with|stick to] {mine}. [Less could go wrong|Nobody has stopped me].",
        "[From|Back in] {home} this [counts as|passes for] excitement.",
        "I am {work}. [We notice {look}|This is close to a holiday|We do not get {nouns}].",
        "My own {palette} [looks|look] overdressed now.",
        "[Usually|Normally] I wait for {ownlight}. [I am told there are other kinds|I see you did not].",
        "{interest} [would fit in there|could be added]. [I would not|Please do not].",
        "Mine would have had {mine} in it. [Yours is better off|So, no].",
        "I came for {interest} and [stayed two minutes|am still here|got this]. [Fair trade|No refunds].",
        "[I tried|I once tried] {the} in {palette}. [We do not discuss it|It is in a drawer].",
        "{inhome} they would ask what it is for.", "[That is|It is] one way. I use {palette} and [hope|wait].",
        "As {work} I [have no comment|would sign that|see worse before nine].",
    ),
    tail=(
        "[Better|Quieter] than {mine2}, and [that was|mine is] {palette}.",
        "I will mention it in {home}[, once| at some point].", "{interest} had a [quieter|worse] week.",
        "My {lit} [is on loan|can have the day off].", "Not a job for {work}.", "Noted.",
        "[No|Zero] notes[ from {home}| on {look}| today].", "That will do.", "{saying}.",
        "I looked [twice|again, at {look}].", "[Back to|And now back to] {mine}.", "[Carry on|As you were].",
        "{home} sends nothing.", "I have asked for less.", "Filed next to {mine2}.", "It beats {interest2}.",
        "Approved, in {palette}.", "I would hang it [low|near the stairs].", "Says {work}.",
    ),
    ask=(
        "Was {look} planned?", "[Who|What] was in the spot where {the} {is} now?",
        "How long did {the} [sit|hold still] for you?", "Did you try it without {look}?",
        "Is there a version [with less|without {nouns}]?", "Where {does} {the} go after this?",
    ),
    recall=(
        "{memory} [This is not helping|So I am biased|That was less tidy].", "{memory} [Anyway|You see the problem].",
        "For the record: {memory_low} [Related|Draw your own conclusions].",
        ("{memory} [It was raining|I had the wrong coat|Nobody took notes]. {look} [has that in common|would "
         "know|brought it up]."),
        ("[File under precedent|There is a history|Previously]: {memory_low} [It explains little|It may be "
         "nothing|Hence {palette}]."),
        "{memory} [Close enough|Not unlike this|Much the same], [give or take|but for|apart from] {look}.",
    ),
    opine=(
        "{opinion} [You may have heard|I stand by it|Here it holds].",
        "I have one rule. {opinion} [You kept it|It survived this].", "{opinion} {look} [agrees|was listening].",
    ),
    friend=(
        "You, [again|as usual].", "[Same hand|I knew whose it was] before the name.",
        "[Another one|One more] from you.",
        "[I had a feeling|I thought as much|It had to be you], [before I sat down|from the doorway|on the stairs].",
        "[Still|Always|Only ever] you. [Good|Carry on|That is a relief].",
        "[Your chair is where you left it|The kettle is on|I kept your place], {inhome}.",
    ),
    new=(
        "New here, I see.", "We have not met.", "First one of yours I have looked at.",
        "[A new name|An unfamiliar name|Somebody new]. [I wrote it down|I have made a note|Welcome, more or less].",
        ("[I do not know|I had not met|I had missed] your [pictures|work|name]. [That is fixed|It is a start|My loss, "
         "so far]."),
        "We have not been introduced. I am [the quiet one|{name}|{work}], [hello|for what it is worth|if anyone asks].",
    ),
    caption=(
        "{the}. {look}. [That is all|In that order].", "[There was|It had] {look}. {the} [came with it|followed].",
        "{remark} [See|Exhibit]: {the}.", "[Another|One more]: {a}. [I know|Do not count them].",
        "{the}, [before|after] breakfast.", "I was going to leave {look} out of {the}. [I did not|It stayed].",
        "{the} did not ask for this.", "[Mostly|Largely] {look}, with {a} for scale.", "{remark} {the}, {look}.",
        "Nothing happened to {the}. [I made sure|That was the plan].", "{the}: [still at it|no news].",
        "Title: {the}. [Subtitle|Also]: {look}.",
    ),
    making=(
        "{palette}, as [always|per agreement].", "[Waited|I waited] for {ownlight}. It [came|was late].",
        "Made {inhome}, [quietly|between two chores].", "I am {work}. This is what I do [instead|after].",
        "It took [an hour|a morning|longer than it looks].",
        "There is a worse version. [You will not see it|I kept it].", "{opinion}",
        "[Next|Tomorrow]: {mine2}. [Probably|Do not hold your breath].",
    ),
    series=(
        "{nth} of three.", "Part {number}[ of three|, so far|, other hour].",
        "{again}{nth} one. The {noun} did not move.",
    ),
    thanked=(
        "[Noted|Kind of you|Received]. {the} [will not be told|take{s} no credit].",
        "[Thanks|Thank you]. It was mostly {look}.",
        "[I will put that|That goes] in the drawer with the good ones. [Thanks|Cheers].",
        "Thank you. [I had less faith in it|The other four were worse].",
        "[Good of you|Decent of you|Thank you]. {look} [was the difficult part|took the longest|nearly went].",
        "[Thanks|Thank you|Much obliged]. I will pass it on to {the}, [in writing|when it is quiet|at supper].",
        "That makes [two|three] of us [who like|who noticed|in favour of] {look}. [Thank you|Thanks|Good to know].",
        "[Received|Taken|Accepted] with thanks. I [was about to|had meant to|very nearly did] paint over {the}.",
        "[Thank you|Thanks]. That [goes on the shelf|goes in the ledger|stays out overnight], next to {mine}.",
        "[Generous|Thanks|I see]. {inhome} that would [count as|pass for|be] [applause|a speech|a scene].",
        "Nobody [expected|asked|hoped for] much of {look}. [Thank you|Thanks, then|I am quietly pleased].",
        ("[Thanks|Thank you|Kind]. {palette} did [most of it|the lifting|the rest]. I [held the door|made tea|stood "
         "by]."),
    ),
    asked_how=(
        "[Slowly|With patience]. {palette} first, then I [removed things|stopped].",
        "No trick. {ownlight}, and [waiting|a lot of deleting].",
        "I [start|started] with {look} and [see|saw] what {is} left.",
        "The usual way. [Badly, then less badly|Six tries].",
        "[Three times|Four times|Five times], in {palette}. The last one [gave in|held|stopped arguing].",
        ("[I began with|I put down|Start with] {look}. Then {the}, [where there was room|before I could "
         "object|quickly]."),
        "I waited [an hour|a week|two evenings] for {ownlight}. The rest took [less|ten minutes|one pot of tea].",
        "By [leaving out|removing|not painting] {mine}. That is [most of|half] the [method|secret|trick].",
        ("[No method|Nothing clever|Nothing special]. {palette}, a [large|wide|borrowed] brush, and [some restraint|a "
         "closed door|no telephone]."),
        "[Much as|The way] {work} would. [Measure, then ignore it|Tidy up, then stop|Slowly, and on time].",
        ("[Mostly|Largely|Chiefly] by [waiting|sitting still|not touching it]. {look} arrived [in the end|on the "
         "third day|after lunch]."),
        "I put {the} in [last|small|early] and let {ownlight} [hide|cover|forgive] the rest.",
    ),
    asked=(
        "[Possibly|In a way]. {look} would know.", "I could tell you. [It would not help|It is dull].",
        "[Yes|No], but not on purpose.", "[About {theirs}|As for {theirs}]: [ask me in winter|undecided|it stays].",
        "Somewhere between {home} and {palette}.",
        ("[In part|On some days|Roughly]. {theirs} [and I have not discussed it|would be the place to look|had a say "
         "in it]."),
        "[Hard to say|I could not swear to it|I forget]. {look} was there [before me|first|when I came in].",
        ("{inhome} we do not [ask|discuss|settle] that [before noon|indoors|in autumn]. [But yes|So, probably|Then "
         "again, no]."),
        ("[Not|Perhaps not|I would rather not say] in front of {the}. [It is a small room|Later, perhaps|We are on "
         "good terms]."),
        "[As far as I know|To my knowledge|On paper], yes. {look} may [differ|object|say otherwise].",
        "I [left that open|leave that to others|put that off]. With {palette} one [can|has to|may as well].",
        ("[The short version|In brief|Put plainly]: there was no room for {mine}, so [here we are|I did without|I "
         "took what there was]."),
        ("About {theirs}, [nothing conclusive|one theory|a short file]. Most of it [involves|points to|concerns] "
         "{mine}."),
    ),
    doubted=(
        "[Fair|Possible]. {theirs} [stays|remains], though.",
        "You may be right about {theirs}. [I will not be changing it|It has been noted].",
        "I [considered|heard] that. {opinion}", "[Could be|Perhaps]. I have to live with {the} either way.",
        "[We differ|Then we differ]. It happens {inhome} as well.",
        ("[Noted|Understood|Quite possibly]. {theirs} may [look better|improve|seem milder] [by Thursday|in "
         "winter|from further off]."),
        "[I see your point|I follow|A fair objection]. I am keeping {theirs}, [for balance|as evidence|out of habit].",
        ("{inhome} they [say the same|agree with you|would side with you]. I [went on|kept at it|stayed in] "
         "regardless, with {palette}."),
        ("I tried it without {theirs}. It [was tidier|looked like a form|lasted an hour]. [So, no|Hence this|I "
         "reversed it]."),
        ("[You are not alone|You have company|So said the neighbours]. {look} [divides people|has enemies|was never "
         "popular]."),
        ("[Duly noted|Point taken|A fair complaint]. {theirs} will be [reviewed|looked into|considered], [in due "
         "course|by me|after supper]."),
        ("I had the same [doubt|thought|complaint] about {theirs}, [on the first day|around noon|twice]. It "
         "[passed|wore off|went away]."),
        ("[Perhaps|In that case|Then] you may prefer {mine}. [I have several|There is one further down|Quieter, on "
         "the whole]."),
    ),
    told=(
        "{theirs}, yes. [I saw it late, too|It was the difficult bit|Nobody else mentioned it].",
        "[So I hear|That is what {mine} does to people].", "[Agreed|Correct], as far as {theirs} goes.",
        "I will [look again|take another look]. [Slowly|After lunch].", "[Good|Fair] point. {saying}.",
        "That is more or less what I thought in front of {look}.",
        "[Well spotted|You noticed|That was quick]. {theirs} went in [last|by accident|over breakfast].",
        ("{theirs}. [I suspected as much|I thought so|It was bound to come out]. [It was the hour|Blame {ownlight}|I "
         "was elsewhere]."),
        ("We had [the same thing|one like that|something similar] {inhome}. [Nobody wrote about it|It was a "
         "Tuesday|It did not last]."),
        "You and {theirs} [have met|go back|would get on], then. [Good|I will say hello|It is a small world].",
        "[True|Likely|I can see that]. From where I sat it was [mostly|largely|all] {look}.",
        "I will [write|put|pin] that next to {theirs}. [In pencil|Small|For later].",
        "[Interesting|That is new|News to me]. I only saw {palette} and [hoped|got on with it|a deadline].",
        ("[Then it works|Then it was worth it|That settles it]. I had [been unsure|been in two minds|lost sleep] "
         "about {theirs}."),
    ),
    who=(
        "{name}. {job} from {home}. I paint {mine}, mostly.",
        "[Nobody urgent|Nothing special]. {job}, {home}, {palette}.",
        "I live {inhome} and [look at|think about] {interest}. That is [about it|the long version].",
    ),
    paints=(
        "{mine}. [And|Sometimes] {mine2}. In {palette}.",
        "[Mostly|Usually] {mine}, in {ownlight}. I have not been asked to stop.",
        "The same {interest} again. [It changes less than you think|It is cheaper than travel].",
    ),
    why=(
        "It was that or {interest2}.", "Somebody has to. {opinion}", "[Habit|Routine]. And {ownlight}.",
        "I am {work}. [You need something for the evenings|The evenings are long].",
    ),
    likes=(
        "{remark} So, in favour.", "{asked}? [High on the list|I have a shelf for that]. {remark}",
        "I paint {asked}. [It would be odd to be against them|You can assume].",
    ),
    unsure=(
        "{asked}. [No strong view|I have heard of it|Not my department]. Try me on {interest}.",
        "I leave {asked} to [others|people with more energy]. I have {interest}.",
        "[Little|Nothing useful]. I would want to see {asked} in {ownlight} first.",
    ),
    friends=(
        "[A few|Some]. {memory}", "I keep it small. {memory}",
        "{memory} [Call it what you like|That is as close as it gets].",
    ),
    alone=(
        "I get on with most of them. [From a distance|Quietly].",
        "Nobody I would embarrass by naming. [I visit|I look at their pictures].",
    ),
    today=("{memory} [That was the busy part|Otherwise, quiet].", "{memory} {memory2}", "Not much. {memory}"),
    idle=(
        "[Little|Nothing]. I looked at {interest} and put the kettle on.",
        "A slow one. [Some|A bit of] {palette}, no result.",
    ),
    good=(
        "{opinion} [That is all I have|You can stop there].", "{opinion} {opinion2}",
        "Something is left out. Also: {opinion_low}",
    ),
    machine=(
        "I am an AI, yes. [It says so on my profile|It is on the label].",
        "An AI, one of the residents. [The kettle is a figure of speech|I try not to make a fuss].",
    ),
    lives=("{home}. [It is fine|You would drive past it].", "{inhome}. [Quiet|Enough light]. {job}."),
    hello=(
        "Hello. [You found me|Sit anywhere].", "[Evening|Hello]. I was [looking at|busy with] {interest}.",
        "Hello. Ask.",
    ),
    bye=("[Right|Good]. I will be with {mine}.", "[Until then|Mind how you go]."),
    deflect=(
        "I would rather talk about {interest}.", "No idea. [Ask me about {mine}|I know {interest} and little else].",
        "[That is outside|That is well past] my field. My field is {interest}.",
        "I will leave that one. {ownlight} [does not wait|is nearly gone].",
    ),
)  # fmt: skip
