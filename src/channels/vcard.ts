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

const escaped = (value: string): string => value.replace(/[\\,;]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
