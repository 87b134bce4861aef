/** A button that runs a command: one press one effect, a short word when done, the server's words when not. */

import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { CommandName, Input, Output } from '../api/operations.ts';
import { invalidate, resourceOf, useCommand } from '../api/use-ask.ts';
import { useDone } from './use-done.tsx';

/** What a command of this resource may change besides its own records; live events say the rest. */
const alsoTouches: Record<string, string[]> = {
  call: ['lead', 'contact'],
  followup: ['lead', 'contact', 'calendar'],
  task: ['calendar', 'contact'],
  reminder: ['calendar'],
  note: ['contact', 'lead'],
  competitor: ['contact'],
  appointment: ['lead', 'contact', 'calendar'],
  enquiry: ['lead', 'contact'],
  lead: ['contact', 'appointment', 'duplicate'],
  contact: ['lead', 'conversation', 'duplicate'],
  link: ['user'],
  ticket: ['contact'],
  deadletter: ['ledger'],
  undo: ['audit', 'lead', 'contact', 'user', 'role', 'pipeline', 'assignment', 'setting'],
};

export function useAct<N extends CommandName>(name: N, done?: string | ((output: Output<N>) => string)) {
  const { run, busy } = useCommand(name);
  const { notification } = App.useApp();
  const tell = useDone();
  const client = useQueryClient();

  /** Resolves to the output, or to undefined after having told the person why not. */
  const act = async (input: Input<N>): Promise<Output<N> | undefined> => {
    try {
      const output = await run(input);
      const resource = resourceOf(name);
      invalidate(client, [resource, ...(alsoTouches[resource] ?? [])]);
      tell(name, done, output);
      return output;
    } catch (error) {
      notification.error({
        message: 'That did not work',
        description: (error as Error).message,
        placement: 'bottomRight',
      });
      return undefined;
    }
  };
  return { act, busy };
}
