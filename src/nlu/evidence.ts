import { SHORT_FORMS } from './short-forms.ts';

/** Concrete business in a message: part of a case, an order, a number asked for; swearing with an issue is a complaint. */
const ISSUE =
  /\b(?:order|invoice|bill|refund|paid|payment|delivery|deliver\w*|machine|motor|pump|product|parcel|piece|technician|engineer|service|broken|broke|leak\w*|not working|stopped|repair|warranty|complaint|ticket|install\w*|price|quotation|quote|demo|printer|software|login|material|size|ac|battery|kharab|saman|maal|paise|delivery|nahi (?:aaya|aayi|chal|mila)|toot\w*|band ho)\b/i;

const SPAM: [RegExp, string][] = [
  [/\b(?:lottery|jackpot|lucky (?:winner|draw)|you(?:'ve| have)? won|prize|winner)\b/i, 'promises a prize'],
  [
    /\b(?:double your|guaranteed (?:returns?|profit|income)|passive income|earn (?:rs|₹|\$|money|up ?to|\d)|per day from home|work from home|ghar baithe|paisa double)/i,
    'promises easy money',
  ],
  [/\b(?:bitcoin|crypto|usdt|forex|trading signals?|stock tips|binary options?)\b/i, 'offers an investment'],
  [/\b(?:casino|betting|satta|teen ?patti|free spins?|rummy|matka|book id)\b/i, 'betting'],
  [
    /\b(?:instant|personal|pre ?-?approved) (?:cash )?loans?\b.{0,60}\b(?:apply|call|click|whatsapp|without|no (?:documents|paper))/i,
    'offers a loan',
  ],
  [
    /\b(?:kyc|account|sim|card|mailbox|netbanking)\b.{0,40}\b(?:block\w*|suspend\w*|expire\w*|update|verify|deactivat\w*)\b.{0,60}(?:https?:|www\.|click|link|call)/i,
    'asks for account details',
  ],
  [/\bforward (?:this|it)?\b.{0,30}\b(?:\d+|friends|groups|contacts|everyone)\b/i, 'chain message'],
  [
    /\b(?:weight loss|lose \d+ ?kg|viagra|herbal|miracle|black magic|vashikaran|astrologer|baba ji)\b/i,
    'miracle cure',
  ],
  [
    /\b(?:click (?:here|below|the link)|claim (?:your|now)|limited time|act now|100% (?:free|genuine|guaranteed))\b/i,
    'bait wording',
  ],
  [
    /\b(?:t\.me\/|bit\.ly|tinyurl|wa\.me\/|telegram (?:group|channel)|join (?:my|our) (?:vip |telegram |whatsapp )?(?:group|channel))/i,
    'leads to a group or short link',
  ],
];

const ABUSE =
  /\b(?:f+u+c+k+\w*|fck|fuk|f\*+k?|bastards?|bitch\w*|assholes?|a\*\*hole|motherf\w*|dickhead|wh?ore|slut|moron\w*|scumbag\w*|idiots?|retard\w*|bhosd\w*|bhosad\w*|madarchod\w*|maderchod|behen ?chod\w*|bhen ?chod\w*|bahenchod|chuti?y\w*|chutya|gandu|gaandu|lodu|lauda|lawd[aey]\w*|lavd[aey]\w*|chuda\w*|bhadw[aey]|randi|harami\w*|haramkhor|kamin[ae]y?|kutt[aeiy]|suar|saal[ae]|ull?u ke|bewa?koof|bewkuf|nalayak|scoundrels?|rascals?|stupid|bc|mc)\b|(?:कुत्त|कमीन|हराम|चूतिय|मादरचोद|भोसड|बहनचोद|साले|गधे|बेवकूफ)/i;
const THREAT =
  /\b(?:i(?:'ll| will| am going to) (?:kill|beat|break|burn|destroy|finish|slap)|jaan se maar|maar (?:dunga|dungi|dalunga)|tod dunga|dekh lunga|marunga|i know where you live|rot in hell|go to hell|drop dead)\b/i;
const OFFER =
  /\b(?:we (?:are|provide|offer|supply|manufacture|speciali[sz]e|help|can help|do|make|deal)|our (?:services?|agency|company|portfolio|packages|team of)|i(?:'d| would) (?:like|love) to (?:introduce|offer|show)|introduce (?:our|my)|i (?:represent|am a freelance\w*)|hum \w+ (?:karte|banate|dete)|hamari (?:company|agency))\b/i;
/** "We supply hospitals, need your masks": who says what they do, and buys. */
const BUYS =
  /(?<!\b(?:you|u|aap|may|clients) )\b(?:need|require|looking for|want|want to (?:buy|order|purchase)|looking to (?:buy|order|purchase)|chahiye)\b(?! (?:to|more)\b).{0,40}\b(?:your|ur|aapk[aei]|from you)\b|\b(?:buy|purchase|order) \d+|\b\d+ (?:\w+ ){0,3}(?:required|needed|chahiye)\b/i;
const JOB =
  /\b(?:resume|cv|curriculum vitae|biodata|bio-data|vacanc(?:y|ies)(?! (?:in|at) (?:your |the |ur )?(?:\w+ )?(?:hostel|pg|hotel|rooms?|flats?|ward|school|batch|class|lodge))|hiring(?! (?:software|apps?|tool|module|system|portal|platform|crm))|recruit\w*(?! (?:software|apps?|tool|module|system|portal|platform|crm))|internship(?! (?:with|in|after|of) (?:your|the|ur) (?:\w+ )?(?:course|training|diploma|class))|fresher|naukri|job (?:vacancy|opening|chahiye)|apply(?:ing)? for (?:the )?(?:post|position|job)|job opportunit\w*|notice period|current ctc|walk ?-?in interview|bharti)\b|नौकरी|वैकेंसी|बायोडाटा/i;

const PLACEHOLDER =
  /^(?:test(?:er|ing)?|(?:test ?){1,4}\d*|dummy|sample|lorem ipsum.*|abc|xyz|abcd\w*|asdf\w*|qwert\w*|(?:bla+h? ?)+|foo bar.*|null|undefined|nan|\[object object\])[\s.!]*$/i;

/** What speaks for a kind of junk, in words that a person can read; each is a feature of the trained head too. */
export function evidenceOf(text: string): string[] {
  const found = SPAM.filter(([pattern]) => pattern.test(text)).map(([, reason]) => reason);
  const issue = ISSUE.test(text);
  if (ABUSE.test(text))
    found.push(issue ? 'rude, but about a concrete issue' : 'insult without a concrete issue');
  if (THREAT.test(text)) found.push('threat');
  if (OFFER.test(text) && !BUYS.test(text)) found.push('offers a service to the business');
  if (JOB.test(text)) found.push('looks for work');
  const share = mashShare(text);
  if (share >= 0.5) found.push('keys hit at random');
  if (PLACEHOLDER.test(text.trim())) found.push('placeholder or test');
  if (/^[^\p{L}\p{N}]{4,}$/u.test(text) && !/\p{Extended_Pictographic}/u.test(text)) found.push('no words');
  return found;
}

const RUNS =
  /asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|erty|rtyu|tyui|zxcv|xcvb|cvbn|vbnm|lkjh|kjhg|jhgf|poiu|mnbv/;

/** The share of words that are words in no language written in Latin letters. */
function mashShare(text: string): number {
  const words =
    text
      .toLowerCase()
      .match(/[a-z]{3,}/g)
      ?.slice(0, 60) ?? [];
  if (words.length === 0 || /[^\p{Script=Latin}\P{L}]/u.test(text)) return 0;
  return words.filter(isMash).length / words.length;
}

function isMash(word: string): boolean {
  if (RUNS.test(word) || /[bcdfghjklmnpqrstvwxz]{6}/.test(word)) return true;
  if (word.length > 3 && !/[aeiouy]/.test(word)) return !SHORT_FORMS.has(word);
  return /^(.)\1+$/.test(word) || (word.length > 5 && /^(..)\1+$/.test(word));
}
