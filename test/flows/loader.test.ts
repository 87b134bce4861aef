/** What a person who writes flows is told about mistakes. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flowCommands } from '../../src/flows/catalogue.ts';
import { loadFlows, readFlows } from '../../src/flows/loader.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'flows-'));
  mkdirSync(join(dir, 'flows', 'small'), { recursive: true });
  cpSync('config/flows/shared', join(dir, 'flows', 'shared'), { recursive: true });
  write('interrupts.yaml', 'on: []\n', 'shared');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (file: string, text: string, folder = 'small') =>
  writeFileSync(join(dir, 'flows', folder, file), text);
const texts =
  'hello: Hello\nname: { ask: Name?, again: [Your name?, And your name?] }\nlabel: Name\nend: { ask: Anything else?, again: [What else?, And now?] }\n';
const good =
  'title: Small\nstart: hello\nslots: { name: { type: name, label: label } }\nsteps:\n  - { id: hello, say: hello }\n  - { id: name, ask: name, text: name }\n  - { id: end, rest: end }\n';
function small(flow: string, en = texts, hi = texts) {
  write('flow.yaml', flow);
  write('texts.en.yaml', en);
  write('texts.hi.yaml', hi);
  return readFlows(dir, { commands: flowCommands });
}

describe('flows check [M12]', () => {
  it('finds no fault in a good flow', () => {
    const { flows, faults } = small(good);
    expect(faults).toEqual([]);
    expect(flows.map(({ name }) => name)).toEqual(['small']);
  });

  it('finds no fault in the flows that ship', () => {
    expect(readFlows('config', { commands: flowCommands }).faults).toEqual([]);
  });

  it('reports every fault at once, each with its place', () => {
    const { faults } = small(
      'title: Small\nstart: helo\nslots: { name: { type: name, label: label } }\nsteps:\n' +
        '  - { id: hello, say: hallo, next: nowhere }\n  - { id: mail, ask: email, text: name }\n' +
        '  - { id: cmd, run: enquiry.recrod }\n  - { id: cond, goto: end, when: "vars.x ==" }\n  - { id: what, sing: hello }\n  - { id: end, rest: end }\n',
    );
    const all = faults.join('\n');
    for (const part of [
      'start: there is no step "helo"',
      'step hello: there is no step "nowhere"',
      'the text "hallo" is missing in en',
      'the text "hallo" is missing in hi',
      'step mail: there is no slot "email"',
      'there is no command or query "enquiry.recrod"',
      '(what): must have exactly one of',
    ])
      expect(all).toContain(part);
  });

  it('reports a condition that cannot be read', () => {
    expect(small(good.replace('say: hello', 'say: hello, when: "vars.x =="')).faults.join()).toMatch(
      /step hello: "vars.x =="/,
    );
  });

  it('reports a text that is missing in one language', () => {
    expect(small(good, texts, texts.replace('hello: Hello\n', '')).faults).toEqual([
      'small: step hello: the text "hello" is missing in hi',
    ]);
  });

  it('reports a question that would be put twice in the same words', () => {
    expect(small(good, texts.replace('[Your name?, And your name?]', 'Your name?')).faults).toEqual([
      'small: step name: the text "name.again" needs at least two wordings in en',
    ]);
  });

  it('reports a step that nobody reaches', () => {
    expect(small(`${good}  - { id: lost, say: hello, next: end }\n`).faults).toEqual([
      'small: step lost: is never reached',
    ]);
  });

  it('reports a dead end', () => {
    const faults = small(
      good.replace('  - { id: end, rest: end }\n', '  - { id: bye, say: hello }\n'),
    ).faults.join('\n');
    expect(faults).toContain('step bye: is a dead end');
  });

  it('reports a loop in which nothing is asked', () => {
    const faults = small(
      good.replace(
        '  - { id: name',
        '  - { id: round, when: has(vars.x), say: hello, next: hello }\n  - { id: name',
      ),
    ).faults.join('\n');
    expect(faults).toMatch(/step (hello|round): is in a loop in which nothing is asked/);
  });

  it('throws all faults together when the product starts', () => {
    small(good, texts, '');
    expect(() => loadFlows(dir)).toThrow(/6 fault\(s\)/);
  });

  it('gives another version to another content, and the same to the same', () => {
    const first = small(good).flows[0]!.version;
    expect(small(good).flows[0]!.version).toBe(first);
    expect(small(good, texts.replace('Hello', 'Hi')).flows[0]!.version).not.toBe(first);
  });
});
