import { HUMAN_EUROPE, NOT_HUMAN_EUROPE, NOT_OPT_OUT_EUROPE, OPT_OUT_EUROPE } from './rules-europe.ts';
import { distance, fold } from './text.ts';

/**
 * What must never be missed is decided by rule, beside the model: stop, start again, a person wanted.
 * Each pattern is tried on the folded, lower-cased text without punctuation; all are linear.
 */

/** Whole messages that carriers and platforms define as stop words, with what people add to them. */
const STOP_WORDS =
  /^(?:stop|stopp|nomore|no more|enough|stop all|stopall|unsubscribe|unsubscribed|unsub|unsubcribe|unsuscribe|cancel|end|quit|opt ?out|optout|remove me|remove|dnd|baja|abmelden|austragen|stornieren|desabonner|desinscription|arret|arretez|stop sms|stop pub|basta|rmv|remv|band karo|band kro|बंद करो|बंद करें|बंद|रोको|स्टॉप)(?: (?:please|pls|plz|now|it|this|all|sir|karo|kro|kar do|all messages|messages|msgs|sms|whatsapp))?$/;

const OPT_OUT: RegExp[] = [
  /\b(?:stop|quit|cease|end|no more|enough of|turn off|disable|block)\b (?:\w+ ){0,3}?(?:messag\w*|msgs?|mssg\w*|texts?|texting|sms|smses|mails?|emails?|e mails?|mailing|spam\w*|offers?|promo\w*|advert\w*|ads|updates|alerts?|notifications?|newsletters?|calls|calling|bothering|contacting|disturbing|whatsapps?|forwards|broadcasts?|marketing|sending)\b/,
  /\b(?:do not|don t|dont|dnt|donot|never|please not|stop to)\b (?:\w+ ){0,2}?(?:messag\w*|msg|text|mail|email|e mail|contact|call|phone|ring|disturb|bother|spam|whatsapp|write to|send|follow ?up|reach out|get in touch|approach|chase|pester|bug|trouble)\b(?: to| with)?(?: (?:me|us|my|this|on|any|anymore|again|here|more|these|such|promo\w*|offers?|messages?|msgs?|sms|mails?|ever)\b|$)/,
  /\bdnd\b/,
  /\b(?:cancel|mute|switch off|turn off) (?:(?:all|these|the|your|my) ){0,2}(?:notifications?|messages?|msgs?|alerts?|newsletters?|sms|promotions?|updates)\b/,
  /\b(?:say|said|saying|told|tell|telling|asked|asking) (?:you |u )?(?:to )?stop\b/,
  /\b(?:remove|rmv|remv|rmove|delete|take|strike|erase|drop|exclude|unlist)\b (?:\w+ ){0,2}?(?:me|my|us|our|this|the)\b(?: \w+){0,5}? ?(?:off (?:your|this|these|all|the (?:list|broadcast|database|group))|from|number|no|contact|list|database|records|email|data|mail|details)\b/,
  /\b(?:unsubscrib\w*|unsuscrib\w*|unsubcrib\w*|opt me out|opt out|opting out|de ?register me)\b/,
  /\b(?:do not|don t|dont|never|no longer) (?:want to |wanna |wish to )?(?:hear|get anything) (?:\w+ )?from (?:you|u)\b/,
  /\b(?:do not|don t|dont|no longer|not|never) (?:\w+ ){0,1}?(?:want|wish|like|need|interested in)(?: to)?(?: be)? (?:\w+ ){0,3}?(?:receiv\w*|get|getting|contacted|called|messaged|messages?|msgs?|calls|emails?|mails?|sms|texts|offers|promotions?|newsletters?|updates|whatsapp)\b/,
  /\b(?:withdraw|revoke|cancel|take back)\b (?:\w+ ){0,2}?(?:consent|permission)\b/,
  /\b(?:leave (?:me|us|my inbox|my phone) alone|lose my number|(?:take|get) me off (?:your|the|this|these) (?:\w+ )?(?:list|lists|database|broadcast|group|mailing|records)|stop it already|no more (?:of )?(?:this|these)|block (?:karo|kar) (?:mujhe|mera))\b/,
  /\b(?:will|i ll|going to|gonna) (?:block|report)\b (?:\w+ ){0,3}?(?:you|this|number|u|as spam)\b/,
  /\b(?:msg|mesg|message|messages|msgs|sms|call|calls|phone|fon|mail|email|offer|offers|whatsapp|contact|disturb|pareshan|preshan|tang|add)\b (?:\w+ ){0,2}?(?:mat|mt|band|bandh|nahi|nhi|na) (?:kar\w*|kr\w*|bhej\w*|bej\w*|kijiy\w*|ki?jiy\w*|do|dijiy\w*|chahiy\w*|chaiy\w*|kiya|de|aan\w*|aaye)/,
  /\b(?:mat|mt) (?:bhej\w*|bej\w*)(?: (?:karo|kro|kar|message|msg|offer|aur|ab|kuch|kuchh|kuch bhi|kabhi|phir))?$/,
  /\bband (?:kar\w*|kr\w*) (?:\w+ ){0,3}?(?:message|messages|msg|msgs|sms|call|calls|mail|offers?|sab|bhejna|spam|promotion)\b/,
  /\b(?:stop|band) (?:kar\w*|kr\w*)(?: (?:yaar|bhai|please|pls|na|ye|yeh|abhi|ab|sab|do))*$/,
  /\b(?:mera|mere|apni|is|meri|hamara)\b (?:\w+ ){0,1}?(?:number|no|naam|nam|email|contact|list)\b (?:\w+ ){0,4}?(?:hata\w*|htao|hta|nikal\w*|nikaal\w*|delete|remove|kaat\w*|mita\w*)/,
  /\blist (?:se|me se) (?:\w+ ){0,3}?(?:hata\w*|nikal\w*|nikaal\w*|bahar)/,
  /(?:मैसेज|मेसेज|संदेश|कॉल|फोन|फ़ोन|परेशान|तंग|ईमेल|ऑफर|एसएमएस|संपर्क|व्हाट्सएप)\S* (?:\S+ ){0,2}?(?:मत|बंद|ना|न) ?(?:कर|भेज|दो|दीजिए|कीजिए|किया)?/,
  /(?:मत|ना) (?:भेज|भेजो|भेजें|भेजिए|भेजना)/,
  /(?:भेजना|करना|मैसेज|संदेश|कॉल) बंद/,
  /(?:नंबर|नम्बर|नाम|लिस्ट|सूची|मुझे)\S* (?:\S+ ){0,3}?(?:हटा|निकाल|डिलीट|मिटा|हटाइ)/,
  /(?:मैसेज|संदेश|ऑफर|कॉल)\S* नहीं चाहि/,
  /(?:नहीं|मत) चाहि\S* (?:\S+ ){0,3}?(?:मैसेज|संदेश|कॉल|ऑफर)/,
  ...OPT_OUT_EUROPE,
  /\b(?:me desinscrire|desabonn\w*|abmelden)\b/,
  /\b(?:leave|let) (?:me|us|my (?:family|wife|mother|phone)) (?:alone|in peace|live in peace|be(?: (?:now|please|pls))?$)|\b(?:refrain|desist) from (?:\w+ ){0,1}?(?:contact|mail|email|call|messag|text|send)\w*|\b(?:cease|discontinue) (?:\w+ ){0,2}?(?:communications?|contact|mailers?|mailings?)\b|\bspamming (?:me|us|my)\b|\b(?:forget (?:me|i exist|my (?:number|contact|email|details)|about me)|lose (?:my|this) (?:number|contact|email)|cut it out|quit it|knock it off|get lost and|i m out of your)\b/,
  /\b(?:no|without) (?:more |further |any )(?:contact|contacting|communication|communications|correspondence|follow ?ups?|mailers?|mailings?|promos?|solicitation)\b(?! (?:until|till|before|details|number|person))/,
  /\b(?:enough|fed up|tired|sick|done) (?:of|with) (?:\w+ ){0,3}?(?:promotions?|promos?|messages?|msgs?|ads|offers?|mails?|emails?|spam|texts?|newsletters?|notifications?|forwards|calls)\b/,
  /\b(?:take|get|keep|count|leave|want|counted) (?:me |us |my (?:name|number|email) )?(?:off|out)(?: of)? (?:your |the |this |these |all |any )?(?:\w+ )?(?:lists?|mailing|mailings|broadcasts?|campaigns?|database|group|groups|promotions?|mailers?)\b/,
  /\b(?:peecha|picha|pichha) (?:chhod\w*|chod\w*)|\bchain se (?:rehne|jeene) d\w+|\b(?:roz|roj|baar|bar) (?:roz |roj |baar |bar )?(?:ka |ke |ki )?(?:message|msg|msgs|messages|sms|call|calls|mail|offer|whatsapp)\b(?: \w+){0,4} (?:band|mat|hatao|bas)\b|\bbas (?:karo|kar do|kijiye) (?:ab |ye |yeh )?(?:message|msg|sms|call|offer|roz|roj)\b|\b(?:mera |mere |hamara |list se )?(?:naam|number) (?:kaat|kat|hata|nikaal|nikal) (?:do|dijiye|dena|de)\b/,
  /(?:पीछा छोड़|पीछा छोड|चैन से (?:रहने|जीने)|बस (?:करो|कीजिए) (?:ये |यह )?(?:मैसेज|संदेश|कॉल|रोज)|विज्ञापन (?:मत|न|ना|बंद)|(?:नाम|नंबर) (?:काट|हटा|निकाल))/,
];

/** "Stop" said of other things: a machine that stopped, a bot in the way, a visit that is to be cancelled. */
const NOT_OPT_OUT: RegExp[] = [
  /\b(?:machine|pump|motor|ac|system|software|app|device|fan|battery|working|printer|engine|inverter|lift|compressor|car|bike|scooter|fridge|tv|screen|cooling|unit|it) (?:has |have |had |suddenly |just |is |completely )*(?:stop|stops|stopped|stopping)\b/,
  /\bstop (?:this |the )?(?:bot|robot|chatbot|automation|automated)\b/,
  /\b(?:do not|don t|dont|mat) (?:call|phone|ring)\b(?: me| us)? (?:now|today|at|before|after|on|in the|till|until|before|between|during|tomorrow|this)\b(?! (?:number|phone|line|mobile))/,
  /\b(?:did not|didn t|didnt|have not|haven t|havent|not yet|why (?:are|do|did|have|is|has|don t|dont) (?:\w+ ){1,3}?not) (?:\w+ ){0,2}?(?:receiv\w*|get|got|call|contact|send|sent|reply)/,
  /\bwhy (?:don t|dont|didn t|didnt|no ?one|nobody|can t|cant)\b/,
  /\b(?:turn off|remove|delete|disable) (?:\w+ ){0,3}?(?:feature|module|item|product|line|old data|duplicate|entry|record|row|from (?:my |the )?(?:order|cart|quote|quotation|invoice|bill))\b/,
  /\b(?:don t|do not|dont) (?:send|call) (?:the |your |any |an )?(?:technician|engineer|boy|person|guy|driver|brochure|man|courier|wrong|damaged|him|her)\b/,
  /\bcan (?:i|we|one) (?:stop|cancel|end|unsubscribe)(?: (?:the|my|our) (?:subscription|plan|service|contract|membership))? (?:any ?time|later|whenever|mid ?way|in between)\b/,
  // "do not call, text": another way is wished, not silence
  /\b(?:do not|don t|dont|no need to) (?:text|message|msg|type|chat|mail|email|write)\b(?: me| us)? (?:just |only |rather |better |please |pls )?(?:call|ring|phone)\b/,
  /\b(?:do not|don t|dont) (?:call|ring|phone)\b(?: me| us)? (?:just |only |rather |better |please |pls )?(?:text|message|msg|mail|email|whatsapp|write)\b/,
  // not now, later
  /\b(?:abhi|aaj|filhaal|filhal|office me|meeting me)\b (?:\w+ ){0,3}?(?:call|phone|fon|message|msg) (?:mat|na|nahi)\b/,
  /\b(?:unsubscribe|opt out) (?:option|feature|link|button|rate|management)\b/,
  /\bhow (?:do|can|to) (?:i |we )?(?:stop|remove|delete) (?:the )?(?:leak|noise|user|alarm|beep|error)/,
  /\b(?:do not|don t|dont|won t|wont|will not|not|never|rather not|cannot|can t|cant) (?:\w+ ){0,3}?(?:give|giving|share|sharing|tell|provide|disclose|say)\b(?! (?:me|us) (?:any|more|these|your))/,
  /\b(?:number|naam|nam|email|address|no) (?:nahi|nhi|nai) (?:d\w+|bata\w*|share)/,
  /(?:नंबर|नाम|पता) नहीं (?:दू|दे|बता)/,
  /\b(?:do not|don t|dont|does not|doesn t) have (?:a |an |any |my |the |ur |your )?(?:\w+ )?(?:phone|number|mobile|cell|whatsapp|mail|email|e mail|id|time|details|idea|info\w*)\b|\b(?:phone|mobile|number|email|mail|whatsapp) (?:hi )?(?:nahi|nhi|nahin) (?:hai|h|rakhta|rakhti)\b/,
  /\b(?:call|ring|phone)(?: me| us)?(?: instead| please| pls| only)? (?:and )?(?:do not|don t|dont|no need to|not) (?:text|message|msg|mail|whatsapp|chat)\b/,
  /\b(?:don t|dont|do not|no) (?:want|need)(?: the| any)? (?:sms|email|e mail|whatsapp|push|message|marketing) (?:alerts? |campaign |marketing )?(?:module|feature|option|add ?on|integration|package|plan|pack)\b/,
  // what did not arrive is missed
  /\b(?:message|msg|otp|sms|mail|email|call|link|code)\b (?:\w+ ){0,2}?(?:nahi|nhi|nahin|nai) (?:aaya|aayi|aya|ayi|aa|mila|mili|mil|gaya|pahuch\w*|receive\w*)\b/,
  // asked of the product: "can your tool stop spam", "how do my customers opt out"
  /\b(?:how (?:do|can|will|does|to)|can|does|do (?:you|your|u)|is there|kya) (?:\w+ ){0,4}?(?:customers?|clients?|users?|subscribers?|tool|software|crm|panel|system|app|platform|product)\b/,
  /\b(?:call|phone|fon) (?:mat|na|nahi) (?:kar\w*|kr\w*|kijiye) (?:\w+ ){0,2}?(?:abhi|aaj|message|msg|whatsapp|mail)\b/,
  /\b(?:don t|dont|do not) send (?:the|that) (?!messages?|msgs?|offers?|mails?|emails?|updates?|sms|newsletters?|texts?|promo\w*|same)\w+/,
  /\b(?:delete|remove|cancel|stop) (?:my|the|this|our) (?:\w+ )?(?:orders?|booking|appointment|visit|delivery|payment|ticket|entry|item|row|product)\b/,
  /\b(?:if|when|before|what happens) (?:i|we) (?:stop|cancel|end|quit|unsubscribe)\b/,
  /\b(?:don t|dont|do not|never) stop\b|\bband (?:mat|na) kar\w*/,
  ...NOT_OPT_OUT_EUROPE,
  /\bdon t forget\b|\bdo not forget\b|\bdont forget\b/,
];

const OPT_IN: RegExp[] = [
  /^(?:start|unstop|subscribe|resubscribe|re subscribe|opt ?in|yes start|start again|resume|शुरू करो|शुरू करें|शुरू|chalu karo|alta)(?: (?:please|pls|again|messages|me|karo|kar do))?$/,
  /\b(?:opt me in|opt in|opting in|re ?subscribe|sign me up (?:for|to)|subscribe (?:me|to|for)|want to subscribe|like to subscribe)\b/,
  /\b(?:resume|restart|start|begin|continue)\b (?:\w+ ){0,2}?(?:sending|messages|messaging|updates|offers|alerts|newsletters?|notifications)\b/,
  /\b(?:add|put|include|keep) (?:me|my number|my email|my mail|us)\b (?:\w+ ){0,4}?(?:list|updates|newsletter|group|broadcast|back on)\b/,
  /\b(?:i|we) (?:hereby )?(?:consent|agree|give (?:my |our )?(?:consent|permission)|am ok|am fine|permit you) (?:\w+ ){0,3}?(?:receiv\w*|get\w*|messages|updates|send|contact\w*|whatsapp|sms)\b/,
  /\b(?:turn on|enable|activate) (?:\w+ ){0,2}?(?:notifications?|alerts?|updates|messages)\b/,
  /\b(?:message|messages|msg|update|updates|notification|offers?) (?:\w+ ){0,3}?(?:chalu|shuru|start) (?:kar\w*|kr\w*)/,
  /(?:मैसेज|संदेश|अपडेट|ऑफर)\S* (?:\S+ ){0,3}?(?:शुरू|चालू|भेजते रह)/,
  /\bkeep me (?:posted|updated|informed|in the loop)\b/,
];

const HUMAN: RegExp[] = [
  /^(?:agent|human|person|operator|representative|live agent|live chat|customer care|customer service|customer support|executive|real person|support agent|manager|supervisor|helpdesk|help desk|insaan|aadmi|एजेंट|इंसान|मैनेजर|ऑपरेटर|mitarbeiter|mensch|agente|humano|persona|conseiller|humain)(?: (?:please|pls|plz|now|chahiye|bulao|de do|sir|por favor|bitte))*$/,
  /\b(?:talk|speak|chat|connect|conect|transfer|switch|pass|hand|route|speaking|talking|deal|converse|communicate|redirect|forward me|put me through|get me|give me|need|want|bring|reach)\b (?:\w+ ){0,4}?(?:to |with |on to |through to |over to )?(?:\w+ ){0,3}?(?:human|humans|real (?:person|people|human|guy|man|one)|person|agent|agents|representative|rep|executive|exec|operator|someone|somebody|manager|supervisor|senior|staff|boss|owner|customer (?:care|service|support)|care executive|support (?:team|staff|person)|sales (?:team|person|guy|rep|executive|people)|your team|a colleague|anyone|salesperson|specialist|advisor|team member|living being)\b/,
  /\b(?:is|are|any) (?:there )?(?:\w+ ){0,2}?(?:human|humans|real person|real people|live person|actual person)\b/,
  /\b(?:is|are) there (?:an? |any |some )?(?:\w+ ){0,2}?(?:engineer|expert|manager|person|people|one|body|anyone|someone|somebody|colleague|technician|supervisor|consultant) (?:\w+ ){0,3}?(?:i|we) (?:can|could|may|might) (?:\w+ )?(?:ask|talk|speak|chat|discuss|write|deal)\b/,
  /\b(?:any|some|a real|actual) ?(?:people|person|body|one|human)\b (?:\w+ ){0,2}?(?:working|sitting|present|awake|alive|on duty|at (?:your|the) (?:end|desk|side))\b/,
  /\b(?:loop|rope|bring|pull) in (?:an? |some |your |one of your )?(?:\w+ )?(?:specialist|expert|colleague|engineer|manager|senior|human|person|consultant|someone|somebody|supervisor|staff)\b/,
  /\b(?:real|actual|proper|living|human) (?:support |customer |sales )?(?:staff|employee|team member|representative|rep|executive|agent)\b/,
  /\b(?:talk|tlk|tok|speak|spk|speek|chat) (?:2|to|with|wid|w) (?:sm1|some1|sum1|sumone|sm one|a? ?hooman|humn|humen|humann|prsn|persn|pple|ppl|agnt|exec\w*)\b/,
  /\b(?:is|are) (?:anyone|anybody|someone|somebody|a person|any person) (?:\w+ ){0,5}?(?:reading|replying|answering|behind|listening)\b/,
  /\b(?:give|hand|pass|forward|transfer) (?:this|the|my|it) ?(?:chat|conversation|matter|case|message)? ?(?:over )?to (?:a |an |some|your )?\w*(?:colleague|person|human|one|body|agent|manager|team|staff)\b/,
  /\b(?:not|don t|dont|do not|no|stop|hate|enough of|sick of|useless|stupid|dumb|bloody|idiot|silly|bekar|bakwas|fed up with)\b (?:\w+ ){0,5}?(?:bot|bots|robot|machine reply|automated|chatbot|auto reply|ai reply)\b/,
  /\b(?:bot|robot|chatbot|machine)\b (?:\w+ ){0,3}?(?:nahi|nhi|nahin|useless|bekar|bakwas|stupid|dumb|not helping|not understand\w*|keeps repeating|is repeating|repeating|can t help|is no use|se nahi)\b/,
  /\b(?:are|r) (?:you|u) (?:a |an )?(?:bot|robot|machine|human|real|ai)\b/,
  /\b(?:you|u|bot) (?:are |r |do |is |just )?(?:not|don t|dont|never|can t|cant|doesn t|doesnt) (?:even )?(?:understand\w*|getting (?:it|me)|get (?:it|me)|helping|understanding)\b/,
  /\b(?:escalat\w*|human (?:please|pls|agent|support|help)|real (?:human|person) (?:please|pls)|live (?:agent|person|human|support|executive))\b/,
  /\b(?:kisi|koi|kisee|asli|insaan|insan|agent|manager|banda|bande|aadmi|admi|senior|malik|executive|customer care|staff|sales (?:wale|team|person)|owner|team)\b (?:\w+ ){0,3}?(?:baat|bat|chat|connect|conect|jod\w*|bulao|bula)\b (?:\w+ ){0,2}?(?:kar\w*|kr\w*|do|dijiye|chahiye|hai|h)?/,
  /\b(?:baat|bat) (?:kar\w*|kr\w*) (?:\w+ ){0,2}?(?:kisi|insaan|agent|manager|bande|aadmi|staff)\b/,
  /\b(?:insaan|insan|aadmi|admi|banda|agent) (?:se|chahiye|ko (?:bulao|bhejo)|hai kya|idhar|milega)\b/,
  /(?:किसी|इंसान|व्यक्ति|एजेंट|मैनेजर|आदमी|कस्टमर केयर|अधिकारी|स्टाफ)\S* (?:\S+ ){0,3}?(?:बात|जोड़|बुला|चाहिए)/,
  /(?:(?:बॉट|रोबोट)\S*|मशीन से) (?:\S+ ){0,2}?(?:नहीं|बात)/,
  /\b(?:can|could|may|let) (?:your|a|an|another|some) (?:colleague|team ?mate|senior|manager|supervisor|human|person|agent|executive|expert|specialist) (?:\w+ ){0,2}?(?:assist|help|answer|take over|reply|respond|handle|join)\b/,
  /\b(?:manager|senior|malik|kisi|insaan|agent|owner|staff) ko (?:phone|chat|line) (?:do|dijiye|dena|pe bulao)\b/,
  ...HUMAN_EUROPE,
];

/** A person is only spoken about ("your person came late"), or the wish is to be telephoned. */
const NOT_HUMAN: RegExp[] = [
  /\b(?:become|as|be) (?:your |an? |the )?(?:sales |commission |authori[sz]ed )?(?:agent|representative|dealer)\b/,
  /\b(?:need|want|give me|get me|reach) (?:\w+ ){0,3}?(?:quote|quotation|price|demo|brochure|catalogue|licen[cs]es?|chairs?)\b/,
  // Whom the product is for: "a CRM for my sales team".
  /\bfor (?:my|our|a|an|the|his|her|their) (?:\w+ ){0,3}?(?:team|staff|people|persons?|agents?|reps?|executives?|manager|boss|owner|salespeople)\b/,
  /\bper (?:person|agent)\b|\bfor (?:\w+ )?(?:\d+ )?(?:person|persons|agents|people|staff)\b|\b\d+ (?:person|persons|agents?|people|staff|executives?)\b/,
  /\b(?:real estate|travel|insurance|estate|shipping|cleaning|clearing|property) agents?\b|\bagents? (?:crm|software|app|login|licen[cs]e|seats?)\b/,
  /\b(?:who is|who s|kaun hai) (?:your|aapka|the) (?:\w+ )?(?:agent|dealer|distributor|representative)\b/,
  /\b(?:staff|bande|aadmi|technician|ladke|executive|manager|driver|engineer) ne\b|\b(?:is|was|has|been|got|gets|be) (?:\w+ ){0,3}escalated\b/,
  /\bhuman (?:resources?|hair|body|anatomy|rights)\b|\b(?:person|agent|executive|manager) (?:ka|ki|ke) (?:naam|number|email|mail|contact)\b/,
  /\b(?:contact|delivery|sales|service) person (?:is|name|was|did|came|has|had)\b/,
  /\b(?:call|ring|phone)\b (?:me|us|back)/,
  /\b(?:staff|team|employees?|agents?|manager|person|people) (?:attendance|management|tracking|cabin|room|chairs?|table|desk|training|commission|software|app|crm|module|payroll|uniforms?|scheduling|licen[cs]es?|wise)\b/,
  /\b(?:does|do|is|can|will) (?:\w+ ){0,2}?(?:crm|software|app|tool|widget|plugin|platform|system|product) (?:\w+ ){0,4}?(?:live chat|agents?|chatbots?|bots?)\b/,
  /\bwho (?:will|is going to|would) be\b/,
  /\byour (?:\w+ )?(?:person|executive|agent|manager|rep|engineer|technician|guy|staff|team) (?:quoted|said|told|promised|came|was|were|did|has|had|gave|visited|called|never|didn)\b/,
  // asked of the hours
  /\bis (?:someone|anyone|anybody|somebody) (?:in|there|available|at the \w+) (?:on|at|tomorrow|today|this|after|before|till|until)\b/,
  ...NOT_HUMAN_EUROPE,
  /\b(?:person|someone|somebody|staff|man|executive) (?:to|for|who can) (?:\w+ )?(?:install\w*|fix\w*|repair\w*|measur\w*|com\w+|visit\w*|clean\w*|deliver\w*|check\w*|see|inspect\w*|collect\w*|pick\w*)\b/,
];

function plain(text: string): string {
  return fold(text.toLowerCase())
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 600);
}

/** "Not a complaint, I want to buy": the word alone does not make it one. */
export const isNoComplaint = (text: string): boolean =>
  /\b(?:not|isn'?t) (?:a |any |really a )?(?:complaint|complaining)\b|\b(?:complaint|shikayat) (?:nahi|nahin|nhi) (?:hai|h|karni|karna)\b/i.test(
    text,
  );

/** "A CRM for our dealers": who has some does not want to be one. */
export const hasDealers = (text: string): boolean =>
  /\b(?:my|our|hamare|mere|apne) (?:\d+ |own |all )?(?:dealers?|distributors?|agents?|franchisees?|resellers?|partners)\b/i.test(
    text,
  );

export const saysCancel = (text: string): boolean =>
  /\b(?:cancel\w*|call(?:ed|ing)? off|drop|scrap|abort|back out|withdraw|radd|hata (?:do|dijiye)|rehne do|no need|not (?:needed|required)|zarurat nahi|don'?t (?:come|send))\b|रद्द|कैंसिल/i.test(
    text,
  );

export type Wishes = { optOut: boolean; optIn: boolean; wantsHuman: boolean };
/** `stopWord`: the whole message is one; `notOptOut`, `notHuman`: it only sounds like it. */
export type RuledWishes = Wishes & { stopWord: boolean; notOptOut: boolean; notHuman: boolean };

export function wishesOf(text: string): RuledWishes {
  const p = plain(text);
  const stopWord = STOP_WORDS.test(p) || isMeant(p, STOPS);
  const notOptOut = NOT_OPT_OUT.some((r) => r.test(p));
  const optOut = stopWord || (!notOptOut && OPT_OUT.some((r) => r.test(p)));
  const optIn = !optOut && OPT_IN.some((r) => r.test(p)) && !/\b(?:not|don t|dont|do not|mat|nahi)\b/.test(p);
  const notHuman =
    NOT_HUMAN.some((r) => r.test(p)) &&
    !/\b(?:bot|human(?! (?:resources?|hair|body|anatomy|rights))|real person|insaan)\b|\b(?:speak|talk|chat|connect(?:ed)?|discuss) (?:me |us )?(?:to|with) (?:\w+ ){0,2}(?:team|person|someone|somebody|executive|manager|agent|people|representative|staff)\b/.test(
      p,
    );
  return {
    optOut,
    optIn,
    wantsHuman: !notHuman && (HUMAN.some((r) => r.test(p)) || isMeant(p, PEOPLE)),
    stopWord,
    notOptOut,
    notHuman,
  };
}

const STOPS = ['unsubscribe'];
const PEOPLE = ['operator', 'representative', 'supervisor', 'human', 'agent'];

/** "operater", "humna pls": a message of a word or two, one of which is this one misspelt. */
function isMeant(plainText: string, words: string[]): boolean {
  const said = plainText
    .split(' ')
    .filter((word) => !/^(?:please|pls|plz|sir|now|me|need|want|a|an|the)$/.test(word));
  if (said.length !== 1) return false;
  return words.some(
    (word) => said[0]![0] === word[0] && distance(said[0]!, word, 2) <= (word.length > 7 ? 2 : 1),
  );
}
