/** Meta's service window: after 24 hours without a word from the customer only an approved template may be sent. */
import type { Content, Outbound } from '../../core/messaging.ts';
import { shorten } from '../render.ts';
import { capabilities, type Settings } from './settings.ts';

/** By what the conversation knows; where it knows nothing, Graph will tell. */
export function isWindowClosed({ content, meta }: Outbound, now: Date): boolean {
  const last = meta?.lastInboundAt;
  if (content.kind === 'template' || typeof last !== 'string') return false;
  return now.getTime() - Date.parse(last) > capabilities.windowHours * 3600_000;
}

/**
 * A reminder that comes too late for free text, as the parameter of the account's notice template. Only what the
 * customer is owed (`utility`), and what colleagues are told: nothing is brought past the window that waits for a word of
 * theirs, or advertises.
 * @returns undefined when there is no such template or nothing to put into it.
 */
export function asNotice({ content, purpose }: Outbound, { noticeTemplate }: Settings): Content | undefined {
  if (!noticeTemplate || (purpose !== 'utility' && purpose !== 'staff') || content.kind !== 'text')
    return undefined;
  const { name, locale } = noticeTemplate;
  return { kind: 'template', template: name, locale, params: [parameter(content.text)], text: content.text };
}

/** A parameter may hold no line breaks, tabs or more than four spaces in a row; Meta refuses it otherwise. */
const parameter = (text: string): string =>
  shorten(
    text
      .replace(/\s*\n\s*/g, ' · ')
      .replace(/\s+/g, ' ')
      .trim(),
    1024,
  );
