/** Each kind of step, played; docs/adding-a-flow.md says what they do. */
import { playerOf, smallFlows, type Written } from './small-flows.ts';

const label = 'label: it\n';
const ending = 'end: { ask: Anything else?, again: [What else?, And now?] }\n';
const name = 'name: { ask: "Your name?", again: ["Your name, please?", "And your name?"] }\n';

const small = (steps: string, texts = '', slots = '', more = ''): Written => ({
  small: {
    flow: `title: Small\nstart: hello\n${more}slots: {${slots}}\nsteps:\n${steps}`,
    texts: `${label}${ending}${texts}`,
  },
});
const hello = '  - { id: hello, say: hello }\n';
const end = '  - { id: end, rest: end }\n';

describe('wait', () => {
  const waiting = (step: string) =>
    playerOf(
      small(
        `${hello}  - ${step}\n  - { id: on, say: on, next: end }\n${step.includes('late') ? '  - { id: late, say: late }\n' : ''}${end}`,
        'hello: Hello\non: It goes on\nlate: Too late\nstill: { again: [Still waiting, Waiting yet] }\n',
      ),
    );

  it('goes on by itself when the time has come, and not before', () => {
    const player = waiting('{ id: pause, wait: 2 days }');
    expect(player.say('hi').join()).toContain('Hello');
    expect(player.wait('1 day')).toEqual([]);
    expect(player.wait('1 day').join()).toContain('It goes on');
  });

  it('goes on with the event it waits for, else after its time where that is said', () => {
    const step = '{ id: pause, wait: 2 days, event: appointment.completed, timeout: late }';
    const met = waiting(step);
    met.say('hi');
    expect(met.signal('event', { event: 'appointment.booked' })).toEqual([]);
    expect(met.signal('event', { event: 'appointment.completed' }).join()).toContain('It goes on');
    const unmet = waiting(step);
    unmet.say('hi');
    expect(unmet.wait('2 days').join()).toContain('Too late');
  });

  it('goes on when the customer writes, where it waits for that', () => {
    const player = waiting('{ id: pause, wait: 2 days, event: message, timeout: late }');
    player.say('hi');
    expect(player.say('still there?').join()).toContain('It goes on');
  });

  it('answers who writes meanwhile, and goes on waiting', () => {
    const player = waiting('{ id: pause, wait: 2 days, text: still }');
    player.say('hi');
    expect(player.say('what about lunch').length).toBe(1);
    expect(player.wait('2 days').join()).toContain('It goes on');
  });

  it('puts off to the next opening what comes in business hours only [M125]', () => {
    // 10:00 and 10 hours is 20:00; the office opens at 9:30 the next day.
    const player = waiting('{ id: pause, wait: 10 hours, hours: true }');
    player.say('hi');
    expect(player.wait('23 hours')).toEqual([]);
    expect(player.wait('30 minutes').join()).toContain('It goes on');
  });
});

describe('call and return', () => {
  const written: Written = {
    main: {
      flow: `title: Main\nstart: hello\nslots: { name: { type: name, label: label } }\nsteps:\n${hello}  - { id: name, ask: name, text: name }\n  - { id: other, call: other, with: { topic: =vars.name } }\n  - { id: back, say: back }\n${end}`,
      texts: `${label}${ending}${name}hello: Hello\nback: Back again\n`,
    },
    other: {
      flow: 'title: Other\nstart: mail\nslots: { email: { type: email, label: label } }\nsteps:\n  - { id: mail, ask: email, text: mail }\n  - { id: done, return: true }\n',
      texts: `${label}mail: { ask: "Mail of {topic}?", again: [Your mail?, Mail?], invalid: [No mail, Not a mail] }\n`,
    },
  };

  it('goes through another flow and comes back to where it was', () => {
    const player = playerOf(written);
    player.say('hi');
    expect(player.say('Priya').join()).toContain('Mail of Priya?');
    expect(player.session()).toMatchObject({ flow: 'other', step: 'mail' });
    expect(player.say('priya@example.com').join()).toContain('Back again');
    expect(player.session()).toMatchObject({ flow: 'main', vars: { email: 'priya@example.com' } });
  });

  it('is begun by what the customer asks for, and returns to the question that was open', () => {
    const player = playerOf(written, {
      on: '{ intents: [raise_complaint], call: other, set: { topic: us } }',
    });
    player.say('hi');
    expect(player.say('I have a complaint').join()).toContain('Mail of us?');
    expect(player.say('me@example.com').join()).toMatch(/Your name, please\?|And your name\?/);
  });

  it('ends the talk after it where that is said', () => {
    const player = playerOf(written, { on: '{ intents: [raise_complaint], call: other, after: rest }' });
    player.say('hi');
    player.say('I have a complaint');
    expect(player.say('me@example.com').join()).not.toContain('name');
    expect(player.session()).toMatchObject({ flow: 'main', step: 'end' });
  });

  it('hears a correction of who somebody is while the other flow runs', () => {
    const player = playerOf(written);
    player.say('hi');
    player.say('Priya');
    expect(player.say('sorry, my name is Asha').join()).toContain('Asha');
    expect(player.vars()).toMatchObject({ name: 'Asha' });
  });

  it('is begun by us where nobody has written yet', () => {
    const player = playerOf(written);
    expect(player.signal('flow', { flow: 'other', vars: { topic: 'the form' } }).join()).toBe(
      'Mail of the form?',
    );
    player.say('me@example.com');
    expect(player.session()).toMatchObject({ flow: 'main', step: 'end' });
  });
});

describe('handoff and back', () => {
  const written = small(
    `${hello}  - { id: name, ask: name, text: name }\n  - { id: staff, handoff: person.handoff, next: after }\n  - { id: after, say: after }\n${end}`,
    `${name}hello: Hello\nafter: And on we go\n`,
    ' name: { type: name, label: label } ',
  );

  it('goes on behind the hand-over when a colleague hands back', () => {
    const player = playerOf(written);
    player.say('hi');
    player.say('Priya');
    expect(player.mode()).toBe('human');
    expect(player.say('are you there?')).toEqual([]);
    expect(player.handBack().join()).toContain('And on we go');
    expect(player.mode()).toBe('bot');
  });

  it('takes up the question that was open when a person was asked for', () => {
    const player = playerOf(written);
    player.say('hi');
    player.say('I want to talk to a human');
    expect(player.handBack().join()).toMatch(/name/);
  });

  it('says when it is out of hours that somebody comes later', () => {
    const player = playerOf(written, { now: '2026-03-11T17:00:00Z' });
    player.say('hi');
    expect(player.say('I want to talk to a human').join()).toContain('Thursday, 12 March 2026, 9:30 AM');
  });
});

describe('split', () => {
  const written = small(
    '  - { id: hello, split: [{ name: short, goto: a }, { name: long, share: 3, goto: b }] }\n' +
      `  - { id: a, say: a, next: name }\n  - { id: b, say: b }\n  - { id: name, ask: name, text: name }\n${end}`,
    `${name}a: Short\nb: Long\n`,
    ' name: { type: name, label: label } ',
  );

  it('keeps a conversation to its way', () => {
    const player = playerOf(written);
    const [first] = player.say('hi');
    const way = (player.session()!.state as { variants: Record<string, string> }).variants['small.hello'];
    expect(first).toContain(way === 'short' ? 'Short' : 'Long');
  });
});

describe('answers that are checked', () => {
  const asking = (slot: string, choices = '') =>
    playerOf(
      small(
        `${hello}  - { id: it, ask: it, text: it${choices} }\n${end}`,
        'hello: Hello\nit: { ask: Well?, again: [Well then?, So?], invalid: ["Not right, like {example}", "Still not right"] }\na: Red wine\nb: White wine\n',
        ` it: ${slot} `,
      ),
    );

  it('takes a number within its bounds only', () => {
    const player = asking('{ type: number, label: label, min: 1, max: 5, example: "4" }');
    player.say('hi');
    expect(player.say('9').join()).toContain('Not right, like 4');
    player.say('4');
    expect(player.vars()).toEqual({ it: 4 });
  });

  it('takes words of a pattern only', () => {
    const player = asking('{ type: free, label: label, pattern: "[A-Z]{2}\\\\d+", example: AB12 }');
    player.say('hi');
    expect(player.say('twelve of them').join()).toContain('Not right, like AB12');
    player.say('XY77');
    expect(player.vars()).toEqual({ it: 'XY77' });
  });

  it('takes a file where one was asked for', () => {
    const player = asking('{ type: file, label: label }');
    player.say('hi');
    expect(player.say('here you are').join()).toContain('right');
    player.hear([{ kind: 'media', media: [{ type: 'document', id: 'm1', filename: 'bill.pdf' }] }]);
    expect(player.vars()).toEqual({ it: { type: 'document', id: 'm1', filename: 'bill.pdf' } });
  });

  it('takes a choice by its words', () => {
    const choices = ', choices: [{ label: a, value: red }, { label: b, value: white }]';
    const player = asking('{ type: choice, label: label }', choices);
    player.say('hi');
    player.say('I would take the white one');
    expect(player.vars()).toEqual({ it: 'white' });
  });
});

describe('silence [M34]', () => {
  const written = small(
    `${hello}  - { id: name, ask: name, text: name }\n${end}`,
    `${name}hello: Hello\n`,
    ' name: { type: name, label: label } ',
    'silence: { remind: [10 minutes, 1 day], release: 3 days }\n',
  );

  it('is met with a reminder after each time, then with a farewell, then with nothing', () => {
    const player = playerOf(written);
    player.say('hi');
    expect(player.wait('9 minutes')).toEqual([]);
    expect(player.wait('1 minute').join()).toMatch(/name/);
    expect(player.wait('1 day').join()).toMatch(/name/);
    expect(player.wait('3 days').join()).toContain('Write whenever you like');
    expect(player.wait('30 days')).toEqual([]);
    player.say('Priya');
    expect(player.vars()).toEqual({ name: 'Priya' });
  });

  it('counts from the last word of the customer', () => {
    const player = playerOf(written);
    player.say('hi');
    player.wait('9 minutes');
    player.say('what about lunch?');
    expect(player.wait('9 minutes')).toEqual([]);
    expect(player.wait('1 minute').length).toBe(1);
  });

  it('keeps reminders within the window of the channel', () => {
    const player = playerOf(written, { windowHours: 24 });
    player.say('hi');
    player.wait('10 minutes');
    // The second would be due when the window closes: it comes half an hour before.
    expect(player.wait('23 hours').join()).toBe('');
    expect(player.wait('30 minutes').join()).toMatch(/name/);
    expect(player.wait('3 days')).toEqual([]);
  });

  it('is left alone when nothing was asked, a person has it, or the customer said stop', () => {
    const resting = playerOf(written);
    resting.say('hi');
    resting.say('Priya');
    expect(resting.wait('9 days')).toEqual([]);
    const staffed = playerOf(written);
    staffed.say('hi');
    staffed.say('I want to talk to a human');
    expect(staffed.wait('9 days')).toEqual([]);
    const stopped = playerOf(written);
    stopped.say('hi');
    stopped.say('STOP');
    expect(stopped.wait('9 days')).toEqual([]);
  });
});

it('a step that calls an unknown flow is a fault', () => {
  expect(() => smallFlows(small(`  - { id: hello, call: nobody }\n${end}`))).toThrow(
    'there is no flow "nobody"',
  );
});
