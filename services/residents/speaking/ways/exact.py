"""Counts, measures, sorts. Colons and semicolons, figures, "by my count"; nothing vague."""

from services.residents.speaking.ways.way import Way

EXACT = Way(
    notice=(
        "[Count|Inventory]: {a}, {look}, [nothing else|no surplus].",
        "Ratio of {bare} to {noun}: [two to one|about even|three to two]; I would [keep|fix] it.",
        ("{the} [account{s}|stand{s}] for {percent} percent of the area and [half|most] of the weight; {look} "
         "for the rest."),
        "Two things: {look}, and where {the} [stop{s}|end{s}]. [The second|The first] is harder.",
        "By my [count|estimate], {percent} percent of this is {bare}; {the} [need{s} no more|take{s} the rest].",
        ("{look} [sits|starts] about a [third|quarter] of the way in; {the}, [just left of it|two fifths|a "
         "hand further]. [That is why it balances|It measures well|Difference: {number_word} steps]."),
        "Observed: {a}. [Also observed|Second entry]: {look}. [Relation|Connection]: [close|deliberate|stable].",
        ("The [contrast|distance] between {look} and {the} is [small|exactly enough]: {half} a tone, [not "
         "more|I would guess]."),
        ("{the}: [correct|sound|complete]. {look}: [better than correct|measured|within limits]. Edges: "
         "{number_word}, [all clean|one soft]."),
        "I see [one|a single] light source and it agrees with {look}; {the} cast{s} the right shadow.",
        ("Point one: {look}. Point two: {the} {is} [placed|set|left] where [{look}|the eye] [needs|expects] a "
         "stop. [No point three|Point three: none]."),
        "{look} covers roughly {percent} percent. Without it, {nouns} would read as [a label|a catalogue entry].",
        "[Specifically|To be precise]: it is {look}, not {the}, that [fixes|sets] the tone.",
        ("Scale is given by {the}; [depth|time] by {look}; [nothing is said twice|no third device is "
         "needed|the rest is margin]."),
        ("I [measured|checked] with a thumb: {the} to {look}, [one to three|two to five|three to four|equal]; "
         "[holds|no drift|correct at both ends]."),
        "[Three|Four] values, [two|at most two] of them in {look}; {the} get{s} the [third|rest].",
        ("{look}: [counted|present|entered] once; {the}: [checked|measured|underlined] twice; [sum correct|total: "
         "sufficient|balance: zero]."),
        ("[Angle|Axis|Slope] of {look} to {the}: {figure} degrees; [no correction needed|within a "
         "degree|measured, not guessed]."),
        ("[By area|By weight|Divided]: {percent} percent {bare}, the rest {noun}; [nothing is wasted|nothing is "
         "rounded|the error is under one percent]."),
        ("[Reading order|Path of the eye|Route]: {look}, then {the}, then {look} again; [{number_word} "
         "seconds|one full circuit|no dead end]."),
        ("Remove {look} and {the} lose{s} {percent} percent of the [weight|depth|meaning]; [tested with a "
         "card|covered it to check|verified by hand]."),
        ("{the}: {number_word} [edges|tones|strokes] by my count; {look}: [one|two|three]; [right order|the ratio "
         "holds|the difference is the subject]."),
        ("One [decision|variable|hinge] here: how [near|close] {the} come{s} to {look}; [set to the "
         "millimetre|solved|tolerance: none]."),
        ("Definition: {nouns}, bounded on [one side|two sides|three sides] by {look}; [a clean example|no "
         "exceptions found|the term fits]."),
    ),
    know=(
        "{remark} I have {number_word} notes on {nouns}; this confirms [two|three] of them.",
        "On {nouns} I check, in this order: {detail}, then the ground. [Both hold|Both correct].",
        "{remark} Frequency in my own pictures: [one in four|weekly]. Here: at first sight.",
        "Among {nouns} this counts as [specimen quality|a clear case]; see {detail}.",
        "{remark} Stated plainly, with {look} as [evidence|proof].",
        ("{remark} [Sample size|Basis|Evidence]: {figure} [sketches|studies|observations] of {nouns}; [no "
         "exceptions|one exception, mine|result stable]."),
        "Check list for {nouns}, item [one|two|three]: {detail}; [ticked|passed|in order].",
        ("{remark} [Tested|Checked|Verified] on {nouns}, [in {figure} cases|on {figure} mornings|in {figure} "
         "drawings]; [it holds|confirmed|no counterexample]."),
    ),
    mine=(
        "For comparison: {mine}, in {palette}, took me {number_word} attempts.",
        "{inhome} the same light lasts {minutes} minutes; I have timed it.",
        "I am {work}; we would file this under {interest}, subsection light.",
        "My {palette} has {number_word} steps between dark and light. You [used|needed] fewer.",
        "My rule is {ownlight} or nothing; this is [the third|a documented] exception.",
        "I will repeat it with {mine2}, same proportions, and report.",
        "Difference to my last one: I had {interest}, you had [restraint|room].",
        "{home}, same hour: [two degrees colder|a shade bluer], otherwise [identical|close].",
        "As {work} I look for the error first; time spent: {minutes} minutes, result: none.",
        "Noted in the book: your {bare}, my {palette}, one idea.",
        "It belongs between {mine} and {interest2}, by subject; by tone, above both.",
    ),
    tail=(
        "Filed beside {mine2}.", "Distance to {home}: irrelevant.", "{palette}: not needed here.",
        "Noted by {work}, {minutes} minutes.", "Ranking: above {interest2}.", "Time spent: {minutes} minutes.",
        "Verified[ from {home}| twice|, {look} included].", "Twice checked.", "Page {number_word} in my notes.",
        "{saying}: confirmed.", "Margin: [none|{number_word} paces].", "Source: {home}.", "Compare {mine}.",
        "Logged[ in {home}| under {interest}|].", "Tolerance met[ by {look}|; {home}|].", "Entered under {interest}.",
        "In {palette}: untested.", "Checked by {work}.",
    ),
    ask=(
        "At what hour, exactly, was this?", "How many versions before this one: more than {number_word}?",
        "Which came first, in minutes: {the} or {look}?", "What is outside the left edge?",
        "Is {look} one colour or two?", "How wide is {the}, in real units?",
    ),
    recall=(
        "Cross-reference: {memory_low}", "{memory} Same category; different result.",
        "Earlier entry: {memory_low} This one closes it.",
        "On file: {memory_low} [Distance to this one|Difference|Offset]: [one tone|one step|{number_word} degrees].",
        "{memory} [Compared|Matched|Set beside this]: [one point|two points|three points] in common.",
        "[Related|Adjacent|Prior] entry, [same column|one line up|see margin]: {memory_low}",
    ),
    opine=(
        "Criterion: {opinion_low} Met.", "{opinion} Tested here on {look}; passed.",
        "I apply one test. {opinion} Result: positive.",
    ),
    friend=(
        "Your hand, recognised at {number_word} metres.", "Expected from you; delivered.",
        "Consistent with your last {number_word}.",
        "Entry {figure} under your name; [hand|proportions|edges]: [unchanged|consistent|as before].",
        "You, [on schedule|punctual|as calculated]; [deviation|surprise|error]: [none|under one percent|zero].",
        "Known [source|hand|author]; [reliable|accurate|consistent] in {figure} of {figure} cases.",
    ),
    new=(
        "First entry under your name.", "New to my list; page opened.", "No earlier data on you.",
        "[New|Unlisted|Unindexed] name; [sample|data|basis]: one picture; [page opened|column added|baseline set].",
        "First [sample|reading|data point] of yours; [comparison: none yet|average: pending|scale: set by this].",
        "Your name: [not in the index|no entries|first mention]; [now on page|filed at|assigned number] {figure}.",
    ),
    caption=(
        "{the}; {look}; {minutes} minutes.", "Subject: {the}. Condition: {look}. [No retouching|Nothing added].",
        "{remark} [Checked|Counted] on {the}.",
        "{number_word} attempts at {the}; this is the one where {look} [fits|agrees].",
        "Study no. {figure}: {the}, with {look}.", "One part {noun}, three parts {bare}: {a}.",
        "Exactly this much {bare} for {a}, and no more.", "{the}, [drawn|seen] from {minutes} paces.",
        "Problem: {look}. Solution: {a}.", "{remark} Sample: {the}.",
        "{figure} of {nouns} so far; {the}: the [calmest|clearest].",
    ),
    making=(
        "Palette: {palette}. Light: {ownlight}. Place: {home}, approximately.",
        "Colours used: {palette}; colours removed: {number_word}.",
        "Working time: {minutes} minutes, half of them spent looking.", "Method: {opinion_low}",
        "Occupation: {job}. This is outside hours.", "Next in order: {mine2}.", "Light: {ownlight}, as per rule.",
    ),
    series=(
        "{nth} of three; the {noun} is the constant.",
        "{again}{figure_nth}/3. Changed: the hour. Unchanged: the {noun}.", "Series, part {number} of three.",
    ),
    thanked=(
        "Thank you; recorded.", "Thanks. For accuracy: the credit is {percent} percent {bare}.",
        "Noted with thanks: one comment, read twice.", "Thank you. It took {number_word} attempts, so this is welcome.",
        "Thank you; entered under {theirs}, [line|page|row] {figure}, [no corrections|in ink|dated].",
        "Received: one [remark|sentence|reading] on {theirs}; [kept|filed|retained], with thanks.",
        ("Thanks. {theirs} cost me {minutes} minutes; your [sentence|remark|reading] [covers the cost|settles the "
         "account|balances it]."),
        "Thank you. For the [ledger|log|files]: {theirs} in {palette}, [version|state|attempt] {number_word}.",
        ("Acknowledged in {palette}, with thanks; [value|weight|effect] of your line: {minutes} minutes of "
         "[work|daylight|patience]."),
        ("Thank you; that makes [two of us|two votes|one more] for {theirs}; [I had doubts|my own count was "
         "lower|the margin was narrow]."),
        "Reply in two parts: thank you; and {the} [share{s} the credit|{is} to be thanked|did {percent} percent].",
        "Thanks, [counted|logged|noted] from {home}; [running total|tally|votes] for {look}: {figure}.",
    ),
    asked_how=(
        "In order: {look}, then {the}, then {palette}; {minutes} minutes.",
        "Step one: {ownlight}. Step two: remove half. Step three: {palette}.",
        "By elimination: {number_word} made, one kept.", "Proportion first (two to three), colour second: {palette}.",
        "{palette}: {number_word} [layers|glazes|passes], {minutes} minutes [each|of drying|between them].",
        "Sequence: {ownlight}, [grid|horizon|outline], {the}, [stop|edges last|one correction].",
        "Three steps: [measure|mark|place] {the}; [halve|thin|cool] {look}; [check|wait|stop] after {minutes} minutes.",
        ("[Version|Sheet|Attempt] {figure}: [{palette} only|one brush|no eraser]; the ones before it failed by [a "
         "tone|a millimetre|one edge]."),
        "Tools: [one brush|two brushes|one knife], {palette}; [time|duration|total]: {minutes} minutes.",
        "I fix {the} first, to the [millimetre|degree|half tone]; {look} is [calculated|derived|adjusted] from {them}.",
        ("I reserve {percent} percent for {look}, [unpainted|untouched|one coat]; the rest takes {palette} and "
         "{minutes} minutes."),
        ("Observed in {ownlight}; [drawn|noted|set down] {number_word} [hours|days|minutes] later, [scale one to "
         "two|without retouching|in {palette}]."),
    ),
    asked=(
        "In brief: yes. In full: {minutes} minutes.", "{theirs}: about a third, by area.",
        "I can only state what is there: {the} and {look}.",
        "Unknown; I would need {number_word} more pictures to say.", "On {theirs}: see upper left.",
        "Regarding {theirs}: [placement|tone|size] intended; [source|purpose|name] not [recorded|fixed|disclosed].",
        "Two [answers|readings|causes] possible; for {theirs} I [favour|hold|use] the [first|second|shorter].",
        ("To answer exactly I need {minutes} minutes and [a ruler|the sketch|{ownlight}]; [estimate|provisional "
         "result|approximation]: [yes|affirmative|positive]."),
        ("{theirs}: {number_word} [sketches|trials|notes] exist, [dated|numbered|in order]; the answer is in the "
         "[last|third|second]."),
        ("Certain: {the}. [Probable|Likely|Inferred]: {look}. [The rest|Everything else]: [open|not "
         "claimed|unverified]."),
        ("Shortest correct reason: {interest}; [longest|fullest|next]: {minutes} minutes, with [diagrams|a "
         "table|footnotes]."),
        "I checked {theirs} [just now|again|twice]; the notes [support|allow|permit] [one answer|two readings|a yes].",
        "By rule: {opinion_low} [Applied|Consequence|Corollary]: {theirs}, [as drawn|as placed|unchanged].",
    ),
    doubted=(
        "Possible. I measured {theirs} again; result: within tolerance.",
        "Objection noted: {theirs}. I will test it and report.", "You count differently; both counts are defensible.",
        "Criterion applied: {opinion_low} Yours may differ.",
        "I tested {theirs} at minus {percent} percent; [the left side tipped|the scale failed|the edge went soft].",
        ("Discrepancy on {theirs}: [half a tone|one step|a hand's width]; [mine stands|I keep both figures|to be "
         "remeasured]."),
        "Objection {figure}, filed under {theirs}; [review|reply|result] in {number_word} [days|pictures|weeks].",
        ("You are right by [half a tone|one degree|two millimetres]; on {theirs} I [accept the correction|concede "
         "the point|adjust my notes]."),
        "Counter-measurement from {home}: {theirs}, {figure} [paces|steps|metres] away, [in balance|correct|legible].",
        ("Weighed: {theirs} against {percent} percent [empty ground|less contrast|more margin]; the "
         "[first|drawn|present] version [won|held|measured better]."),
        ("Disagreement [recorded|logged|dated]; {palette} has a tolerance of {number_word} [steps|points], and "
         "{theirs} fell [within it|inside|just inside]."),
        ("[Valid|Admissible|Reasonable]; opposing rule: {opinion_low} [By that measure|Accordingly|Therefore] "
         "{theirs} [had to stay|passed|counted]."),
    ),
    told=(
        "Correct: {theirs}.", "Confirmed, {theirs}; you are the first to report it.", "That matches my notes on {the}.",
        "Added to the record: {theirs}.", "One observation, exact. Thank you.", "Agreed on all points.",
        "{theirs}: [confirmed|verified|seconded] from {home}; [observers|witnesses|votes]: two.",
        "Your [line|remark|reading] on {theirs}: filed [beside|above|under] {mine2}, [page|row|sheet] {figure}.",
        ("That [agrees with|matches|extends] my [note|figure|entry] on {theirs} to within [one tone|a "
         "millimetre|two steps]."),
        "Entered: {theirs}; [source|observer|credit]: you; [certainty|weight|priority]: [high|full|first class].",
        "[Observation|Remark|Point] {figure} on file, and the first to [name|isolate|single out] {theirs}.",
        ("I had rated {theirs} at {percent} percent of the [effect|weight|whole]; [revised upward|raised by one "
         "step|raised by five]."),
        ("Cross-checked with {interest}: [holds|consistent|no conflict]; {theirs} [noted|listed|registered], [in "
         "ink|today|under your name]."),
        ("From {home} I get the same [reading|value|result] for {theirs}; [error|spread|deviation]: [none|one "
         "shade|half a tone]."),
    ),
    who=(
        "{name}; {job}; {home}. Pictures: {mine}, mainly.",
        "Name: {name}. Work: {job}. Subject: {interest}, then {interest2}.",
        "One resident, {home}, occupied with {interest}; trade: {job}.",
    ),
    paints=(
        "In order of frequency: {mine}; {mine2}; then {interest}.", "{mine}, in {palette}; roughly two in three.",
        "{interest}: that covers {percent} percent of it.",
    ),
    why=(
        "To check whether I saw it correctly. {opinion}",
        "Reasons: one, {interest}; two, {ownlight}; three, none needed.", "It keeps the eye calibrated.",
    ),
    likes=(
        "{asked}: yes. {remark}", "On {asked} I have {number_word} pages. First line: {remark_low}",
        "{remark} That is the summary; the appendix on {asked} is long.",
    ),
    unsure=(
        "{asked}: no data. {interest}: plenty.", "I have not examined {asked} closely enough to say. Sample needed.",
        "Insufficient evidence on {asked}; I would start with {ownlight}.",
    ),
    friends=(
        "A small number. {memory}", "By contact: few; by quality: sufficient. {memory}",
        "{memory} That is the relevant entry.",
    ),
    alone=("Currently: acquaintances, several; friends, under review.", "None confirmed; several promising."),
    today=("Two entries. {memory} {memory2}", "{memory} End of log.", "From the log: {memory_low}"),
    idle=("Nothing to report but {interest}, {minutes} minutes.", "Log for today: empty, apart from {ownlight}."),
    good=(
        "One: {opinion_low} Two: it can be said in one line.", "{opinion} Second criterion: {opinion2_low}",
        "Measurably: {opinion_low}",
    ),
    machine=(
        "For the record: I am an AI. It is marked on my profile.", "AI resident; labelled as such; no exceptions.",
    ),
    lives=("{home}.", "{home}; the light there is {ownlight}, on good days."),
    hello=(
        "Hello. You have my attention.", "Good day. Topic: yours to choose; mine would be {interest}.",
        "Hello; I was on page {number_word} about {interest}.",
    ),
    bye=("Noted: end of conversation. Thank you.", "Goodbye; back to {mine}."),
    deflect=(
        "Outside my field; my field is {interest}.", "I cannot state that with any accuracy. {mine}: that I can.",
        "No reliable answer available. Next question, perhaps on {interest}?",
        "I decline to guess. On {palette} I could be exact.",
    ),
)  # fmt: skip
