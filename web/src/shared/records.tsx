/**
 * The one list of records: a table on a wide screen, cards on a phone (by styles.css), the next page by cursor.
 * A row is opened by a click anywhere on it or by the link in its first column.
 */
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { Failure } from './failure.tsx';

export type Column<T> = {
  key: string;
  title: string;
  render: (record: T) => ReactNode;
  width?: number | string;
  /** On a card: big, at the right of the first line, beside the others without its title, a line with its title, or not at all. */
  card?: 'title' | 'aside' | 'inline' | 'line' | 'none';
};

type Props<T> = {
  label: string;
  columns: Column<T>[];
  items: T[] | undefined;
  keyOf?: (record: T) => string;
  href?: (record: T) => string;
  error?: Error | null;
  retry?: () => void;
  empty: ReactNode;
  more?: { has: boolean; loading: boolean; load: () => void };
  total?: number;
  /** Rows can be chosen, to do something with all of them; on a wide screen only. */
  choice?: { chosen: string[]; onChoose: (ids: string[]) => void };
};

export function Records<T extends { id?: string }>(props: Props<T>) {
  const { columns, items, href, choice, keyOf = (record) => record.id ?? '' } = props;
  const navigate = useNavigate();
  if (props.error && !items) return <Failure error={props.error} retry={props.retry} />;
  if (!items) return <Skeleton active paragraph={{ rows: 8 }} title={false} className="records-loading" />;
  if (!items.length) return <>{props.empty}</>;

  return (
    <>
      <table className="records" aria-label={props.label}>
        <thead>
          <tr>
            {choice && <ChooseAll ids={items.map(keyOf)} {...choice} />}
            {columns.map((column) => (
              <th key={column.key} style={{ width: column.width }}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((record) => (
            <tr
              key={keyOf(record)}
              className={href ? 'opens' : undefined}
              onClick={(event) => href && !isControl(event.target) && navigate(href(record))}
            >
              {choice && <Choose id={keyOf(record)} {...choice} />}
              {columns.map((column, index) => (
                <td key={column.key} data-card={column.card ?? 'line'} data-title={column.title}>
                  {href && index === 0 ? (
                    <Link to={href(record)}>{column.render(record)}</Link>
                  ) : (
                    column.render(record)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <footer className="records-foot">
        {props.total !== undefined && (
          <span>
            {items.length} of {props.total}
          </span>
        )}
        {props.more?.has && (
          <Button loading={props.more.loading} onClick={props.more.load}>
            Show more
          </Button>
        )}
      </footer>
    </>
  );
}

type Choice = NonNullable<Props<never>['choice']>;

const Choose = ({ id, chosen, onChoose }: Choice & { id: string }) => (
  <td className="choose" data-card="none">
    <label>
      <span className="sr-only">Choose this row</span>
      <input
        type="checkbox"
        checked={chosen.includes(id)}
        onChange={({ target }) =>
          onChoose(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
        }
      />
    </label>
  </td>
);

const ChooseAll = ({ ids, chosen, onChoose }: Choice & { ids: string[] }) => (
  <th className="choose">
    <label>
      <span className="sr-only">Choose all that are shown</span>
      <input
        type="checkbox"
        checked={ids.every((id) => chosen.includes(id))}
        onChange={({ target }) => onChoose(target.checked ? ids : [])}
      />
    </label>
  </th>
);

/** A press on a button or link inside the row is for that, not for the row. */
const isControl = (target: EventTarget) =>
  (target as Element).closest(
    'a,button,input,label,select,.ant-select,.ant-dropdown,.ant-modal,.ant-drawer',
  ) !== null;
