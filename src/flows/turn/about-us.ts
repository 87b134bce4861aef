/** Questions to whoever answers here, which are no wish for anything. */

/** "Are you a bot?" is a question, not yet the wish for a person; "what is your name?" is no price asked. */
export const asksWhatWeAre = (text: string): boolean =>
  what.some((pattern) => pattern.test(text.replace(/\s+/g, ' ').trim()));

const what = [
  /^(hey |so |hi |wait,? )?(are|r) (you|u) (really )?(an? )?(ro)?(bot|robot|machine|ai|computer|human|real|real person|person|real human|chat ?bot)\b[^\n]{0,12}$/i,
  /^(am i (talking|speaking|chatting) (to|with) an? (ro)?bot|is this an? (ro)?bot|kya (aap|tum|ye|yeh) (ek )?(ro)?bot (hai|ho|hain)|(ek |koi |kya )?(ro)?bot (ho|hai|hain|h) (kya|aap|tum|ye|yeh)( kya)?|(ro)?bot (ho|hain)( kya)?|(aap|tum|ye|yeh) (ek |koi )?(ro)?bot (hai|ho|hain)( kya)?)\b[^\n]{0,12}$/i,
  /^(and |but |btw |hey |may i know |can i know |tell me )?(who (am i|i am|i'?m) (chatting|talking|speaking) (to|with)|(whom|with whom) am i (chatting|talking|speaking)( to| with)?|who (are|r) (you|u)|who is (this|here)|aap kaun( hai| ho| hain)?|(kaun bol raha|kisse baat))\b[^\n]{0,14}$/i,
  /^(and |but |btw |hey )?(what'?s|whats|what is|wats|may i know|can i know) (your|ur|u r|yr) (good )?name\b[^\n]{0,6}$|^(aapka|aap ka|tumhara|apka) (shubh )?naam( kya| kya hai)?\s?\??$/i,
];

/** "Why?", "why do you need my number", "kyun chahiye?" */
export const asksWhy = (text: string): boolean =>
  /^(?:(?:but|and|ok|hmm+|arre|number|naam|name|ye|yeh) )*(?:why|y|kyu|kyun|kyon|kyo|kis ?liye|what for|क्यों|किसलिए)(?: (?:do|does|would|should) (?:you|u|i|ya) (?:need|want|ask|have to|give|share|tell)\b[^.!\n]{0,40}| chahiye[^.!\n]{0,12}| (?:is that|that|so|my (?:name|number|email))[^.!\n]{0,20})?\s*\?*$|^(?:kya karoge|kya karenge)[^.!\n]{0,24}$/i.test(
    text.trim(),
  ) ||
  /^(?:but |and |ok |hmm+ )*what (?:do|will|would|shall) (?:you|u) (?:need|want|do|use)\b[^.!\n]{0,20}\b(?:number|name|email|mail|phone)\b[^.!\n]{0,12}\bfor\b\W*$/i.test(
    text.trim(),
  );

/** "Too costly", "bahut mehenga hai": about the price, and no feedback on our service. */
export const findsDear = (text: string): boolean =>
  text.length < 80 &&
  /\b(?:too|very|so|bit|quite|bahut|bohot|kaafi|itna|zyada)\b.{0,12}\b(?:costly|expensive|high|much|pricey|steep|mehe?ng[aie]|mahang[aie]|zyada|jyada)\b|^(?:costly|expensive|pricey|mehe?nga)\b|\b(?:out of|over|beyond) (?:my |our )?budget\b|महंग|महँग|बहुत (?:ज़्यादा|ज्यादा)/i.test(
    text,
  );

/** "How long is the demo?", "demo kitni der ka hai" */
export const asksHowLong = (text: string): boolean =>
  /\bhow (?:long|much time|many (?:minutes|hours))\b[^.!\n]{0,30}\b(?:demo|meeting|call|it|appointment|session)\b|\b(?:demo|meeting|session)\b[^.!\n]{0,20}\b(?:kitn[aei] (?:der|time|minute|samay|lamb[aei])|duration|how long)\b|\bkitn[aei] (?:der|time|minute|samay)\b[^.!\n]{0,20}\b(?:demo|meeting)\b|\bduration (?:of|for) (?:the )?(?:demo|meeting)\b|डेमो[^।!\n]{0,12}कितन[ीेा] (?:देर|समय|मिनट)/i.test(
    text,
  );
