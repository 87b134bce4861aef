import type { ContactCard } from '../core/messaging.ts';

/** A contact card as a file of version 3.0 (RFC 2426), which address books of every age read. */
export const vcardOf = ({ name, company, phones, emails }: ContactCard): string =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:${escaped(name)}`,
    `N:${escaped(name)};;;;`,
    ...(company ? [`ORG:${escaped(company)}`] : []),
    ...phones.map((phone) => `TEL;TYPE=WORK,VOICE:${escaped(phone)}`),
    ...emails.map((email) => `EMAIL:${escaped(email)}`),
    'END:VCARD',
    '',
  ].join('\r\n');

/** What a phone shares of somebody, as far as a card of ours holds it. @param name where the card itself tells none. */
export function cardOf(vcard: string, name = ''): ContactCard {
  const lines = vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const all = (field: string): string[] =>
    lines.flatMap((line) => {
      const [, value] = line.match(new RegExp(`^(?:item\\d+\\.)?${field}(?:;[^:]*)?:(.+)$`, 'i')) ?? [];
      return value ? [value.replace(/\\([\\,;])/g, '$1').trim()] : [];
    });
  const company = all('ORG')[0]?.replace(/;+$/, '');
  return {
    name: all('FN')[0] ?? name,
    ...(company && { company }),
    phones: all('TEL'),
    emails: all('EMAIL'),
  };
}

const escaped = (value: string): string => value.replace(/[\\,;]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
