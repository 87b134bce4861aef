import { describe, expect, it } from '@jest/globals';
import { refusal } from '../../../src/channels/whatsapp/errors.ts';

describe('Graph’s errors', () => {
  // developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
  it.each([
    [130429, 'rate'],
    [131056, 'rate'],
    [80007, 'rate'],
    [131047, 'window'],
    [131049, 'rate'],
    [131050, 'optout'],
    [131026, 'recipient'],
    [190, 'auth'],
    [132001, 'template'],
    [132000, 'template'],
    [131009, 'content'],
    [131000, 'transient'],
  ])('takes error %i for %s', (code, kind) => {
    expect(refusal(400, { code, message: 'x' })).toMatchObject({ ok: false, error: kind });
  });

  it('waits as long as Meta’s limit lasts: one message per 6 s between two numbers', () => {
    expect(refusal(400, { code: 131056 }).retryAfterMs).toBe(6000);
    expect(refusal(429, { code: 130429 }, '17').retryAfterMs).toBe(17_000);
  });

  it('calls a gateway’s 502 ambiguous: Graph may have taken the message', () => {
    expect(refusal(502, undefined)).toMatchObject({ error: 'ambiguous' });
    expect(refusal(500, { code: 131000 })).toMatchObject({ error: 'transient' });
  });
});
