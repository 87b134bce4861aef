/** Every text of the flow, found by its name or its words: also those said at no step, as answers in between. */
import { Input } from 'antd';
import { useState } from 'react';
import { Nothing } from '../../shared/nothing.tsx';
import { LocalePick } from './locale-pick.tsx';
import { TextEditor } from './text-editor.tsx';
import type { FlowGraph } from './types.ts';

/** More are found by searching. */
const most = 25;

export function AllTexts({ graph }: { graph: FlowGraph }) {
  const [locale, setLocale] = useState(Object.keys(graph.texts)[0] ?? 'en');
  const [search, setSearch] = useState('');
  const keys = Object.keys(graph.texts.en ?? graph.texts[locale] ?? {});
  const wanted = search.trim().toLowerCase();
  const found = keys.filter((key) =>
    [key, ...(graph.texts[locale]?.[key] ?? [])].some((words) => words.toLowerCase().includes(wanted)),
  );
  const labels = new Set(graph.nodes.flatMap(({ choices }) => choices.map(({ key }) => key)));
  return (
    <div className="step-panel">
      <Input.Search
        aria-label="Search texts"
        placeholder="Words, or the name of a text"
        allowClear
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <LocalePick graph={graph} value={locale} onChange={setLocale} />
      {found.slice(0, most).map((key) => (
        <TextEditor
          key={`${locale} ${key}`}
          flow={graph.name}
          locale={locale}
          textKey={key}
          wordings={graph.texts[locale]?.[key] ?? []}
          labels={[]}
          isLabel={labels.has(key)}
        />
      ))}
      {found.length === 0 && <Nothing title="No text has these words" />}
      {found.length > most && (
        <p className="form-note">
          {most} of {found.length}. Search to find the others.
        </p>
      )}
    </div>
  );
}
