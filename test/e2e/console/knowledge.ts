import { phone, type World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {
    await world.person('Priya', 'tele-caller');
    await world.person('Meera', 'manager');
  });

  it('answers in one press what was asked in vain, and the bot says it from then on [M126]', async () => {
    const words = (sent: object[]) => JSON.stringify(sent);
    const asks = { name: 'Ravi Kumar', thread: '+919812300002' };
    await world.app.say('I need a CRM', asks);
    expect(words(await world.app.say('Do you integrate with SAP?', asks))).toContain('a colleague');

    const page = await world.open('Meera');
    await page.getByRole('link', { name: 'Knowledge' }).click();
    await page.getByText('Nothing is written yet').waitFor();
    await page.getByRole('tab', { name: 'Asked in vain' }).click();
    await page.getByText('Do you integrate with SAP?').waitFor();
    await page.getByRole('button', { name: 'Write the answer' }).click();
    await page.getByLabel('The answer, word for word').fill('With SAP Business One, for ₹ 20,000 once.');
    await page.getByLabel('How it looks on each channel').getByText('for ₹ 20,000 once').first().waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();

    const before = world.app.sent.length;
    await page.getByLabel('Who waits').getByText('Ravi Kumar').waitFor();
    await page.getByRole('button', { name: 'Send to 1 customer' }).click();
    await page.getByText('Sent to 1 customer.').waitFor();
    await world.app.idle();
    expect(words(world.app.sent.slice(before))).toContain('With SAP Business One, for ₹ 20,000 once.');

    const other = { thread: '+919812300000' };
    await world.app.say('I need a CRM', other);
    expect(words(await world.app.say('sap se integrate hota hai kya?', other))).toContain(
      'for ₹ 20,000 once.',
    );
  });

  it('puts an entry into a reply, on a phone, too [M126]', async () => {
    const page = await world.open('Meera', phone, '/inbox');
    await page.getByRole('link', { name: /Ravi Kumar/ }).click();
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByRole('button', { name: 'Answers' }).click();
    await page.getByRole('button', { name: 'Put into the reply' }).first().click();
    await expect(page.getByLabel('Your answer').inputValue()).resolves.toBe(
      'With SAP Business One, for ₹ 20,000 once.',
    );
  });
};
