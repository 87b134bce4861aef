/** Who comes to the demo, where it is not the customer alone: a wish for our people to read, and no other time. */

const who =
  "(?:(?:my|our|the|mera|meri|mere|hamar[aei])\\s+(?:\\p{L}+\\s+)?(?:secretary|assistant|deputy|colleague|partner|boss|manager|husband|wife|son|daughter|brother|sister|father|assistant|team|director|accountant|cousin|bhai|behen|beta|beti|pati|patni|dost|friend|staff|head|owner|sir|madam|it guy|it person)|someone else|somebody else|koi aur)(?:'s)?";
const comes =
  '(?:attend\\w*|join\\w*|come|comes|coming|be there|be present|take (?:the )?(?:demo|meeting|call)|sit in|see it|watch|dekh\\w*|aayeg[aei]|aayenge|aa jay\\w*|karenge|rahenge|honge)';
const instead = new RegExp(
  `${who}[^.!?\\n]{0,40}\\b${comes}\\b|\\bcan (?:i|we) (?:bring|send|add|invite)\\b[^.!?\\n]{0,20}${who}`,
  'iu',
);
/** "My colleague Rahul will attend instead of me" */
export const sendsAnother = (text: string): boolean =>
  instead.test(text) &&
  !/\b(?:cancel|postpone|resched\w*|another (?:day|time)|change the (?:day|time))\b/i.test(text);
