/** A language engine of key words, beside the real one: unit tests of the flow engine do not hang on a model. */
import type { Nlu } from '../../src/flows/nlu.ts';
import { readDate } from '../../src/nlu/dates/read.ts';
import { readBudget } from '../../src/nlu/entities/budget.ts';
import { readCity } from '../../src/nlu/entities/city.ts';
import { readEmail } from '../../src/nlu/entities/email.ts';
import { readPerson } from '../../src/nlu/entities/person.ts';
import { readPhone } from '../../src/nlu/entities/phone.ts';
import { createCatalogue } from '../../src/nlu/entities/product.ts';
import { readQuantity } from '../../src/nlu/entities/quantity.ts';

const intents: [string, RegExp][] = [
  [
    'talk_to_human',
    /\b(human|agent|real person|talk to (a|some)|speak to (a|some)|kisi se baat|insaan)\b|किसी से बात/i,
  ],
  ['call_back', /\b(call me|call back|callback|phone karo|call karo)\b/i],
  ['ask_price', /\b(price|cost|rate|how much|kitna|kitne|daam|charges?)\b|कीमत|दाम|कितने का/i],
  ['request_quote', /\b(quotation|quote|proforma)\b/i],
  ['request_brochure', /\b(brochure|catalogue|pdf)\b|ब्रोशर/i],
  ['ask_location', /\b(where are you|address|location|kahan|pata)\b|कहाँ|पता/i],
  ['ask_hours', /\b(open|timings?|hours)\b/i],
  ['cancel_appointment', /\bcancel\b/i],
  ['reschedule_appointment', /\b(reschedule|postpone|shift|change the time|another time)\b/i],
  ['book_appointment', /\b(demo|appointment|visit)\b|डेमो/i],
  ['raise_complaint', /\b(complaint|not working|broken)\b/i],
  ['enquire_product', /\b(looking for|need|want|interested|chahiye|features?)\b|चाहिए/i],
  ['give_details', /\b(my (name|number|email) is|i am|this is|mera (naam|number))\b|मेरा/i],
  ['greet', /^(hi+|hello|hey|namaste|good (morning|evening))\b|^नमस्ते/i],
  ['thanks', /\b(thanks|thank you|dhanyavad|shukriya)\b|धन्यवाद/i],
];

export function plainNlu(products: { name: string; aliases: string[] }[]): Nlu {
  const catalogue = createCatalogue(products.map(({ name }) => name));
  return {
    understand(text, { now, timezone, expecting }) {
      const found = intents.filter(([, pattern]) => pattern.test(text)).map(([label]) => label);
      const acts =
        found.length > 1 ? found.filter((label) => label !== 'greet' && label !== 'thanks') : found;
      const alias = products.find(({ aliases }) =>
        aliases.some((word) => new RegExp(`\\b${word}\\b`, 'i').test(text)),
      )?.name;
      const hindi = /[\u0900-\u097f]/.test(text);
      const hinglish = /\b(mujhe|chahiye|hai|kya|mera|karo|kal|nahi|haan|baje|kitna|aap)\b/i.test(text);
      const person = readPerson(text, { expecting: expecting === 'name' });
      const email = readEmail(text);
      const product = alias ?? catalogue.find(text, expecting === 'product');
      const quantity = readQuantity(text, { expecting: expecting === 'number' });
      const budget = readBudget(text);
      const city = readCity(text);
      return {
        language: hindi ? 'hi' : hinglish ? 'hinglish' : 'en',
        languageScore: 0.9,
        intents: [...acts, 'out_of_scope'].map((label, i) => ({
          label,
          score: acts.length ? 0.9 - i / 10 : 0.2,
        })),
        acts,
        junk: { label: 'ok', score: 0.9, reasons: [] },
        entities: {
          ...readPhone(text, 'IN', { expecting: expecting === 'phone' } as never),
          dateTime: readDate(text, { now, timezone, expecting: expecting === 'date-time' }),
          ...(person && { person }),
          ...(email && { email }),
          ...(product && { product }),
          ...(quantity && { quantity }),
          ...(budget && { budget }),
          ...(city && { city }),
        },
        wantsHuman: found.includes('talk_to_human'),
        optOut: /\b(unsubscribe|stop (messaging|sending))\b/i.test(text),
        optIn: /\b(subscribe me|start again)\b/i.test(text),
      };
    },
  };
}
