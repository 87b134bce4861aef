/** One command for each of several records, one after the other: what one of them refuses does not hold up the others. */
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { command } from '../api/client.ts';
import type { CommandName, Input } from '../api/operations.ts';
import { invalidate, resourceOf } from '../api/use-ask.ts';

type One = { id: string; label: string };
/** As many reasons are shown as can be read at once. */
const shown = 5;

/** @param touches resources to load again, besides the command's own */
export function useEach<N extends CommandName>(name: N, touches: string[] = []) {
  const { message, notification } = App.useApp();
  const client = useQueryClient();
  const [at, setAt] = useState<number>();

  /** Resolves to the ids of those that it did not do, after having told the person why not. */
  const run = async (records: One[], input: (id: string) => Input<N>): Promise<string[]> => {
    const refused: { id: string; words: string }[] = [];
    for (const [index, { id, label }] of records.entries()) {
      setAt(index + 1);
      await command(name, input(id)).catch((error: Error) =>
        refused.push({ id, words: `${label}: ${error.message}` }),
      );
    }
    setAt(undefined);
    invalidate(client, [resourceOf(name), ...touches]);
    const done = records.length - refused.length;
    if (!refused.length) void message.success(`Done for ${done}.`);
    else
      notification.warning({
        message: `Done for ${done}, not for ${refused.length}`,
        description: [
          ...refused.slice(0, shown).map(({ words }) => words),
          ...(refused.length > shown ? [`and ${refused.length - shown} more`] : []),
        ].join('\n'),
        className: 'lines',
        placement: 'bottomRight',
        duration: 0,
      });
    return refused.map(({ id }) => id);
  };
  return { run, at };
}
