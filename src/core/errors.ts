/**
 * The error catalogue: every failure that a person or a client can meet, once.
 * A code is stable; `status` is the HTTP answer; `retryable` says whether the same call may succeed later.
 * `{field}` in a message is filled from the details. docs/reference/errors.md is generated from this table.
 */
export const errorCatalogue = {
  'input.invalid': { status: 400, retryable: false, message: 'Please check the input: {problems}' },
  'input.malformed': { status: 400, retryable: false, message: 'The request could not be read: {problem}' },
  'input.too_large': { status: 413, retryable: false, message: 'Too large: at most {limit} are accepted.' },
  'auth.required': { status: 401, retryable: false, message: 'Please sign in.' },
  'auth.wrong_credentials': { status: 401, retryable: false, message: 'E-mail or password is wrong.' },
  'auth.bad_signature': { status: 401, retryable: false, message: 'The signature does not match.' },
  'auth.link_expired': {
    status: 410,
    retryable: false,
    message: 'This link has expired or was used. Ask for a new one.',
  },
  'auth.forbidden': {
    status: 403,
    retryable: false,
    message: 'You may not {action} {subject}. Ask your administrator.',
  },
  'rate.limited': { status: 429, retryable: true, message: 'Too many requests. Try again in {seconds} s.' },
  'command.unknown': { status: 404, retryable: false, message: 'There is no command {name}.' },
  'record.not_found': { status: 404, retryable: false, message: 'No {kind} {id} that you may see.' },
  'record.conflict': {
    status: 409,
    retryable: true,
    message: 'Somebody changed this {kind} meanwhile. Reload and try again.',
  },
  'record.duplicate': {
    status: 409,
    retryable: false,
    message: 'There is already a {kind} with this {field}.',
  },
  'lead.move_not_allowed': {
    status: 409,
    retryable: false,
    message: 'A lead cannot go from {from} to {to}. Allowed: {allowed}.',
  },
  'lead.fields_needed': {
    status: 400,
    retryable: false,
    message: 'Before {stage} this has to be known of the lead: {fields}.',
  },
  'lead.reason_required': {
    status: 400,
    retryable: false,
    message: 'Say why the lead was lost. Reasons: {reasons}.',
  },
  'ticket.move_not_allowed': {
    status: 409,
    retryable: false,
    message: 'Ticket {number} cannot go from {from} to {to}. Allowed: {allowed}.',
  },
  'task.move_not_allowed': {
    status: 409,
    retryable: false,
    message: 'Task {number} is {status}; that cannot be done with it now.',
  },
  'task.report_required': {
    status: 400,
    retryable: false,
    message: 'Say what came of {number}: {initiator} reads it.',
  },
  'import.unreadable': { status: 400, retryable: false, message: '{problem} Choose another file.' },
  'import.not_now': { status: 409, retryable: false, message: 'This import {status}.' },
  'report.unknown': {
    status: 404,
    retryable: false,
    message: 'There is no report “{about}”. There are: {titles}.',
  },
  'report.not_understood': {
    status: 400,
    retryable: false,
    message:
      'I do not know how to count “{words}”. I can count: {can}; by tele-caller, source, product, status, hour, day, week or month; today, last week, in October …',
  },
  'report.of_colleague': {
    status: 403,
    retryable: false,
    message:
      'What {name} did is not yours to see. Of your own I can count: {can}; by source, product, status, hour, day, week or month; today, last week, in October …',
  },
  'user.last_administrator': {
    status: 409,
    retryable: false,
    message: 'This is the last administrator. Make somebody else one first.',
  },
  'user.cannot_assign_to': {
    status: 403,
    retryable: false,
    message: 'You may not assign records to {name}.',
  },
  'time.unclear': { status: 400, retryable: false, message: 'When? “{text}” could be {options}.' },
  'time.past': { status: 400, retryable: false, message: '{when} has passed. Please give a time to come.' },
  'time.closed': { status: 400, retryable: false, message: '{when} is outside business hours ({hours}).' },
  'lead.closed': {
    status: 409,
    retryable: false,
    message: 'Lead #{number} is closed ({stage}). Move it to an open stage first.',
  },
  'time.too_soon': {
    status: 400,
    retryable: false,
    message: '{when} is too soon: at least {minutes} minutes are needed to prepare.',
  },
  'time.taken': { status: 409, retryable: false, message: '{when} is taken. Free: {suggestions}.' },
  'appointment.over': {
    status: 409,
    retryable: false,
    message: 'This appointment is {status}; it cannot be changed any more.',
  },
  'notification.unknown_field': {
    status: 400,
    retryable: false,
    message: 'There is no field {field} in messages.{meant} Fields: {fields}.',
  },
  'phone.invalid': {
    status: 400,
    retryable: false,
    message: '“{text}” is not a telephone number. Example: {example}.',
  },
  'chat.not_understood': { status: 400, retryable: false, message: '{problem} Try: {example}' },
  'merge.same': { status: 400, retryable: false, message: 'These are one {kind} already.' },
  'merge.undone': { status: 409, retryable: false, message: 'The merge of {label} was undone already.' },
  'merge.buried': {
    status: 409,
    retryable: false,
    message:
      'What {label} was merged into has itself been merged since. Undo that later merge first, then this one.',
  },
  'merge.leads_first': {
    status: 409,
    retryable: false,
    message: 'Their leads were merged, too ({label}). Undo that merge first.',
  },
  'undo.nothing': { status: 409, retryable: false, message: 'There is nothing of yours to undo.' },
  'channel.unknown': { status: 404, retryable: false, message: 'There is no {channel} account {account}.' },
  'conversation.opted_out': {
    status: 409,
    retryable: false,
    message: '{name} has asked not to be written to. They can send START to change that.',
  },
  'assistance.off': {
    status: 409,
    retryable: false,
    message: 'Drafts are switched off. Your administrator can switch the language layer on.',
  },
  'file.type': { status: 415, retryable: false, message: 'This file is not taken. Accepted are {accepted}.' },
  'file.infected': { status: 422, retryable: false, message: 'This file was not taken. {why}' },
  'file.checking': {
    status: 409,
    retryable: true,
    message: 'A file still waits for the virus scanner. Send it in a moment.',
  },
  'identity.wrong_code': {
    status: 400,
    retryable: false,
    message: 'This code is not right. Tries left: {left}. After that, ask for a new one.',
  },
  'voice.off': {
    status: 409,
    retryable: false,
    message: 'Voice notes cannot be read here: no model for it is configured. Please type it instead.',
  },
  'voice.failed': {
    status: 502,
    retryable: true,
    message: 'The voice note could not be read: {reason}. Try again, or type it.',
  },
  'link.code_wrong': {
    status: 400,
    retryable: false,
    message: 'This code is wrong or has expired. Get a new one in the console under “My account”.',
  },
  'store.unavailable': {
    status: 503,
    retryable: true,
    message: 'The database is not answering. Nothing was lost; try again.',
  },
  internal: {
    status: 500,
    retryable: true,
    message: 'Something went wrong on our side. It was logged as {incident}.',
  },
} as const satisfies Record<string, { status: number; retryable: boolean; message: string }>;

export type ErrorCode = keyof typeof errorCatalogue;
export type Problem = { path: string; message: string };

/** A failure with a code of the catalogue. `details` fill the message and travel to the client. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  constructor(code: ErrorCode, details: Record<string, unknown> = {}, cause?: unknown) {
    super(fill(errorCatalogue[code].message, details), cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
  get status(): number {
    return errorCatalogue[this.code].status;
  }
  get retryable(): boolean {
    return errorCatalogue[this.code].retryable;
  }
  /** What a client sees: `{error: {code, message, retryable, details}}`. */
  toJSON() {
    return {
      error: { code: this.code, message: this.message, retryable: this.retryable, details: this.details },
    };
  }
}

export const isAppError = (error: unknown): error is AppError =>
  error instanceof AppError || (error as { name?: string } | null)?.name === 'AppError';

function fill(message: string, details: Record<string, unknown>): string {
  return message.replace(/\{(\w+)\}/g, (_, name) => String(details[name] ?? `(${name})`));
}
