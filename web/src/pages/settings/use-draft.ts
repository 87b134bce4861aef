/**
 * A copy of settings that is being changed. When somebody else saves meanwhile the copy stays as it is, and whoever
 * changes it is told and chooses: nothing is written over unseen.
 */
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { ApiError } from '../../api/error.ts';
import type { CommandName, Input, Output } from '../../api/operations.ts';
import { invalidate, resourceOf, useCommand } from '../../api/use-ask.ts';

type Saved = { version: number; changedBy?: string };

export function useDraft<T extends Saved, N extends CommandName>(
  saved: T,
  command: N,
  toInput: (draft: T, expected: number) => Input<N>,
  done: string,
) {
  const [mine, setMine] = useState<{ draft: T; base: number }>();
  const [problem, setProblem] = useState<string>();
  const { run, busy } = useCommand(command);
  const client = useQueryClient();
  const { message } = App.useApp();
  const draft = mine?.draft ?? saved;

  const change = (part: Partial<T>) =>
    setMine({ draft: { ...draft, ...part }, base: mine?.base ?? saved.version });
  const discard = () => {
    setMine(undefined);
    setProblem(undefined);
  };
  /** @param over Somebody else's change is known and is to be written over. */
  const save = async (over = false): Promise<Output<N> | undefined> => {
    setProblem(undefined);
    try {
      const expected = over || !mine ? saved.version : mine.base;
      const output = await run(toInput(draft, expected));
      invalidate(client, [resourceOf(command), 'setting']);
      // Until the new version has come the draft goes on showing: nothing jumps back for a moment.
      await client.refetchQueries({ queryKey: ['data', 'default', resourceOf(command)] });
      setMine(undefined);
      void message.success({ key: 'done', content: done });
      return output;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'record.conflict')
        invalidate(client, [resourceOf(command)]);
      setProblem((error as Error).message);
      return undefined;
    }
  };
  return {
    draft,
    change,
    discard,
    save,
    busy,
    problem,
    changed: mine !== undefined,
    overtaken: mine !== undefined && mine.base !== saved.version,
  };
}
export type Draft = Pick<
  ReturnType<typeof useDraft>,
  'discard' | 'busy' | 'problem' | 'changed' | 'overtaken'
> & {
  save: (over?: boolean) => Promise<unknown>;
};
