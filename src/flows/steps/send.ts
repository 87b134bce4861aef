import type { StepOf } from '../definition.ts';
import { evaluate, expressionOf } from '../expressions.ts';
import { wordings } from '../texts.ts';
import { fieldsOf } from '../turn/fields.ts';
import { say, send } from '../turn/say.ts';
import { scopeOf } from '../turn/scope.ts';
import { localeOf, type Talk } from '../turn/talk.ts';

/** Sends a document, a place or other media; `once`: not again in the same talk. */
export function sendStep(talk: Talk, step: StepOf<'send'>): void {
  const mark = step.send === 'brochure' ? 'brochure' : step.id;
  if (step.once && talk.memory.done.includes(mark)) return;
  if (step.once) talk.memory.done.push(mark);
  if (step.caption) say(talk, step.caption);
  if (step.send === 'location') sendLocation(talk);
  else if (step.send === 'brochure') sendBrochure(talk);
  else if (step.template) sendTemplate(talk, step.template);
  else if (step.media) send(talk, { kind: 'media', media: step.media });
}

function sendTemplate(talk: Talk, { name, params, text }: NonNullable<StepOf<'send'>['template']>): void {
  const scope = scopeOf(talk);
  const values = params.map((param) =>
    param.startsWith('=') ? String(evaluate(expressionOf(param), scope) ?? '') : param,
  );
  const locale = localeOf(talk);
  const [reads] = wordings(talk.texts, locale, text, fieldsOf(talk));
  send(talk, { kind: 'template', template: name, locale, params: values, text: reads ?? '' });
}

/** The organisation's brochure; the channel's port knows the file by this id. */
export function sendBrochure(talk: Talk): void {
  const { title } = talk.app.organisation.brochure;
  send(talk, {
    kind: 'media',
    media: { type: 'document', id: 'brochure', mime: 'application/pdf', filename: `${title}.pdf` },
    caption: title,
  });
  if (!talk.silent && !talk.memory.done.includes('brochure')) talk.memory.done.push('brochure');
}

export function sendLocation(talk: Talk): void {
  const { name, address, latitude, longitude } = talk.app.organisation.location;
  send(talk, { kind: 'location', name, address, latitude, longitude });
}
