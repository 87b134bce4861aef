/** A text as a search knows it: words that say something, each by the one form that stands for it. */
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { skeleton } from '../skeleton.ts';
import { clean, fold, words } from '../text.ts';
import { latin } from './latin.ts';
import { joined, shortSpelling, synonymOf } from './synonyms.ts';

const mostTerms = 60;

/** Words of every question, which tell none from another. */
const empty = new Set(
  `a an the is are was were am be been being do does did done can could will would shall should may might must i im my me mine we us
  our you your yours u ur it its this that these those there here he she they them their and or but if so as at by for from in
  into of on to with about than then what which who whom whose why how many much any some all also please pls plz
  kindly tell know want need like get got give have has had let say ask question query hi hello hey sir madam maam dear thanks
  thank ok okay yes no not just only really actually possible able one thing something anything make made go come
  there'd i'd i'm it's what's that's don't doesn't can't
  kya kyaa hai hain ho hu hun hoon hoga hogi hoge tha thi the mein me mai main se ko ka ki ke kaa kee ye yeh wo woh is us iss
  aap aapka aapki aapke apka apki apke tum mujhe muje mujhko hum humko hame hamein mera meri mere hamare hamara kaise kese
  kitna kitne kitni kaun kon kaunsa konsa kyu kyun kyon par pe tak liye aur ya bhi to toh na nahi nahin nhi ji
  karna kar karo karte karta karti karenge karoge karega kariye kijiye sakta sakte sakti sakte raha rahi rahe jata jate jati
  jaata jaate batao bataiye bata batayen bataen chahiye chahie chaiye chahte chahta wala wali wale koi kuch ek lekin agar
  diya diye dete deta deti dega degi degaa denge dena de do loge lete lenge hota hote hoti gaya gayi jaye jayega jaega jaegi jayegi jaayega
  bhai bhaiya yaar namaste namaskar kripya krupya apna apne apni yah yaha vah men mean batae hame hamare aur
  up take takes took use used using work works working  current new still yet same different kind type sort way
  details detail information-about info jankari jaankari bare baare regarding laga lage lagta lagte rahta rahte rahti karne karni kare karen karu karenge hone hua hui kis kin iske isme isse uske chalta
  chalte chalti chalega chalegi rakhte kaafi bahut kaisa kaisi kar aa aayega aaega aaya jate le mil milega milegi milenge milta milti milte mein pehle phir fir till available
  i've we've you've we're they're isn't aren't won't wasn't`.split(/\s+/),
);
const emptySpellings = new Set([...empty].filter((word) => word.length > 2).map(shortSpelling));

export type Term = {
  /** What it is indexed under. */
  key: string;
  /** As it was written, in Latin letters. */
  word: string;
  /** Its consonants, for spellings that vary; absent for short words. */
  bones?: string;
};

/** Each word that says something, in order. Linear in the text, which is cut where it is very long. */
export function termsOf(text: string): Term[] {
  const hindi = new Set<string>();
  const inLatin = words(clean(text).toLowerCase()).map((raw) => {
    const written = fold(latin(raw));
    if (written !== fold(raw)) hindi.add(written);
    return written;
  });
  const terms: Term[] = [];
  for (const raw of joined(inLatin.join(' ')).split(' ')) {
    const word = raw.replace(/'s$/, '').replaceAll("'", '');
    if ((word.length < 2 && !/\d/.test(word)) || empty.has(raw) || empty.has(word)) continue;
    if (hindi.has(raw) && emptySpellings.has(shortSpelling(word))) continue;
    const bones = skeleton(word, 4);
    terms.push({ key: keyOf(word, hindi.has(raw)), word, ...(bones && bones.length > 2 && { bones }) });
    if (terms.length === mostTerms) break;
  }
  return terms;
}

const keys = new Map<string, string>();
const mostKeys = 20_000;

/** The same words come again and again. */
function keyOf(word: string, hindi: boolean): string {
  const spelled = hindi ? `~${word}` : word;
  const known = keys.get(spelled);
  if (known !== undefined) return known;
  const key = standsFor(word, hindi);
  if (keys.size < mostKeys && word.length < 40) keys.set(spelled, key);
  return key;
}

function standsFor(word: string, hindi: boolean): string {
  const known = synonymOf(word, hindi);
  if (known) return known;
  if (!/^[a-z]+$/.test(word)) return word;
  const stem = porter.stem(word);
  return synonymOf(stem) ?? stem;
}
