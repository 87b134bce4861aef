/** A lead, a ticket, a task, a talk or a screen, by a few of its letters; without a mouse. */
import { Input, type InputRef, Modal } from 'antd';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useSettled } from '../shared/use-settled.ts';
import { type Found, useFound } from './use-found.ts';

export default function Find({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const id = useId();
  const field = useRef<InputRef>(null);
  const [typed, setTyped] = useState('');
  const words = useSettled(typed.trim(), 150);
  const { groups, busy } = useFound(words);
  const all = groups.flatMap(({ items }) => items);
  const [at, setAt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, other results: the first one again
  useEffect(() => setAt(0), [words]);
  const here = Math.min(at, all.length - 1);

  const go = (found: Found | undefined) => {
    if (!found) return;
    onClose();
    navigate(found.to);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    // While somebody composes a letter, Enter ends the letter.
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) return go(all[here]);
    if (!step || !all.length) return;
    event.preventDefault();
    const next = (here + step + all.length) % all.length;
    setAt(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <Modal
      open
      onCancel={onClose}
      afterOpenChange={(shown) => shown && field.current?.focus()}
      footer={null}
      closable={false}
      width={620}
      className="find"
    >
      <Input
        ref={field}
        size="large"
        variant="borderless"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={press}
        placeholder="Name, telephone, #number, ticket, or a page"
        aria-label="Search everything"
        role="combobox"
        aria-expanded={all.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={all.length ? `${id}-${here}` : undefined}
      />
      <div className="find-list" id={`${id}-list`} role="listbox" aria-label="Found">
        {groups.map(({ title, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={title} role="group" aria-label={title}>
            <p aria-hidden>{title}</p>
            {items.map((found) => {
              const place = all.indexOf(found);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard, and tells which is active
                // biome-ignore lint/a11y/useFocusableInteractive: as above
                <div
                  key={found.to}
                  id={`${id}-${place}`}
                  role="option"
                  aria-selected={place === here}
                  className="find-one"
                  onMouseMove={() => setAt(place)}
                  onClick={() => go(found)}
                >
                  <strong>{found.label}</strong>
                  {found.about && <span>{found.about}</span>}
                </div>
              );
            })}
          </div>
        ))}
        <p className="find-none" role="status">
          {busy ? 'Looking…' : words && !all.length ? `Nothing is called “${words}”.` : ''}
        </p>
      </div>
    </Modal>
  );
}
