/**
 * The words of dates and times, by meaning, in the languages that customers write: English, Hindi in both
 * scripts, German, Spanish, French, and the few everyday words of Portuguese and Indonesian.
 * Latin words stand without accents (the reader folds them). To add a word, add it to its row.
 */

/** Days from today. */
const DAYS: Record<string, string> = {
  'D-2': 'day before yesterday|vorgestern|anteayer|avant hier',
  'D-1': 'yesterday|yday|ystrday|yesterdy|gestern|ayer|ontem|kemarin|beeta kal|बीता कल',
  D0: 'today|2day|tdy|todays|aaj|aj|aaj hi|आज|heute|hoy|aujourd hui|hoje|hari ini',
  D1: 'klko|kalko|tomorrow|tmrw|tmrow|tmw|tmr|tomm|tmro|tom|tommorow|tomorow|tommorrow|tomorrows|tommrow|2moro|2morrow|2mrw|2mro|morrow|next day|kal|kl|kal hi|कल|morgen|manana|demain|amanha|besok|aane wala kal|आने वाले कल',
  D2: 'day after tomorrow|day after tmrw|day after tmr|day after tom|day after tomorow|day after tommorow|day after 2moro|day after|overmorrow|parso|parson|parsu|parsoo|parsoun|prso|परसों|परसो|ubermorgen|uebermorgen|pasado manana|apres demain|depois de amanha|lusa',
  D3: 'narso|tarso|नरसों|तरसों',
};

const WEEKDAYS: Record<string, string> = {
  W1: 'som ko|som|som vaar|som var|som war|monday|mon|mondays|mndy|monday s|somvar|somwar|sombar|somvaar|somwaar|sombaar|smwar|सोमवार|सोम|montag|lunes|lundi|segunda feira|segunda|senin',
  W2: 'tuesday|mangal vaar|mangal var|mangal war|tue|tues|tuesdy|teusday|mangalwar|mangalvar|mangalvaar|mangalwaar|mangal|मंगलवार|मंगल|dienstag|martes|mardi|terca feira|terca|selasa',
  W3: 'budh ko|budh|budh vaar|budh var|budh war|budhvaar|budh ke din|wednesday|wed|weds|wensday|wednsday|wednesdy|budhwar|budhvar|budhvaar|budhwaar|budhbar|बुधवार|mittwoch|miercoles|mercredi|quarta feira|quarta|rabu',
  W4: 'thursday|guru|guru vaar|guru var|guru war|brihaspat|thu|thur|thurs|thrusday|thrsday|guruwar|guruvar|guruvaar|guruwaar|brihaspativar|brihaspatiwar|brihaspativaar|veervar|veerwar|guruvaar|guruwaar|गुरुवार|गुरूवार|बृहस्पतिवार|donnerstag|jueves|jeudi|quinta feira|quinta|kamis',
  W5: 'shukra ko|shukr ko|shukkar ko|shukra|shukra vaar|shukra var|shukra war|shukr vaar|friday|fri|frday|firday|shukrawar|shukravar|shukrvar|shukrawaar|shukravaar|sukravar|sukrawar|shukrwar|shukrabar|sukrabar|jumma|jumme|juma|jummah|शुक्रवार|freitag|viernes|vendredi|sexta feira|sexta|jumat',
  W6: 'shani ko|sat ko|shani|shani vaar|shani var|shani war|saturday|sat|satur|satuday|saterday|shaniwar|shanivar|shanivaar|shaniwaar|sanivar|shanichar|sanichar|shanichra|sanichra|shanibar|शनिवार|samstag|sonnabend|sabado|samedi|sabtu',
  W7: 'sunday|ravi vaar|ravi var|ravi war|it vaar|sun|sundy|raviwar|ravivar|ravivaar|raviwaar|itwar|itvar|itwaar|itvaar|ittvar|itawar|रविवार|इतवार|sonntag|domingo|dimanche|minggu',
};

const MONTHS: Record<string, string> = {
  M1: 'january|jan|janvary|janvari|januari|जनवरी|januar|janner|enero|janvier|janeiro',
  M2: 'february|feb|febuary|farvari|farwari|फरवरी|फ़रवरी|februar|febrero|fevrier|fevereiro',
  M3: 'march|mar|मार्च|marz|maerz|marzo|mars|marco',
  M4: 'april|apr|aprl|अप्रैल|abril|avril',
  M5: 'may|मई|mayo|maio',
  M6: 'june|jun|जून|juni|junio|juin|junho',
  M7: 'july|jul|julai|जुलाई|juli|julio|juillet|julho',
  M8: 'august|aug|agast|अगस्त|agosto|aout',
  M9: 'september|sept|sep|sitambar|सितंबर|सितम्बर|septiembre|septembre|setembro',
  M10: 'october|oct|aktubar|अक्टूबर|oktober|okt|octubre|octobre|outubro',
  M11: 'november|nov|navambar|नवंबर|नवम्बर|noviembre|novembre|novembro',
  M12: 'december|dec|disambar|दिसंबर|दिसम्बर|dezember|dez|diciembre|decembre|dezembro',
};

const PARTS: Record<string, string> = {
  'P:morning':
    'morning|a primera hora|first thing in the morning|first thing|mrng|mornin|mrning|mng|mor|forenoon|subah|subha|subeh|subhe|savere|sawere|sabere|tadke|tarke|bhor|तड़के|तड़के|सुबह|सवेरे|vormittag|vormittags|morgens|fruh|am morgen|am vormittag|matin|matinee|du matin|le matin|por la manana|de la manana|en la manana|de manha|da manha|pagi|manana temprano|first half|1st half|pehla half|pehle half|in the am',
  'P:noon':
    'noon|lunch time|lunchtime|lunch|lunch hour|midday|mid day|mittag|mittags|mediodia|midi|meio dia|dopahar me 12|siang',
  'P:afternoon':
    'afternoon|aft|aftn|aftnoon|aftrnoon|afternun|after noon|noon time|dopahar|dopaher|dophar|duphar|dopehar|दोपहर|nachmittag|nachmittags|am nachmittag|tarde|por la tarde|de la tarde|en la tarde|apres midi|de l apres midi|da tarde|a tarde|second half|2nd half|dusra half|dusre half|din me|din mein|din ko|दिन में|post lunch|after lunch|lunch ke baad|लंच के बाद|nach dem mittagessen|apres le dejeuner|despues de comer|despues del almuerzo',
  'P:evening':
    'evening|eve|evng|evning|evening time|sham|shaam|sam ko|saam|sanjh|shyam ko|शाम|सायं|abend|abends|am abend|soir|le soir|du soir|noche|por la noche|de la noche|noite|da noite|sore|a ultima hora|en fin de journee|last thing|close of play|after office|after office hours|office ke baad|ऑफिस के बाद|after work|post work|nach feierabend|nach der arbeit|despues del trabajo|apres le travail',
  'P:night': 'night|nite|late evening|raat|rat ko|raat ko|रात|nacht|nachts|nuit|malam',
};

const UNITS: Record<string, string> = {
  MIN15: 'viertelstunde|quart d heure|cuarto de hora|quarter of an hour|quarter hour',
  MIN45: 'dreiviertelstunde|trois quarts d heure|tres cuartos de hora|three quarters of an hour',
  MINUTE: 'minute|minutes|min|mins|mint|mints|minut|minat|मिनट|minuten|minuto|minutos',
  HOUR: 'hour|hours|hr|ghanta|ghante|ghanto|ghnte|घंटे|घंटा|घण्टे|stunde|stunden|hora|horas|heure|heures',
  FORTNIGHT: 'fortnight|fortnights|pakhwada|quinzaine|quincena',
  DAY: 'day|days|din|dino|दिन|दिनों|tag|tage|tagen|dia|dias|jour|jours',
  WEEK: 'week|weeks|wk|wks|hafta|hafte|hafto|haftey|saptah|हफ्ते|हफ़्ते|हफ्ता|सप्ताह|woche|wochen|semana|semanas|semaine|semaines',
  MONTH: 'month|months|mnth|mahina|mahine|mahino|महीने|महीना|माह|monat|monate|monaten|mes|meses|mois',
  YEAR: 'year|years|saal|sal|साल|वर्ष|jahr|jahre|ano|anos|an|ans',
  WEEKEND: 'weekend|week end|wkend|finde|wochenende|fin de semana',
  OCLOCK:
    'o clock|oclock|clock|oclok|o clok|oclk|o clk|oclck|o clck|o colck|oclcok|o clcok|vaje|wajey|baje|bje|bajey|bajay|baj|bajkar|बजे|बजकर|uhr|hrs|h|jam|heures pile|horas en punto',
  AM: 'am|a m',
  PM: 'pm|p m',
};

const LINKS: Record<string, string> = {
  NEXT: 'next|nxt|agla|agle|agli|aglay|अगले|अगला|अगली|nachsten|nachster|nachste|nachstes|proximo|proxima|prochain|prochaine|que viene|siguiente|suivant|suivante',
  THIS: 'this|ths|is|isi|इस|diesen|diese|dieser|dieses|este|esta|ce|cet|cette',
  COMING:
    'coming|upcoming|up coming|kommenden|kommender|kommende|kommendes|aane wale|aane waale|ane wale|aane wali|aane vale|agami|aanewale|aata|आने वाले|comming',
  LAST: 'last|previous|pichle|pichhle|pichla|pichli|पिछले|पिछला|letzten|letzte|letzter|pasado|dernier|derniere',
  AT: 'on or before|at|@|um|gegen|a eso de las|a eso de la|sobre las|sobre la|hacia las|hacia la|a las|a la|a les|vers|as|pukul|about|around|arnd|approx|approximately|roughly|say|by|kareeb|karib|lagbhag|करीब|लगभग',
  ON: 'del|du|des|vom|on|the|am|el|le|for|of|de|den|dem|der|ko|को|na|no dia|date|dt|tarikh|tareekh|tarik|in the|during|early|late|dated',
  WITHIN: 'within|within the next|in the next|innerhalb von|d ici|en los proximos',
  IN: 'in|en|dans|dentro de|em|daqui a|dalam',
  SINCE:
    'since|seit|depuis|desde el|desde la|desde hace|for the last|for the past|from the last|from last|over the last',
  BUSY: 'away|out of office|on holiday|de vacaciones|en vacances|im urlaub|nicht da|holiday|chutti|chhutti|छुट्टी|feiertag|dia festivo|jour ferie|closed|geschlossen|cerrado|ferme|busy|travelling|traveling|out of station|out of town|on leave|on vacation|unavailable|occupied|bahar hu|bahar hoon|vyast|बिज़ी|बिजी|व्यस्त|verreist|beschaftigt|ocupado|ocupada|de viaje|occupe|occupee|en deplacement',
  THEREAFTER:
    'after that|uske baad|us ke baad|iske baad|uske bad|thereafter|afterwards|danach|despues de eso|apres ca|उसके बाद|इसके बाद',
  UNFIT:
    'is bad for me|is bad for us|is bad|is difficult|is tough|is full|is packed|is out|is off|is a no|is not good|isn t good|doesn t work|does not work|doesn t suit|does not suit|no good|mushkil hai|mushkil|possible nahi|schlecht|geht nicht|passt nicht|passt mir nicht|no me viene bien|no me va bien|ne va pas|ne m arrange pas|ne me convient pas|non|nein',
  AFTER:
    'not until|not till|nicht bevor|not before|no earlier than|not earlier than|no antes de las|nicht vor|pas avant|a partir de las|a partir de la|a partir de|a partir du|despues de las|despues de la|despues del|nach dem|apres le|desde las|ab|starting|onwards from|from about|after|aftr|post|past|nach|despues de|despues|depois das|apres|any time after|anytime after|setelah',
  BEFORE:
    'antes de las|antes de la|antes del|vor dem|vor der|avant le|avant la|before|befor|bfr|vor|antes de|antes das|avant|prior to|not later than|till|until|upto|up to',
  LATER: 'later|from now|baad|bad|ke baad|ke bad|बाद|के बाद|spater|mas tarde|plus tard|hence|from today',
  EARLIER: 'earlier|sooner|fruher|mas temprano|plus tot|पहले वाला',
  AGO: 'ago|pehle|pahle|phle|पहले|back|before today',
  BETWEEN: 'between|btw|btwn|betwn|beech|ke beech|ke bich|zwischen|entre',
  TO: 'through|thru|to|till|until|tak|tk|se|से|तक|bis|hasta|jusqu a|-|~|upto',
  OR: 'if not|or|/|ya|या|oder|o|ou|either',
  AND: 'and|&|aur|or else|und|y|et|,',
  HALF: 'half|aadha|aadhe|adhe|adha|आधे|आधा|halben|halbe|media|demi|demie',
  QUARTER: 'quarter|qtr|viertel|cuarto|quart',
  PAST: 'past|nach|y|et',
  HALB: 'halb',
  EVERY: 'every|har|roz|daily|each|jeden|cada|chaque|हर|रोज़|रोज',
  SADHE: 'sadhey|sadhay|saarhe|sarhe|sadde|saadhey|saade|sade|sadhe|saade|saadhe|sadey|साढ़े|साढे|साड़े',
  SAVA: 'savva|sawwa|savah|sava|sawa|savaa|सवा',
  PAUNE: 'poune|pauna|pawne|paunay|pouney|ponay|dreiviertel|drei viertel|paune|pone|pauney|pone|पौने',
  DEDH: 'ded|dehd|daidh|derhh|deedh|anderthalb|eineinhalb|dedh|derh|डेढ़|डेढ',
  DHAI: 'dhaai|dhayi|dhaayi|adhaai|adai|dhai|adhai|ढाई|अढाई',
  NOT: 'any day but|any time but|anytime but|anything but|all days but|every day but|menos el|menos los|salvo|excepto|sauf|ausser|no el|no este|no la|ni el|chhod ke|chhod kar|chhodkar|chod ke|chod kar|chodke|chhodke|ke alawa|ke alava|ke siva|ke siwa|छोड़कर|छोड़ कर|के अलावा|can t make it|cant make it|cannot make it|won t make it|not able to make it|not|nahi|nahin|nai|nhi|ni|mat|mt|मत|नहीं|na|nicht|no es|pas|cant|cannot|can t|won t|wont|except|kein',
  FIX: 'no|sorry|actually|rather|instead|i mean|i meant|i mean to say|make it|make that|correction|balki|oops|my bad|wait|change it to|nein|lieber|sondern|mejor|plutot|scratch that|not possible',
  INSTEAD_OF:
    'en vez del|en vez de|en lugar del|au lieu du|anstatt|anstelle von|instead of|in place of|rather than|ki jagah|ki jgh|ke badle|ke bajay|ke bajaye|ke bajai|ke bajaay|की जगह|के बजाय|statt|en lugar de|au lieu de',
  NOW: 'now|right now|asap|immediately|right away|straight away|abhi|turant|अभी|तुरंत|jetzt|sofort|ahora|ahora mismo|maintenant|tout de suite|as soon as possible|at the earliest|urgently',
  EOM: 'महीने के अंत|महीने के आखिर|माह के अंत|a finales de mes|a fin de mes|fin du mois|en fin de mois|zum monatsende|monatsende|end of current month|mahine ke ant|end of the month|end of month|month end|monthend|eom|mahine ke end|mahine ke akhir|mahine ke aakhir|end of this month|ende des monats|fin de mes|fin du mois',
  EOW: 'end of the week|end of week|week ending|end of this week',
  EOD: 'end of day|eod|end of the day|close of business|cob',
  NEXT2:
    'after next|ubernachste|ubernachsten|ubernachster|uebernachste|next to next|week after next|agle se agle|agle ke agle|agle ke agla|agle se agla',
  GREET:
    'good morning|good evening|good afternoon|good night|gud morning|gud evening|gm|very good morning|shubh prabhat|guten morgen|guten tag|guten abend|buenos dias|buenas tardes|bonne nuit|good day|shubh sandhya|suprabhat|gud mrng|good mrng|goodmorning|goodevening|morning sir|bom dia|boa tarde|have a nice day|have a good day|any day|day to day|koi bhi din|every day|per day|a day|these days|all day|present day|same day|day before|working day|working days|per month|per hour|an hour ago|just now|at all|for now|till now|until now|from now on|up to now|by now',
  TENTH: 'half day',
};

/** Days that move from year to year, or differ from place to place: asked about. A fixed one names its day. */
const FEASTS: Record<string, string> = {
  FEAST:
    'diwali|deepawali|deepavali|dipawali|dewali|bhai dooj|dhanteras|holi|eid|bakrid|bakra eid|ramzan|ramadan|ramadhan|muharram|dussehra|dusshera|dasara|vijayadashami|navratri|navratra|navaratri|durga puja|durga pooja|ganesh chaturthi|ganpati|rakhi|raksha bandhan|rakshabandhan|janmashtami|onam|pongal|makar sankranti|sankranti|lohri|baisakhi|chhath|chhath puja|guru nanak jayanti|mahashivratri|shivratri|ram navami|ugadi|gudi padwa|good friday|easter|easter monday|black friday|cyber monday|thanksgiving|labor day|labour day|memorial day|mothers day|fathers day|ash wednesday|palm sunday|boxing day|bank holiday|दिवाली|दीवाली|दीपावली|होली|ईद|दशहरा|नवरात्रि|रक्षाबंधन|राखी|छठ|गणेश चतुर्थी|दुर्गा पूजा|ostern|ostermontag|pfingsten|karfreitag|fasching|karneval|semana santa|pascua|carnaval|paques|pentecote|ascension|new year|new years|the holidays|festive season|tyohar|shaadi|my birthday',
  'FEAST:12-25': 'christmas|xmas|x mas|christmas day|weihnachten|navidad|noel|बड़ा दिन|क्रिसमस',
  'FEAST:12-24': 'christmas eve|heiligabend|nochebuena',
  'FEAST:12-31': 'new years eve|new year s eve|silvester|nochevieja|saint sylvestre',
  'FEAST:1-1': 'new years day|new year s day|neujahr',
};

const ZONES: Record<string, string> = {
  'Z:Asia/Kolkata': 'ist|indian time|india time|indian standard time|bharat time',
  'Z:Etc/GMT+5': 'est|eastern time|eastern standard time',
  'Z:Etc/GMT+4': 'edt',
  'Z:America/New_York': 'et|new york time|us time|usa time|ny time',
  'Z:America/Chicago': 'cst|central time|cdt|chicago time',
  'Z:Etc/GMT+8': 'pst|pacific standard time',
  'Z:Etc/GMT+7': 'pdt',
  'Z:America/Los_Angeles': 'pt|pacific time|california time|la time',
  UTC0: 'gmt|utc|zulu',
  'Z:Europe/London': 'uk time|london time|british time|bst|england time',
  'Z:Europe/Berlin': 'cet|cest|german time|germany time|berlin time|paris time|france time|european time|mez',
  'Z:Asia/Dubai': 'dubai time|uae time|gst time|gulf time|abu dhabi time',
  'Z:Asia/Riyadh': 'saudi time|riyadh time',
  'Z:Asia/Singapore': 'sgt|singapore time|malaysia time',
  'Z:Asia/Tokyo': 'jst|japan time|tokyo time',
  'Z:Australia/Sydney': 'aest|aedt|sydney time|australia time|melbourne time',
};

/** Phrase (words joined by a space) → canonical token; a one-word phrase is a phrase too. */
export const PHRASES = new Map<string, string>();
/** First words of phrases of several words → the longest such phrase's length. */
export const PHRASE_STARTS = new Map<string, number>();

// the first table that names a phrase wins
for (const table of [FEASTS, DAYS, WEEKDAYS, MONTHS, PARTS, UNITS, LINKS, ZONES]) {
  for (const [token, list] of Object.entries(table)) {
    for (const phrase of list.split('|')) {
      if (!PHRASES.has(phrase)) PHRASES.set(phrase, token === 'UTC0' ? 'Z:UTC' : token);
      const parts = phrase.split(' ');
      if (parts.length > 1)
        PHRASE_STARTS.set(parts[0]!, Math.max(parts.length, PHRASE_STARTS.get(parts[0]!) ?? 0));
    }
  }
}

/** Long words that people misspell; a word one or two letters away is read as one of these. */
export const OFTEN_MISSPELT = [
  'tomorrow',
  'yesterday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'saturday',
  'evening',
  'morning',
  'afternoon',
  'january',
  'february',
  'september',
  'october',
  'november',
  'december',
];
export const NOT_MISSPELT = new Set([
  'mourning',
  'warning',
  'evenings',
  'mornings',
  'sundry',
  'leaving',
  'heavening',
  'turning',
  'burning',
  'earning',
  'learning',
  'moving',
  'noting',
]);
