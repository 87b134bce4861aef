import { Button, Popconfirm } from 'antd';
import type { Output } from '../../../api/operations.ts';
import { useSession } from '../../../session/session.tsx';
import { inWords } from '../../../shared/in-words.ts';
import { useAct } from '../../../shared/use-act.ts';
import { When } from '../../../shared/when.tsx';
import { differences } from './differences.ts';

type One = Output<'audit.list'>['items'][number];

export function Entry({ entry }: { entry: One }) {
  const { may } = useSession();
  const { act, busy } = useAct('undo.change', ({ text }) => `Undone: ${text}.`);
  const rows = entry.changes.flatMap(({ before, after }) => differences(before, after));
  return (
    <li data-undone={entry.undone}>
      <div className="audit-what">
        {entry.changes.length ? (
          entry.changes.map(({ id, text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one record may be changed twice in one act.
            <strong key={`${id}${at}`}>{text ?? inWords(entry.command.replace('.', ': '))}</strong>
          ))
        ) : (
          <strong>{inWords(entry.command.replace('.', ': '))}</strong>
        )}
        <span>
          {entry.actorName}, <When at={entry.at} />, {entry.surface}
          {entry.undone && <span className="audit-undone">undone</span>}
        </span>
        {rows.length > 0 && (
          <details>
            <summary>Before and after</summary>
            <table>
              <tbody>
                {rows.map(({ field, before, after }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a field may stand in two changes.
                  <tr key={`${field}${at}`}>
                    <th scope="row">{field}</th>
                    <td className="was">{before}</td>
                    <td>{after}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        )}
      </div>
      {entry.undoable && !entry.undone && may('undo.change') && (
        <Popconfirm title="Undo this change?" okText="Undo" onConfirm={() => act({ id: entry.id })}>
          <Button size="small" loading={busy}>
            Undo
          </Button>
        </Popconfirm>
      )}
    </li>
  );
}
