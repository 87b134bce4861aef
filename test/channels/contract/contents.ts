/** Contents that no provider can show whole: what each channel makes of them stands in its golden files. */
import type { Content } from '../../../src/core/messaging.ts';

const long = (words: number): string => Array.from({ length: words }, (_, n) => `word${n}`).join(' ');
const choices = (count: number, label = (n: number) => `Option ${n}`) =>
  Array.from({ length: count }, (_, n) => ({ label: label(n + 1), value: `option-${n + 1}` }));

export const overLimit: Record<string, Content> = {
  'a text of 20000 characters': { kind: 'text', text: 'à'.repeat(20_000) },
  'two choices': {
    kind: 'text',
    text: 'Would you like a demo?',
    choices: [
      { label: 'Yes', value: 'yes' },
      { label: 'No', value: 'no' },
    ],
  },
  'five choices': { kind: 'text', text: 'What are you looking for?', choices: choices(5) },
  'twelve choices': { kind: 'text', text: 'Which city?', choices: choices(12, (n) => `City ${n}`) },
  'a choice with a long label': {
    kind: 'text',
    text: 'Which?',
    choices: [
      { label: 'Cloud hosted subscription for up to fifty users', value: 'cloud' },
      { label: 'On your own server', value: 'own' },
    ],
  },
  'a long text with two choices': {
    kind: 'text',
    text: long(300),
    choices: [
      { label: 'Yes', value: 'yes' },
      { label: 'No', value: 'no' },
    ],
  },
  'only emoji': { kind: 'text', text: '👩🏽‍💻'.repeat(10) },
};
