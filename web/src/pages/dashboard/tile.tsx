import { ArrowLeftOutlined, ArrowRightOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { figureText } from '../../shared/money.ts';
import { Chart } from '../reports/chart.tsx';
import type { Tile } from './dashboard.tsx';

type Change = { earlier?: () => void; later?: () => void; remove: () => void };

export function TileCard({ tile, onOpen, change }: { tile: Tile; onOpen: () => void; change?: Change }) {
  const isFigure = tile.value !== undefined;
  return (
    <section className="tile" data-figure={isFigure} aria-label={tile.title}>
      <header>
        <h2>{tile.title}</h2>
        {change ? (
          <span>
            <Button
              size="small"
              type="text"
              aria-label="Earlier"
              icon={<ArrowLeftOutlined />}
              disabled={!change.earlier}
              onClick={change.earlier}
            />
            <Button
              size="small"
              type="text"
              aria-label="Later"
              icon={<ArrowRightOutlined />}
              disabled={!change.later}
              onClick={change.later}
            />
            <Button
              size="small"
              type="text"
              danger
              aria-label={`Remove ${tile.title}`}
              icon={<DeleteOutlined />}
              onClick={change.remove}
            />
          </span>
        ) : (
          !isFigure && (
            <Button size="small" type="link" onClick={onOpen}>
              Table
            </Button>
          )
        )}
      </header>
      {isFigure ? <Figure tile={tile} onOpen={onOpen} /> : <Drawn tile={tile} />}
    </section>
  );
}

function Figure({ tile, onOpen }: { tile: Tile; onOpen: () => void }) {
  const { value = 0, before, target } = tile;
  return (
    <>
      <button type="button" className="tile-value" onClick={onOpen} title="Show the records behind this">
        {figureText(value, tile)}
      </button>
      <p className="tile-before">
        {before === undefined
          ? ' '
          : `${figureText(before, tile)} ${beforeWords[tile.spec.period as string] ?? 'before'}`}
      </p>
      {target !== undefined && (
        <div className="tile-goal">
          <Progress
            percent={Math.min(100, Math.round((value / target) * 100))}
            showInfo={false}
            size="small"
          />
          <span>
            {Math.round((value / target) * 100)} % of {figureText(target, tile)}
          </span>
        </div>
      )}
    </>
  );
}

const Drawn = ({ tile }: { tile: Tile }) =>
  tile.chart ? (
    <Chart option={tile.chart} label={tile.title} />
  ) : (
    <p className="tile-empty">Nothing in this period yet. It fills as leads, calls and demos come in.</p>
  );

const beforeWords: Record<string, string> = {
  today: 'yesterday',
  'this-week': 'last week',
  'this-month': 'last month',
  'this-year': 'last year',
  'this-financial-year': 'last financial year',
};
