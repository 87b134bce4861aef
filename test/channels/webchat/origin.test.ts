import { expect, it } from '@jest/globals';
import { originOf } from '../../../src/channels/webchat/origin.ts';

it.each([
  ['typed the address', { page: 'https://rsoft.example/' }, { source: 'website', medium: 'webchat' }],
  [
    'went from page to page',
    { page: 'https://rsoft.example/crm', referrer: 'https://www.rsoft.example/' },
    { source: 'website', medium: 'webchat' },
  ],
  [
    'searched',
    { page: 'https://rsoft.example/', referrer: 'https://www.google.co.in/' },
    { source: 'google', medium: 'organic' },
  ],
  [
    'clicked a Google ad',
    { page: 'https://rsoft.example/?gclid=abc', referrer: 'https://www.google.com/' },
    { source: 'google', medium: 'cpc' },
  ],
  [
    'came from a Facebook post',
    { page: 'https://rsoft.example/', referrer: 'https://l.facebook.com/l.php' },
    { source: 'facebook', medium: 'social' },
  ],
  [
    'came from another site',
    { page: 'https://rsoft.example/', referrer: 'https://blog.example/' },
    { source: 'website', medium: 'referral' },
  ],
  [
    'followed a campaign',
    { page: 'https://rsoft.example/?utm_source=Newsletter&utm_medium=email&utm_campaign=diwali' },
    { source: 'newsletter', medium: 'email', campaign: 'diwali' },
  ],
  [
    'was told by the page',
    { utm: { source: 'google', medium: 'cpc', campaign: 'pumps' } },
    { source: 'google', medium: 'cpc', campaign: 'pumps' },
  ],
  ['came with nonsense', { page: '::::', referrer: 'x' }, { source: 'website', medium: 'webchat' }],
])('a visitor who %s has source and medium [M4]', (_who, arrival, expected) => {
  expect(originOf(arrival)).toMatchObject(expected);
});
