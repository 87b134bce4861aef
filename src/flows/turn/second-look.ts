/** Small things that a first reading of a message misses or takes for something else. */
import type { Entities, Understanding } from '../nlu.ts';

type Reread = (text: string) => Entities;

/**
 * @param reread the language engine on other words.
 * @param known how many were told before
 */
export function secondLook(text: string, entities: Entities, reread: Reread, known?: unknown): void {
  if (entities.phone && entities.budget) {
    // Digits of a telephone number are no amount.
    const budget = reread(text.replace(/\+?\d[\d\s().-]{7,}\d/g, ' ')).budget;
    if (budget) entities.budget = budget;
  }
  entities.budget ??= limit(text);
  entities.quantity = inAll(text, known) ?? entities.quantity ?? count(text) ?? countOf(text, entities);
  if (entities.quantity && isOfTime(text, entities.quantity.value, entities.dateTime?.text))
    delete entities.quantity;
  for (const key of Object.keys(entities) as (keyof Entities)[])
    if (entities[key] === undefined) delete entities[key];
}

const units: Record<string, number> = {
  k: 1e3,
  hazaar: 1e3,
  hazar: 1e3,
  thousand: 1e3,
  lakh: 1e5,
  lakhs: 1e5,
  lac: 1e5,
  lacs: 1e5,
  l: 1e5,
  crore: 1e7,
  cr: 1e7,
};
const atMost =
  /\b(?:max(?:imum)?|at most|up ?to|under|within|not more than|budget)\D{0,12}(?<amount>\d+(?:\.\d+)?)\s*(?<unit>k|hazaa?r|thousand|lakhs?|lacs?|l|crore|cr)\b/i;
/** "max 1.5 lakh" */
function limit(text: string): Entities['budget'] {
  const found = atMost.exec(text)?.groups;
  return (
    found && { amount: Math.round(Number(found.amount) * units[found.unit!.toLowerCase()]!), currency: 'INR' }
  );
}

const people =
  /\bteam(?: size)?(?: is| of|:| -)? (?<team>\d{1,5})\b(?! ?(?:%|am|pm|baje))|\b(?<strong>\d{1,5})[- ](?:person|people|member|user|seat|agent|employee)s?\b|(?<![\d.])(?<many>\d{1,5})\s*(?:log|ppl|persons?|logo|logon|logo[nm]|bande|bando|लोग|लोगों|यूज़र|यूजर|कर्मचारी|mitarbeiter\w*|benutzer|nutzer|usuarios|empleados|personas|utilisateurs|employ[ée]s|personnes)(?![\p{L}\p{M}])|\b(?<total>\d{1,5}) (?:in )?total\b|\b(?:if|agar) (?:i|we|hum|main|mai) (?:buy|take|order|purchase|get|le|lu|loon) (?<supposed>\d{1,5})\b(?! ?(?:%|am|pm|baje))|\bno,? (?<rather>\d{1,5}) (?:users?|people|licen[cs]es?|seats)\b|\b(?:users?|seats|licen[cs]es?|agents|members|employees|people|staff|quantity|qty|headcount)\b(?: count| size| number)?(?: ?[:=-]| to| is| are| will be| would be| should be| now| ko| hai| hain| ab)+ (?<now>\d{1,5})\b(?! ?(?:%|am|pm|baje|lakhs?|k\b|:))/iu;
/** "a team of 25", "10 logon ke liye", "so 20 in total" */
function count(text: string): Entities['quantity'] {
  const found = people.exec(text)?.groups;
  const value =
    found &&
    Number(
      found.team ?? found.strong ?? found.many ?? found.total ?? found.supposed ?? found.rather ?? found.now,
    );
  return value ? { value, unit: 'users' } : undefined;
}

/** "3 more, so 13", "add 5 users": reckoned from what was told before. */
function inAll(text: string, known: unknown): Entities['quantity'] {
  const before = known as { value: number; unit: string } | undefined;
  if (!before) return undefined;
  const total = /\bso (?:(?:that'?s|it'?s|in all|total|now) )*(\d{1,5})\b(?! ?(?:am|pm|%|:))/i.exec(
    text,
  )?.[1];
  if (total) return { ...before, value: Number(total) };
  const more =
    /\b(\d{1,5}) (?:more|extra|additional)\b|\badd (\d{1,5}) (?:more )?(?:users?|people|agents?|seats?|licen[cs]es?)\b|\b(\d{1,5}) (?:users?|people|agents?|seats?|licen[cs]es?|log) (?:more|extra|aur)\b/i.exec(
      text,
    );
  const added = Number(more?.[1] ?? more?.[2] ?? more?.[3] ?? 0);
  return added ? { ...before, value: before.value + added } : undefined;
}

/** "CRM for 10" */
function countOf(text: string, { product, dateTime }: Entities): Entities['quantity'] {
  const said =
    product && !/\b(demo|book|appointment|meet\w*|visit|call|slot)\b/i.test(text)
      ? /\bfor (?:about |around |approx\.? |just |only )?(\d{1,4})(?=\s*(?:$|[.,!?;]|and\b|in\b|my\b|our\b|budget\b))/i.exec(
          text,
        )
      : null;
  return said && !(dateTime && isOfTime(text, Number(said[1]), dateTime.text))
    ? { value: Number(said[1]), unit: 'users' }
    : undefined;
}

/** The 11 of "Saturday 11 works" is an hour. */
const isOfTime = (text: string, value: number, time = ''): boolean => {
  const number = new RegExp(`\\b${value}\\b`, 'g');
  return number.test(time) && (text.match(number)?.length ?? 0) === 1;
};

const ending =
  /\b(stop\w*|unsub\w*|remove|delete|don'?t|do not|dont|no more|not interested|never|block|opt|quit|leave|spam\w*|harass\w*|enough|cancel|end|pause|without|off|bas|band|bandh?|mat|nahi+n?|nhi|na|hata\w*|rok\w*|unwanted|no longer|kein\w*|nicht|stopp\w*|abmeld\w*|abbestell\w*|baja|dejar?|dejen|parar?|basta|no quiero|arr[eê]te\w*|d[ée]sabonn\w*|plus de|ne plus)\b|बंद|बन्द|मत|नहीं|रोक|हटा|ना /i;
/** Falling silent is hard to undo, so that a farewell needs a word that says so. */
export const saysStop = (text: string): boolean => ending.test(text);

/** "Don't call me, e-mail me": a wish how to be reached, and no farewell. */
export const prefersWriting = (text: string): boolean =>
  /\b(don'?t|do not|dont|no|not|mat|nahi|never)\b[^.!?]{0,20}\b(call\w*|phone|ring)\b|\bcall (mat|nahi)\b/i.test(
    text,
  ) && /\b(whats ?app|e-?mail|mail|message me|msg me|text me|sms me|chat|write to me|likh)\b/i.test(text);

const wishes = ['ask_price', 'request_brochure', 'request_quote', 'enquire_product', 'ask_location'];
const messages =
  /\b(messag\w*|msgs?|sms|whats ?app|contact\w*|mails?|e-?mails?|texts?|texting|notif\w*|updates?|promo\w*|offers?|ads?|list|spam\w*|disturb\w*|unsub\w*|subscri\w*|opt|call\w*|number)\b|संदेश|मैसेज|मेसेज|कॉल|फ़ोन|फोन/i;
/** "Will you spam me?" asks. */
const fears =
  /\b(?:will|would|do|does|are|can|won't|hope) (?:you|u|ya|i|they)\b[^.!\n]{0,40}\b(?:spam\w*|messages?|sms|calls?|mails?|sell|share|disturb\w*)\b[^.!\n]*\?/i;
/** "Don't book, just send the price", "stop asking so many questions": cross, or in a hurry, and still here. */
export const asksOn = (text: string, read: Understanding): boolean =>
  fears.test(text) ||
  /\bstop asking\b|\b(so many|too many) questions\b/i.test(text) ||
  (!messages.test(text) &&
    (read.acts.some((act) => wishes.includes(act)) || /\bjust (send|tell|give|share)\b/i.test(text)));
