import type { Token } from './tokens.ts';

/** Words that may stand right after a bare number without turning it into a count of something. */
const EASY = new Set(
  `is will would works work ok okay okk fine good great please pls plz kindly sir sirji mam madam maam ji bhai for
  and or to tak tk ko ke ki se par pe pr me mein main mai chalega chalegi theek thik thk sahi ho hai he h hoga karo kar
  kr krdo kardo krna karna do dena dedo de rakho rakh rakhna rkh milte mil milo free around about if i we can suits
  sounds only also then bhi hi toh to na ya yaa so but with at on in instead bro dear ish onwards onward aana aaunga
  aayenge aao aaiye call meeting demo visit slot book confirm done thanks thank works sharp exactly preferably maybe
  possible available convenient itself hojayega ho jayega करो कर दो को के में ठीक है पर रखो तक से हो मिलते bitte por
  favor s il vous plait geht passt please? would've latest earliest sharp same which that wala waala wale वाला today it my please tonight tonite nobody noone someone
  somebody they he she you u there your our zeit frei noch dann geht's libre libres dispo onward if not too also`.split(
    /\s+/,
  ),
);
const CANONICAL =
  /^(W\d|D-?\d|M\d+|P:.*|Z:.*|AM|PM|OCLOCK|MINUTE|EOD|EOM|EOW|NOW|LAST|BUSY|SINCE|EARLIER|NEXT2?|THIS|COMING|AT|ON|IN|WITHIN|AFTER|BEFORE|TO|OR|AND|NOT|FIX|INSTEAD_OF|NOW|LATER|BETWEEN|TENTH)$/;

/** Whether a bare number before this token can be a time or a day of the month. */
export function isBoundary(token: Token | undefined): boolean {
  if (!token) return true;
  if (CANONICAL.test(token.c)) return true;
  if (EASY.has(token.raw)) return true;
  if (token.c === 'WORD' || token.c === 'NUM' || token.c === '%' || token.c === '/') return false;
  // any other sign ends a number, a unit or a month word does not
  return !/^[A-Z]/.test(token.c);
}

/** Words after which a number names a thing: "flat 4/12", "order no 12". */
const NAMES_A_THING = new Set(
  'need want require buy purchase deliver supply ship dispatch flat house plot door shop unit block sector no number num nos order ref invoice bill ticket room gate road floor phase model size pin code id docket po qty quantity version ver section page item part lot grade class rs inr usd ward wing tower apartment apt street st gali office suite building version ticket# complaint po# sr s.no case'.split(
    ' ',
  ),
);

export function namesAThing(token: Token | undefined): boolean {
  if (!token || (token.raw === 'st' && token.glued)) return false;
  return (
    token.c === '#' ||
    token.c === '₹' ||
    token.c === '$' ||
    token.c === '€' ||
    token.c === '£' ||
    NAMES_A_THING.has(token.raw)
  );
}
