/** What a message wants, where offline understanding abstains: labels of our list, facts only as words of the text. */
import { z } from 'zod';
import { readDate } from '../../nlu/dates/read.ts';
import { readBudget } from '../../nlu/entities/budget.ts';
import { readEmail } from '../../nlu/entities/email.ts';
import { readPhone } from '../../nlu/entities/phone.ts';
import { readQuantity } from '../../nlu/entities/quantity.ts';
import { type Entities, INTENTS, type Intent } from '../../nlu/types.ts';
import { jsonSchema, readAnswer } from '../json.ts';
import { createMask, outgoing } from '../mask.ts';
import { LlmError, type Request } from '../types.ts';
import { occurs, phoneOccurs } from '../verify.ts';

export type UnderstandInput = {
  text: string;
  now: Date;
  timezone: string;
  /** ISO 3166, for numbers without a country code. */
  country: string;
  /** What was asked before this message, if anything. */
  asked?: string;
  catalogue?: string[];
};
export type Understood = { acts: Intent[]; entities: Entities };

/** Consent is read by rules alone: no model may say that somebody agreed to be written to, or that they did not. */
const LABELS = INTENTS.filter((label) => label !== 'opt_in' && label !== 'opt_out');
const MOST_CHARS = 6000;
const quote = z.string().max(200).nullable();
const answer = z.strictObject({
  intents: z.array(z.string().max(40)).min(1).max(4),
  person: quote,
  company: quote,
  phone: quote,
  email: quote,
  city: quote,
  product: quote,
  quantity: quote,
  budget: quote,
  when: quote,
});
const schema = jsonSchema(
  answer.extend({
    intents: z
      .array(z.enum(LABELS as [Intent, ...Intent[]]))
      .min(1)
      .max(4),
  }),
);

const INSTRUCTION =
  'You sort messages that customers send to a business. Give the intents of data.message, the main one first. ' +
  'Every other field is copied word for word from data.message (only as it concerns the writer), or null. ' +
  '"when" is the words that say a date or time, "quantity" and "budget" the number with its unit or currency.';

export function request(input: UnderstandInput): { request: Request; read: (text: string) => Understood } {
  const mask = createMask();
  const message = outgoing(mask, input.text, MOST_CHARS);
  return {
    request: {
      task: 'understand',
      instruction: INSTRUCTION,
      data: {
        message,
        asked: input.asked && mask.hide(input.asked),
        products: input.catalogue?.slice(0, 60),
      },
      schemaName: 'understood',
      schema,
      maxTokens: 400,
    },
    read: (text) => read(text, message, mask.show, input),
  };
}

function read(
  text: string,
  masked: string,
  show: (text: string) => string,
  input: UnderstandInput,
): Understood {
  const given = readAnswer(text, answer);
  const acts = given.intents.map((label) => {
    if (!(LABELS as string[]).includes(label)) throw new LlmError('label-unknown');
    return label as Intent;
  });
  const { text: said, country } = { ...input, text: `${input.text} ${show(masked)}` };
  const found = (words: string | null): string | undefined => {
    if (!words?.trim()) return undefined;
    if (!occurs(words, masked) && !occurs(words, said)) throw new LlmError('entity-invented');
    return show(words).trim();
  };
  const phone = given.phone?.trim() ? show(given.phone) : undefined;
  if (phone && !phoneOccurs(phone, said)) throw new LlmError('entity-invented');
  const product = found(given.product);
  const when = found(given.when);
  const email = found(given.email);
  // a value comes from our own readers: the model only points at the words
  const dateTime = when
    ? readDate(when, { now: input.now, timezone: input.timezone, expecting: true })
    : undefined;
  const entities: Entities = {
    person: found(given.person),
    company: found(given.company),
    phone: phone && readPhone(phone, country, { expecting: true }).phone,
    email: email && readEmail(email),
    city: found(given.city),
    product: input.catalogue?.find((name) => product && occurs(name, product)),
    quantity: given.quantity ? readQuantity(found(given.quantity)!, { expecting: true }) : undefined,
    budget: given.budget ? readBudget(found(given.budget)!, { expecting: true }) : undefined,
    dateTime: dateTime?.kind === 'none' ? undefined : dateTime,
  };
  return {
    acts: [...new Set(acts)],
    entities: Object.fromEntries(Object.entries(entities).filter(([, value]) => value !== undefined)),
  };
}
