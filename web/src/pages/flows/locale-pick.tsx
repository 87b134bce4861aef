import { Segmented } from 'antd';
import type { FlowGraph } from './types.ts';
import { localeWord } from './words.ts';

export const LocalePick = ({
  graph,
  value,
  onChange,
}: {
  graph: FlowGraph;
  value: string;
  onChange: (locale: string) => void;
}) => (
  <Segmented
    aria-label="Language"
    className="locale-pick"
    value={value}
    onChange={(locale) => onChange(String(locale))}
    options={Object.keys(graph.texts).map((locale) => ({ value: locale, label: localeWord(locale) }))}
  />
);
