import { createUser } from '../../../src/domain/staff/contract.ts';
import { asSystem } from '../../support/app.ts';
import { password, signIn, type World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {
    await world.person('Kiran', 'tele-caller');
  });

  it('asks for sign-in, says when the password is wrong, and opens the day of who signs in [M60]', async () => {
    const page = await world.visit('/leads');
    await page.waitForURL(/\/sign-in/);
    await signIn(page, 'kiran@example.com', 'something else');
    expect(await page.getByRole('alert').textContent()).toContain('E-mail or password is wrong.');

    await signIn(page, 'kiran@example.com', password);
    await page.getByRole('navigation', { name: 'Work' }).waitFor();
    expect(await page.getByText('Kiran', { exact: true }).isVisible()).toBe(true);
  });

  it('hides from a tele-caller what only administrators may do [M60]', async () => {
    const page = await world.open('Kiran');
    const places = await page.getByRole('navigation').getByRole('link').allInnerTexts();
    expect(places).toEqual(expect.arrayContaining(['My day', 'Inbox', 'Leads', 'My account']));
    expect(places).not.toContain('Settings');
    expect(places).not.toContain('Nothing missed');
  });

  it('takes a new colleague’s password by the one-time link, once [M66]', async () => {
    const newcomer = { email: 'nina@example.com', name: 'Nina', role: 'tele-caller' };
    const { setPasswordToken } = await world.app.bus.command(createUser, newcomer, asSystem);
    const link = `/set-password?token=${setPasswordToken}`;
    const choose = async () => {
      const page = await world.visit(link);
      await page.getByLabel('New password').fill(password);
      await page.getByLabel('Once more').fill(password);
      await page.getByRole('button', { name: 'Set the password' }).click();
      return page;
    };

    const page = await choose();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe('nina@example.com');
    await signIn(page, 'nina@example.com', password);
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Nina' }).waitFor();

    const again = await choose();
    expect(await again.getByRole('alert').textContent()).toContain('This link has expired or was used.');
  });
};
