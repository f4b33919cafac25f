"""What pictures are made of, in German, Spanish, French, Italian, Portuguese and Dutch: the model of language that
comes with Pentagram reads English alone. A row is an English word and the six others; `/` stands between words for the
same. Words are found with other endings too, and German and Dutch ones written as one are taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from services.discovery.embeddings import common_words
from services.discovery.words import fold

LANGUAGES = ("de", "es", "fr", "it", "pt", "nl")
SHORTEST_KEY, SHORTEST_PART, SHORTEST_COMPOUND = 3, 3, 7
ENDINGS = re.compile(r"(?:innen|ern|eux|aux|nen|chen|tje|en|er|es|em|os|as|oes|is|ns|[snxeaoi])$")
ENGLISH_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "y", "ly", "ness", "less", "ful", "ish")
LONGEST_PIECE = 4
JOINTS = ("", "s", "n", "en", "es", "e")
COMPOUNDING = ("de", "nl")

HOLDING = {
    "de": """der die das den dem des ein eine einen einem einer eines und oder mit im in am an auf bei von vom zum
    zur zu unter uber vor hinter neben zwischen durch fur ohne aus nach als wie ist sind nicht kein keine
    sehr ganz etwas jemand wo was wer ich du er sie es wir uns ihr man beim ins bild bilder""",
    "es": """el la los las un una unos unas y o con en de del al a por para sin sobre bajo entre desde hasta que como
    es son muy mas algo alguien donde hacia su sus lo se no imagen""",
    "fr": """le la les un une des du de d l et ou avec dans en au aux a sur sous sans pour par entre devant derriere
    qui que est sont tres plus quelque chose quelqu chez pres son sa ses ce cette pas image""",
    "it": """il lo la i gli le un uno una e o con in di del dello della dei degli delle al allo alla ai nel nello
    nella nella nei negli nelle sul sulla sui su per tra fra da dal dalla senza sotto sopra che e molto piu
    qualcosa qualcuno dove non suo sua d l un immagine""",
    "pt": """o a os as um uma uns umas e ou com em de do da dos das no na nos nas ao aos por para sem sobre sob entre
    que muito mais algo alguem onde nao seu sua imagem debaixo""",
    "nl": """de het een en of met in op aan bij van voor achter onder boven tussen door zonder uit naar als is zijn
    niet geen heel erg iets iemand waar wat wie die dat te om er afbeelding""",
}
FUNCTION_WORDS: Mapping[str, frozenset[str]] = {name: frozenset(words.split()) for name, words in HOLDING.items()}
"""Words that only hold the others together."""
HOLDING_ENGLISH = """
the a an and or with in on at of by from under over above below between behind before after into to for without is are
was no not very some something someone somebody where what who that this these it its my your his her their as like near
through across around while picture pictures image images
"""
ENGLISH = frozenset(HOLDING_ENGLISH.split())

ROWS = """
dog|hund/hündin|perro|chien|cane|cachorro/cão|hond
puppy|welpe|cachorro|chiot|cucciolo|filhote|pup
cat|katze/kater|gato|chat|gatto|gato|kat/poes
kitten|kätzchen|gatito|chaton|gattino|gatinho|kitten
horse|pferd|caballo|cheval/chevaux|cavallo|cavalo|paard
cow|kuh/kühe|vaca|vache|mucca|vaca|koe
sheep|schaf|oveja|mouton|pecora|ovelha|schaap/schapen
goat|ziege|cabra|chèvre|capra|cabra|geit
pig|schwein|cerdo|cochon|maiale|porco|varken
donkey|esel|burro|âne|asino|burro|ezel
wolf|wolf/wölfe|lobo|loup|lupo|lobo|wolf/wolven
fox|fuchs/füchse|zorro|renard|volpe|raposa|vos
bear|bär|oso|ours|orso|urso|beer
deer|hirsch/reh|ciervo|cerf/biche|cervo|cervo/veado|hert
rabbit|hase/kaninchen|conejo|lapin|coniglio|coelho|konijn
hedgehog|igel|erizo|hérisson|riccio|ouriço|egel
squirrel|eichhörnchen|ardilla|écureuil|scoiattolo|esquilo|eekhoorn
mouse|maus/mäuse|ratón|souris|topo|rato/camundongo|muis/muizen
bat|fledermaus/fledermäuse|murciélago|chauve-souris|pipistrello|morcego|vleermuis
lion|löwe|león|lion|leone|leão|leeuw
tiger|tiger|tigre|tigre|tigre|tigre|tijger
elephant|elefant|elefante|éléphant|elefante|elefante|olifant
monkey|affe|mono|singe|scimmia|macaco|aap/apen
giraffe|giraffe|jirafa|girafe|giraffa|girafa|giraf
camel|kamel|camello|chameau|cammello|camelo|kameel
snake|schlange|serpiente|serpent|serpente|cobra/serpente|slang
turtle|schildkröte|tortuga|tortue|tartaruga|tartaruga|schildpad
frog|frosch/frösche|rana|grenouille|rana|sapo/rã|kikker
lizard|eidechse|lagarto|lézard|lucertola|lagarto|hagedis
fish|fisch|pez/peces/pescado|poisson|pesce|peixe|vis/vissen
shark|hai|tiburón|requin|squalo|tubarão|haai
whale|wal|ballena|baleine|balena|baleia|walvis
dolphin|delfin|delfín|dauphin|delfino|golfinho|dolfijn
seal|robbe/seehund|foca|phoque|foca|foca|zeehond
octopus|krake/tintenfisch|pulpo|poulpe/pieuvre|polpo|polvo|octopus/inktvis
jellyfish|qualle|medusa|méduse|medusa|água-viva|kwal
crab|krabbe/krebs|cangrejo|crabe|granchio|caranguejo|krab
snail|schnecke|caracol|escargot|lumaca|caracol|slak
bird|vogel/vögel|pájaro/ave|oiseau|uccello|pássaro/ave|vogel
owl|eule|búho/lechuza|hibou/chouette|gufo/civetta|coruja|uil
eagle|adler|águila|aigle|aquila|águia|arend/adelaar
crow|krähe/rabe|cuervo|corbeau/corneille|corvo|corvo|kraai/raaf
heron|reiher|garza|héron|airone|garça|reiger
crane|kranich|grulla|grue|gru|grou|kraanvogel
swan|schwan/schwäne|cisne|cygne|cigno|cisne|zwaan
duck|ente|pato|canard|anatra|pato|eend
goose|gans/gänse|ganso|oie|oca|ganso|gans/ganzen
chicken|huhn/hühner/henne|gallina/pollo|poule|gallina/pollo|galinha/frango|kip
rooster|hahn|gallo|coq|gallo|galo|haan
pigeon|taube|paloma|pigeon/colombe|piccione/colomba|pombo/pomba|duif
seagull|möwe|gaviota|mouette|gabbiano|gaivota|meeuw
penguin|pinguin|pingüino|pingouin/manchot|pinguino|pinguim|pinguïn
parrot|papagei|loro|perroquet|pappagallo|papagaio|papegaai
peacock|pfau|pavo-real|paon|pavone|pavão|pauw
stork|storch/störche|cigüeña|cigogne|cicogna|cegonha|ooievaar
hummingbird|kolibri|colibrí|colibri|colibrì|beija-flor|kolibrie
butterfly|schmetterling|mariposa|papillon|farfalla|borboleta|vlinder
bee|biene|abeja|abeille|ape|abelha|bij/bijen
spider|spinne|araña|araignée|ragno|aranha|spin
ant|ameise|hormiga|fourmi|formica|formiga|mier
dragonfly|libelle|libélula|libellule|libellula|libélula|libel
animal|tier|animal|animal/animaux|animale|animal/animais|dier
dragon|drache|dragón|dragon|drago|dragão|draak/draken
unicorn|einhorn|unicornio|licorne|unicorno|unicórnio|eenhoorn
dinosaur|dinosaurier|dinosaurio|dinosaure|dinosauro|dinossauro|dinosaurus
mermaid|meerjungfrau|sirena|sirène|sirena|sereia|zeemeermin
ghost|gespenst/geist|fantasma|fantôme|fantasma|fantasma|spook/geest
witch|hexe|bruja|sorcière|strega|bruxa|heks
wizard|zauberer|mago|magicien/sorcier|mago|mago/feiticeiro|tovenaar
knight|ritter|caballero|chevalier|cavaliere|cavaleiro|ridder
king|könig|rey|roi|re|rei|koning
queen|königin|reina|reine|regina|rainha|koningin
princess|prinzessin|princesa|princesse|principessa|princesa|prinses
fairy|fee|hada|fée|fata|fada|fee
angel|engel|ángel|ange|angelo|anjo|engel
monster|ungeheuer|monstruo|monstre|mostro|monstro|monster
giant|riese|gigante|géant|gigante|gigante|reus
robot|roboter|robot|robot|robot|robô|robot
astronaut|astronaut/raumfahrer|astronauta|astronaute|astronauta|astronauta|astronaut
pirate|pirat|pirata|pirate|pirata|pirata|piraat
man|mann/männer|hombre|homme|uomo/uomini|homem/homens|man/mannen
woman|frau|mujer|femme|donna|mulher|vrouw
child|kind|niño/niña|enfant|bambino/bambina|criança/menino/menina|kind
children|kinder|niños|enfants|bambini|crianças|kinderen
girl|mädchen|chica/muchacha|fille|ragazza|garota|meisje
boy|junge|chico/muchacho|garçon|ragazzo|garoto/rapaz|jongen
baby|baby/säugling|bebé|bébé|neonato|bebê|baby
old|alt|viejo/antiguo|vieux/vieille/ancien|vecchio/antico|velho/antigo|oud
young|jung|joven|jeune|giovane|jovem|jong
grandmother|großmutter/oma|abuela|grand-mère|nonna|avó|grootmoeder
grandfather|großvater/opa|abuelo|grand-père|nonno|avô|grootvader
mother|mutter|madre|mère|madre|mãe|moeder
father|vater|padre|père|padre|pai|vader
people|leute/menschen|gente/personas|gens/personnes|gente/persone|pessoas/gente|mensen
friends|freunde|amigos|amis|amici|amigos|vrienden
couple|paar|pareja|couple|coppia|casal|paar
wedding|hochzeit|boda|mariage|matrimonio|casamento|bruiloft
fisherman|fischer|pescador|pêcheur|pescatore|pescador|visser
sailor|matrose/seemann|marinero|marin/matelot|marinaio|marinheiro|matroos/zeeman
farmer|bauer|granjero/agricultor|fermier/paysan|contadino|fazendeiro/agricultor|boer
baker|bäcker|panadero|boulanger|panettiere/fornaio|padeiro|bakker
blacksmith|schmied|herrero|forgeron|fabbro|ferreiro|smid
carpenter|schreiner/tischler|carpintero|menuisier/charpentier|falegname|carpinteiro|timmerman
potter|töpfer|alfarero|potier|vasaio|oleiro|pottenbakker
gardener|gärtner|jardinero|jardinier|giardiniere|jardineiro|tuinman
shepherd|hirte/schäfer|pastor|berger|pastore|pastor|herder
doctor|arzt/ärztin|médico|médecin|medico|médico|arts/dokter
teacher|lehrer|maestro/profesor|professeur/instituteur|insegnante/maestro|professor|leraar
cook|koch|cocinero|cuisinier|cuoco|cozinheiro|kok
dancer|tänzer|bailarín/bailarina|danseur/danseuse|ballerino/ballerina|dançarina/bailarina|danser
musician|musiker|músico|musicien|musicista|músico|muzikant
painter|maler|pintor|peintre|pittore|pintor|schilder
soldier|soldat|soldado|soldat|soldato|soldado|soldaat
worker|arbeiter|obrero/trabajador|ouvrier|operaio|operário/trabalhador|arbeider
diver|taucher|buzo|plongeur|subacqueo|mergulhador|duiker
firefighter|feuerwehrmann/feuerwehr|bombero|pompier|pompiere|bombeiro|brandweerman
sea|meer/see|mar|mer|mare|mar|zee
ocean|ozean|océano|océan|oceano|oceano|oceaan
lake|see|lago|lac|lago|lago|meer
river|fluss/flüsse|río|rivière/fleuve|fiume|rio|rivier
stream|bach|arroyo|ruisseau|ruscello|riacho|beek
waterfall|wasserfall/wasserfälle|cascada|cascade|cascata|cachoeira/cascata|waterval
water|wasser|agua|eau|acqua|água|water
wave|welle|ola|vague|onda|onda|golf/golven
beach|strand/strände|playa|plage|spiaggia|praia|strand
coast|küste|costa|côte|costa|costa|kust
island|insel|isla|île|isola|ilha|eiland
harbour|hafen/häfen|puerto|port|porto|porto|haven
cliff|klippe|acantilado|falaise|scogliera|penhasco/falésia|klif
mountain|berg/gebirge|montaña|montagne|montagna|montanha|berg/bergen
hill|hügel|colina|colline|collina|colina|heuvel
valley|tal|valle|vallée|valle|vale|vallei/dal
volcano|vulkan|volcán|volcan|vulcano|vulcão|vulkaan
cave|höhle|cueva|grotte/caverne|grotta/caverna|caverna/gruta|grot
desert|wüste|desierto|désert|deserto|deserto|woestijn
dune|düne|duna|dune|duna|duna|duin
forest|wald/wälder|bosque|forêt/bois|foresta/bosco|floresta/bosque|bos/woud
jungle|dschungel|selva/jungla|jungle|giungla|selva|oerwoud
meadow|wiese|prado/pradera|prairie/pré|prato|prado/campina|weide
field|feld|campo|champ|campo|campo|veld
swamp|sumpf|pantano|marais/marécage|palude|pântano|moeras
glacier|gletscher|glaciar|glacier|ghiacciaio|geleira/glaciar|gletsjer
tree|baum/bäume|árbol|arbre|albero|árvore|boom/bomen
pine|kiefer|pino|pin|pino|pinheiro|den/dennen
oak|eiche|roble|chêne|quercia|carvalho|eik
birch|birke|abedul|bouleau|betulla|bétula|berk
willow|weide|sauce|saule|salice|salgueiro|wilg
palm|palme|palmera|palmier|palma|palmeira|palmboom
leaf|blatt|hoja|feuille|foglia|folha|blad
leaves|blätter/laub|hojas|feuilles|foglie|folhas|bladeren
flower|blume/blüte|flor/flores|fleur|fiore|flor/flores|bloem
rose|rose|rosa|rose|rosa|rosa|roos
sunflower|sonnenblume|girasol|tournesol|girasole|girassol|zonnebloem
tulip|tulpe|tulipán|tulipe|tulipano|tulipa|tulp
poppy|mohn|amapola|coquelicot|papavero|papoula|klaproos/papaver
lavender|lavendel|lavanda|lavande|lavanda|lavanda/alfazema|lavendel
cherry|kirsche/kirsch|cereza/cerezo|cerise/cerisier|ciliegia/ciliegio|cereja/cerejeira|kers/kersen
grass|gras|hierba|herbe|erba|grama/erva|gras
moss|moos|musgo|mousse|muschio|musgo|mos
mushroom|pilz|seta/hongo|champignon|fungo/funghi|cogumelo|paddenstoel
cactus|kaktus/kakteen|cactus|cactus|cactus|cacto|cactus
garden|garten/gärten|jardín|jardin|giardino|jardim|tuin
orchard|obstgarten|huerto|verger|frutteto|pomar|boomgaard
vineyard|weinberg|viñedo|vigne/vignoble|vigneto|vinha/vinhedo|wijngaard
bamboo|bambus|bambú|bambou|bambù|bambu|bamboe
sky|himmel|cielo|ciel|cielo|céu|hemel/lucht
cloud|wolke|nube|nuage|nuvola|nuvem/nuvens|wolk
sun|sonne|sol|soleil|sole|sol|zon
moon|mond|luna|lune|luna|lua|maan
star|stern|estrella|étoile|stella|estrela|ster/sterren
planet|planet|planeta|planète|pianeta|planeta|planeet
galaxy|galaxie|galaxia|galaxie|galassia|galáxia|melkweg
space|weltraum/weltall|espacio|espace|spazio|espaço|ruimte
comet|komet|cometa|comète|cometa|cometa|komeet
rainbow|regenbogen|arcoíris|arc-en-ciel|arcobaleno|arco-íris|regenboog
rain|regen|lluvia|pluie|pioggia|chuva|regen
snow|schnee|nieve|neige|neve|neve|sneeuw
snowy|verschneit|nevado|enneigé|innevato|nevado|besneeuwd
ice|eis|hielo|glace|ghiaccio|gelo|ijs
frost|frost/reif|escarcha|givre|brina|geada|vorst/rijp
fog|nebel|niebla|brouillard|nebbia|nevoeiro/neblina|mist
mist|dunst|bruma|brume|foschia|bruma/névoa|nevel
storm|sturm/stürme|tormenta/tempestad|tempête/orage|tempesta|tempestade|storm
lightning|blitz|rayo/relámpago|éclair|fulmine|relâmpago/raio|bliksem
wind|wind|viento|vent|vento|vento|wind
sunset|sonnenuntergang|atardecer/ocaso/puesta-de-sol|coucher-de-soleil|tramonto|pôr-do-sol|zonsondergang
sunrise|sonnenaufgang|amanecer|lever-de-soleil|alba|nascer-do-sol|zonsopgang
dawn|morgengrauen/morgendämmerung|alba/madrugada|aube/aurore|aurora|alvorada/madrugada|dageraad
dusk|dämmerung/abenddämmerung|crepúsculo|crépuscule|crepuscolo|crepúsculo/anoitecer|schemering
morning|morgen|mañana|matin|mattino/mattina|manhã|ochtend/morgen
evening|abend|tarde|soir|sera|noite/entardecer|avond
night|nacht/nächte|noche|nuit|notte|noite|nacht
day|tag|día|jour|giorno|dia|dag
northern lights|nordlicht/polarlicht|aurora-boreal|aurore-boréale|aurora-boreale|aurora-boreal|noorderlicht
spring|frühling/frühjahr|primavera|printemps|primavera|primavera|lente/voorjaar
summer|sommer|verano|été|estate|verão|zomer
autumn|herbst|otoño|automne|autunno|outono|herfst
winter|winter|invierno|hiver|inverno|inverno|winter
christmas|weihnachten|navidad|noël|natale|natal|kerst/kerstmis
light|licht|luz/luces|lumière|luce/luci|luz/luzes|licht
shadow|schatten|sombra|ombre|ombra|sombra|schaduw
fire|feuer|fuego|feu|fuoco|fogo|vuur
campfire|lagerfeuer|fogata/hoguera|feu-de-camp|falò|fogueira|kampvuur
smoke|rauch|humo|fumée|fumo|fumaça/fumo|rook
dust|staub|polvo|poussière|polvere|poeira|stof
candle|kerze|vela|bougie|candela|vela|kaars
lantern|laterne|farol/linterna|lanterne|lanterna|lanterna|lantaarn
lamp|lampe|lámpara|lampe|lampada|lâmpada/candeeiro|lamp
fireworks|feuerwerk|fuegos-artificiales|feu-d-artifice|fuochi-d-artificio|fogos-de-artifício|vuurwerk
city|stadt/städte|ciudad|ville|città|cidade|stad
village|dorf/dörfer|pueblo/aldea|village|villaggio/paese/borgo|aldeia/vila|dorp
street|straße|calle|rue|strada|rua|straat
alley|gasse|callejón|ruelle|vicolo|beco/viela|steeg
road|weg|camino/carretera|route/chemin|via/sentiero|estrada/caminho|weg
square|platz/plätze|plaza|place|piazza|praça|plein
market|markt|mercado|marché|mercato|mercado|markt
bridge|brücke|puente|pont|ponte|ponte|brug
house|haus/häuser|casa|maison|casa|casa|huis/huizen
cabin|hütte|cabaña|cabane|capanna/baita|cabana|hut
castle|schloss/schlösser/burg|castillo|château|castello|castelo|kasteel
tower|turm/türme|torre|tour|torre|torre|toren
lighthouse|leuchtturm/leuchttürme|faro|phare|faro|farol|vuurtoren
church|kirche|iglesia|église|chiesa|igreja|kerk
cathedral|dom/kathedrale|catedral|cathédrale|cattedrale/duomo|catedral|kathedraal
temple|tempel|templo|temple|tempio|templo|tempel
ruins|ruine|ruinas|ruines|rovine|ruínas|ruïne
windmill|windmühle/mühle|molino|moulin|mulino|moinho|molen/windmolen
station|bahnhof|estación|gare|stazione|estação|station
library|bibliothek/bücherei|biblioteca|bibliothèque|biblioteca|biblioteca|bibliotheek
school|schule|escuela|école|scuola|escola|school
hospital|krankenhaus|hospital|hôpital|ospedale|hospital|ziekenhuis
factory|fabrik|fábrica|usine|fabbrica|fábrica|fabriek
workshop|werkstatt|taller|atelier|officina/laboratorio|oficina|werkplaats
kitchen|küche|cocina|cuisine|cucina|cozinha|keuken
room|zimmer/raum|habitación/cuarto|chambre/pièce|stanza/camera|quarto/sala|kamer
window|fenster|ventana|fenêtre|finestra|janela|raam/venster
door|tür|puerta|porte|porta|porta|deur
roof|dach/dächer|tejado/techo|toit|tetto|telhado|dak/daken
stairs|treppe|escalera|escalier|scala|escada|trap
wall|mauer/wand|muro/pared|mur|muro/parete|muro/parede|muur
fountain|brunnen|fuente|fontaine|fontana|fonte|fontein
statue|statue|estatua|statue|statua|estátua|standbeeld
skyscraper|wolkenkratzer|rascacielos|gratte-ciel|grattacielo|arranha-céu|wolkenkrabber
farm|bauernhof|granja|ferme|fattoria|fazenda/quinta|boerderij
barn|scheune|granero|grange|fienile|celeiro|schuur
cafe|café|café/cafetería|café|caffè/bar|café|café
theatre|theater|teatro|théâtre|teatro|teatro|theater
circus|zirkus|circo|cirque|circo|circo|circus
museum|museum|museo|musée|museo|museu|museum
cemetery|friedhof|cementerio|cimetière|cimitero|cemitério|begraafplaats
bank|ufer|orilla|rive|riva|margem|oever
boat|boot/kahn|barca/bote/barco|bateau/barque|barca|barco/bote|boot/boten
ship|schiff|barco/buque|navire/bateau|nave|navio|schip/schepen
sailboat|segelboot|velero|voilier|barca-a-vela|veleiro|zeilboot
train|zug/züge|tren|train|treno|trem/comboio|trein
tram|straßenbahn|tranvía|tramway|tram|bonde/elétrico|tram
car|auto/wagen|coche/carro|voiture|macchina/automobile|carro|auto
bus|bus|autobús|autobus|autobus|ônibus/autocarro|bus
bicycle|fahrrad/fahrräder|bicicleta|vélo/bicyclette|bicicletta|bicicleta|fiets
motorcycle|motorrad|motocicleta/moto|moto|motocicletta|motocicleta|motor
airplane|flugzeug|avión|avion|aereo|avião/aviões|vliegtuig
helicopter|hubschrauber|helicóptero|hélicoptère|elicottero|helicóptero|helikopter
balloon|ballon|globo|ballon/montgolfière|palloncino/mongolfiera|balão/balões|ballon
rocket|rakete|cohete|fusée|razzo|foguete|raket
submarine|u-boot|submarino|sous-marin|sottomarino|submarino|onderzeeër
tractor|traktor|tractor|tracteur|trattore|trator|tractor
truck|lastwagen/lkw|camión|camion|camion|caminhão/camião|vrachtwagen
carriage|kutsche|carruaje|calèche/carrosse|carrozza|carruagem|koets
bread|brot|pan|pain|pane|pão/pães|brood
cake|kuchen/torte|pastel/tarta|gâteau|torta|bolo|taart
soup|suppe|sopa|soupe|zuppa|sopa|soep
cheese|käse|queso|fromage|formaggio|queijo|kaas
fruit|obst/frucht/früchte|fruta|fruit|frutta|fruta|fruit
apple|apfel/äpfel|manzana|pomme|mela|maçã|appel
lemon|zitrone|limón|citron|limone|limão|citroen
strawberry|erdbeere|fresa|fraise|fragola|morango|aardbei
grape|traube|uva|raisin|uva|uva|druif
vegetable|gemüse|verdura|légume|verdura|legume/verdura|groente
egg|ei/eier|huevo|œuf/oeuf|uovo/uova|ovo|ei
meat|fleisch|carne|viande|carne|carne|vlees
rice|reis|arroz|riz|riso|arroz|rijst
wine|wein|vino|vin|vino|vinho|wijn
coffee|kaffee|café|café|caffè|café|koffie
tea|tee|té|thé|tè|chá|thee
milk|milch|leche|lait|latte|leite|melk
honey|honig|miel|miel|miele|mel|honing
chocolate|schokolade|chocolate|chocolat|cioccolato|chocolate|chocolade
food|essen|comida|nourriture|cibo|comida|eten
breakfast|frühstück|desayuno|petit-déjeuner|colazione|café-da-manhã|ontbijt
table|tisch|mesa|table|tavolo/tavola|mesa|tafel
chair|stuhl/stühle|silla|chaise|sedia|cadeira|stoel
bed|bett|cama|lit|letto|cama|bed
book|buch/bücher|libro|livre|libro|livro|boek
letter|brief|carta|lettre|lettera|carta|brief
clock|uhr|reloj|horloge|orologio|relógio|klok
mirror|spiegel|espejo|miroir|specchio|espelho|spiegel
key|schlüssel|llave|clé/clef|chiave|chave|sleutel
mask|maske|máscara|masque|maschera|máscara|masker
hat|hut/hüte|sombrero|chapeau|cappello|chapéu|hoed
dress|kleid|vestido|robe|vestito/abito|vestido|jurk
umbrella|regenschirm|paraguas|parapluie|ombrello|guarda-chuva|paraplu
glass|glas/gläser|vidrio/cristal|verre|vetro|vidro|glas
crystal|kristall|cristal|cristal|cristallo|cristal|kristal
sword|schwert|espada|épée|spada|espada|zwaard
crown|krone|corona|couronne|corona|coroa|kroon
ring|ring|anillo|anneau/bague|anello|anel|ring
toy|spielzeug|juguete|jouet|giocattolo|brinquedo|speelgoed
doll|puppe|muñeca|poupée|bambola|boneca|pop
kite|drachen|cometa|cerf-volant|aquilone|pipa/papagaio|vlieger
teapot|teekanne|tetera|théière|teiera|bule|theepot
cup|tasse|taza|tasse|tazza|xícara/chávena|kop
bottle|flasche|botella|bouteille|bottiglia|garrafa|fles
machine|maschine|máquina|machine|macchina|máquina|machine
telescope|fernrohr/teleskop|telescopio|télescope|telescopio|telescópio|telescoop
piano|klavier|piano|piano|pianoforte|piano|piano
guitar|gitarre|guitarra|guitare|chitarra|violão/guitarra|gitaar
violin|geige/violine|violín|violon|violino|violino|viool
drum|trommel|tambor|tambour|tamburo|tambor|trommel
trumpet|trompete|trompeta|trompette|tromba|trompete|trompet
flute|flöte|flauta|flûte|flauto|flauta|fluit
accordion|akkordeon|acordeón|accordéon|fisarmonica|acordeão/sanfona|accordeon
music|musik|música|musique|musica|música|muziek
instrument|instrument|instrumento|instrument|strumento/strumenti|instrumento|instrument
song|lied|canción|chanson|canzone|canção|lied
dance|tanz|baile/danza|danse|danza/ballo|dança|dans
dancing|tanzend/tanzen|bailando/bailar|dansant/danser|ballando|dançando|dansend
concert|konzert|concierto|concert|concerto|concerto|concert
football|fußball|fútbol|football|calcio|futebol|voetbal
swimmer|schwimmer|nadador|nageur|nuotatore|nadador|zwemmer
swimming|schwimmend/schwimmen|nadando|nageant/nager|nuotando|nadando|zwemmend
runner|läufer|corredor|coureur|corridore|corredor|loper
running|laufend/rennend|corriendo|courant|correndo|correndo|rennend
sleeping|schlafend/schläft/schlafen|durmiendo/duerme/dormido|endormi/dort/dormant|addormentato/dorme|dormindo/dorme|slapend/slaapt
flying|fliegend/fliegt|volando/vuela/volador|volant/vole|volando/vola/volante|voando/voador|vliegend/vliegt
playing|spielend/spielt|jugando/juega/tocando/toca|jouant/joue|giocando/gioca/suonando/suona|brincando/jogando/tocando|spelend/speelt
reading|lesend/liest|leyendo/lee|lisant/lit|leggendo/legge|lendo/lê|lezend/leest
walking|gehend/spazierend|caminando/paseando|marchant/promenade|camminando/passeggiando|caminhando/passeando|wandelend
sitting|sitzend/sitzt|sentado|assis|seduto|sentado|zittend/zit
fishing|angeln/angelnd|pescando|pêchant/pêche|pescando|pescando|vissend
working|arbeitend/arbeitet|trabajando|travaillant|lavorando|trabalhando|werkend
red|rot|rojo|rouge|rosso|vermelho|rood
blue|blau|azul/azules|bleu|blu/azzurro|azul/azuis|blauw
green|grün|verde|vert|verde|verde|groen
yellow|gelb|amarillo|jaune|giallo|amarelo|geel
orange|orange|naranja|orange|arancione|laranja|oranje
purple|lila/violett|morado/violeta|violet|viola|roxo|paars
pink|rosa|rosado|rose|rosa|cor-de-rosa|roze
white|weiß|blanco|blanc/blanche|bianco/bianchi|branco|wit/witte
black|schwarz|negro|noir|nero|preto/negro|zwart
grey|grau|gris|gris|grigio|cinza/cinzento|grijs
brown|braun|marrón|marron/brun|marrone|marrom/castanho|bruin
golden|golden|dorado|doré|dorato|dourado|gouden
gold|gold|oro|or|oro|ouro|goud
silver|silber|plata|argent|argento|prata|zilver
colourful|bunt/farbenfroh|colorido|coloré|colorato|colorido|kleurrijk
big|groß|grande/gran|grand|grande|grande|groot/grote
small|klein|pequeño|petit|piccolo|pequeno|klein
long|lang|largo|long|lungo|longo/comprido|lang
tall|hoch/hohe|alto|haut|alto|alto|hoog/hoge
lonely|einsam|solitario|solitaire|solitario|solitário|eenzaam
alone|allein|solo/sola|seul/seule|solo/sola/soli|sozinho/sozinha|alleen
quiet|still/ruhig|tranquilo|calme/tranquille|tranquillo|tranquilo/calmo|rustig/stil
silent|lautlos|silencioso|silencieux|silenzioso|silencioso|stille
calm|gelassen|calma|paisible|calmo|calma|kalm
sad|traurig|triste|triste|triste|triste|verdrietig/droevig
happy|glücklich/fröhlich|feliz/alegre|heureux/joyeux|felice/allegro|feliz/alegre|gelukkig/blij
funny|lustig|divertido/gracioso|drôle|divertente|engraçado|grappig
scary|gruselig/unheimlich|aterrador/miedo|effrayant|spaventoso|assustador|eng/griezelig
cozy|gemütlich|acogedor|douillet/cosy|accogliente|aconchegante|gezellig
romantic|romantisch|romántico|romantique|romantico|romântico|romantisch
mysterious|geheimnisvoll|misterioso|mystérieux|misterioso|misterioso|mysterieus/geheimzinnig
magical|magisch/zauberhaft|mágico|magique|magico|mágico|magisch
abandoned|verlassen|abandonado|abandonné|abbandonato|abandonado|verlaten
broken|zerbrochen/kaputt|roto|brisé/cassé|rotto|quebrado|gebroken/kapot
frozen|gefroren/zugefroren|congelado/helado|gelé/glacé|ghiacciato|congelado|bevroren
dark|dunkel/dunkle|oscuro|sombre/obscur|scuro/buio|escuro|donker
bright|hell|brillante|clair/brillant|luminoso|brilhante|helder
beautiful|schön|hermoso/bello/bonito|beau/belle|bello|bonito/belo|mooi
cold|kalt|frío|froid|freddo|frio|koud
warm|warm|cálido|chaud|caldo|quente|warm
empty|leer|vacío|vide|vuoto|vazio|leeg
hidden|versteckt|escondido|caché|nascosto|escondido|verborgen
floating|schwebend|flotando/flotante|flottant|galleggiante|flutuante|zwevend/drijvend
glowing|leuchtend/glühend|luminoso|lumineux|luminoso|brilhante|gloeiend
wooden|hölzern|madera|bois|legno|madeira|houten
stone|stein|piedra|pierre|pietra|pedra|steen
iron|eisen|hierro|fer|ferro|ferro|ijzer
paper|papier|papel|papier|carta|papel|papier
painting|gemälde|pintura/cuadro|peinture/tableau|dipinto/quadro|pintura/quadro|schilderij
watercolour|aquarell|acuarela|aquarelle|acquerello|aquarela|aquarel
drawing|zeichnung|dibujo|dessin|disegno|desenho|tekening
portrait|porträt|retrato|portrait|ritratto|retrato|portret
landscape|landschaft|paisaje|paysage|paesaggio|paisagem|landschap
underwater|unterwasser|submarino/bajo-el-agua|sous-marin/sous-l-eau|subacqueo/sott-acqua|subaquático|onderwater
reflection|spiegelung|reflejo|reflet|riflesso|reflexo|weerspiegeling
dream|traum/träume|sueño|rêve|sogno|sonho|droom
war|krieg|guerra|guerre|guerra|guerra|oorlog
love|liebe|amor|amour|amore|amor|liefde
death|tod|muerte|mort|morte|morte|dood
time|zeit|tiempo|temps|tempo|tempo|tijd
world|welt|mundo|monde|mondo|mundo|wereld
earth|erde|tierra|terre|terra|terra|aarde
future|zukunft|futuro|futur/avenir|futuro|futuro|toekomst
hand|hand/hände|mano|main|mano/mani|mão/mãos|hand
eye|auge|ojo|œil/yeux|occhio/occhi|olho|oog/ogen
face|gesicht|cara/rostro|visage|volto/viso|rosto|gezicht
hair|haar|cabello/pelo|cheveux|capelli|cabelo|haar
heart|herz|corazón|cœur|cuore|coração|hart
wing|flügel|ala|aile|ala|asa|vleugel
tail|schwanz|cola|queue|coda|cauda|staart
tooth|zahn|diente|dent|dente|dente|tand
family|familie|familia|famille|famiglia|família|familie/gezin
party|feier|fiesta|fête|festa|festa|feest
game|spiel|juego|jeu|gioco|jogo|spel
sport|sport|deporte|sport|sport|esporte/desporto|sport
vehicle|fahrzeug|vehículo|véhicule|veicolo|veículo|voertuig
building|gebäude|edificio|bâtiment|edificio|edifício/prédio|gebouw
plant|pflanze|planta|plante|pianta|planta|plant
insect|insekt|insecto|insecte|insetto|inseto|insect
weather|wetter|clima|météo|tempo|clima|weer
nature|natur|naturaleza|nature|natura|natureza|natuur
spice|gewürz|especia|épice|spezia|especiaria|specerij/kruiden
salt|salz|sal|sel|sale|sal|zout
sugar|zucker|azúcar|sucre|zucchero|açúcar|suiker
ice cream|speiseeis|helado|crème-glacée|gelato|sorvete/gelado|ijsje
beer|bier|cerveza|bière|birra|cerveja|bier
orange|apfelsine|naranja|orange|arancia|laranja|sinaasappel
pumpkin|kürbis|calabaza|citrouille|zucca|abóbora|pompoen
net|netz|red/redes|filet|rete/reti|rede|net
rope|seil|cuerda|corde|corda|corda|touw
anchor|anker|ancla|ancre|ancora|âncora|anker
wheel|rad/räder|rueda|roue|ruota|roda|wiel
engine|motor|motor|moteur|motore|motor|motor
electric|elektrisch|eléctrico|électrique|elettrico|elétrico|elektrisch
computer|rechner|ordenador/computadora|ordinateur|computer|computador|computer
camera|kamera|cámara|appareil-photo|macchina-fotografica|câmera/câmara|camera
photograph|foto/fotografie|foto/fotografía|photo/photographie|foto/fotografia|foto/fotografia|foto
newspaper|zeitung|periódico|journal|giornale|jornal|krant
stone bridge|steinbrücke|puente-de-piedra|pont-de-pierre|ponte-di-pietra|ponte-de-pedra|stenen-brug
tunnel|tunnel|túnel|tunnel|galleria|túnel|tunnel
railway|eisenbahn|ferrocarril|chemin-de-fer|ferrovia|ferrovia/caminho-de-ferro|spoorweg
rail|schiene/gleis|vía/riel|rail|binario|trilho|rail/spoor
canal|kanal|canal|canal|canale|canal|gracht/kanaal
pond|teich|estanque|étang|stagno/laghetto|lagoa/lago|vijver
well|ziehbrunnen|pozo|puits|pozzo|poço|waterput
gate|tor|portón|portail|cancello|portão|poort
balcony|balkon|balcón|balcon|balcone|varanda|balkon
attic|dachboden|ático/desván|grenier|soffitta|sótão|zolder
cellar|keller|sótano|cave|cantina|porão/cave|kelder
bakery|bäckerei|panadería|boulangerie|panificio|padaria|bakkerij
shop|laden|tienda|magasin/boutique|negozio|loja|winkel
restaurant|gaststätte|restaurante|restaurant|ristorante|restaurante|restaurant
hotel|hotel|hotel|hôtel|albergo|hotel|hotel
prison|gefängnis|cárcel|prison|prigione|prisão|gevangenis
battle|schlacht|batalla|bataille|battaglia|batalha|slag
hero|held|héroe|héros|eroe|herói|held
thief|dieb|ladrón|voleur|ladro|ladrão|dief
clown|clown|payaso|clown|pagliaccio|palhaço|clown
hunter|jäger|cazador|chasseur|cacciatore|caçador|jager
monk|mönch|monje|moine|monaco|monge|monnik
nun|nonne|monja|nonne/religieuse|suora|freira|non
priest|priester|sacerdote|prêtre|prete|padre|priester
pilot|pilot|piloto|pilote|pilota|piloto|piloot
driver|fahrer|conductor|conducteur|autista|motorista/condutor|bestuurder
cyclist|radfahrer|ciclista|cycliste|ciclista|ciclista|fietser
skater|eisläufer|patinador|patineur|pattinatore|patinador|schaatser
skating|eislaufen|patinando/patinaje|patinage|pattinaggio|patinação|schaatsen
skiing|skifahren|esquí/esquiando|ski|sci|esqui|skiën
climber|kletterer/bergsteiger|escalador/alpinista|grimpeur/alpiniste|scalatore/alpinista|escalador/alpinista|klimmer
chess|schach|ajedrez|échecs|scacchi|xadrez|schaken
wrestler|ringer|luchador|lutteur|lottatore|lutador|worstelaar
race|rennen|carrera|course|corsa|corrida|race
winner|sieger|ganador|gagnant|vincitore|vencedor|winnaar
singing|singend/singt|cantando/canta|chantant/chante|cantando/canta|cantando/canta|zingend/zingt
crying|weinend|llorando|pleurant|piangendo|chorando|huilend
laughing|lachend|riendo|riant|ridendo|rindo|lachend
smiling|lächelnd|sonriendo/sonriente|souriant|sorridente|sorridente/sorrindo|glimlachend
jumping|springend/springt|saltando/salta|sautant/saute|saltando/salta|saltando/pulando|springend
falling|fallend|cayendo|tombant|cadente|caindo|vallend
burning|brennend|ardiendo|brûlant|bruciante|queimando/ardendo|brandend
eating|essend|comiendo|mangeant/mange|mangiando/mangia|comendo|etend
drinking|trinkend|bebiendo|buvant|bevendo|bebendo|drinkend
cooking|kochend|cocinando|cuisinant|cucinando|cozinhando|kokend
waiting|wartend|esperando|attendant|aspettando|esperando|wachtend
looking|schauend/blickt|mirando|regardant/regarde|guardando|olhando|kijkend
standing|stehend/steht|parado/de-pie|debout|in-piedi|de-pé|staand/staat
repairing|reparierend/repariert|reparando/arreglando|réparant/répare|riparando/ripara|consertando/reparando|reparerend/repareert
sewing|nähend|cosiendo|cousant|cucendo|costurando|naaiend
knitting|strickend|tejiendo|tricotant|lavorando-a-maglia|tricotando|breiend
full moon|vollmond|luna-llena|pleine-lune|luna-piena|lua-cheia|volle-maan
starry sky|sternenhimmel|cielo-estrellado|ciel-étoilé|cielo-stellato|céu-estrelado|sterrenhemel
thunderstorm|gewitter|tormenta-eléctrica|orage|temporale|trovoada|onweer
flood|überschwemmung/hochwasser|inundación|inondation|alluvione|inundação/enchente|overstroming
earthquake|erdbeben|terremoto|tremblement-de-terre|terremoto|terremoto|aardbeving
seashell|muschel|concha|coquillage|conchiglia|concha|schelp
coral|koralle|coral|corail|corallo|coral|koraal
whale shark|walhai|tiburón-ballena|requin-baleine|squalo-balena|tubarão-baleia|walvishaai
polar bear|eisbär|oso-polar|ours-polaire|orso-polare|urso-polar|ijsbeer
salamander|salamander|ajolote/salamandra|salamandre|salamandra|salamandra|salamander
feather|feder|pluma|plume|piuma|pena|veer
nest|nest|nido|nid|nido|ninho|nest
branch|ast/zweig|rama|branche|ramo|galho/ramo|tak
root|wurzel|raíz|racine|radice|raiz|wortel
seed|samen|semilla|graine|seme|semente|zaad
wheat|weizen|trigo|blé|grano|trigo|tarwe
harvest|ernte|cosecha|récolte/moisson|raccolto|colheita|oogst
scarecrow|vogelscheuche|espantapájaros|épouvantail|spaventapasseri|espantalho|vogelverschrikker
treasure|schatz|tesoro|trésor|tesoro|tesouro|schat
map|landkarte|mapa|carte|mappa|mapa|landkaart
flag|fahne/flagge|bandera|drapeau|bandiera|bandeira|vlag
bell|glocke|campana|cloche|campana|sino|klok
gift|geschenk|regalo|cadeau|regalo|presente|cadeau
"""


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Of each language the English of its words and of the few that are several, folded."""
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for row in ROWS.strip().splitlines():
        english, *others = row.split("|")
        for language, words in zip(LANGUAGES, others, strict=True):
            for word in words.split("/"):
                found[language].setdefault(fold(word), english)
    return found


@cache
def keys() -> Mapping[str, Mapping[str, str]]:
    """The same, of words without their endings."""
    found: dict[str, dict[str, str]] = {}
    for language, table in tables().items():
        found[language] = {}
        for word, english in table.items():
            found[language].setdefault(key(word), english)
    return found


@cache
def english_words() -> frozenset[str]:
    rows = ROWS.strip().splitlines()
    return ENGLISH | {word for row in rows for word in row.split("|")[0].split()}


def key(words: str) -> str:
    """Without their endings, as far as words of these languages have the same ones."""
    return " ".join(_shortened(word) for word in words.split())


def _shortened(word: str) -> str:
    shorter = ENDINGS.sub("", word)
    return shorter if len(shorter) >= SHORTEST_KEY else word


def language_of(words: Sequence[str]) -> str | None:
    """Of folded words; None where they may as well be English."""
    votes = {language: sum(_vote(word, language) for word in words) for language in LANGUAGES}
    language = max(votes, key=lambda each: votes[each])
    all_of_it = len(words) > 1 and all(word in tables()[language] for word in words)
    return language if votes[language] + 0.5 * all_of_it > sum(is_english(word) for word in words) else None


def _vote(word: str, language: str) -> float:
    """How much a word speaks for a language. Many a word is one in several."""
    if word in FUNCTION_WORDS[language]:
        return 0.5 if word in ENGLISH else 1
    if word in tables()[language]:
        return 1 if is_english(word) else 2
    return 0.5 if translation(word, language) is not None else 0


def is_english(word: str) -> bool:
    """Whether it is a common word, or one with an ending."""
    if word in english_words() or word in common_words():
        return True
    return any(_with_ending(word, ending) for ending in ENGLISH_ENDINGS if word.endswith(ending))


def _with_ending(word: str, ending: str) -> bool:
    stem = word.removesuffix(ending)
    doubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
    return len(stem) >= SHORTEST_KEY and not {stem, f"{stem}e", doubled}.isdisjoint(common_words())


def translation(word: str, language: str) -> str | None:
    known = tables()[language].get(word) or keys()[language].get(key(word))
    if known is None and language in COMPOUNDING:
        return _of_parts(word, language)
    return known


def _of_parts(word: str, language: str) -> str | None:
    """Of a word that is written as one and consists of two."""
    if len(word) < SHORTEST_COMPOUND:
        return None
    table = tables()[language]
    for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        second = table.get(word[cut:]) or keys()[language].get(key(word[cut:]))
        firsts = (word[: cut - len(joint)] for joint in JOINTS if word[:cut].endswith(joint))
        first = next((table[each] for each in firsts if each in table), None)
        if first and second:
            return f"{first} {second}"
    return None


def in_english(text: str) -> str:
    """A text of another language word for word, as far as the words are known; an English one as it is."""
    words = fold(text).split()
    language = language_of(words)
    return text if language is None else " ".join(english for _, english in translated(words, language))


def translated(words: Sequence[str], language: str) -> Iterator[tuple[str, str]]:
    """What stands there with what it is in English, the longest known pieces first. Words that only hold the others
    together are left out, those that are unknown stay."""
    at = 0
    while at < len(words):
        length = next((n for n in range(LONGEST_PIECE, 1, -1) if _piece(words[at : at + n], n, language)), 1)
        piece = " ".join(words[at : at + length])
        english = _piece(words[at : at + length], length, language) if length > 1 else translation(piece, language)
        if english is not None:
            yield piece, english
        elif piece not in FUNCTION_WORDS[language]:
            yield piece, piece
        at += length


def _piece(words: Sequence[str], length: int, language: str) -> str | None:
    return keys()[language].get(key(" ".join(words))) if len(words) == length else None
