/** A refusal in words a colleague can act on. */
import type { AppError } from '../core/errors.ts';
import type { Content, Form, InboundEvent } from '../core/messaging.ts';

/** What was tried when it was refused. */
export type Attempt = { example?: string; form?: Form };
export type Attempts = WeakMap<InboundEvent, Attempt>;

/** Refusals that filling in a form can put right. */
export const askAgain = new Set<string>([
  'input.invalid',
  'time.unclear',
  'time.past',
  'time.closed',
  'lead.reason_required',
  'phone.invalid',
]);

export function explain(error: AppError, { meta }: InboundEvent, attempt: Attempt = {}): Content {
  const problem = wordsOf(error);
  if (attempt.form && meta?.triggerId) return { kind: 'form', form: { ...attempt.form, note: problem } };
  const saysExample = error.code === 'chat.not_understood';
  return {
    kind: 'text',
    text:
      attempt.example && !saysExample && error.status === 400
        ? `${problem}\nExample: ${attempt.example}`
        : problem,
  };
}

function wordsOf(error: AppError): string {
  const { code, details, message } = error;
  if (code === 'input.invalid') return fieldWords(error);
  // Pressed on a card: its record is known to us by an id that says nothing to a person.
  if (code === 'record.not_found' && ulid.test(String(details.id)))
    return `This ${details.kind} is not, or no longer, one that you may see.`;
  return message;
}
const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** "note: is missing" rather than the schema's own sentence with its paths. */
function fieldWords({ details, message }: AppError): string {
  const fields = details.fields as { path: string; message: string }[] | undefined;
  return fields?.length ? fields.map((one) => `${one.path}: ${one.message}`).join('\n') : message;
}
