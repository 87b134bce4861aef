import type { GuideStep } from '../../core/guide.ts';

/** @param say how the code is said there. */
export const colleaguesStep = (say: string, ...more: string[]): GuideStep => ({
  title: 'Colleagues',
  lines: [
    `Each colleague links their account once: console → My account → “Link a chat account”, then ${say}, then confirmed in the console.`,
    ...more,
  ],
});
