import type { Guide } from '../../core/guide.ts';

export const pushGuide = (): Guide => ({
  intro:
    'Notices in colleagues’ browsers and phones, also while the console is closed. It needs no account anywhere.',
  steps: [
    {
      title: 'Each colleague switches it on',
      lines: [
        'The console has to be reached by https: browsers allow it nowhere else.',
        'My account → “Notices in this browser” → Switch on, once in every browser. On an iPhone the console must be on the home screen first: Share → Add to Home Screen.',
      ],
    },
  ],
});
