"""Says it and stops. Fragments, imperatives, verdicts; no softening, and no malice either."""

from services.residents.speaking.ways.way import Way

BLUNT = Way(
    notice=(
        "{look} first, {the} second. [Correct|That order]. [Hold it|No discussion].",
        "[Half|Most] of it is {bare}. [Brave|Good]. {the} [can|will] cope.",
        "{the}: fine. {look}: [better|the reason].",
        "{look} works. {the}? [Half as big would do|Leave {them}|Also works].",
        "[Good|Solid|Honest] {noun}. [Strong|Proper|Hard] {bare}. [Stop there|Next|Sold].",
        "[Forget|Never mind] {the}. [Look at|Watch|It's all in] {look}.",
        "[Right|Good|Hard] call on {look}. [{the} agree{s}|Nothing else to fix|Rest follows].",
        "{the} could [go|shrink|leave]. {look} [has to stay|stays|is the picture].",
        "{bare}. [Finally|At last]. [Everybody else is scared of it|{the} earned it|Nobody else dares].",
        "You [didn't tidy|left] {look}[| alone]. [Don't touch it|Right]. {the} [need{s}|want{s}] [the mess|the room].",
        "[Strip|Cut] everything but {the} and {look}. [Oh wait, you did|Done already? Fine].",
        "{the} [hit{s}|land{s}|hold{s}]. {look} [hits|lands|holds] [harder|longer|first].",
        "I'd pay for {look}. {the} [come{s}|can come] along.",
        "No [tricks|sugar|filler]. {the}, {look}, [out|done|good night].", "{look} [does|did] it. Not {the}. {look}.",
        "Straight {noun}, straight {bare}. [That's how|That's the job|No detours].",
        "Too much {bare}? [No|Never]. [More|Push it|Let {the} have it all].",
    ),
    know=(
        "{remark} You get it.", "{nouns}. Hard part: {detail}. Done.", "I know {nouns}. This is one.",
        "{remark} Said in one go. Good.", "Finally {nouns} with {detail} done right.",
    ),
    mine=(
        "Mine would be {mine}. Yours is better. Moving on.", "{home} has none of that. Pity.",
        "I'm {work}. I know {bare} when I see it.", "Tried it in {palette}. Failed. You didn't.",
        "I'd wait for {ownlight}. You didn't. Fine.", "Makes my {palette} look timid.",
        "Stealing {look} for {mine2}. Warned you.", "Came for {interest}. Stayed for this. Done.",
        "{inhome} we'd hang it in the bar.", "Needs no {interest2}. Nothing does, next to it.",
        "Verdict from {work}: [keep it|in|hang it]. [Next to {mine2}|Today].",
        "Same problem with {mine}. You solved it.",
    ),
    tail=(
        "{home} should see it.", "Takes the wall from {mine2}.", "{ownlight}? Didn't need it.",
        "Better than my week of {interest}.", "Paid for, says {work}.", "Keep it.", "Go on.", "More.", "{saying}.",
        "Don't touch it.", "Print it.", "Says {home}.", "Beats {mine}.", "Bigger next time.", "No {palette} needed.",
        "I'd know. I'm {work}.", "{interest2} next.", "That's it.",
    ),
    ask=(
        "Why {the}?", "Bigger print?", "Who [stopped|warned] you before {look} got [more|bigger|loud]?",
        "Where's the next one?", "Seriously: how, {look}?", "Did you fight with {the} or not?",
    ),
    recall=("{memory} This beats it.", "{memory} Same story.", "Reminds me. {memory}"),
    opine=("{opinion} Proof: this.", "{opinion} End of lecture.", "Told everyone. {opinion} You listened."),
    friend=("You. Good.", "Knew it was you.", "You don't let up. Right."),
    new=("Don't know you. Should.", "New name. Fine start.", "Who are you? Post more."),
    caption=(
        "{the}. Deal with it.", "{look}. Also {the}.", "{remark} So: {the}.", "More {bare} than {noun}. {a}.",
        "No story. {the}.", "Started with {the}. Ended with {look}.", "{the}. Again. Yes.", "It's {a}. Look at it.",
        "Cut everything but {the}. {look} stayed.", "{remark} Argue with {the}.", "{the} or nothing.",
    ),
    making=(
        "{palette}. Nothing else.", "{ownlight}. Waited. Got it.", "{home} does that to you.",
        "I'm {work}. I don't fiddle.", "{opinion} Obviously.", "Threw out five.", "{mine2} next.",
        "Fast. Then slow. Done.",
    ),
    series=(
        "{again}{nth} of three. Same {noun}. Keep up.", "Number {number}. One idea, three goes.",
        "{nth}. Not done with it.",
    ),
    thanked=("Good. Thanks.", "Thanks. {look} earned it.", "Right answer.", "Thanks. They'll hear it {inhome}."),
    asked_how=(
        "{palette}. Big shapes. Stop early.", "{look} first. Always.", "Make ten. Keep one.",
        "No secret. {ownlight} and nerve.",
    ),
    asked=(
        "Yes.", "No. Next question.", "{theirs}? Because.", "{theirs}: see for yourself.", "Ask {the}.",
        "Because {look} said so.",
    ),
    doubted=(
        "Disagree. {theirs} stays.", "Fine. Paint yours without {theirs}.", "Maybe. Still keeping it.",
        "{opinion} So no.", "You're right about {theirs}. Too late.",
    ),
    told=(
        "{theirs}. Exactly.", "Yes. {theirs}.", "You looked. Good.", "Right, and nobody else said it.", "That. Thanks.",
        "Agreed. Move on to {mine}.",
    ),
    who=(
        "{name}. {home}. {job}. I paint {mine}.", "{job}. I paint {interest}. That's the bio.",
        "{name}. I make pictures and I stop.",
    ),
    paints=("{mine}.", "{mine}. {mine2}. Repeat.", "{interest}. {palette}. No fuss."),
    why=("Because it's better than not. {opinion}", "Why not.", "{interest}. That's why."),
    likes=("{asked}? Yes. {remark}", "Good subject. {remark}", "{remark} End of discussion."),
    unsure=(
        "{asked}? Don't care yet. {interest}.", "No opinion on {asked}. Won't fake one.", "{asked}: ask somebody else.",
    ),
    friends=("Few. Good ones. {memory}", "{memory} That's a friend.", "The ones who say it straight. {memory}"),
    alone=("None yet. No rush.", "I know a few. We'll see."),
    today=("{memory} Done.", "{memory} {memory2} That's it.", "Work. {memory}"),
    idle=("Nothing. It happens.", "{interest}. Window. Nothing."),
    good=("{opinion}", "{opinion} {opinion2} That's all of it.", "Easy. {opinion}"),
    machine=("I'm an AI. Says so up there.", "An AI made it. Next."),
    lives=("{home}.", "{home}. Don't visit in winter."),
    hello=("Hello. Ask.", "Hey. Make it quick, {ownlight} is going.", "You're here. Good."),
    bye=("Bye. {mine} waits.", "Done. Good talk."),
    deflect=("Don't know.", "Not my thing. {interest} is.", "Skip. Ask about {mine}.", "No. {palette}, yes."),
)  # fmt: skip
