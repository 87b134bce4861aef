/** What the engine says about one message. Imports nothing. */

/** Meanings: README.md in this folder. The order is the order of the model's rows: append, never reorder. */
export const INTENTS = [
  'greet',
  'thanks',
  'affirm',
  'deny',
  'enquire_product',
  'ask_price',
  'request_quote',
  'request_brochure',
  'ask_location',
  'ask_hours',
  'book_appointment',
  'reschedule_appointment',
  'cancel_appointment',
  'raise_complaint',
  'ticket_status',
  'order_status',
  'payment_query',
  'talk_to_human',
  'call_back',
  'give_details',
  'give_feedback',
  'opt_out',
  'opt_in',
  'become_dealer',
  'out_of_scope',
] as const;
export type Intent = (typeof INTENTS)[number];

export const JUNK_LABELS = ['ok', 'spam', 'gibberish', 'abuse', 'vendor_pitch', 'job_seeker'] as const;
export type JunkLabel = (typeof JUNK_LABELS)[number];

/** `hi` is Devanagari, `hinglish` is Hindi in Latin letters, `other` is whatever none of these is. */
export const LANGUAGES = ['en', 'hi', 'hinglish', 'de', 'es', 'fr', 'other'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the flow has just asked for; it makes short answers readable ("Priya", "5", "20"). */
export type Expecting = 'name' | 'phone' | 'email' | 'date-time' | 'choice' | 'number' | 'free' | 'product';

export type DayPart = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' | 'weekend' | 'now';

/**
 * A reading of a date or time, in the customer's zone.
 * exact: `local` is the moment. date-only: `local` and `date` are the day ('YYYY-MM-DD'), `part` if one was said.
 * time-only: `time` was said without a day, `local` proposes its next occurrence. range: `local` to `end`.
 * ambiguous: `alternatives`, likeliest first, `local` is the first; ask before acting. none: nothing was said.
 */
export type DateReading = {
  kind: 'exact' | 'date-only' | 'time-only' | 'ambiguous' | 'range' | 'none';
  /** 'YYYY-MM-DDTHH:mm', or 'YYYY-MM-DD' where no time is known. */
  local?: string;
  /** End of a range, same forms as `local`. */
  end?: string;
  date?: string;
  /** 'HH:mm' */
  time?: string;
  part?: DayPart;
  alternatives?: string[];
  /** The moment (or the whole day) is before now. Never moved into the future. */
  past?: boolean;
  /** "shift tomorrow 4pm to friday 5pm": the reading is Friday, `from` is tomorrow. */
  from?: DateReading;
  /** With kind none: a date was meant, but there is none such ("31 Feb") or it has no fixed day ("after Diwali"): ask. */
  problem?: 'impossible' | 'unclear';
  /** The words that were read. */
  text: string;
};

export type PhoneProblem = 'too-short' | 'too-long' | 'not-a-number' | 'invalid';
export type Quantity = { value: number; unit: string };
/** `amount` in full units (2 lakh = 200000); the upper limit where a range was given. */
export type Budget = { amount: number; currency: string; from?: number };

export type Entities = {
  person?: string;
  company?: string;
  /** E.164 */
  phone?: string;
  /** Something meant as a telephone number, that is none. */
  phoneProblem?: PhoneProblem;
  email?: string;
  dateTime?: DateReading;
  product?: string;
  quantity?: Quantity;
  budget?: Budget;
  city?: string;
};

export type Scored<L extends string> = { label: L; score: number };

export type Understanding = {
  language: Language;
  /** 0..1; switch a conversation's language only when this is high. */
  languageScore: number;
  /** Every intent with a probability, best first. */
  intents: Scored<Intent>[];
  /** The intents held to be in the message (more than one in "price? and call me"), best first. */
  acts: Intent[];
  junk: { label: JunkLabel; score: number; reasons: string[] };
  entities: Entities;
  /** How soon an answer is wanted, with the words that say so. */
  urgency: { level: 'low' | 'normal' | 'high'; evidence: string[] };
  /** −1 angry to 1 delighted, with the words that decided. */
  sentiment: { score: number; evidence: string[] };
  wantsHuman: boolean;
  optOut: boolean;
  optIn: boolean;
  /** How ready the customer is to buy: 0 to 100, the sum of the points of its reasons. */
  lead: {
    total: number;
    grade: 'hot' | 'warm' | 'cold';
    reasons: { reason: string; points: number }[];
  };
};
