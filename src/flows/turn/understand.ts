/** The language engine, asked with what a talk knows. */
import type { Expecting, Understanding } from '../nlu.ts';
import type { Talk } from './talk.ts';

export const understand = (talk: Talk, text: string, expecting: Expecting | undefined): Understanding =>
  talk.nlu.understand(text, {
    now: talk.input.now,
    timezone: talk.zone,
    ...(expecting && { expecting }),
    ...(typeof talk.vars.demoAt === 'string' && { agreed: talk.vars.demoAt }),
  });
