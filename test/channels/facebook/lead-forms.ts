/** Lead forms of advertisements. */
import { describe, expect, it } from '@jest/globals';
import { desk, outbound, text } from './desk.ts';

describe('a lead form [M3]', () => {
  const answers = {
    full_name: 'Priya Sharma',
    phone_number: '+919845012399',
    email: 'Priya@Example.com',
    'how_many_users?': '25',
  };
  const expected = {
    channel: 'whatsapp',
    account: 'main',
    thread: '919845012399',
    from: [
      { scheme: 'phone', value: '+919845012399' },
      { scheme: 'email', value: 'priya@example.com' },
    ],
    name: 'Priya Sharma',
    body: {
      kind: 'signal',
      name: 'flow',
      data: {
        flow: 'lead-form',
        vars: {
          name: 'Priya Sharma',
          phone: '+919845012399',
          email: 'Priya@Example.com',
          note: 'how many users?: 25',
          source: 'Facebook',
          medium: 'lead ad',
          campaign: 'Spring campaign',
        },
      },
    },
  };

  it('is fetched by Meta’s SDK when the webhook tells of it, and begins the talk on WhatsApp, once', async () => {
    const lead = await desk.emulator.facebook.fillForm(answers);
    expect(desk.port.events).toMatchObject([{ id: `lead:${lead.id}`, ...expected }]);
    desk.emulator.fail('facebook', 'duplicate');
    await desk.emulator.facebook.fillForm({ full_name: 'Ravi', phone_number: '+919845012300' });
    expect(desk.port.events).toHaveLength(2);
  });

  it('that no webhook told of is found at the next look, and is no second lead when told later', async () => {
    await desk.emulator.facebook.fillForm(answers, { told: false });
    await desk.emulator.facebook.fillForm({ full_name: 'Ravi', phone_number: '+919845012300' });
    await desk.account.start!();
    expect(desk.port.events).toHaveLength(2);
    expect(desk.port.events).toContainEqual(expect.objectContaining({ thread: '919845012399' }));
    await desk.account.stop!();
    await desk.account.start!();
    expect(desk.port.events).toHaveLength(2);
  });

  it('of more than one page is looked through to the end', async () => {
    for (let n = 0; n < 230; n++)
      await desk.emulator.facebook.fillForm(
        { full_name: `Lead ${n}`, email: `lead${n}@example.com` },
        { told: false },
      );
    await desk.account.start!();
    expect(desk.port.events).toHaveLength(230);
  });

  it('whose answers cannot be fetched is not acknowledged: Meta tells again', async () => {
    desk.port.failAccept();
    await desk.emulator.facebook.fillForm(answers);
    expect(desk.port.events).toHaveLength(0);
    await desk.emulator.facebook.redeliver();
    expect(desk.port.events).toHaveLength(1);
  });

  it('without a number stays here, for a colleague', async () => {
    const lead = await desk.emulator.facebook.fillForm({
      full_name: 'Priya',
      email: 'p@example.com',
      phone_number: 'call me',
    });
    expect(desk.port.events).toMatchObject([
      { channel: 'facebook', thread: `lead:${lead.id}`, from: [{ scheme: 'email' }] },
    ]);
    expect(await desk.account.send(outbound(text('Hi'), { to: `lead:${lead.id}` }))).toMatchObject({
      ok: false,
      error: 'recipient',
    });
  });
});
