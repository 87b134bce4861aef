/** Which sentences of a message ask something: in English, Hinglish and Hindi. Pure, and linear in the text. */

const most = 2;
const longest = 500;

const english =
  /^(?:(?:and|but|so|also|ok(?:ay)?|hi|hello|hey|sir|madam|please|pls|one more (?:thing|question)|actually|btw|by the way)[\s,:]+)*(?:what|wat|wht|how|when|where|which|who|whose|why|is|are|am|do|does|did|can|could|will|would|should|may|has|have|any|tell me (?:about|if|whether|how|what)|(?:i )?(?:want|wanted|would like|wish) to (?:know|ask|check)|may i know|explain|what about|how about)\b/i;
const hinglish =
  /\b(?:kya|kyaa|kaise|kese|kaisa|kaisi|kitn[aei]|kab|kahan|kaha|kidhar|kaun|kon|kaunsa|konsa|kaunsi|konsi|kyu|kyun|kyon|mil(?:ega|egi|enge|ta hai|ti hai)|sakt[aei] (?:hai|hain|hu|hoon|ho)|hota hai|hoti hai|chalega|hoga kya|bata(?:o|iye|yen|dijiye|do))\b/i;
const hindi = /क्या|कैसे|कैसा|कैसी|कितन|कब|कहाँ|कहां|किधर|कौन|क्यों|मिलेग|सकत|बताइए|बताओ|बताएं/;

/** At most two of them, as they were written. */
export function questionsIn(text: string): string[] {
  return sentencesOf(text)
    .filter(isQuestion)
    .slice(0, most)
    .map((sentence) => sentence.slice(0, longest));
}

export const sentencesOf = (text: string): string[] =>
  text
    // "Ravi here, what about my data" asks after the comma.
    .split(
      /,\s+(?:and |but )?(?=(?:what|how|when|where|which|who|why|is|are|do|does|can|could|will|kya|kaise|kitn[aei]|kab)\b)|(?<=[?!।])\s*|(?<=[a-z\p{M}\p{L})]{2}\.)\s+|\n+/iu,
    )
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));

const isQuestion = (sentence: string): boolean =>
  /[?？]\s*$/.test(sentence) ||
  english.test(sentence) ||
  hindi.test(sentence) ||
  hinglish.test(sentence.slice(0, longest));

/** "That is not what I asked", "samajh nahi aaya": what we said was no help. */
export const wasNoHelp = (text: string): boolean =>
  text.length < 120 &&
  /\b(?:not|isn'?t|wasn'?t|doesn'?t|didn'?t|did not|does not)\b.{0,20}\b(?:what i (?:asked|meant|want(?:ed)?)|my question|answer|help(?:ful|ed)?|clear)\b|\bsamajh (?:nahi|nahin|nhi|me nahi|mein nahi)\b|\b(?:ye|yeh) nahi(?:n)? (?:pucha|poocha)\b|\bwrong answer\b|\bstill (?:not clear|confused|don'?t understand)\b|समझ (?:में )?नहीं|यह नहीं पूछा/i.test(
    text,
  );
