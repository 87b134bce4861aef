import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { Nothing } from '../../../shared/nothing.tsx';
import { Panel } from '../../../shared/page.tsx';
import { type Column, Records } from '../../../shared/records.tsx';
import type { PartProps } from './assignment.tsx';
import { DaysOff } from './days-off.tsx';
import type { Settings } from './words.ts';

type Person = Output<'assignment.people'>['items'][number];
export type Own = Settings['people'][string];

/** Everybody who may get leads: what each got, what holds them, and what is theirs alone. */
export function People({ settings, change, fixed, names }: PartProps) {
  const { data, error, refetch } = useAsk('assignment.people', {}, { keep: true, everyMs: 30_000 });
  const [away, setAway] = useState<Person>();
  const set = (id: string, part: Partial<Own>) => {
    const own = Object.entries({ ...settings.people[id], ...part }).filter(
      ([, value]) => value !== undefined,
    );
    const { [id]: _, ...others } = settings.people;
    change({ people: own.length ? { ...others, [id]: Object.fromEntries(own) } : others });
  };
  const columns: Column<Person>[] = [
    {
      key: 'name',
      title: 'Name',
      card: 'title',
      width: '18%',
      render: ({ name, role }) => (
        <span className="stack">
          <strong>{name}</strong>
          <small>{names.roles.get(role) ?? role}</small>
        </span>
      ),
    },
    {
      key: 'now',
      title: 'Now',
      card: 'aside',
      width: '17%',
      render: ({ held }) => (
        <span className="state wrap" data-ok={!held}>
          {held ?? 'takes leads'}
        </span>
      ),
    },
    {
      key: 'load',
      title: 'Today · 24 h',
      width: '11%',
      render: ({ id, today, lastDay }) => {
        const most = settings.people[id]?.perDay ?? settings.perDay;
        return `${today}${most ? ` of ${most}` : ''} · ${lastDay}`;
      },
    },
    {
      key: 'limit',
      title: 'A day',
      width: 110,
      render: ({ id, name }) => (
        <InputNumber
          size="small"
          aria-label={`Leads a day for ${name}`}
          style={{ width: 80 }}
          min={0}
          max={10_000}
          precision={0}
          disabled={fixed}
          placeholder={settings.perDay ? String(settings.perDay) : 'any'}
          value={settings.people[id]?.perDay ?? null}
          onChange={(perDay) => set(id, { perDay: perDay ?? undefined })}
        />
      ),
    },
    {
      key: 'hours',
      title: 'Works from – to',
      width: 250,
      render: ({ id, name }) => (
        <Hours
          name={name}
          fixed={fixed}
          value={settings.people[id]?.hours}
          onChange={(hours) => set(id, { hours })}
        />
      ),
    },
    {
      key: 'away',
      title: 'Days off',
      render: (person) => (
        <Button size="small" disabled={fixed} onClick={() => setAway(person)}>
          {settings.people[person.id]?.away?.length || 'None'}
        </Button>
      ),
    },
  ];
  return (
    <div className="assignment-people">
      <Panel id="people" title="Who takes leads">
        <Records<Person>
          label="Who takes leads"
          columns={columns}
          items={data?.items}
          error={error}
          retry={() => void refetch()}
          empty={<Nothing title="Nobody" hint="No active colleague has one of the roles that take turns." />}
        />
      </Panel>
      <DaysOff
        name={away?.name}
        days={away && settings.people[away.id]?.away}
        onKeep={(days) => {
          set(away!.id, { away: days.length ? days : undefined });
          setAway(undefined);
        }}
        onClose={() => setAway(undefined)}
      />
    </div>
  );
}

function Hours(props: {
  name: string;
  fixed: boolean;
  value?: [string, string];
  onChange: (hours: [string, string] | undefined) => void;
}) {
  // One of the two alone is no hours yet: it waits here for the other.
  const [[from, to], setBoth] = useState<[string, string]>(props.value ?? ['', '']);
  const put = (next: [string, string]) => {
    setBoth(next);
    if (next[0] && next[1]) props.onChange(next);
    else if (!next[0] && !next[1]) props.onChange(undefined);
  };
  const field = (what: string, value: string, change: (time: string) => void) => (
    <Input
      type="time"
      size="small"
      disabled={props.fixed}
      aria-label={`${props.name} works ${what}`}
      value={value}
      onChange={({ target }) => change(target.value)}
    />
  );
  return (
    <span className="hours">
      {field('from', from, (time) => put([time, to]))}–{field('to', to, (time) => put([from, time]))}
    </span>
  );
}
