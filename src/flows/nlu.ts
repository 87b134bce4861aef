/** What the flow engine needs of language understanding. `createNlu(…)` of src/nlu fits; stories may hand in another. */

/** What was just asked for; it makes short answers readable ("Priya", "5", "20"). */
export type Expecting = 'name' | 'phone' | 'email' | 'date-time' | 'choice' | 'number' | 'free' | 'product';

/** `local` is 'YYYY-MM-DDTHH:mm' in the customer's zone, or 'YYYY-MM-DD' where no time is known. */
export type Reading = {
  kind: 'exact' | 'date-only' | 'time-only' | 'ambiguous' | 'range' | 'none';
  local?: string;
  end?: string;
  date?: string;
  time?: string;
  part?: string;
  alternatives?: string[];
  past?: boolean;
  /** With `none`: a date was meant, but there is none such, or it has no fixed day. */
  problem?: string;
  text: string;
};

export type Entities = {
  person?: string;
  company?: string;
  /** E.164 */
  phone?: string;
  phoneProblem?: string;
  email?: string;
  dateTime?: Reading;
  product?: string;
  quantity?: { value: number; unit: string };
  budget?: { amount: number; currency: string; from?: number };
  city?: string;
};

export type Understanding = {
  language: string;
  languageScore: number;
  /** Best first. */
  intents: { label: string; score: number }[];
  /** Those held to be in the message. */
  acts: string[];
  junk: { label: string; score: number; reasons: string[] };
  entities: Entities;
  wantsHuman: boolean;
  optOut: boolean;
  optIn: boolean;
  /** low, normal or high */
  urgency?: { level: string };
  /** -1 … 1 */
  sentiment?: { score: number };
};

/** `agreed`: the appointment that stands (local time); "one hour later" is counted from it. */
export type NluContext = { now: Date; timezone: string; expecting?: Expecting; agreed?: string };

export type Nlu = {
  understand(text: string, options: NluContext): Understanding;
};
