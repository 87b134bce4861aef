import type { Caller } from '../../../src/core/bus.ts';
import { listLeads, moveLead } from '../../../src/domain/leads/contract.ts';
import { asSystem } from '../../support/app.ts';
import { desktop, phone, type World } from './console.ts';

const visitor = (thread: string) => ({
  thread,
  channel: 'webchat',
  account: 'elsewhere',
  from: [{ scheme: 'visitor' as const, value: thread }],
});

export default (world: World) => {
  const talk = async (thread: string, ...texts: string[]) => {
    for (const text of texts) {
      world.app.clock.advance(20_000);
      await world.app.say(text, visitor(thread));
    }
  };
  const heard = async (thread: string, text: string) => {
    const sent = await world.app.say(text, visitor(thread));
    return sent.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : [])).join('\n');
  };
  beforeAll(async () => {
    const manager: Caller = await world.person('Meera', 'manager');
    await world.person('Kiran', 'tele-caller');
    // One buys, one leaves where the number is asked, and a day goes by.
    await talk('buyer', 'Hi, I need a CRM, our budget is 4 lakh', 'Asha Rao', '98400 10001');
    await talk('gone', 'Hi, I need a CRM', 'Ravi Kumar');
    const { items } = await world.app.bus.query(listLeads, {}, asSystem);
    const { id: leadId } = items.find(({ name }) => name === 'Asha Rao')!;
    for (const stage of ['follow-up', 'demo-confirmed', 'proposal-sent', 'won'])
      await world.app.bus.command(moveLead, { leadId, stage }, manager);
    world.app.clock.advance(25 * 3_600_000);
    await world.app.idle();
  });

  it('are seen with what each customer channel can show before anybody has come', async () => {
    const page = await world.open('Meera');
    await page.getByRole('link', { name: 'Flows' }).click();
    await page.getByRole('row').filter({ hasText: 'Complaint or service request' }).getByRole('link').click();
    await page.getByText('No conversations in this time.').waitFor();
    const places = await page.locator('.flow-canvas .step-card').evaluateAll((cards) =>
      cards.map((card) => {
        const { left, top, right, bottom } = card.getBoundingClientRect();
        return { left, top, right, bottom, isStart: card.getAttribute('data-start') === 'true' };
      }),
    );
    expect(places.length).toBeGreaterThan(25);
    const start = places.find(({ isStart }) => isStart)!;
    expect(places.filter(({ top }) => top < start.top)).toEqual([]);
    const overlap = places.filter((a, i) =>
      places.some(
        (b, j) => i < j && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
      ),
    );
    expect(overlap).toEqual([]);

    await page.goto(`${world.base}/flows/enquiry`);
    await page.getByRole('button', { name: /^confirm\. Offers a choice/ }).click();
    await page.getByLabel('confirm.ask in English, wording 1').click();
    const shown = page.getByRole('list', { name: 'How it looks on each channel' });
    const on = (channel: string) => shown.locator(`> li[aria-label="${channel}"]`);
    await on('whatsapp').getByText('buttons: up to 3, each 20 characters').waitFor();
    await on('whatsapp').getByText('Yes, book it', { exact: true }).waitFor();
    await on('email').getByText('1. Yes, book it').waitFor();

    // Too long for a button of WhatsApp: a row of a list there.
    await page.getByLabel('confirm.yes in English').fill('Yes, please book it now');
    await shown.last().locator('> li[aria-label="whatsapp"]').getByText('a list', { exact: false }).waitFor();
  });

  it('have a text changed, tried, compared, published, heard, and taken back', async () => {
    const page = await world.open('Meera', desktop, '/flows/enquiry');
    await page.getByRole('button', { name: /^welcome\. Says/ }).click();
    await page.getByLabel('welcome in English').fill('A very good day from {brand}!');
    await page.getByRole('button', { name: 'Keep in the draft' }).click();
    await page.getByRole('button', { name: '1 change to publish' }).waitFor();
    expect(await heard('before', 'Hello')).not.toContain('A very good day');

    await page.getByRole('tab', { name: 'Try it' }).click();
    await page.getByLabel('As the customer').fill('Hi, I need a CRM');
    await page.getByRole('button', { name: 'Say it' }).click();
    const played = page.getByRole('list', { name: 'The talk' });
    await played.getByText('A very good day from RSoft!').waitFor();
    await page.locator('[data-step="name"][data-playing="true"]').waitFor();

    await page.getByRole('button', { name: '1 change to publish' }).click();
    const changes = page.getByRole('list', { name: 'What differs' });
    await changes.locator('del').getByText('Hello and welcome to {brand}!').waitFor();
    await changes.locator('ins').getByText('A very good day from {brand}!').waitFor();
    await page.getByLabel('What for').fill('Kinder');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await changes.waitFor({ state: 'hidden' });
    expect(await heard('after', 'Hello')).toContain('A very good day from RSoft!');

    await page.getByRole('button', { name: 'Versions' }).click();
    const versions = page.getByRole('list', { name: 'Versions' });
    const earlier = versions.locator('> li').filter({ hasText: 'As delivered' });
    await versions.locator('> li').filter({ hasText: 'Kinder' }).getByText('Offered').waitFor();
    await earlier.getByRole('button', { name: 'Go back to it' }).click();
    await page.getByRole('button', { name: 'Offer it', exact: true }).click();
    await earlier.getByText('Offered').waitFor();
    expect(await heard('later', 'Hello')).toContain('Hello and welcome to RSoft!');
  });

  it('say what is to be mended before a draft can be published', async () => {
    const page = await world.open('Meera', desktop, '/flows/brochure');
    await page.getByRole('tab', { name: 'As text' }).click();
    const steps = page.getByLabel('Steps as YAML');
    const words = await steps.inputValue();
    await steps.fill(words.replace(/^start: .*$/m, 'start: nowhere'));
    await page.getByRole('button', { name: 'Keep in the draft' }).click();
    await page.getByText('there is no step "nowhere"').first().waitFor();
    await page.getByRole('button', { name: '1 change to publish' }).click();
    expect(await page.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Drop the draft' }).click();
    await page.getByRole('button', { name: 'Drop them' }).click();
    await page.getByText('there is no step "nowhere"').first().waitFor({ state: 'hidden' });
  });

  it('show at each step how far people came, who left, and what was won [M96] [B7]', async () => {
    const page = await world.open('Meera', desktop, '/flows/enquiry');
    const asked = page.locator('[data-step="phone"]');
    await asked.getByTitle('Conversations that came here').getByText('2', { exact: true }).waitFor();
    await asked.getByText('1 left').waitFor();
    await asked.getByText('20 s').waitFor();
    await asked.getByText('₹4L').waitFor();
    await asked.click();
    const facts = page.locator('.step-panel dl');
    await facts.getByText('1 (50 %)').first().waitFor();
    await facts.getByText('₹4,00,000').waitFor();
  });

  it('are a list of steps on a telephone, and are tried there too [M8]', async () => {
    const page = await world.open('Meera', phone, '/flows/enquiry');
    const steps = page.getByRole('list', { name: 'The steps of the flow' });
    await steps.getByText('1 left').first().waitFor();
    expect(await page.locator('.flow-canvas').count()).toBe(0);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByLabel('As the customer').fill('नमस्ते');
    await page.getByRole('button', { name: 'Say it' }).click();
    await page.getByRole('list', { name: 'The talk' }).getByText('नमस्ते', { exact: true }).waitFor();
  });

  it('are no place for those who may not look after them', async () => {
    const page = await world.open('Kiran');
    await page.getByRole('link', { name: 'Tickets' }).waitFor();
    expect(await page.getByRole('link', { name: 'Flows' }).count()).toBe(0);
    await page.goto(`${world.base}/flows/enquiry`);
    await page.getByText('Not for your role').waitFor();
  });
};
