import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Popconfirm, Segmented, Select, type SelectProps, Tag } from 'antd';
import { useState } from 'react';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';
import { asIs, useChoices } from '../../shared/use-choices.ts';
import { Preview } from './preview.tsx';
import { type Entry, languageOptions, stateColours, stateWords } from './words.ts';

export type Words = Pick<Entry, 'kind' | 'title' | 'wordings' | 'text' | 'language' | 'products' | 'links'>;
export const blank: Words = {
  kind: 'question',
  title: '',
  wordings: [],
  text: '',
  language: 'en',
  products: [],
  links: [],
};
export const wordsOf = ({ kind, title, wordings, text, language, products, links }: Entry): Words => ({
  kind,
  title,
  wordings,
  text,
  language,
  products,
  links,
});

type Props = {
  words: Words;
  /** Absent: it is a new one. */
  entry?: Entry;
  fixed?: { questionId?: string; translationOf?: string };
  onSaved?: (entry: Entry) => void;
};

export function Editor({ words: given, entry, fixed = {}, onSaved }: Props) {
  const { may } = useSession();
  const [words, setWords] = useState(given);
  const create = useAct('knowledge.create', ({ entry: { state } }) => done[state]);
  const update = useAct('knowledge.update', ({ entry: { state } }) => done[state]);
  const set = (change: Partial<Words>) => setWords({ ...words, ...change });
  const mayEdit = may(entry ? 'knowledge.update' : 'knowledge.create');
  const busy = create.busy || update.busy;
  const isChanged = JSON.stringify(words) !== JSON.stringify(given);
  const isWhole = words.title.trim() !== '' && words.text.trim() !== '';
  const links = words.links.filter(({ label, url }) => label.trim() && url.trim());

  const save = async (state: Entry['state']) => {
    const input = {
      ...words,
      links,
      wordings: words.wordings.map((one) => one.trim()).filter(Boolean),
      state,
    };
    const saved = entry
      ? await update.act({ ...input, entryId: entry.id, expected: entry.version })
      : await create.act({ ...input, ...fixed });
    if (saved) onSaved?.(saved.entry);
  };
  return (
    <div className="entry-board">
      <section className="panel entry-form" aria-label="Words">
        <Fields words={words} set={set} readOnly={!mayEdit} />
        {mayEdit && (
          <div className="entry-acts">
            {entry && <Tag color={stateColours[entry.state]}>{stateWords[entry.state]}</Tag>}
            {entry && entry.state !== 'archived' && (
              <Popconfirm
                title="Archive it?"
                description="Nobody finds it any more. It can be taken out again."
                okText="Archive"
                onConfirm={() => save('archived')}
              >
                <Button type="text" disabled={busy}>
                  Archive
                </Button>
              </Popconfirm>
            )}
            {entry?.state === 'published' && (
              <Button disabled={busy} onClick={() => save('draft')}>
                Withdraw
              </Button>
            )}
            {entry?.state !== 'published' && (
              <Button
                loading={busy}
                disabled={!isWhole || (entry?.state === 'draft' && !isChanged)}
                onClick={() => save('draft')}
              >
                {entry?.state === 'archived' ? 'Take out as a draft' : 'Keep as a draft'}
              </Button>
            )}
            <Button
              type="primary"
              loading={busy}
              disabled={!isWhole || (entry?.state === 'published' && !isChanged)}
              onClick={() => save('published')}
            >
              {entry?.state === 'published' ? 'Save' : 'Publish'}
            </Button>
          </div>
        )}
      </section>
      <section className="panel entry-preview" aria-label="Preview">
        <header className="panel-head">
          <h2>As the bot says it, with the title as its source</h2>
        </header>
        <Preview text={firstOf(words)} links={words.links} />
      </section>
    </div>
  );
}
const done = {
  draft: 'Kept as a draft.',
  published: 'Published: the bot answers with it from now on.',
  archived: 'Archived.',
};

/** Of an article the bot says the section that was asked for: the first one stands for all. */
const firstOf = ({ kind, text }: Words): string =>
  kind === 'question' ? text : (text.split(/\n(?=#{1,4} )/)[0] ?? text);

function Fields({
  words,
  set,
  readOnly,
}: {
  words: Words;
  set: (change: Partial<Words>) => void;
  readOnly: boolean;
}) {
  const { products } = useChoices();
  const link = (at: number, change: Partial<Words['links'][number]>) =>
    set({ links: words.links.map((one, i) => (i === at ? { ...one, ...change } : one)) });
  return (
    <>
      <div className="entry-row">
        <Segmented<Words['kind']>
          value={words.kind}
          disabled={readOnly}
          onChange={(kind) => set({ kind })}
          options={[
            { value: 'question', label: 'Question and answer' },
            { value: 'article', label: 'Article' },
          ]}
        />
        <Select
          aria-label="Language"
          value={words.language}
          disabled={readOnly}
          options={languageOptions}
          onChange={(language) => set({ language })}
          style={{ width: 130 }}
        />
      </div>
      <div className="entry-field">
        <label htmlFor="entry-title">
          {words.kind === 'article' ? 'Title' : 'The question, as a customer asks it'}
        </label>
        <Input
          id="entry-title"
          value={words.title}
          maxLength={200}
          readOnly={readOnly}
          placeholder={words.kind === 'article' ? 'Moving your data to us' : 'Can we pay monthly?'}
          onChange={({ target }) => set({ title: target.value })}
        />
      </div>
      <Several
        id="wordings"
        label="Also asked as"
        mode="tags"
        value={words.wordings}
        disabled={readOnly}
        open={false}
        suffixIcon={null}
        tokenSeparators={['\n', ';']}
        placeholder="Other words for the same, in any language; Enter after each"
        onChange={(wordings) => set({ wordings: wordings.map((one) => one.slice(0, 200)) })}
      />
      <div className="entry-field">
        <label htmlFor="entry-text">
          {words.kind === 'article' ? 'Text; “## ” begins a section' : 'The answer, word for word'}
        </label>
        <Input.TextArea
          id="entry-text"
          value={words.text}
          maxLength={20_000}
          readOnly={readOnly}
          autoSize={{ minRows: words.kind === 'article' ? 10 : 5, maxRows: 24 }}
          placeholder="Short, with what there is to know: amounts, days, whom to ask. The bot adds nothing."
          onChange={({ target }) => set({ text: target.value })}
        />
      </div>
      <Several
        id="products"
        label="About which products"
        mode="multiple"
        value={words.products}
        disabled={readOnly}
        placeholder="All of them"
        options={asIs(products)}
        onChange={(chosen) => set({ products: chosen })}
      />
      <div className="entry-field">
        <span>Links</span>
        {words.links.map(({ label, url }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: links have no other name than their place
          <div key={at} className="entry-link">
            <Input
              aria-label={`Link ${at + 1}: words`}
              value={label}
              readOnly={readOnly}
              placeholder="Price list"
              onChange={({ target }) => link(at, { label: target.value })}
            />
            <Input
              aria-label={`Link ${at + 1}: address`}
              value={url}
              readOnly={readOnly}
              placeholder="https://…"
              onChange={({ target }) => link(at, { url: target.value })}
            />
            {!readOnly && (
              <Button
                type="text"
                aria-label={`Take link ${at + 1} away`}
                icon={<DeleteOutlined aria-hidden />}
                onClick={() => set({ links: words.links.filter((_, i) => i !== at) })}
              />
            )}
          </div>
        ))}
        {!readOnly && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined aria-hidden />}
            disabled={words.links.length >= 10}
            onClick={() => set({ links: [...words.links, { label: '', url: '' }] })}
          >
            Add a link
          </Button>
        )}
      </div>
    </>
  );
}

const Several = ({ id, label, ...select }: { id: string; label: string } & SelectProps<string[]>) => (
  <div className="entry-field">
    <span id={`${id}-label`}>{label}</span>
    <Select<string[]> {...select} aria-labelledby={`${id}-label`} />
  </div>
);
