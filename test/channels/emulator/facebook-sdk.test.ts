/** Meta's own SDK against the emulator: lead forms read as its users read them. What it accepts, our side may trust a little more. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import bizSdk from 'facebook-nodejs-business-sdk';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { fakeClock } from '../../../src/core/clock.ts';

const { FacebookAdsApi, Lead, LeadgenForm, Page } = bizSdk as any;

describe('facebook-nodejs-business-sdk against the emulator', () => {
  let emulator: Emulator;
  let api: unknown;
  let graph: PropertyDescriptor;
  beforeAll(() => {
    graph = Object.getOwnPropertyDescriptor(FacebookAdsApi, 'GRAPH')!;
  });
  afterAll(() => Object.defineProperty(FacebookAdsApi, 'GRAPH', graph));
  beforeEach(async () => {
    emulator = await startEmulator({ clock: fakeClock('2026-11-23T09:00:00Z') });
    Object.defineProperty(FacebookAdsApi, 'GRAPH', { configurable: true, get: () => emulator.url });
    api = new FacebookAdsApi(emulator.accounts.facebook.accessToken, 'en_US', false);
  });
  afterEach(() => emulator.close());
  const fill = (name: string) => emulator.facebook.fillForm({ full_name: name }, { told: false });

  it('reads one lead with its answers', async () => {
    const { id, form } = await fill('Priya');
    const lead = await new Lead(id, {}, undefined, api).get(['field_data', 'form_id', 'created_time']);
    expect(lead).toMatchObject({
      id,
      form_id: form,
      field_data: [{ name: 'full_name', values: ['Priya'] }],
    });
    expect(new Date(lead.created_time)).toEqual(new Date('2026-11-23T09:00:00Z'));
  });

  it('walks through a form’s leads page by page, newest first', async () => {
    for (const name of ['a', 'b', 'c']) await fill(name);
    const { forms } = emulator.accounts.facebook;
    let page = await new LeadgenForm(forms[0]!.id, {}, undefined, api).getLeads(['field_data'], { limit: 2 });
    const names = (): string[] => page.map((lead: any) => lead.field_data[0].values[0]);
    expect(names()).toEqual(['c', 'b']);
    expect(page.hasNext()).toBe(true);
    page = await page.next();
    expect(names()).toEqual(['a']);
  });

  it('lists the forms of a page', async () => {
    const { pageId, forms } = emulator.accounts.facebook;
    const found = await new Page(pageId, {}, undefined, api).getLeadGenForms(['id', 'status']);
    expect(found.map(({ id }: { id: string }) => id)).toEqual(forms.map(({ id }) => id));
  });

  it('is refused with Meta’s code for a token that is none', async () => {
    const wrong = new FacebookAdsApi('nobody', 'en_US', false);
    const { id } = await fill('Priya');
    await expect(new Lead(id, {}, undefined, wrong).get([])).rejects.toMatchObject({
      status: 401,
      response: { code: 190 },
    });
  });
});
