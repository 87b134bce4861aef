import { skeleton } from '../skeleton.ts';

/**
 * What customers ask of a business, word by word across English, Hinglish and Hindi: the first word stands for the row.
 * Devanagari is read in Latin letters (`latin.ts`). To teach one, add it to its row; nothing has to be trained.
 */
const rows = `
price cost rate charge charges charged fee fees tariff daam dam kimat keemat keemath bhav kitne-ka rupaye rupees paisa paise mehnga mahanga costly expensive pricing
discount offer concession chhoot chhut choot kam-karo rebate scheme deal
pay payment paid paying bhugtan bhugtaan upi card cash cheque netbanking neft
instalment installment instalments emi kist kisht monthly masik
refund refunded moneyback vapas wapas wapsi vapsi lautana return returns returned
cancel cancellation cancelled radd band discontinue terminate termination
trial try demo-version aazmana azmana free muft mufat nishulk
install installation installing setup set-up lagana lagwana lagane lagwane lagega lagegi implement implementation onboard onboarding deploy deployment fitting fit
training train trained trainer sikhana sikhane sikhaenge sikhayenge seekhna prashikshan teach learn tutorial
support sapport help helpline madad sahayata sahayta assistance customer-care
warranty guarantee guaranty waranti garanti
repair service servicing mend fix theek thik marammat maintenance
delivery deliver delivered delivering dispatch shipping ship shipped pahuncha pahunchega pahunchayenge bhejoge courier
where kahan kaha kidhar
time when kab long days din duration samay kab-tak ghante hours hafte weeks mahine months
mobile phone android ios iphone app application fon
offline internet net network connectivity
cloud online hosted server servers on-premise premise hosting
data records information databases jankari
secure security safe safety secured surakshit suraksha encrypt encrypted encryption privacy
backup backups
export download nikal nikalna nikalne nikaal exporting
import upload migrate migration transfer chadhana importing move shift
excel csv spreadsheet xls xlsx
integrate integration integrates connect connects connected jodna judta judega jodta sync api link
user users log logon staff members people karmchari employees employee seats seat
add extend badhana badha badhaana badhane increase more jyada zyada extra additional
language languages bhasha bhashayein bhasa hindi tamil english
invoice bill bills billing invoices raseed rasid receipt
tax gst taxes kar
account khata login signin sign-in
password passcode paasvard pasword
forgot forget forgotten reset bhul bhool bhula change badalna badal badle
report reports riport analytics
whatsapp watsapp wattsapp
location address branch office pata dukan dukaan showroom shop store
stock uplabdh
size measurement measurements dimension dimensions naap maap
colour color colors colours rang shade
wood lakdi lakri material teak sheesham
custom custom-made customise customize customisation customization customized customised bespoke apne-hisab
minimum least kam-se-kam kam moq
contract agreement lock-in commitment term anubandh
renew renewal naveenikaran
dealer dealership distributor partner reseller
assemble assembly jodna assembling
exchange replace replacement replaced badalwa badalwana
damaged damage broken toota tuta tooti tuti kharab defect defective
track tracking kahan-pahuncha
version upgrade update updates upgrades upgrading naya
owner own mera hamara
school student students schools college colleges education
ngo charity charities nonprofit non-profit trust
notice period
include included includes including inclusive shamil
clean cleaning cleaned saaf saf safai wash washing
old purana purane purani
liked pasand satisfied
reminder reminders alert alerts notification notifications yaad
`;

/** Several words that are one in meaning, before the text is cut into words. */
const phrases: [RegExp, string][] = [
  [/\bset(ting)? ?-?up\b/g, 'setup'],
  [/\b(log|sign)(ged|ging|ing)? ?-?in\b/g, 'login'],
  [/\bhow long\b|\bkab ?tak\b|\bkit[ain]+e? (din|ghant[ea]|haft[ea]|mahine|dino|samay|time|der)\b/g, 'time'],
  [/\bhow much\b|\bkitn[aei] (ka|ki|me|mein|paise|rupa[iy]e|paisa)\b/g, 'price'],
  [/\bcustomer ?care\b/g, 'support'],
  [/\bmoney ?back\b/g, 'refund'],
  [/\bon ?-?prem(ise|ises)?\b/g, 'premise'],
  [/\b(per|every|each) month\b/g, 'monthly'],
  [/\bcall ?-?back\b/g, 'callback'],
  [/\bcash on delivery\b/g, 'cod'],
  [/\b(without|no|bina) (the )?(internet|net|network)( ke)?\b/g, 'offline'],
  [/\bwi-?fi\b/g, 'wifi'],
  [/\be-mails?\b/g, 'email'],
];
export const joined = (text: string): string =>
  phrases.reduce((sum, [pattern, word]) => sum.replace(pattern, word), text);

/** Hindi in Latin letters as it is shortest: "kaise", "keemat" and "kimat" are spelled alike. */
export const shortSpelling = (word: string): string =>
  word
    .replace(/aa+/g, 'a')
    .replace(/ee+/g, 'i')
    .replace(/oo+/g, 'u')
    .replace(/(.)\1+/g, '$1')
    .replace(/[nm]$/, '');

const canonical = new Map<string, string>();
const bySpelling = new Map<string, string>();
const byBones = new Map<string, string>();
for (const row of rows.trim().split('\n')) {
  const [head, ...others] = row.trim().split(/\s+/);
  for (const word of [head!, ...others]) {
    if (!canonical.has(word)) canonical.set(word, head!);
    const short = shortSpelling(word);
    if (!bySpelling.has(short)) bySpelling.set(short, head!);
    const bones = skeleton(word, 4);
    if (bones && bones.length > 2 && !byBones.has(bones)) byBones.set(bones, head!);
  }
}

/**
 * The word that stands for it; undefined where no row has it.
 * @param hindi it was written in Devanagari, so that its Latin spelling is ours and only its sounds count
 */
export function synonymOf(word: string, hindi = false): string | undefined {
  const known = canonical.get(word);
  if (known) return known;
  const short = shortSpelling(word);
  if (hindi || short !== word) {
    const spelled = bySpelling.get(short);
    if (spelled) return spelled;
  }
  const bones = hindi ? skeleton(word, 4) : undefined;
  return bones && bones.length > 2 ? byBones.get(bones) : undefined;
}
