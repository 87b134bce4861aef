/** Words by which a time that is being agreed is taken. */

/** "Same time only" */
export const sameTime =
  /^(?:at )?(?:the )?(?:same|wahi|usi|vahi) (?:time|timing|samay|hour|waqt)(?: (?:only|pls|please|par|pe))?[.! ]*$/i;
/** "OK, but make it by phone": a yes, with a wish that a colleague reads. */
export const yesBut =
  /^(?:ok(?:ay)?|yes|haan|ha|fine|sure|theek hai|thik hai)[, ]+(?:but|par|lekin|magar|only)\b(?!.*\b(?:time|day|date|later|earlier|another|other|change|cancel|not|no|din|badal\w*|dusr[aei]|nahi|baad)\b)/i;
/** "Yes, and my phone is 98…": a yes, and what else there is to tell. */
export const yesAnd =
  /^(?:ok(?:ay)?|yes|yeah|yep|haan|ha|ji|fine|sure|theek hai|thik hai|haan ji|ji haan)(?: please)?[, .!]+(?:and|also|aur|my|mera|meri|plus|btw|by the way|we are|please (?:note|send|add)|pls (?:note|send|add)|note|e-?mail|phone|number)\b(?!.*\b(?:later|earlier|another|change|cancel|not|badal\w*|dusr[aei]|nahi)\b)/i;
/** "OK, book it" */
export const booksIt =
  /^(?:ok(?:ay)?|yes|haan|ha|ji|fine|pls|please|[,. ])*(?:book|fix|lock|schedule|confirm|do)(?: (?:it|that|this|kar|karo|kardo|do|dijiye|please|pls|then|now|ok|in))*[.! ]*$/i;
