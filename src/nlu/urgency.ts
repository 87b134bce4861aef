import { fold } from './text.ts';

export type Urgency = { level: 'low' | 'normal' | 'high'; evidence: string[] };

/** What speaks for haste, and how much. Two points are high. The pattern is tried on folded lower-case text. */
const HIGH: [RegExp, string, number][] = [
  [
    /\b(?:urgent(?:ly)?|asap|a\.s\.a\.p|immediate(?:ly)?|right (?:now|away)|at once|emergency|top priority|on priority|without delay|at the earliest|quickly|hurry)\b/,
    'says it is urgent',
    2,
  ],
  [
    /\b(?:jaldi|turant|turat|fauran|foran|abhi ke abhi|abhi chahiye|emergency hai|jald se jald|fatafat|jaldi se jaldi)\b|तुरंत|तुरन्त|जल्दी|फौरन|फ़ौरन|अभी के अभी|आपातकाल/,
    'says it is urgent',
    2,
  ],
  [
    /\b(?:dringend|sofort|schnellstmoglich|eilig|urgente|cuanto antes|en seguida|au plus vite|immediatement|tout de suite)\b/,
    'says it is urgent',
    2,
  ],
  [
    /\b(?:fire|smoke|sparks?|sparking|short circuit|gas leak|gas smell|burning smell|electric shock|bleeding|injur(?:ed|y)|unconscious|chest pain|severe pain|flood(?:ed|ing)|stuck (?:in|inside) (?:the )?lift|dhua|dhuan|aag lag|current lag|karant)\b|धुआँ|आग लग|करंट|खून/,
    'danger',
    2,
  ],
  [
    /\b(?:production|line|plant|factory|operations?|business|billing|work|shop|counter|kaam|dhandha) (?:is |has |hai |ka |)?(?:completely |fully |)?(?:stopped|down|halted|stuck|held up|at a standstill|standstill|ruk\w*|band|thap)\b/,
    'work stands still',
    2,
  ],
  [
    /\b(?:today itself|by today|before (?:noon|evening|tonight)|within (?:an?|one|two|2|1|few) hours?|in (?:an|one|1) hour|aaj hi|aaj ke aaj|by tonight|by eod|end of day|last date|deadline)\b|आज ही/,
    'needed today',
    2,
  ],
  [
    /\b(?:by|before) tomorrow|kal tak|kal subah tak|tomorrow (?:itself|is the last)\b|कल तक/,
    'needed by tomorrow',
    1,
  ],
  [
    /\b(?:can'?t|cannot|cant) wait|waiting since|still waiting|(?:third|3rd|fourth|4th|second|2nd|final|last) (?:time|reminder|warning)|again and again|bar bar|baar baar|kab se|how many times\b/,
    'asked before',
    1,
  ],
  [
    /\b(?:legal (?:action|notice)|consumer (?:court|forum)|lawyer|police|social media|twitter|cancel the order)\b/,
    'threatens a step',
    1,
  ],
];
const LOW =
  /\b(?:no (?:hurry|rush|urgency)|not (?:so |that |very |at all |)urgent|no need to hurry|take your time|whenever (?:you (?:can|are free|get time)|possible|convenient)|at your (?:convenience|leisure)|when(?:ever)? (?:you have|u have) time|just (?:browsing|looking|exploring|checking|curious)|only exploring|planning for (?:next year|later)|some ?day|next year|after (?:six|6|few|some) months|no timeline|jab (?:time|samay|fursat) (?:mile|ho)|aaram se|jaldi nahi|koi jaldi nahi|itni jaldi nahi|abhi jaldi nahi|keine eile|sin prisa|pas presse|pas urgent)\b|कोई जल्दी नहीं|जल्दी नहीं|आराम से|फुर्सत/;

/** How soon somebody wants an answer, with what in the text says so. */
export function urgencyOf(text: string): Urgency {
  const t = fold(text.slice(0, 1500).toLowerCase());
  const low = LOW.exec(t)?.[0];
  if (low) return { level: 'low', evidence: [`“${low.trim()}”`] };
  const evidence: string[] = [];
  let points = 0;
  for (const [pattern, why, worth] of HIGH) {
    const said = pattern.exec(t)?.[0];
    if (!said) continue;
    points += worth;
    evidence.push(`${why}: “${said.trim()}”`);
  }
  if (/!{2,}/.test(text)) {
    points += 1;
    evidence.push('exclamation marks');
  }
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters > 15 && (text.match(/\p{Lu}/gu)?.length ?? 0) / letters > 0.7) {
    points += 1;
    evidence.push('written in capitals');
  }
  return { level: points >= 2 ? 'high' : 'normal', evidence };
}
