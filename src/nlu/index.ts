/** Offline understanding of a customer's message: intents, junk, facts, language. Start reading here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { warmChrono } from './dates/chrono.ts';
import { readDate } from './dates/read.ts';
import { type Thresholds, thresholdsOf } from './decide.ts';
import { readBudget } from './entities/budget.ts';
import { readCity } from './entities/city.ts';
import { readCompany } from './entities/company.ts';
import { readEmail } from './entities/email.ts';
import { readPerson } from './entities/person.ts';
import { readPhone } from './entities/phone.ts';
import { countryOfZone } from './entities/phone-country.ts';
import { createCatalogue } from './entities/product.ts';
import { readQuantity } from './entities/quantity.ts';
import { featuresOf } from './features.ts';
import { understandIntents } from './intents.ts';
import { judgeJunk } from './judge.ts';
import { guessLanguage } from './language.ts';
import { type Model, unpackModel } from './model.ts';
import { wishesOf } from './rules.ts';
import { scoreLead } from './score-lead.ts';
import { sentimentOf } from './sentiment.ts';
import { clean } from './text.ts';
import type { Entities, Expecting, Understanding } from './types.ts';
import { urgencyOf } from './urgency.ts';

export { combineDates } from './dates/combine.ts';
export { printReading } from './dates/print.ts';
export { readDate } from './dates/read.ts';
export { type Decision, decide, decideJunk, THRESHOLDS, type Thresholds } from './decide.ts';
export { readBudget } from './entities/budget.ts';
export { readCity } from './entities/city.ts';
export { readCompany } from './entities/company.ts';
export { readEmail } from './entities/email.ts';
export { readPerson } from './entities/person.ts';
export { readPhone } from './entities/phone.ts';
export { createCatalogue } from './entities/product.ts';
export { readQuantity } from './entities/quantity.ts';
export type * from './types.ts';
export { INTENTS, JUNK_LABELS, LANGUAGES } from './types.ts';

export type NluOptions = {
  /** Folder with nlu.bin; the shipped model by default. */
  modelDir?: string;
  /** A model at hand, instead of one from a folder. */
  model?: Model;
  /** Those of the model's own card by default. */
  thresholds?: Thresholds;
  /** ISO 3166; where a number without a country code belongs. 'IN' by default. */
  defaultCountry?: string;
  /** IANA zone of a customer whose own is not known. */
  timezone: string;
  /** Names of the products that are sold, or each name with the product that it stands for. */
  catalogue?: string[] | ReadonlyMap<string, string>;
  /** 'en-US' reads 05/04 as May 4th, any other day first; without it the customer's zone decides. */
  locale?: string;
};
/** `agreed`: the appointment that stands ('YYYY-MM-DDTHH:mm'), for "one hour later". */
export type Context = { now: Date; timezone?: string; expecting?: Expecting; agreed?: string };
export type Nlu = {
  /** From which certainty on to act, offer, ask, review: hand them to `decide` and `decideJunk`. */
  thresholds: Thresholds;
  understand(text: string, context: Context): Understanding;
  /** Loads chrono-node (some 70 ms), which the rarest ways of saying a date need; call it once the server listens. */
  warm(): void;
};

/** Loads the model once (under 100 ms with all patterns compiled). `understand` never throws, whatever the text. */
export function createNlu(options: NluOptions): Nlu {
  const dir = options.modelDir ?? join(import.meta.dirname, 'model');
  const model = options.model ?? loadModel(dir);
  const thresholds = options.thresholds ?? thresholdsOf(dir);
  const catalogue = createCatalogue(options.catalogue ?? []);
  const country = options.defaultCountry ?? 'IN';
  const order = options.locale && (options.locale === 'en-US' ? 'mdy' : 'dmy');

  const nlu: Nlu = {
    thresholds,
    warm: () => void warmChrono(),
    understand(input, context) {
      const text = clean(input);
      const timezone = context.timezone ?? options.timezone;
      const { expecting } = context;
      const entities = readEntities(text);
      const features = featuresOf(text);
      const ruled = wishesOf(text);
      const { language, score: languageScore } = guessLanguage(text, model?.language);
      const { intents, acts, wishes } = understandIntents(
        text,
        features,
        model?.intent,
        ruled,
        entities,
        expecting,
      );
      const junk = judgeJunk(text, model?.junk, {
        features,
        ruled,
        wishes,
        intents,
        entities,
        expecting,
        review: thresholds.junk.review,
      });
      // the model alone may take a chain letter's "stop" for a wish; the rules may not be overruled
      const optOut = wishes.optOut && (ruled.optOut || junk.label === 'ok');
      const optIn = wishes.optIn && (ruled.optIn || junk.label === 'ok');
      const urgency = urgencyOf(text);
      const sentiment = sentimentOf(text, { complaint: intents[0]!.label === 'raise_complaint' });
      const lead = scoreLead({ text, acts, entities, junk, urgency });
      return {
        language,
        languageScore,
        intents,
        acts,
        junk,
        entities,
        urgency,
        sentiment,
        ...wishes,
        optOut,
        optIn,
        lead,
      };

      function readEntities(t: string): Entities {
        const asked = { expecting: expecting === 'phone' };
        // a number without a country code is of where the customer is, or else of where the organisation is
        const local = countryOfZone(timezone);
        const near =
          local && local !== country
            ? readPhone(t, local, { ...asked, trunk: country === 'IN' && local !== 'US' })
            : undefined;
        const { phone, phoneProblem } = near?.phone ? near : readPhone(t, country, asked);
        const dateTime = readDate(withoutOthers(t, phone), {
          now: context.now,
          timezone,
          ...(order && { order }),
          expecting: expecting === 'date-time',
          ...(context.agreed && { agreed: context.agreed }),
        });
        const found: Entities = {
          // the lines of a signature end a name: they are lost in the cleaned text
          person: readPerson(input, { expecting: expecting === 'name' }),
          company: readCompany(t),
          phone,
          phoneProblem,
          email: readEmail(t),
          dateTime: dateTime.kind === 'none' && !dateTime.problem ? undefined : dateTime,
          product: catalogue.find(t, expecting === 'product'),
          quantity: readQuantity(t, { expecting: expecting === 'number' }),
          budget: readBudget(t, { currency: country === 'IN' ? 'INR' : CURRENCY[country] }),
          city: readCity(t, { expecting: expecting === 'free' }),
        };
        return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
      }
    },
  };
  // patterns are compiled at their first use: no customer should wait for that
  nlu.understand('hello, I am Asha, 98111 22333, demo tomorrow 5 pm; नमस्ते', { now: new Date() });
  return nlu;
}

const CURRENCY: Record<string, string> = {
  US: 'USD',
  GB: 'GBP',
  DE: 'EUR',
  FR: 'EUR',
  ES: 'EUR',
  AE: 'AED',
  SG: 'SGD',
};

/** A telephone number or an address must not be read as a date. */
function withoutOthers(text: string, phone: string | undefined): string {
  const bare = text.replace(/[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,80}/gi, ' ');
  return phone
    ? bare.replace(/\+?\d[\d\s()-]{7,18}\d/g, (run) =>
        /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-(?:20)?\d{2})(?!\d)/.test(run) ? run : ' # ',
      )
    : bare;
}

/** Without a trained model the rules still work, so that a broken file never silences the bot. */
function loadModel(dir: string): Model | undefined {
  const file = join(dir, 'nlu.bin');
  return existsSync(file) ? unpackModel(readFileSync(file)) : undefined;
}

/** The language of a text by words alone, without a model; the model's guess is in `understand`. */
export function detectLanguage(text: string): Understanding['language'] {
  return guessLanguage(text).language;
}
