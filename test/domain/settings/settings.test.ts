import { recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import { getLead } from '../../../src/domain/leads/contract.ts';
import { choices, listChannels } from '../../../src/domain/settings/contract.ts';
import { linkPassword, setPassword } from '../../../src/domain/staff/contract.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';

describe('what an organisation has set', () => {
  let app: TestApp;
  let admin: Awaited<ReturnType<TestApp['user']>>;
  let kiran: Awaited<ReturnType<TestApp['user']>>;
  beforeAll(async () => {
    app = await testApp();
    await app.start();
    admin = await app.user('Ada', 'administrator');
    kiran = await app.user('Kiran', 'tele-caller', { password: 'the first sentence' });
  });
  afterAll(() => app.dispose());

  it('offers the quoted stages, the offline sources and the roles to choose from [M4] [M14]', async () => {
    const { stages, sources, roles, lostReasons } = await app.bus.query(choices, {}, kiran);
    expect(stages.map(({ label }) => label)).toEqual([
      'NOT ATTEMPTED',
      'FOLLOW-UP',
      'DEMO CONFIRMED',
      'PROPOSAL SENT',
      'CLOSE TO WON',
      'CLOSE TO LOOSE',
    ]);
    expect(sources).toEqual(
      expect.arrayContaining([
        'Hoarding',
        'Brochure',
        'Poster',
        'Banner',
        'Newspaper',
        'Pamphlet',
        'Referral',
      ]),
    );
    expect(roles.map(({ key }) => key)).toEqual(['administrator', 'manager', 'tele-caller']);
    expect(lostReasons.length).toBeGreaterThan(0);
  });

  it('shows channel accounts to those who may read settings, and to nobody else', async () => {
    const { items } = await app.bus.query(listChannels, {}, admin);
    expect(items).toContainEqual({ channel: 'webchat', account: 'website', missing: [] });
    await expect(app.bus.query(listChannels, {}, kiran)).rejects.toMatchObject({ code: 'auth.forbidden' });
  });

  it('keeps one spelling of a source, whatever a channel writes [M4]', async () => {
    const enquiry = { name: 'Asha Rao', phone: '98400 10001', source: 'website', medium: 'webchat' };
    const { leadId } = await app.bus.command(recordEnquiry, enquiry, asSystem);
    expect(await app.bus.query(getLead, { leadId: leadId! }, admin)).toMatchObject({
      source: 'Website',
      hot: true,
    });
  });

  it('gives a colleague who forgot the password a new one-time link; an older link is void [M66]', async () => {
    const first = await app.bus.command(linkPassword, { id: kiran.id }, admin);
    const second = await app.bus.command(linkPassword, { id: kiran.id }, admin);
    const anyone = asSystem;
    const password = 'the second sentence';
    await expect(
      app.bus.command(setPassword, { token: first.setPasswordToken, password }, anyone),
    ).rejects.toMatchObject({ code: 'auth.link_expired' });
    expect(await app.bus.command(setPassword, { token: second.setPasswordToken, password }, anyone)).toEqual({
      email: 'kiran@example.com',
    });
    await expect(app.bus.command(linkPassword, { id: admin.id }, kiran)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
  });
});
