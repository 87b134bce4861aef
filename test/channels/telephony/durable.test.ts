import { describe, expect, it } from '@jest/globals';
import { telephony } from '../../../src/channels/telephony/channel.ts';
import { settingsSchema } from '../../../src/channels/telephony/settings.ts';
import type { ChannelAccount, WebhookRequest } from '../../../src/core/define.ts';
import { fakePort } from '../contract/fake-port.ts';
import { authToken, incoming, type Params, publicUrl, signed } from './world.ts';

async function open() {
  const port = fakePort({ publicUrl });
  const settings = settingsSchema.parse({
    provider: 'twilio',
    accountSid: 'ACtest',
    authTokens: [authToken],
    forward: '+919900011122',
  });
  const account: ChannelAccount = await telephony.open({ id: 'main', settings }, port);
  return { port, account };
}
function request(params: Params): WebhookRequest {
  const { method, url, headers, payload } = signed(params);
  return { method, url, headers, query: {}, body: Buffer.from(payload) };
}

describe('the telephone’s webhook', () => {
  it('acknowledges only what is durable, and takes it when it comes again [B2]', async () => {
    const { port, account } = await open();
    const ring = request(incoming('CA1').rings);
    port.failAccept();
    await expect(account.webhook!(ring)).rejects.toThrow('the database is away');
    expect(port.events).toEqual([]);
    expect((await account.webhook!(ring)).status).toBe(200);
    expect((await account.webhook!(ring)).status).toBe(200);
    expect(port.events).toHaveLength(1);
  });

  it('refuses what is too large, and logs neither token nor number', async () => {
    const { port, account } = await open();
    const huge = { ...request(incoming('CA1').rings), body: Buffer.alloc(300 * 1024) };
    await expect(account.webhook!(huge)).rejects.toMatchObject({ code: 'input.too_large' });
    expect((await account.webhook!(request({ Unknown: 'thing' }))).status).toBe(200);
    expect(port.logged).toHaveLength(1);
    expect(port.logged.join()).not.toContain(authToken);
  });

  it('takes files from the provider’s host alone', async () => {
    const { account } = await open();
    for (const url of [
      'https://evil.example.com/RE1.mp3',
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
    ])
      await expect(account.media!({ type: 'audio', url })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('a caller’s name cannot write into the answer to Twilio', async () => {
    const port = fakePort({ publicUrl });
    const settings = settingsSchema.parse({
      provider: 'twilio',
      accountSid: 'AC',
      authTokens: [authToken],
      say: '<Dial>+1900</Dial> & "so"',
    });
    const account = await telephony.open({ id: 'main', settings }, port);
    const { body } = await account.webhook!(request(incoming('CA1').rings));
    expect(body).toContain('<Say>&#60;Dial&#62;+1900&#60;/Dial&#62; &#38; &#34;so&#34;</Say>');
  });
});
