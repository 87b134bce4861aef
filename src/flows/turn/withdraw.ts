/** "Forget the budget", "don't use my number", "demo nahi chahiye": taking back, or not wanting to say. */
import type { Slot } from '../definition.ts';

const nouns: [Slot['type'], RegExp][] = [
  ['phone', /\b(number|num)\b|\b(phone|mobile|contact|whatsapp)( no\b)?|नंबर|नम्बर|फोन|फ़ोन|मोबाइल/],
  ['email', /\be-?mail\b|\bmail( id)?\b|ईमेल|मेल/],
  ['budget', /\bbudget\b|बजट/],
  ['date-time', /\b(demo|appointment|meeting|booking|visit|slot)\b|डेमो|अपॉइंटमेंट|अपाइंटमेंट|मीटिंग/],
  ['quantity', /\b(quantity|qty|number of (users|units|seats|licen[cs]es))\b|मात्रा|संख्या/],
  ['city', /\b(city|location|address)\b|शहर|पता/],
  ['name', /\b(name|naam)\b|नाम/],
];

const takingBack = [
  /\b(forget|ignore|remove|delete|drop|scratch|withdraw|discard|skip|cancel|never ?mind|leave out|leave (?:the|that|this|it)(?!.*\b(?:as|at|like|for (?:mon|tue|wed|thu|fri|sat|sun|\d))\b)|don'?t need|do not need|no need (of|for)?|no longer|not (needed|required|interested in)|don'?t want|do not want|don'?t (use|save|keep|store|record|share|take|consider)|do not (use|save|keep|store|record|share|take|consider)|won'?t (give|share|say|tell)|will not (give|share|say|tell)|can'?t (give|share|say|tell)|cannot (give|share|say|tell)|rather not|prefer not|not comfortable|not going to (give|share)|(have|has|got|with) no|(don'?t|do not|doesn'?t) have|no (demo|appointment|meeting|budget|phone|mobile|number|e-?mail))\b/,
  /\b(mat (karo|rakho|lo|likho|use|poocho|puchho|dekho)|nahi(n)? (chahiye|chaiye|dena|dunga|dungi|batana|bataunga|batna|karna|rakhna|deni|doonga)|nhi (chahiye|dena|dunga|batana|karna)|hata ?(do|dijiye|de)|rehne (do|dijiye)|rahne (do|dijiye)|chho[rd]+ (do|dijiye)|bhool jao|cancel (kar|karo|kardo))\b/,
  /(मत|नहीं (चाहिए|देना|दूंगा|दूँगा|दूंगी|बताना|करना|रखना)|हटा|रहने (दो|दीजिए|दें)|छोड़|भूल|रद्द|कैंसिल)/,
];

/** Slot types that the message takes back or refuses; a correction ("not that number, this one") is for the caller to see. */
export function takenBack(text: string): Slot['type'][] {
  const found = new Set<Slot['type']>();
  for (const clause of text.toLowerCase().split(/[.;!?।\n]|\bbut\b|\blekin\b|\bpar\b|लेकिन|,/)) {
    if (withOthers.test(clause) || !takingBack.some((pattern) => pattern.test(clause))) continue;
    for (const [type, noun] of nouns) if (noun.test(clause)) found.add(type);
  }
  return [...found];
}

/** "Don't share my number with anyone": to be kept, and kept to ourselves. */
const withOthers =
  /\b(?:share|give|pass|sell|disclose|forward|leak)\b.{0,30}\b(?:to|with|anyone|anybody|others?|outside|third)\b.{0,20}\b(?:any\w*|others?|third|outside\w*|companies|parties|people|everyone|else)\b|\bkisi (?:aur )?ko\b|\b(?:for|with) (?:spam\w*|marketing|promotions?|ads)\b|किसी (?:और )?को/;

const putOff =
  /\b(later|skip|not now|some other time|another time|prefer not|rather not|pass|next time|baad (me|mein)|abhi nahi(n)?|not sure yet|will (tell|let you know)|don'?t have|do not have|not comfortable)\b|बाद में|अभी नहीं/;
/** No answer to what was asked, but a polite way round it. */
export const isPutOff = (text: string): boolean => putOff.test(text.toLowerCase());
