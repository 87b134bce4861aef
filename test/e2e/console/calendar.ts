import { bookAppointment, listAppointments } from '../../../src/domain/appointments/contract.ts';
import { invitationLink } from '../../../src/domain/calendar/contract.ts';
import { createLead } from '../../../src/domain/leads/contract.ts';
import { listTasks } from '../../../src/domain/tasks/contract.ts';
import { asSystem } from '../../support/app.ts';
import { phone, type World } from './console.ts';

export default (world: World) => {
  let leadId: string;
  let appointmentId: string;
  beforeAll(async () => {
    const { app } = world;
    await world.person('Meera', 'manager');
    const priya = await world.person('Priya', 'tele-caller');
    const { lead } = await app.bus.command(createLead, { name: 'Ravi Kumar', phone: '98450 12345' }, priya);
    leadId = lead!.id;
    const startsAt = '2026-03-12T16:00:00+05:30';
    ({ appointmentId } = await app.bus.command(bookAppointment, { leadId, startsAt, minutes: 60 }, priya));
    const training = {
      kind: 'training' as const,
      title: 'New price list',
      startsAt: '2026-03-13T16:00:00+05:30',
      minutes: 60,
    };
    await app.bus.command(bookAppointment, training, priya);
  }, 120_000);
  const demo = async () =>
    (await world.app.bus.query(listAppointments, { leadId }, asSystem)).items.map(({ startsAt, status }) => [
      startsAt,
      status,
    ])[0];

  it('a task goes to a colleague, who reports, and the initiator sees it [M81]', async () => {
    const page = await world.open('Meera');
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByText('Nothing is waiting for you').waitFor();
    await page.getByRole('button', { name: 'New task' }).first().click();
    await page.getByLabel('What is to be done').fill('Print the offer');
    await page.getByRole('combobox', { name: 'Choose a colleague' }).fill('Priya');
    await page.locator('.ant-select-item-option').filter({ hasText: 'Priya' }).click();
    await page.getByRole('button', { name: 'Give the task' }).click();
    await page.getByText('T1 is with Priya.').waitFor();
    const other = await world.open('Priya', phone);
    await other.goto(`${world.base}/tasks`);
    await other.getByRole('link').filter({ hasText: 'Print the offer' }).click();
    await other.getByRole('heading', { level: 1 }).filter({ hasText: 'Print the offer' }).waitFor();
    await other.getByRole('button', { name: 'Done' }).click();
    await other.getByLabel('What came of it').fill('Two copies are on your desk');
    await other.getByRole('button', { name: 'It is done' }).click();
    await other.getByText('Open → Done').waitFor();
    await page.getByRole('tab', { name: /Closed/ }).click();
    await page.getByRole('link').filter({ hasText: 'Print the offer' }).click();
    await page.getByText('Two copies are on your desk').first().waitFor();
    expect((await world.app.bus.query(listTasks, {}, asSystem)).items[0]).toMatchObject({ status: 'done' });
  });

  it('an appointment is dragged to another day, and springs back from a time that is taken [M80] [M86]', async () => {
    const page = await world.open('Priya');
    await page.getByRole('link', { name: 'Calendar', exact: true }).click();
    const event = page.locator('.fc-event').filter({ hasText: 'Ravi Kumar' });
    await event.waitFor();
    const drop = async (day: string) => {
      const from = (await event.boundingBox())!;
      const column = (await page.locator(`.fc-timegrid-col[data-date="${day}"]`).boundingBox())!;
      await page.mouse.move(from.x + 20, from.y + 8);
      await page.mouse.down();
      await page.mouse.move(column.x + 30, from.y + 8, { steps: 8 });
      await page.mouse.move(column.x + 20, from.y + 8, { steps: 4 });
      await page.mouse.up();
    };
    // Friday at 4 is the training.
    await drop('2026-03-13');
    await page.getByText(/is taken\. Free:/).waitFor();
    expect((await demo())![0]).toBe('2026-03-12T10:30:00.000Z');
    await drop('2026-03-14');
    await page.getByText(/Moved to Sat 14 Mar/).waitFor();
    expect((await demo())![0]).toMatch(/^2026-03-14/);
  });

  it('whoever was invited confirms on a telephone without signing in [M86]', async () => {
    const { url } = await world.app.bus.query(invitationLink, { appointmentId }, asSystem);
    const page = await world.visit(new URL(url).pathname, phone);
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Demo' }).waitFor();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('status').filter({ hasText: 'Your appointment is confirmed' }).waitFor();
    expect((await demo())![1]).toBe('confirmed');
  });
};
