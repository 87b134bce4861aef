import { AppError, errorCatalogue } from '../../src/core/errors.ts';
import { allowedMoves, assertMove, type StateMachine } from '../../src/core/state-machine.ts';

const door: StateMachine<'open' | 'closed' | 'locked'> = {
  name: 'door',
  initial: 'closed',
  states: {
    open: { label: 'Open', to: ['closed'] },
    closed: { label: 'Closed', to: ['*'] },
    locked: { label: 'Locked', to: [] },
  },
};

describe('a state machine as data', () => {
  it('allows the moves it lists, and with * every other state', () => {
    expect(allowedMoves(door, 'open')).toEqual(['closed']);
    expect(allowedMoves(door, 'closed')).toEqual(['open', 'locked']);
  });

  it('refuses any other in words, with what is allowed', () => {
    expect(() => assertMove(door, 'open', 'locked')).toThrow(
      'A lead cannot go from Open to Locked. Allowed: Closed.',
    );
    expect(() => assertMove(door, 'locked', 'open')).toThrow('Allowed: nothing.');
  });
});

describe('an error of the catalogue', () => {
  it('fills its message, and tells a client code, retry and details', () => {
    const error = new AppError('record.not_found', { kind: 'lead', id: '#7' });
    expect(error.toJSON()).toEqual({
      error: {
        code: 'record.not_found',
        message: 'No lead #7 that you may see.',
        retryable: false,
        details: { kind: 'lead', id: '#7' },
      },
    });
    expect(error.status).toBe(404);
  });

  it('has a sentence and an HTTP status for each code', () => {
    for (const { message, status } of Object.values(errorCatalogue)) {
      expect(message.length).toBeGreaterThan(10);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });
});
