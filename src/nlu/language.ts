import { featuresOf } from './features.ts';
import { type PackedHead, probabilities } from './model.ts';
import { clean, fold } from './text.ts';
import { LANGUAGES, type Language } from './types.ts';

export type LanguageGuess = { language: Language; score: number };

const set = (list: string) => new Set(list.split(/\s+/));
/** Words that only one of the languages has; what several share stands nowhere. */
const WORDS: Record<'en' | 'hinglish' | 'de' | 'es' | 'fr', Set<string>> = {
  en: set(
    `the is are was were what when where how why who which my your our their this that these those have has had do does did
    can could will would should want need please thanks thank with for from and not you we they it of to in on at by about
    price send call tomorrow today yes hello good morning evening i am im looking interested know tell give get any if but so
    there here some more also been being just let want like work working order delivery an be as or`,
  ),
  hinglish: set(
    `hai hain hoon hu hun ho tha thi kya kyu kyun kyon kab kaise kese kaisa kitna kitne kitni kaha kahan kahaan kidhar mera meri
    mere mujhe muje mujhko hum humko hame humein aap aapka aapki aapke apka apki apke tum tumhara yeh ye woh wo nahi nahin nhi nai
    haan haa han ji bhai bhaiya sir ji chahiye chaiye chahie karo kro kar krna karna karke kijiye kariye bhejo bhej bhejna do
    dijiye dedo dena lena lenge batao bataiye bata mat aur lekin par pe me mein main mai se ko ka ki ke liye wala wali wale abhi
    kal aaj parso subah shaam raat dopahar baje ghante din hafte mahine accha acha theek thik sahi bahut bohot thoda kuch koi sab
    jaldi rupaye paise kaam saman dukaan naam pata ghar namaste dhanyavad shukriya hoga hogi hua hui raha rahi rahe gaya gayi
    milega milegi mil sakta sakte sakti dekho dekhna suno bolo bol baat yaar arre bas phir fir abhi tak wapas kaun kaunsa konsa
    kis kisi agar toh na bhi kyunki matlab samajh chalega rakho rakh lo`,
  ),
  de: set(
    `der die das und ist nicht ich wir sie mir mich mein meine ihre ihr ein eine einen einem einer haben hatte hätte gerne kann
    können koennen bitte danke guten tag morgen uhr wie was wann wo warum wieviel viel kostet kosten termin möchte moechte auf für
    fuer mit von zu zum zur im am um nächsten naechsten heute übermorgen hallo ja nein kein keine auch noch schon sehr angebot
    bestellung rechnung brauche suche gibt es sind bin wird werden nach bei aus oder aber wenn dass vielen schön genau halb`,
  ),
  es: set(
    `el la los las un una unos unas y es son no que de del al en con por para como cuando donde dónde cuánto cuanto cuesta qué
    quiero quisiera necesito tengo tiene tienen hola buenos buenas dias días tardes noches gracias por favor mañana manana hoy
    lunes martes miércoles jueves viernes sábado mi su me se le lo muy más mas está esta están cita precio pedido envío factura
    llamar llamo nombre puede pueden podemos señor sí si pero también hasta luego usted ustedes soy estoy somos`,
  ),
  fr: set(
    `le la les un une des et est sont ne pas je tu il nous vous ils que qui de du au aux en dans avec pour sur par comment quand où
    combien quel quelle quels quelles bonjour bonsoir salut merci s'il vous plaît plait demain aujourd'hui lundi mardi mercredi
    jeudi vendredi samedi mon ma mes votre vos notre ce cette c'est ça oui non d'accord prix devis commande facture rendez
    rendez-vous voudrais souhaite veux peux pouvez avez j'ai suis êtes heures matin très aussi mais où rappeler besoin`,
  ),
};
/** Words that more than one of the lists claim decide nothing. */
const SHARED = new Set(
  'me no do to main se la un en de es que par mais mon par on so ko ho is at las sur am im an die was hat fast art gift son pour main men na bad kal morgen'.split(
    ' ',
  ),
);

/** Letters that give a language away. */
const HINTS: [RegExp, Language, number][] = [
  [/[¿¡ñ]/, 'es', 3],
  [/[äöüß]/, 'de', 2],
  [/[çœèêàùâîô]/, 'fr', 1.5],
  [/[ãõ]/, 'other', 3],
  [/[şğıćęłńśźż]/, 'other', 3],
];

/** The language of a text; `head` is the trained one (words alone decide without it). */
export function guessLanguage(input: string, head?: PackedHead): LanguageGuess {
  // laughter is of no language
  const text = clean(input).replace(/(?<!\p{L})(?:(?:ha){2,}h?|(?:he){2,}|lol|hmm+)(?!\p{L})/giu, ' ');
  const letters = text.match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return { language: 'en', score: 0 };
  const devanagari = letters.filter((l) => /\p{Script=Devanagari}/u.test(l)).length;
  const latin = letters.filter((l) => /\p{Script=Latin}/u.test(l)).length;
  if (devanagari > 0 && devanagari >= latin * 0.4)
    return {
      language: /(?:^|\s)(?:आहे|काय|नाही|मला|तुम्ही|पाहिजे|आहेत|हवे|हवी|छ|छैन|तपाईं)(?=\s|$|[?.!,])/.test(text)
        ? 'other'
        : 'hi',
      score: 0.97,
    };
  if (latin < letters.length * 0.5) return { language: 'other', score: 0.97 };

  const scores: Record<Language, number> = { en: 0, hi: -9, hinglish: 0, de: 0, es: 0, fr: 0, other: -0.2 };
  const words =
    text
      .toLowerCase()
      .match(/\p{L}+(?:['’]\p{L}+)*/gu)
      ?.slice(0, 80) ?? [];
  let known = 0;
  for (const word of words) {
    const shared = SHARED.has(word);
    for (const language of ['en', 'hinglish', 'de', 'es', 'fr'] as const) {
      if (
        !WORDS[language].has(word) &&
        !(language !== 'hinglish' && WORDS[language].has(fold(word)) && word !== fold(word))
      )
        continue;
      scores[language] += shared ? 0.35 : 1;
      if (!shared) known++;
    }
  }
  // English words are borrowed into Hinglish all the time, Hindi words into English hardly ever
  scores.hinglish *= 1.6;
  for (const [pattern, language, weight] of HINTS)
    if (pattern.test(text.toLowerCase())) scores[language] += weight;
  const size = Math.sqrt(Math.max(words.length, 1));
  const p = head ? probabilities(head, text, featuresOf(text, head.kind)) : undefined;
  const total = LANGUAGES.map(
    (language, k) =>
      scores[language] / size + (p ? 1.3 * Math.log(Math.max(p[k]!, 0.02)) * (known > 3 ? 0.5 : 1) : 0),
  );
  let best = 0;
  for (let k = 1; k < total.length; k++) if (total[k]! > total[best]!) best = k;
  const sum = total.reduce((s, v) => s + Math.exp(v - total[best]!), 0);
  // a name or a product tells little about the language it stands in
  const most = known === 0 && words.length <= 2 ? 0.55 : 0.99;
  return { language: LANGUAGES[best]!, score: Math.min(most, 1 / sum) };
}
