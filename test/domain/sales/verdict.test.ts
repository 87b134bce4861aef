import { describe, expect, it } from '@jest/globals';
import type { ContactMatch } from '../../../src/domain/contacts/contract.ts';
import {
  type Claim,
  chooseContact,
  identitiesToAdd,
  normalEmail,
  normalPhone,
} from '../../../src/domain/contacts/rules.ts';
import { decideVerdict, type Known } from '../../../src/domain/enquiries/rules.ts';
import type { LeadRef } from '../../../src/domain/leads/contract.ts';

describe('the verdict', () => {
  const now = new Date('2026-03-11T05:00:00Z');
  const lead = (more: Partial<LeadRef> = {}): LeadRef => ({
    id: 'l1',
    number: 12,
    name: 'Ravi',
    source: 'Website',
    medium: 'webchat',
    stage: 'follow-up',
    stageLabel: 'FOLLOW-UP',
    stageKind: 'open',
    contactId: 'c1',
    teamIds: [],
    lastActivityAt: '2026-03-10T05:00:00Z',
    createdAt: '2026-03-01T05:00:00Z',
    online: true,
    ...more,
  });
  const match = (more: Partial<ContactMatch> = {}): ContactMatch => ({
    scheme: 'phone',
    value: '+919845012345',
    contactId: 'c1',
    name: 'Ravi',
    verified: true,
    conflict: false,
    ...more,
  });
  const known = (more: Partial<Known> = {}): Known => ({
    contactId: 'c1',
    matches: [],
    leads: [],
    now,
    silentDays: 90,
    junkScore: 0.8,
    ...more,
  });
  const spam = { label: 'spam', score: 0.95 };
  const lost = lead({ stageKind: 'lost', stageLabel: 'CLOSE TO LOOSE' });

  it.each([
    ['nothing known', known(), 'new'],
    ['an open lead', known({ matches: [match()], leads: [lead()] }), 'duplicate'],
    ['only a lost lead', known({ matches: [match()], leads: [lost] }), 'reengaged'],
    ['a won lead', known({ matches: [match()], leads: [lead({ stageKind: 'won' })] }), 'reengaged'],
    [
      'a newer lost and an older open lead',
      known({ leads: [lost, lead({ id: 'l0', number: 7 })] }),
      'duplicate',
    ],
    [
      'an open lead silent for exactly the limit',
      known({ leads: [lead({ lastActivityAt: '2025-12-11T05:00:00Z' })] }),
      'reengaged',
    ],
    [
      'an open lead silent for a day less',
      known({ leads: [lead({ lastActivityAt: '2025-12-12T05:00:01Z' })] }),
      'duplicate',
    ],
    ['a stranger’s spam', known({ junk: spam }), 'junk'],
    ['a stranger’s words that are perhaps spam', known({ junk: { label: 'spam', score: 0.79 } }), 'new'],
    ['a stranger’s clean words', known({ junk: { label: 'ok', score: 0.99 } }), 'new'],
    ['spam of somebody with a lead', known({ leads: [lead()], junk: spam }), 'duplicate'],
    ['spam of somebody with a lost lead', known({ leads: [lost], junk: spam }), 'reengaged'],
    ['a contact without a lead', known({ matches: [match()] }), 'new'],
  ])('of %s [M11]', (_, facts, verdict) => {
    const decided = decideVerdict(facts);
    expect(decided.verdict).toBe(verdict);
    expect(decided.evidence.length).toBeGreaterThan(0);
  });

  it('says of each piece of evidence what matched, how sure it is and why, in words [M11]', () => {
    const { evidence } = decideVerdict(known({ matches: [match({ verified: false })], leads: [lead()] }));
    expect(evidence).toEqual([
      {
        rule: 'same-phone',
        score: 0.9,
        matched: { kind: 'Contact', id: 'c1', label: 'Ravi' },
        text: 'The number +919845012345 is that of Ravi (stated in the conversation, not proved).',
      },
      {
        rule: 'open-lead',
        score: 1,
        matched: { kind: 'Lead', id: 'l1', label: '#12 Ravi' },
        text: 'Lead #12 is open (FOLLOW-UP).',
      },
    ]);
  });

  it('does not tell the name of somebody else’s contact [M61]', () => {
    const { evidence } = decideVerdict(
      known({ matches: [match({ conflict: true, contactId: 'c2', name: 'Asha Menon' })] }),
    );
    expect(JSON.stringify(evidence)).not.toContain('Asha');
  });
});

describe('who somebody is', () => {
  const contact = (_id: string, ...identities: [string, string][]) => ({
    _id,
    name: _id,
    identities: identities.map(([scheme, value]) => ({ scheme: scheme as 'phone', value })),
  });
  const claim = (scheme: string, value: string, verified: boolean): Claim => ({
    scheme: scheme as 'phone',
    value,
    verified,
  });
  const ravi = contact('ravi', ['phone', '+911']);
  const asha = contact('asha', ['email', 'a@x.in']);
  const browser = contact('browser', ['visitor', 'v1']);

  it('is whoever the channel proves, whatever is said [M2]', () => {
    expect(chooseContact([claim('phone', '+911', true), claim('email', 'a@x.in', false)], [ravi, asha])).toBe(
      ravi,
    );
  });
  it('is whoever a stated address belongs to, when the channel proves nobody [M2]', () => {
    expect(
      chooseContact(
        [claim('visitor', 'v1', true), claim('email', 'a@x.in', false)],
        [browser, asha],
        'browser',
      ),
    ).toBe(asha);
  });
  it('stays with the linked contact that has an address of its own [M2]', () => {
    expect(chooseContact([claim('email', 'a@x.in', false)], [ravi, asha], 'ravi')).toBe(ravi);
  });
  it('is nobody when nothing is known', () => {
    expect(chooseContact([claim('phone', '+919', true)], [])).toBeUndefined();
  });
  it('takes nothing over from what a browser merely says', () => {
    const claims = [
      claim('visitor', 'v1', true),
      claim('phone', '+911', false),
      claim('email', 'new@x.in', false),
    ];
    expect(identitiesToAdd(claims, ravi, [ravi])).toEqual([]);
  });
  it('takes over what a proved person tells, never what belongs to another', () => {
    const claims = [
      claim('phone', '+911', true),
      claim('email', 'new@x.in', false),
      claim('email', 'a@x.in', false),
    ];
    expect(identitiesToAdd(claims, ravi, [ravi, asha])).toEqual([{ scheme: 'email', value: 'new@x.in' }]);
  });
  it.each([
    ['98450 12345', '+919845012345'],
    ['098450-12345', '+919845012345'],
    ['+91 (98450) 12345', '+919845012345'],
    ['+49 30 901820', '+4930901820'],
    ['12', undefined],
    ['call me', undefined],
  ])('reads the number %s', (text, phone) => expect(normalPhone(text, 'IN')).toBe(phone));
  it.each([
    [' Ravi@Example.COM ', 'ravi@example.com'],
    ['ravi@', undefined],
    ['a b@c.in', undefined],
  ])('reads the address %s', (text, email) => expect(normalEmail(text)).toBe(email));
});
