/** What goes along with an answer: files, chosen or dropped or pasted; where we are; one's own contact card. */
import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useRef, useState } from 'react';
import { upload } from '../../api/upload.ts';
import { sizeOf } from './files.tsx';

export type Attached = {
  key: number;
  name: string;
  bytes: number;
  done: number;
  fileId?: string;
  problem?: string;
};

let last = 0;

export function useAttached() {
  const [files, setFiles] = useState<Attached[]>([]);
  const change = (key: number, news: Partial<Attached>) =>
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...news } : one)));

  function add(list: Iterable<File> | null | undefined): boolean {
    const chosen = [...(list ?? [])].slice(0, 10);
    for (const file of chosen) {
      const key = ++last;
      setFiles((all) => [...all, { key, name: file.name, bytes: file.size, done: 0 }]);
      upload<{ fileId: string }>('/api/files', file, (done) => change(key, { done }), file.type || undefined)
        .then(({ fileId }) => change(key, { fileId, done: 1 }))
        .catch((error: Error) => change(key, { problem: error.message }));
    }
    return chosen.length > 0;
  }
  return {
    files,
    add,
    remove: (key: number) => setFiles((all) => all.filter((one) => one.key !== key)),
    clear: () => setFiles([]),
    ids: files.flatMap(({ fileId }) => fileId ?? []),
    waiting: files.some(({ fileId, problem }) => !fileId && !problem),
  };
}
export type Attachments = ReturnType<typeof useAttached>;

export function AttachedList({ attached }: { attached: Attachments }) {
  if (!attached.files.length) return null;
  return (
    <ul className="composer-files" aria-label="Files to send">
      {attached.files.map(({ key, name, bytes, done, fileId, problem }) => (
        <li key={key} data-problem={problem !== undefined}>
          <span>
            {name} <small>{sizeOf(bytes)}</small>
          </span>
          {problem ? (
            <small role="alert">{problem}</small>
          ) : (
            !fileId && <progress max={1} value={done} aria-label={`Uploading ${name}`} />
          )}
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label={`Leave out ${name}`}
            onClick={() => attached.remove(key)}
          />
        </li>
      ))}
    </ul>
  );
}

export function AttachButton({
  attached,
  onLocation,
  onCard,
}: {
  attached: Attachments;
  onLocation: () => void;
  onCard: () => void;
}) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label="Files to send"
        onChange={({ target }) => {
          attached.add(target.files);
          target.value = '';
        }}
      />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'files', label: 'Files…' },
            { key: 'location', label: 'Our place on the map' },
            { key: 'card', label: 'My contact card' },
          ],
          onClick: ({ key }) =>
            key === 'files' ? chooser.current?.click() : key === 'location' ? onLocation() : onCard(),
        }}
      >
        <Button
          icon={<PaperClipOutlined aria-hidden />}
          aria-label="Attach"
          title="Files, place, contact card"
        />
      </Dropdown>
    </>
  );
}
