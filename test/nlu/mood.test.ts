import { describe, expect, it } from '@jest/globals';
import { scoreLead } from '../../src/nlu/score-lead.ts';
import { sentimentOf } from '../../src/nlu/sentiment.ts';
import { urgencyOf } from '../../src/nlu/urgency.ts';

describe('urgency', () => {
  it.each([
    'Please send someone urgently',
    'need it ASAP',
    'jaldi bhejo',
    'तुरंत चाहिए',
    'there is smoke coming out of the panel',
    'our production is stopped because of your machine',
    'aaj hi chahiye',
    'bitte sofort anrufen',
  ])('is high: %s', (text) => expect(urgencyOf(text).level).toBe('high'));

  it.each([
    'no hurry, take your time',
    'not urgent at all',
    'just browsing for now',
    'koi jaldi nahi hai',
    'कोई जल्दी नहीं है',
  ])('is low: %s', (text) => expect(urgencyOf(text).level).toBe('low'));

  it.each(['what is the price of the chair', 'kal demo rakh do', 'मुझे पंखा चाहिए'])('is normal: %s', (text) =>
    expect(urgencyOf(text).level).toBe('normal'),
  );

  it('says by which words', () => {
    expect(urgencyOf('I need it immediately').evidence).toEqual(['says it is urgent: “immediately”']);
  });
});

describe('sentiment', () => {
  it.each([
    'excellent work, very happy',
    'bahut badhiya service',
    'बहुत अच्छा काम किया',
    'the demo was good 👍',
    'not bad at all',
  ])('is above zero: %s', (text) => expect(sentimentOf(text).score).toBeGreaterThan(0.1));

  it.each([
    'I am not happy with the work',
    'bilkul bakwas service hai',
    'accha nahi laga',
    'घटिया सामान भेजा',
    'worst experience ever',
    'this is terrible 😡',
  ])('is below zero: %s', (text) => expect(sentimentOf(text).score).toBeLessThan(-0.1));

  it.each(['send me the price list please', 'demo kal 5 baje', 'order number 40021'])(
    'is near zero: %s',
    (text) => expect(Math.abs(sentimentOf(text).score)).toBeLessThan(0.3),
  );

  it('takes praise inside a complaint for irony', () => {
    expect(sentimentOf('great, wonderful, third time this month', { complaint: true }).score).toBeLessThan(0);
  });
});

describe('the score of a lead', () => {
  const plain = {
    text: '',
    acts: [],
    entities: {},
    junk: { label: 'ok', score: 0.99, reasons: [] },
    urgency: { level: 'normal', evidence: [] },
  } as Parameters<typeof scoreLead>[0];

  it('is the sum of its reasons, kept within 0 and 100', () => {
    const { total, grade, reasons } = scoreLead({
      ...plain,
      text: 'we are ready to order',
      acts: ['request_quote'],
      entities: { budget: { amount: 300000, currency: 'INR' }, quantity: { value: 50, unit: 'chairs' } },
    });
    expect(total).toBe(reasons.reduce((sum, r) => sum + r.points, 0));
    expect(grade).toBe('hot');
    expect(reasons.map((r) => r.reason)).toContain('names a budget: INR 300000');
  });

  it('is nothing for junk, however much it names', () => {
    const told = scoreLead({
      ...plain,
      acts: ['request_quote', 'book_appointment'],
      junk: { label: 'vendor_pitch', score: 0.9, reasons: [] },
    });
    expect(told.total).toBe(0);
    expect(told.grade).toBe('cold');
  });

  it('is lower for somebody who is only looking than for the same words without that', () => {
    const asked = scoreLead({ ...plain, text: 'price?', acts: ['ask_price'] });
    const looked = scoreLead({ ...plain, text: 'price? just browsing', acts: ['ask_price'] });
    expect(looked.total).toBeLessThan(asked.total);
  });
});
