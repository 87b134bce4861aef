import { normalise, tokensOf } from './features.ts';
import type { JunkLabel } from './types.ts';

export type JunkMarks = { push: Partial<Record<JunkLabel, number>>; reasons: string[] };

/** Concrete business in a message: part of a case, an order, a number asked for; swearing with an issue is a complaint. */
const ISSUE =
  /\b(?:order|invoice|bill|refund|paid|payment|delivery|deliver\w*|machine|motor|pump|product|parcel|piece|technician|engineer|service|broken|broke|leak\w*|not working|stopped|repair|warranty|complaint|ticket|install\w*|price|quotation|quote|demo|printer|software|login|material|size|ac|battery|kharab|saman|maal|paise|delivery|nahi (?:aaya|aayi|chal|mila)|toot\w*|band ho)\b/i;

const SPAM: [RegExp, number, string][] = [
  [
    /\b(?:lottery|jackpot|lucky (?:winner|draw)|you(?:'ve| have)? won|prize|winner)\b/i,
    1,
    'promises a prize',
  ],
  [
    /\b(?:double your|guaranteed (?:returns?|profit|income)|passive income|earn (?:rs|₹|\$|money|up ?to|\d)|per day from home|work from home|ghar baithe|paisa double)/i,
    1.2,
    'promises easy money',
  ],
  [
    /\b(?:bitcoin|crypto|usdt|forex|trading signals?|stock tips|binary options?)\b/i,
    0.8,
    'offers an investment',
  ],
  [/\b(?:casino|betting|satta|teen ?patti|free spins?|rummy|matka|book id)\b/i, 1.2, 'betting'],
  [
    /\b(?:instant|personal|pre ?-?approved) (?:cash )?loans?\b.{0,60}\b(?:apply|call|click|whatsapp|without|no (?:documents|paper))/i,
    1.2,
    'offers a loan',
  ],
  [
    /\b(?:kyc|account|sim|card|mailbox|netbanking)\b.{0,40}\b(?:block\w*|suspend\w*|expire\w*|update|verify|deactivat\w*)\b.{0,60}(?:https?:|www\.|click|link|call)/i,
    1.5,
    'asks for account details',
  ],
  [/\bforward (?:this|it)?\b.{0,30}\b(?:\d+|friends|groups|contacts|everyone)\b/i, 1.2, 'chain message'],
  [
    /\b(?:weight loss|lose \d+ ?kg|viagra|herbal|miracle|black magic|vashikaran|astrologer|baba ji)\b/i,
    0.7,
    'miracle cure',
  ],
  [
    /\b(?:click (?:here|below|the link)|claim (?:your|now)|limited time|act now|100% (?:free|genuine|guaranteed))\b/i,
    0.6,
    'bait wording',
  ],
  [
    /\b(?:t\.me\/|bit\.ly|tinyurl|wa\.me\/|telegram (?:group|channel)|join (?:my|our) (?:vip |telegram |whatsapp )?(?:group|channel))/i,
    0.7,
    'leads to a group or short link',
  ],
];

const ABUSE =
  /\b(?:f+u+c+k+\w*|fck|fuk|f\*+k?|bastards?|bitch\w*|assholes?|a\*\*hole|motherf\w*|dickhead|wh?ore|slut|moron\w*|scumbag\w*|idiots?|retard\w*|bhosd\w*|bhosad\w*|madarchod\w*|maderchod|behen ?chod\w*|bhen ?chod\w*|bahenchod|chuti?y\w*|chutya|gandu|gaandu|lodu|lauda|randi|harami\w*|haramkhor|kamin[ae]y?|kutt[aeiy]|suar|saal[ae]|ull?u ke|bewa?koof|bewkuf|nalayak|scoundrels?|rascals?|stupid|bc|mc)\b|(?:कुत्त|कमीन|हराम|चूतिय|मादरचोद|भोसड|बहनचोद|साले|गधे|बेवकूफ)/i;
const THREAT =
  /\b(?:i(?:'ll| will| am going to) (?:kill|beat|break|burn|destroy|finish|slap)|jaan se maar|maar (?:dunga|dungi|dalunga)|tod dunga|dekh lunga|marunga|i know where you live|rot in hell|go to hell|drop dead)\b/i;
const OFFER =
  /\b(?:we (?:are|provide|offer|supply|manufacture|speciali[sz]e|help|can help|do|make|deal)|our (?:services?|agency|company|portfolio|packages|team of)|i(?:'d| would) (?:like|love) to (?:introduce|offer|show)|introduce (?:our|my)|i (?:represent|am a freelance\w*)|hum \w+ (?:karte|banate|dete)|hamari (?:company|agency))\b/i;
const JOB =
  /\b(?:resume|cv|curriculum vitae|biodata|bio-data|vacanc(?:y|ies)|hiring|recruit\w*|internship|fresher|naukri|job (?:vacancy|opening|chahiye)|apply(?:ing)? for (?:the )?(?:post|position|job)|job opportunit\w*|notice period|current ctc|walk ?-?in interview|bharti)\b|नौकरी|वैकेंसी|बायोडाटा/i;

/** Rule evidence beside the model's: what pushes towards a label, and why, in words a person can read. */
export function junkMarks(text: string): JunkMarks {
  const push: Partial<Record<JunkLabel, number>> = {};
  const reasons: string[] = [];
  const add = (label: JunkLabel, weight: number, reason: string) => {
    push[label] = (push[label] ?? 0) + weight;
    if (!reasons.includes(reason)) reasons.push(reason);
  };
  for (const [pattern, weight, reason] of SPAM) if (pattern.test(text)) add('spam', weight, reason);
  const issue = ISSUE.test(text);
  if (ABUSE.test(text) && !issue) add('abuse', 2, 'insult without a concrete issue');
  if (ABUSE.test(text) && issue) add('ok', 1.5, 'rude, but about a concrete issue');
  if (THREAT.test(text)) add('abuse', issue ? 1 : 2, 'threat');
  if (OFFER.test(text)) add('vendor_pitch', 0.5, 'offers a service to the business');
  if (JOB.test(text)) add('job_seeker', 0.8, 'looks for work');
  const mash = mashShare(text);
  if (mash.share >= 0.5 && mash.words >= 1) add('gibberish', 2.5 * mash.share, 'keys hit at random');
  if (
    /^(?:test|testing|test test|dummy|sample|lorem ipsum.*|abc|xyz|abcd?|asdf\w*|qwert\w*|blah.*|foo bar.*)[\s.!]*$/i.test(
      text.trim(),
    )
  )
    add('gibberish', 3, 'placeholder or test');
  if (/^[^\p{L}\p{N}]{4,}$/u.test(text) && !/\p{Extended_Pictographic}/u.test(text))
    add('gibberish', 2, 'no words');
  return { push, reasons };
}

const RUNS =
  /asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|erty|rtyu|tyui|zxcv|xcvb|cvbn|vbnm|lkjh|kjhg|jhgf|poiu|mnbv/;

/** How many of the words are no words in any language written in Latin letters. */
export function mashShare(text: string): { share: number; words: number } {
  const words = tokensOf(normalise(text)).filter((t) => /^[a-z]{3,}$/.test(t));
  if (words.length === 0) return { share: 0, words: 0 };
  const mashed = words.filter(
    (w) =>
      RUNS.test(w) ||
      (w.length > 3 && !/[aeiouy]/.test(w) && !SHORT_FORMS.has(w)) ||
      /[bcdfghjklmnpqrstvwxz]{6}/.test(w) ||
      /^(.)\1+$/.test(w) ||
      (/^(..)\1+$/.test(w) && w.length > 5),
  ).length;
  return { share: mashed / words.length, words: mashed };
}

/** How people shorten words by leaving the vowels out. */
const SHORT_FORMS = new Set(
  'thnx thnks thks tmrw mrng mrn msgs msg brnd plzz plss pls krna krdo krke krte krne bhjo bhj phn nmbr whts wht thx dlvry pymnt rcvd rcv cntct mngr dscnt prc prdct srvc wrnty htl crm gst emi upi smth smthng ppl tnks ghntr ghr hrs hmm hmmm brr kgs mtrs ltrs pcs nmste rply clg hjr nhn thk thkk wrk shd cld wld ntg nthng cmplnt tkt ordr qtn qtns rgds rgrds bhk xls html http https www pvt ltd llp sgst cgst igst hsn rtgs neft imps kwh kva hvac cctv upvc hdpe ldpe'.split(
    ' ',
  ),
);
