/** States, kinds and languages of entries, as people say them. */
import type { Output } from '../../api/operations.ts';

export type Entry = Output<'knowledge.get'>['entry'];
export type Question = Output<'knowledge.questions'>['items'][number];

export const stateWords: Record<Entry['state'], string> = {
  draft: 'Draft',
  published: 'Published',
  archived: 'Archived',
};
export const stateColours: Record<Entry['state'], string> = {
  draft: 'gold',
  published: 'green',
  archived: 'default',
};

const languages: Record<string, string> = {
  en: 'English',
  hi: 'Hindi',
  hinglish: 'Hinglish',
  ta: 'Tamil',
  te: 'Telugu',
  mr: 'Marathi',
  gu: 'Gujarati',
  bn: 'Bengali',
  kn: 'Kannada',
  de: 'German',
  es: 'Spanish',
  fr: 'French',
};
export const languageWord = (language: string): string => languages[language] ?? language;
export const languageOptions = Object.entries(languages).map(([value, label]) => ({ value, label }));

export const times = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
