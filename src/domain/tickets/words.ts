/** What customers read of a ticket's status, in their language. To add a language: a column here. */
import { readableDate } from '../../core/zone.ts';
import type { TicketStatus } from './contract.ts';

type Words = {
  status: Record<TicketStatus, string>;
  since: (status: string, day: string) => string;
  locale: string;
};

const words: Record<string, Words> = {
  en: {
    status: {
      open: 'received, a colleague will take it up',
      'in-progress': 'being worked on',
      waiting: 'waiting for your answer',
      resolved: 'resolved',
      closed: 'closed',
      reopened: 'opened again, a colleague will take it up',
    },
    since: (status, day) => `${status} (since ${day})`,
    locale: 'en',
  },
  hi: {
    status: {
      open: 'दर्ज है, हमारे सहकर्मी जल्द देखेंगे',
      'in-progress': 'काम चल रहा है',
      waiting: 'आपके जवाब का इंतज़ार है',
      resolved: 'हल हो गई',
      closed: 'बंद हो गई',
      reopened: 'फिर से खोली गई, हमारे सहकर्मी देखेंगे',
    },
    since: (status, day) => `${status} (${day} से)`,
    locale: 'hi',
  },
  hinglish: {
    status: {
      open: 'darj hai, hamare colleague jald dekhenge',
      'in-progress': 'kaam chal raha hai',
      waiting: 'aapke jawab ka intezaar hai',
      resolved: 'hal ho gayi',
      closed: 'band ho gayi',
      reopened: 'phir se kholi gayi, hamare colleague dekhenge',
    },
    since: (status, day) => `${status} (${day} se)`,
    locale: 'en',
  },
};

/** `T-2026-00012: being worked on (since Tue, 10 Mar 2026)` */
export function statusLine(
  { number, status, since }: { number: string; status: TicketStatus; since: Date },
  language: string | undefined,
  zone: string,
): string {
  const { status: labels, since: put, locale } = words[language ?? 'en'] ?? words.en!;
  return `${number}: ${put(labels[status], readableDate(since, zone, locale))}`;
}
