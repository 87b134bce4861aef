/** Figures and charts that a person chose, live: now, before, and as they should be. Each opens the list behind it. */
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Page } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { SheetTable } from '../reports/sheet-table.tsx';
import { AddTile } from './add-tile.tsx';
import { Goals } from './goals.tsx';
import { TileCard } from './tile.tsx';
import '../../styles/reports.css';
import '../../styles/dashboard.css';

export type Tile = Output<'dashboard.get'>['tiles'][number];

export default function Dashboard() {
  const { data, error, refetch } = useAsk('dashboard.get', {}, { keep: true });
  const { may } = useSession();
  const { act, busy } = useAct('dashboard.save');
  const [changing, setChanging] = useState(false);
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<Tile>();
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting rows={10} />;
  const keep = (tiles: Tile[]) => act({ tiles: tiles.map(({ title, spec }) => ({ title, spec })) });
  const move = (from: number, to: number) => {
    const tiles = [...data.tiles];
    const [taken] = tiles.splice(from, 1);
    if (taken && to >= 0 && to <= tiles.length) void keep(tiles.toSpliced(to, 0, taken));
  };
  return (
    <Page
      title="Dashboard"
      note="Live, and only of what you may see."
      wide
      actions={
        <>
          {changing && <Button onClick={() => setAdding(true)}>Add a tile</Button>}
          {changing && data.own && (
            <Button loading={busy} onClick={() => void act({ tiles: [] })}>
              As it was
            </Button>
          )}
          <Button type={changing ? 'primary' : 'default'} onClick={() => setChanging(!changing)}>
            {changing ? 'Done' : 'Customise'}
          </Button>
        </>
      }
    >
      <div className="tiles">
        {data.tiles.map((tile, at) => (
          <TileCard
            key={`${tile.title} ${JSON.stringify(tile.spec)}`}
            tile={tile}
            onOpen={() => setOpen(tile)}
            change={
              changing
                ? {
                    earlier: at > 0 ? () => move(at, at - 1) : undefined,
                    later: at < data.tiles.length - 1 ? () => move(at, at + 1) : undefined,
                    remove: () => void keep(data.tiles.filter((other) => other !== tile)),
                  }
                : undefined
            }
          />
        ))}
      </div>
      <Goals mayset={may('goal.set')} />
      {adding && (
        <AddTile
          close={() => setAdding(false)}
          add={async (tile) => {
            const saved = await act({
              tiles: [...data.tiles.map(({ title, spec }) => ({ title, spec })), tile],
            });
            if (saved) setAdding(false);
          }}
        />
      )}
      {open && <Behind tile={open} close={() => setOpen(undefined)} />}
    </Page>
  );
}

/** The records that a figure counts, or the rows that a chart draws. */
function Behind({ tile, close }: { tile: Tile; close: () => void }) {
  const isFigure = tile.value !== undefined;
  const spec = isFigure ? { ...tile.spec, list: true } : tile.spec;
  const { data, error, refetch } = useAsk('report.run', { spec });
  return (
    <Drawer open title={tile.title} width={820} onClose={close}>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data ? (
        <>
          <p className="page-note">{data.sheet.subtitle}</p>
          <SheetTable sheet={data.sheet} />
        </>
      ) : (
        <Waiting />
      )}
    </Drawer>
  );
}
