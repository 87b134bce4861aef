/** Kinds of step, languages, durations and money, as people say them. */
import type { FlowNode } from './types.ts';

const kinds: Record<string, string> = {
  say: 'Says',
  ask: 'Asks',
  choose: 'Offers a choice',
  branch: 'Decides',
  run: 'Does',
  send: 'Sends',
  clear: 'Forgets',
  set: 'Notes',
  wait: 'Waits',
  call: 'Goes through',
  return: 'Returns',
  split: 'A/B',
  handoff: 'Hands over',
  goto: 'Goes to',
  rest: 'Rests',
};
export const kindWord = (kind: string): string => kinds[kind] ?? kind;

/** How a step is called in a sentence: for whoever hears the screen, too. */
export const stepTitle = ({ kind, label }: FlowNode): string => `${kindWord(kind)}: ${label}`;

const locales: Record<string, string> = { en: 'English', hi: 'Hindi', hinglish: 'Hinglish' };
export const localeWord = (locale: string): string => locales[locale] ?? locale;

export const shortVersion = (version: string): string => version.slice(0, 7);

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.round(seconds / 360) / 10} h`;
  return `${Math.round(seconds / 8640) / 10} d`;
}

/** Short where it must be: ₹4.5L on a step. */
export function money(value: number, currency: string, short = false): string {
  return new Intl.NumberFormat('en-IN', {
    style: 'currency',
    currency,
    maximumFractionDigits: short ? 1 : 0,
    ...(short && { notation: 'compact' }),
  }).format(value);
}

/** What stands for a field in a preview, so that its length is about right. */
export const exampleFields: Record<string, string> = {
  firstName: 'Priya',
  name: 'Priya Sharma',
  phone: '+91 98400 12345',
  phoneExample: '+91 98765 43210',
  email: 'priya@example.com',
  demoAt: 'Thursday, 12 March, 4:00 pm',
  day: 'Thursday',
  asked: 'Sunday, 4:00 pm',
  suggestion: 'Monday, 10:00 am',
  hours: 'Mon–Sat, 9:30 am – 6:30 pm',
  product: 'CRM',
  productList: 'CRM, ERP or HRMS',
  city: 'Chennai',
  number: 'T-2026-00001',
};
export const filled = (wording: string, brand: string): string =>
  wording.replace(/\{([\w.]+)\}/g, (whole, name: string) =>
    name === 'brand' ? brand || whole : (exampleFields[name] ?? whole),
  );
