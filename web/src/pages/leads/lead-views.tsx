import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { useAct } from '../../shared/use-act.ts';
import { type Chosen, useFilters } from '../../shared/use-filters.ts';
import { ViewTabs } from '../../shared/view-tabs.tsx';

const names = [
  ['all', 'All Leads'],
  ['hot', 'Hot Leads'],
  ['previousMonth', 'Previous Month Leads'],
  ['notAttempted', 'Not Attempted Leads'],
  ['lost', 'Lost Leads'],
  ['todayFollowUp', 'Today’s Follow Up'],
  ['missedFollowUp', 'Missed Follow Up'],
] as const;

/** The named views with their counts, then one's own; missed follow-ups stand out until they are 0. */
export function LeadViews({ view, onChoose }: { view: string; onChoose: (view: string) => void }) {
  const { data } = useAsk('lead.views', {}, { keep: true });
  const { chosen, only } = useFilters();
  const { sort: _, ...filter } = chosen;
  const own = data?.own ?? [];
  const kept = own.find((one) => isSame(one.filter as Chosen, filter));
  const choose = (name: string) => {
    const mine = own.find(({ id }) => name === ownKey(id));
    if (mine) only(mine.filter as Chosen);
    else if (kept) only(name === 'all' ? {} : { view: name });
    else onChoose(name);
  };
  const items = data && [
    ...data.items,
    ...own.map(({ id, label, count }) => ({ view: ownKey(id), label, count })),
  ];
  const narrowed = Object.keys(filter).some((name) => name !== 'view');
  return (
    <>
      <ViewTabs<string>
        items={items}
        names={names}
        chosen={kept ? ownKey(kept.id) : view}
        onChoose={choose}
        alarm="missedFollowUp"
      />
      {kept ? <Drop id={kept.id} label={kept.label} /> : narrowed && <Keep filter={filter} />}
    </>
  );
}

const ownKey = (id: string) => `own:${id}`;

/** “All Leads” is no filter. */
function isSame(one: Chosen, other: Chosen): boolean {
  const told = (filter: Chosen) =>
    JSON.stringify(
      Object.entries(filter)
        .filter(([name, value]) => value && !(name === 'view' && value === 'all'))
        .sort(),
    );
  return told(one) === told(other);
}

function Keep({ filter }: { filter: Chosen }) {
  const [open, setOpen] = useState(false);
  const [label, setLabel] = useState('');
  const { act, busy } = useAct('lead.keepView', 'Kept: it stands beside the other lists.');
  const keep = async () => {
    if (!label.trim() || !(await act({ label: label.trim(), filter: filter as never }))) return;
    setOpen(false);
    setLabel('');
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      content={
        <form
          className="keep-filter"
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <Input
            autoFocus
            maxLength={60}
            value={label}
            onChange={({ target }) => setLabel(target.value)}
            placeholder="Big deals in Chennai"
            aria-label="Name of the filter"
          />
          <Button type="primary" htmlType="submit" loading={busy} disabled={!label.trim()}>
            Keep
          </Button>
        </form>
      }
    >
      <Button size="small" type="link">
        Keep this filter
      </Button>
    </Popover>
  );
}

function Drop({ id, label }: { id: string; label: string }) {
  const { act, busy } = useAct('lead.dropView', 'Dropped.');
  return (
    <Button size="small" type="link" loading={busy} onClick={() => void act({ id })}>
      Drop the filter “{label}”
    </Button>
  );
}
