import { describe, expect, it } from '@jest/globals';
import { distance, nearest } from '../../src/core/nearest.ts';
import { belowOf } from '../../src/domain/staff/actors.ts';

const verbs = [
  'today',
  'find',
  'next',
  'status',
  'call',
  'follow',
  'demo',
  'note',
  'assign',
  'handoff',
  'undo',
  'help',
];

describe('the nearest verb', () => {
  it.each([
    ['statsu', 'status'],
    ['stat', 'status'],
    ['cal', 'call'],
    ['folow', 'follow'],
    ['hand-off', 'handoff'],
    ['todya', 'today'],
    ['NOTE', 'note'],
  ])('%s is meant as %s', (typed, meant) => {
    expect(nearest(typed, verbs)).toBe(meant);
  });

  it('is not guessed where nothing is near', () => {
    expect(nearest('quotation', verbs)).toBeUndefined();
    expect(nearest('x', verbs)).toBeUndefined();
  });

  it('counts two neighbours swapped as one slip', () => {
    expect([
      distance('status', 'statsu'),
      distance('call', 'cal'),
      distance('', 'abc'),
      distance('same', 'same'),
    ]).toEqual([1, 1, 3, 0]);
  });
});

describe('who is below whom', () => {
  const users = [
    { id: 'head' },
    { id: 'north', managerId: 'head' },
    { id: 'south', managerId: 'head' },
    { id: 'asha', managerId: 'north' },
    { id: 'other' },
  ];

  it('follows the hierarchy to its end [M62]', () => {
    expect(belowOf('head', users).toSorted()).toEqual(['asha', 'north', 'south']);
    expect(belowOf('north', users)).toEqual(['asha']);
    expect(belowOf('asha', users)).toEqual([]);
  });

  it('does not run in a circle', () => {
    expect(
      belowOf('a', [
        { id: 'a', managerId: 'b' },
        { id: 'b', managerId: 'a' },
      ]),
    ).toEqual(['b']);
  });
});
