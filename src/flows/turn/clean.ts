/** What reaches us, made safe to read: no control characters, one form of each letter, a bounded length. */

const longest = 4000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f\u200b\u2028-\u202e\u2060-\u2069\ufeff]/g;

export function cleaned(text: string): string {
  const readable = text.slice(0, 40_000).toWellFormed().replace(invisible, ' ').normalize('NFC');
  return readable
    .replace(/[ \t]{2,}/g, ' ')
    .trim()
    .slice(0, longest);
}

export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const yesEmoji = /[\u{1F44D}\u{1F44C}\u{2705}\u{1F197}\u{2714}]/u;
const noEmoji = /[\u{1F44E}\u{274C}\u{1F645}]/u;
export const emojiMeaning = (text: string): 'yes' | 'no' | undefined =>
  noEmoji.test(text) ? 'no' : yesEmoji.test(text) ? 'yes' : undefined;

const yesWords =
  /^(y|ya|ja|jawohl|gerne|passt|si|sí|claro|vale|de acuerdo|oui|d accord|bien sur|bien sûr|yes|yep|yeah|yup|yess+|sure|ok|okay|okey|okk+|k|fine|confirm|confirmed|correct|right|perfect|great|done|good|go ahead|please do|works|book it|yes please|that works|sounds good|haan|han|haa|ha|ji|haan ji|ji haan|hanji|haanji|theek|thik|theek hai|thik hai|thik h|theek h|sahi|sahi hai|bilkul|ji bilkul|bilkul ji|haan bilkul|haanji bilkul|pakka|kar do|kardo|book kar do|हाँ|हां|जी|जी हाँ|जी हां|हाँ जी|हां जी|ठीक|ठीक है|सही|सही है|बिल्कुल|कर दो|कर दीजिए|पक्का)$/;
const noWords =
  /^(n|no|nein|non|nope|nah|na|not now|no thanks|no thank you|no need|nahi|nahin|nhi|nai|ji nahi|mat karo|rehne do|rahne do|नहीं|नही|ना|जी नहीं|रहने दो|रहने दीजिए|मत करो)$/;
/** A message that is no more than a yes or a no. */
export function plainMeaning(text: string): 'yes' | 'no' | undefined {
  const bare = text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = bare
    .replace(/\b(please|pls|sir|madam|maam|bhai|thanks|thank you|it is|it s)\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (noWords.test(bare) || noWords.test(short)) return 'no';
  if (yesWords.test(bare) || yesWords.test(short)) return 'yes';
  return undefined;
}

const farewell =
  /^(?:(?:ok(?:ay)?|thanks|thank you|no|nope|nah|nahi|it'?s|fine|good|all|set|great|cool|chalo|theek|thik|hai|bas|then|ji)[\s,.!]+)*(bye|good ?bye|see (you|ya)|ta ta|tata|alvida|phir milenge)\b|^(अलविदा|फिर मिलेंगे)|^(?:(?:vielen dank|danke( sch[öo]n)?|gracias|muchas gracias|merci( beaucoup)?)[\s,.!]+)*(?:tsch[üu](?:ss|ß)|auf wiedersehen|adi[óo]s|hasta (?:luego|pronto|ma[ñn]ana)|au revoir|[àa] (?:bient[ôo]t|demain)|ciao)(?!\p{L})/iu;
const gratitude = /^(?:(?:vielen|besten|herzlichen) dank|danke|gracias|muchas gracias|merci)(?!\p{L})/iu;
/** In the languages that have no flow texts of their own. */
export const isGratitude = (text: string): boolean => gratitude.test(text) && text.length < 60;
const busy =
  /^(?:(?:sorry|ok(?:ay)?|hey|arre|wait|one sec|sir)[\s,.!]+)*(?:(?:i am|i'?m|am|main|mai|abhi|just)\s+)*(?:(?:a bit |very |thoda )?(?:busy|driving|in a meeting|in meeting|at work|on (?:a|another) call|meeting me(?:in)? (?:hu|hoon|hun)|gaadi chala|bahar)|(?:will|i'?ll|let me) (?:reply|answer|write|tell you|get back|come back)\b.{0,20}\b(?:later|soon|tonight|tomorrow|afterwards|in some time|in a while|to you))\b[^?]{0,30}$|^(?:one|a|just a) (?:min(?:ute)?|moment|sec(?:ond)?)\b[^?]{0,12}$|^(?:hold on|ruko|ek min(?:ute)?|thodi der)\b[^?]{0,12}$/i;
/** No answer now, and no refusal. */
export const isBusy = (text: string): boolean => busy.test(text.trim());
export const isFarewell = (text: string): boolean => farewell.test(text);
