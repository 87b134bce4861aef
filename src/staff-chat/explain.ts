/** A refusal in words a colleague can act on. */
import type { AppError } from '../core/errors.ts';
import type { Content, Form, InboundEvent } from '../core/messaging.ts';
import { canAsk } from './conversation.ts';
import { titled } from './forms.ts';

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
  'task.report_required',
  'phone.invalid',
]);

export function explain(error: AppError, event: InboundEvent, attempt: Attempt = {}): Content {
  const problem = wordsOf(error, attempt.form);
  if (attempt.form && canAsk(event)) return { kind: 'form', form: { ...attempt.form, note: problem } };
  const saysExample = error.code === 'chat.not_understood';
  return {
    kind: 'text',
    text:
      attempt.example && !saysExample && error.status === 400
        ? `${problem}\nExample: ${attempt.example}`
        : problem,
  };
}

function wordsOf(error: AppError, form?: Form): string {
  const { code, details, message } = error;
  if (code === 'input.invalid') return fieldWords(error, form);
  // Pressed on a card: its record is known to us by an id that says nothing to a person.
  if (code === 'record.not_found' && ulid.test(String(details.id)))
    return `This ${details.kind} is not, or no longer, one that you may see.`;
  return message;
}
const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** "Note: at most 4000 characters" rather than the schema's own sentence with its path. */
function fieldWords({ details, message }: AppError, form?: Form): string {
  const fields = details.fields as { path: string; message: string }[] | undefined;
  if (!fields?.length) return message;
  return fields.map(({ path, message: problem }) => `${labelOf(path, form)}: ${plainly(problem)}`).join('\n');
}

const labelOf = (path: string, form?: Form): string =>
  form?.fields.find(({ name }) => name === path)?.label ?? titled(path);

/** The schema library's own sentences; ours are plain already. */
function plainly(problem: string): string {
  const most = /^Too big: expected string to have <=(\d+) characters$/.exec(problem);
  if (most) return `at most ${most[1]} characters`;
  return /received undefined$|^Too small: expected string/.test(problem) ? 'is missing' : problem;
}
