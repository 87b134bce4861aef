/** The playground: one customer and one firm, both played here, with the real product between them. */
import { h } from '../../widget/src/dom.ts';
import { createCalls } from './calls.ts';
import { type Customer, people, type State } from './people.ts';
import { createPhone } from './phone.ts';
import { createSlack } from './slack.ts';
import { type Step, stepsOf, strayLead } from './story.ts';
import { createTexts } from './texts.ts';
import './phone.css';
import './slack.css';
import './playground.css';

const names = ['Priya Sharma', 'Arjun Mehta', 'Lakshmi Iyer', 'Imran Khan', 'Neha Joshi', 'Karthik Raja'];
const root = document.querySelector('main')!;
const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
const story = h('ol', { class: 'story' });
const next = h('p', { class: 'next', role: 'status' });
const phone = createPhone(complain);
const slack = createSlack(complain, () => {
  pressed = true;
});
const texts = createTexts(complain);
const calls = createCalls(complain);
const ways = { WhatsApp: phone.element, SMS: texts.element, Telephone: calls.element };
const wayButtons = Object.keys(ways).map((name) =>
  h('button', { type: 'button', class: 'chip', onclick: () => takeWay(name) }, name),
);
const customers = h('div', { class: 'customers' });
root.append(
  problem,
  story,
  next,
  h(
    'div',
    { class: 'stage' },
    h(
      'div',
      { class: 'side' },
      customers,
      h('div', { class: 'customers' }, ...wayButtons),
      ...Object.values(ways),
    ),
    slack.element,
  ),
);

takeWay('WhatsApp');

let who = sessionStorage.getItem('playground:customer') ?? '';
let since = Number(sessionStorage.getItem('playground:since') ?? 0);
let pressed = false;
let state: State | undefined;

/** One telephone, three ways to reach the firm. */
function takeWay(chosen: string): void {
  for (const [name, element] of Object.entries(ways)) element.hidden = name !== chosen;
  for (const button of wayButtons) button.setAttribute('aria-pressed', String(button.textContent === chosen));
}

/** A new person with a number of their own: the story can be told again without clearing anything. */
async function newCustomer(): Promise<void> {
  const name = names[(state?.whatsapp.length ?? 0) % names.length]!;
  who = `9198450${String(Math.floor(Math.random() * 90_000) + 10_000)}`;
  since = Date.now() / 1000;
  pressed = false;
  sessionStorage.setItem('playground:customer', who);
  sessionStorage.setItem('playground:since', String(since));
  await people.phone.customer(who, { name });
  await refresh();
}

async function refresh(): Promise<void> {
  state = await people.state();
  const customer = state.whatsapp.find(({ waId }) => waId === who);
  if (!customer) return newCustomer();
  customers.replaceChildren(
    ...state.whatsapp.slice(-3).map(({ waId, name }) =>
      h(
        'button',
        {
          type: 'button',
          class: 'chip',
          'aria-pressed': String(waId === who),
          onclick: () => choose(waId),
        },
        name || `+${waId}`,
      ),
    ),
    h(
      'button',
      { type: 'button', class: 'chip', onclick: () => void newCustomer().catch(complain) },
      '+ New customer',
    ),
  );
  phone.show(customer, suggestionsFor(customer));
  const own = `+${customer.waId}`;
  texts.show(own, state.sms.find((one) => one.phone === own)?.messages ?? []);
  calls.show(
    own,
    state.calls.findLast((one) => one.phone === own),
  );
  slack.show(state.slack);
  tell(stepsOf(state, customer, since, pressed));
  const stray = strayLead(state, since);
  slack.suggest(stray?.command);
  if (stray)
    next.textContent = `This lead went to ${stray.to}, who is not on this Slack. Be the manager and give it to one who is: ${stray.command}`;
}

function choose(waId: string): void {
  who = waId;
  sessionStorage.setItem('playground:customer', who);
  void refresh().catch(complain);
}

function suggestionsFor({ messages, name, waId }: Customer): string[] {
  const asked = messages.findLast(({ direction }) => direction === 'in')?.text ?? '';
  const booked = messages.some(({ text }) => /Thank you for confirming/.test(text));
  if (!messages.length)
    return ['Hi, I am looking for a CRM', 'मुझे CRM चाहिए', 'Do you have billing software?'];
  if (booked) return ['Thank you!', 'Can we make it Friday instead?'];
  const offered = /(?:how about|would) (.+? IST)/i.exec(asked)?.[1];
  if (offered) return [offered, 'Next Monday at 12 noon', 'I want to talk to a person'];
  if (/number|phone|mobile|नंबर/i.test(asked)) return [`+${waId}`, 'What is the price?'];
  if (/name|नाम/i.test(asked) && !/RSoft.*demo/i.test(asked)) return [`I am ${name}`, 'What is the price?'];
  if (/demo|when|day|time|कब/i.test(asked))
    return ['Tomorrow at 4 pm', 'Sunday 11 am', 'I want to talk to a person'];
  return ['What is the price?', 'Where are you?', 'I want to talk to a person'];
}

function tell(steps: Step[]): void {
  const current = steps.findIndex(({ done }) => !done);
  story.replaceChildren(
    ...steps.map(({ title, done }, index) =>
      h(
        'li',
        {
          class: done ? 'done' : index === current ? 'now' : '',
          ...(index === current && { 'aria-current': 'step' }),
        },
        title,
      ),
    ),
  );
  next.textContent =
    steps[current]?.hint ??
    'That is the whole story. Open the console to see the same lead, or begin again with a new customer.';
}

function complain(error: unknown): void {
  problem.textContent = `That did not work: ${(error as Error).message}`;
  problem.hidden = false;
  setTimeout(() => {
    problem.hidden = true;
  }, 6_000);
}

async function follow(): Promise<never> {
  for (;;) {
    try {
      await refresh();
      await people.changed();
    } catch (error) {
      complain(error);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
}
void follow();
