/** What conditions and mappings see of a talk. */
import { isOpen } from '../../core/office.ts';
import type { Scope } from '../expressions.ts';
import { localeOf, type Talk } from './talk.ts';
import { isOpenWindow } from './window.ts';
import { readOut } from './zone.ts';

const sources: Record<string, string> = {
  webchat: 'Website',
  whatsapp: 'WhatsApp',
  email: 'Email',
  facebook: 'Facebook',
  telegram: 'Telegram',
  sms: 'SMS',
};

const sourceOf = (source: unknown): string => sources[String(source)] ?? String(source);

/** What conditions and mappings see. */
export function scopeOf(talk: Talk): Scope {
  const { conversation, events } = talk.input;
  const has = (scheme: string) => conversation.identities.some((identity) => identity.scheme === scheme);
  const meta = { ...conversation.meta, ...events.at(-1)?.meta } as Record<string, unknown>;
  return {
    vars: talk.vars,
    conversation: {
      id: conversation.id,
      channel: conversation.channel,
      hasPhone: has('phone'),
      hasEmail: has('email'),
      known:
        has('phone') || has('email') || has('wa_bsuid') || has('psid') || has('igsid') || has('telegram'),
      get identities() {
        return conversation.identities.map((identity) => ({ ...identity }));
      },
      source: sourceOf(meta.source ?? conversation.channel),
      medium: meta.medium ?? conversation.channel,
      ...(meta.campaign !== undefined && { campaign: meta.campaign }),
    },
    talk: {
      zone: talk.zone,
      now: talk.input.now.toISOString(),
      get open() {
        return isOpen(talk.input.now, talk.app.organisation);
      },
      variants: talk.memory.variants,
      get language() {
        return localeOf(talk);
      },
      /** The customer's last words. */
      said: talk.said ?? talk.memory.words.at(-1) ?? '',
      /** Whether the channel carries free text just now. */
      get window() {
        return isOpenWindow(talk, talk.input.now);
      },
      called: talk.callers.length > 0,
      reminded: talk.memory.reminded,
      resting: talk.memory.resting,
      asked: talk.memory.asked?.step ?? '',
      /** The question that was open when the turn began. */
      opened: openedWith(talk),
      progress: talk.progress,
      problem: talk.problem !== undefined,
      answered: talk.answered,
      words: talk.memory.words.at(-1) ?? '',
      ...(talk.mood && { urgency: talk.mood.urgency, sentiment: talk.mood.sentiment }),
      // Only who asks for it pays for reading out a date.
      get note() {
        return noteOf(talk);
      },
      ...(talk.memory.notes.length && { lastNote: talk.memory.notes.at(-1)! }),
      wantsHuman: talk.memory.wantsHuman,
      ...(talk.memory.junk && { junk: talk.memory.junk }),
    },
  };
}

const openedWith = ({ input: { session } }: Talk): string =>
  (session?.state as { asked?: { step: string } } | undefined)?.asked?.step ?? '';

/** The enquiry's note: the words it began with, what else came up, and the time wished for a demo, booked or not. */
function noteOf({ memory, vars, zone }: Talk): string {
  const wish =
    typeof vars.demoAt === 'string' ? [`Would like a demo: ${readOut(vars.demoAt, zone, 'en')}`] : [];
  return [...memory.opening, ...memory.notes, ...wish].join('\n').slice(0, 3000);
}
