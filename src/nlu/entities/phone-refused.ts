/** Numbers that stand in a message, but are not to be rung. */

/** "not 98…", "instead of 98…", "my old number was 98…": mentioned, but not to be used. */
const REFUSED_BEFORE =
  /(?:\b(?:not|nahi|nahin|nhi|never|instead of|rather than|old|earlier|previous|purana|purani|wrong|galat|pehle wala|pehle ka|fax|dead|statt|nicht|no el|pas le)|नहीं|पुराना|पुराने|गलत)(?: (?:on|at|to|the|my|this|that|use|call|ring|one|ones|number|no|num|phone|mobile|wala|nambar|नंबर|वाला|is|was|tha|था|se|:))*[\s:.,-]*$/iu;
const REFUSED_ASK =
  /\b(?:don'?t|do not|dont|never|stop|mat) (?:call|ring|use|phone|dial|try)\b[^.;,\d]{0,20}$/i;
const REFUSED_AFTER =
  /^\s*(?:(?:is|was|ye|yeh)\s+)?(?:(?:wala|number|no)\s+)?(?:not(?!\s+\+?\d)|nahi|nahin|nhi|no more|wrong|galat|old|switched off|band|out of service|dead|नहीं|गलत|बंद)(?![\p{L}\p{M}])/iu;
/** "my brothers 98…", "my boss's number 98…": somebody else's, where one's own stands too. */
const ANOTHERS =
  /\b(?:brother|sister|wife|husband|friend|father|mother|dad|mom|boss|manager|son|daughter|colleague|partner|uncle|aunt|cousin)(?:'?s| ka| ki)(?: (?:number|no|num|phone|mobile|is|:))*[\s:.,-]*$/i;

/** "Mob: 98… Off: 080…": where there is a mobile number, it is the one to ring. */
const DESK =
  /(?:^|[^\p{L}])(?:off(?:ice)?|tel|t|land ?line|fax|board|festnetz|büro|fijo|oficina|fixe|bureau)(?: (?:no|number|num|is))?\s*[.:|-]*\s*$/iu;

/** Given to be used; the last that is counts, and one that is refused only where there is no other. */
export const isRefused = (before: string, after: string): boolean =>
  REFUSED_BEFORE.test(before) ||
  ANOTHERS.test(before) ||
  DESK.test(before) ||
  REFUSED_ASK.test(before) ||
  REFUSED_AFTER.test(after);
