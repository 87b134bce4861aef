/** Reading an answer to a plain question when the language engine names no entity. */

const notNames =
  /^(hi|hello|hey|hii+|helo|namaste|namaskar|ok|okay|yes|no|haan|nahi|ji|thanks|thank|you|please|demo|price|cost|brochure|stop|start|help|test|what|why|who|when|where|how|kya|kyu|kaun|kab|kahan|kaise|hmm+|bye|sir|madam|good|morning|evening|afternoon|skip|later|none|nothing|me|my|name|same|menu|agent|human|person|software|softwares|app|website|billing|inventory|guess|lol|secret|nobody|anonymous|whoever|tomorrow|today|kal|aaj|नमस्ते|हाँ|हां|नहीं|धन्यवाद|क्या|कौन|कब|कहाँ|कैसे|कल|आज)$/i;

/** Words that no name has in it, so that one of them is enough. */
const neverInNames =
  /^(hai|hain|hoon|yaar|bhaiya|mehe?nga|mahanga|sasta|costly|expensive|cheap|bahut|dikha|dikhao|batao|chalo|karo|kar|do|wala|wali|nahi|kitna|paisa|price|suppose|think|want|need|is|are|the|not|or|instead|ka|ki|ke|ko|है|हैं|महंगा|बताओ)$/i;
/** Not a greeting, a question word or a day that a reader took for a name. */
export const isName = (name: string): boolean => {
  const parts = name.split(/\s+/);
  return !parts.every((part) => notNames.test(part)) && !parts.some((part) => neverInNames.test(part));
};

/** "Principal Thomas Mathew", "Pallak with two Ls" → who they are, without what they are and how it is written. */
export const tidied = (name: string): string =>
  name
    .replace(/\s+(?:with|spelt|spelled|written)\s.*$/iu, '')
    .replace(
      /^(?:(?:the )?(?:principal|director|manager|owner|proprietor|ceo|cto|cfo|founder|captain|capt|major|colonel|col|advocate|adv|er|ca|prof|professor|doctor|engineer|secretary|headmaster|headmistress|sister|brother|father|rev|mr|mrs|ms|dr|shri|smt|herr|frau|se[nñ]or|se[nñ]ora|monsieur|madame)\b\.?\s+)+(?=\p{L}{2})/iu,
      '',
    )
    .trim();

/** "priya sharma." → "Priya Sharma"; undefined where it is no name. */
export function nameFrom(text: string): string | undefined {
  const bare = text
    // The whole word only: Himanshu, Suresh and Noor begin with one, too.
    .replace(
      /^(?:(?:hi|hello|hey|yes|yeah|sure|ok|okay|haan|ji|sorry|no|oh)(?![\p{L}\p{M}'’]))?[,!.\s]*/iu,
      '',
    )
    .replace(
      /^(my (full )?name is|name is|name|i am|i'm|this is|it'?s|it is|myself|mera naam|main|mai|naam|call me|मेरा नाम|मैं|नाम)[\s:,-]+/i,
      '',
    )
    .replace(/[\s,]+(here|hai|hoon|hu|hun|है|हूँ|हूं|this side)[.!\s]*$/i, '')
    .replace(/[\s,]+(btw|by the way|please|pls|thanks|thank you|only)[.!\s]*$/i, '')
    .replace(/[.!,\s]+$/, '')
    .replace(/^(?:mr|mrs|ms|dr|shri|smt|prof)\b\.?\s+(?=\p{L})/iu, '')
    .trim();
  const parts = bare.split(/\s+/);
  if (!bare || bare.length > 60 || parts.length > 4) return undefined;
  if (
    !/^[\p{L}\p{M}.'’ -]+$/u.test(bare) ||
    parts.some((part) => notNames.test(part) || neverInNames.test(part))
  )
    return undefined;
  if ([...bare].length < 2) return undefined;
  return /^[a-z.'’ -]+$/.test(bare) || bare === bare.toUpperCase()
    ? parts.map((part) => (part[0] ?? '').toUpperCase() + part.slice(1).toLowerCase()).join(' ')
    : bare;
}

const leadIn = /^(hi|hello|hey|namaste|ok|okay|yes|well|so|actually|sir|madam|please|नमस्ते|हाँ|जी)[,!.\s]+/i;
const wanting =
  /^(i|we)?\s*('m|'re|am|are)?\s*(just\s+)?(looking for|looking to buy|in search of|searching for|interested in|need|needs|want|wants|require|would like|wish|enquiring about|enquiry (for|about)|inquiry (for|about))\s*(to (buy|get|have|purchase|know about|enquire about))?\s*/i;
const hindiWanting =
  /\s*(chahiye|chaiye|chahie|chahye|ki zarurat hai|ki jarurat hai|lena hai|kharidna hai|leni hai|lagwana hai|lagana hai|lagwani hai|karwana hai|banwana hai|dekhna hai|mangwana hai|ke bare me(in)? (janna|batao|bataiye|jankari)( hai| chahiye)?|चाहिए|लेना है|लेनी है|खरीदना है|की ज़रूरत है|की जरूरत है|के बारे में (जानना|बताइए|बताओ|जानकारी).*)\s*(tha|thi|hai|था|थी|है)?[.!।\s]*$/i;
const hindiMe = /^(mujhe|mujhko|mereko|hume|hame|humko|hamein|humein|muje|मुझे|हमें|हमको)\s+/i;
const empty =
  /^((u+m+|h+m+|uh|er|so|well|ok|okay|actually|thinking|was|were|maybe|just|this|ridiculous|let|see|think|a|an|the|some|any|your|about|for|of|to|in|on|more|it|this|that|one|do|you|i|we|have|had|got|can|could|me|my|question|questions|query|doubt|ask|talk|discuss|enquire|tell|there|are|is|am|know|information|info|details?|services?|products?|help|enquiry|inquiry|quotations?|quotes?|send|share|give|mail|something|anything|options?|what|list|which|software|softwares|show|see|u|ur|r|want|need|dikhao|dikhaiye|dikha|do|batao|bataiye|chahiye|kuch|koi|aap|ka|ke|ki|hai|jankari|jaankari|कुछ|कोई|जानकारी)[\s.?!]*)*$/i;

/** "What do you do?" asks, and names nothing that is wanted; "do you have laptops?" does. */
const asking =
  /^(what|wat|wht|who|whose|how|why|when|where|kya|kaun|kaise|kab|kahan|kyu|kyun)\b(?!.*\b(need|want|looking|chahiye|lena|kharid\w*)\b)/i;
/** "I am looking for 20 office chairs" → "20 office chairs": what they want, in their words; undefined where nothing is said. */
export function needFrom(text: string): string | undefined {
  const line = text.split('\n')[0]!.trim();
  const bare = line
    .replace(leadIn, '')
    .replace(hindiMe, '')
    .replace(wanting, '')
    .replace(hindiWanting, '')
    .replace(/^(a|an|the|some)\s+/i, '')
    .replace(/^\d+\s*(x|nos?\.?|pcs|pieces|units?( of)?|licen[cs]es? (of|for))?\s+/i, '')
    .replace(/\b(please|pls|plz)\b/gi, '')
    .replace(/[.!?।\s]+$/, '')
    .trim();
  if (
    !/[\p{L}]{2}/u.test(bare) ||
    empty.test(bare) ||
    asking.test(line.replace(leadIn, '')) ||
    /\d{5}|\b(my|our) (order|id|number|name|budget)\b/i.test(bare)
  )
    return undefined;
  return bare.slice(0, 120);
}

/** A quantity ("20 users") or an amount ("INR 2,00,000") as people write it. */
export function inWords(value: unknown): string {
  if (value && typeof value === 'object' && 'amount' in value) {
    const { amount, currency } = value as { amount: number; currency?: string };
    return [currency, amount.toLocaleString('en-IN')].filter(Boolean).join(' ');
  }
  if (value && typeof value === 'object' && 'value' in value) {
    const { value: count, unit } = value as { value: number; unit?: string };
    return unit ? `${count} ${unit}` : String(count);
  }
  return String(value);
}
