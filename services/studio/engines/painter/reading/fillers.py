"""Words that name nothing to be seen: they are not looked up by meaning."""

from __future__ import annotations

WORDS = """
    the this that these those it its his her their my your our he she they we you i him them us me who which what
    there here then than so as if but because while when where how why not only just also too very really quite more
    most less least much some any all every each other another such own same both few enough of to from for with by
    into through across along around about against between among out off up down away back over again toward towards
    until till during since after before per via like unlike be been being am do does did done doing have has had
    having can could will would shall should may might must let get gets got getting make makes made making go goes
    went going come comes coming take takes taking put see sees seen seeing look looks looking show shows showing
    shown seem seems appear appears become becomes turn turns give gives keep keeps stand stands standing sit sits
    sitting lie lies lying lean leans leaning walk walks walking run runs running fly flies flying swim swims
    swimming jump jumps jumping float floats floating drift drifts drifting sleep sleeps sleeping dance dances
    dancing play plays playing read reads reading write writing sing sings singing eat eats eating drink drinks
    drinking hold holds holding wear wears wearing ride rides riding carry carries carrying face facing chase
    chasing cross crosses crossing climb climbing fall falls falling rise rises rising set setting glow glows
    glowing shine shines shining burn burns burning flow flows blow blowing grow grows growing howl howling roar
    roaring fight fighting guard guarding wait waits waiting watch watching knit knitting cook cooking fish fishing
    sail sailing travel travelling wander wandering explore exploring surround surrounded fill filled cover covered
    bathe bathed overlook overlooking reflect reflecting lit land landing breach breaching hide hiding peek peeking
    rest resting sunk sunken melt melting overgrown lush big small tiny little large huge giant great grand tall
    short long wide narrow deep high low thick thin fat old new young ancient modern medieval antique vintage
    futuristic traditional beautiful pretty lovely gorgeous stunning handsome elegant ornate intricate simple plain
    soft hard rough smooth sharp clean dirty fresh wild tame fast slow strong weak heavy light loud good bad best
    nice fine perfect amazing awesome incredible magnificent wonderful cool strange weird odd funny silly cute
    adorable sweet fluffy furry fuzzy shiny matte wet dry hot wooden stone metal glassy leather crystal clear broken
    ruined abandoned hidden secret lost distant far near close open closed shadow shadows layer layers edge edges
    washes facets facet isometric lithograph line lines contrast grain anamorphic grading highlights lens-flare
    viewer limited screen crisp rich impasto natural visible confident gentle muted solo upper lower full half whole
    empty tropical alien italian french german spanish english scottish irish japanese chinese indian african
    american european nordic scandinavian mediterranean viking roman greek egyptian asian russian dutch male female
    adult baby painting painted paint picture image photo photograph photography photographic photorealistic
    realistic realism hyperrealistic illustration illustrated drawing drawn draw sketch render rendered rendering
    cgi artwork art artistic artist style styled stylized stylised wallpaper background foreground backdrop scene
    scenery view vista panorama landscape composition shot closeup angle wide-angle lens mm bokeh depth field focus
    detail details detailed highly ultra hd uhd hdr quality resolution resolutions high-resolution masterpiece
    masterful award winning award-winning trending artstation deviantart pinterest unreal engine octane blender
    cinematic lighting colour color colours colors coloured colored tone tones tint shade shades texture textured
    brush brushstroke brushstrokes stroke strokes canvas paper print poster design concept aesthetic mood atmosphere
    atmospheric ambience feeling feel sense vibe vibes version edition series movie film still frame aspect ratio ar
    seed steps cfg negative prompt ugly blurry low-quality deformed watermark text signature cropped worst jpeg
    artifacts please want create generate professional minimal minimalist minimalistic flat bold outline outlines
    inspired reminiscent by-artist monet cézanne cezanne gogh picasso hokusai turner rembrandt vermeer klimt ghibli
    miyazaki pixar disney middle center centre left right top bottom side front end part piece pieces bit lot kind
    type way place thing things something someone somebody anything everything nothing world time times moment day
    life today tomorrow one two three first second third last next number couple pair group bunch row burst glimpse
    touch hint splash full-length full-body animal animals creature creatures person der die das den dem des ein
    eine einen einem einer und mit im auf bei von vom zum zur nach aus für sich ihr sein ihre seine sehr groß große
    großer großes klein kleine kleiner kleines kleinen alt alte alter altes alten neu neue schön schöne schöner
    schönes einsame einsamer bild gemälde foto zeichnung es gibt wie le la les un une du de et avec dans au aux ce
    cette son sa ses leur qui que très grande petit petite petites vieux vieille beau belle peinture dessin el los
    las una unos unas del y con al su sus muy pequeño pequeña viejo vieja hermoso hermosa imagen pintura dibujo
"""
FILLERS = frozenset(WORDS.split())

NO_NOUN_ENDINGS = ("ly", "ing", "ed", "ful", "ous", "ish", "est", "ive", "less", "ward")
