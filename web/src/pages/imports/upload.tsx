/** Hands a file in: dropped on it or chosen. What it is and how it is read is decided on the next page. */
import { InboxOutlined } from '@ant-design/icons';
import { Progress } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { uploadFile } from './send.ts';

export function Upload() {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState<number>();
  const [problem, setProblem] = useState<string>();

  const take = async (file?: File) => {
    if (!file || sent !== undefined) return;
    setProblem(undefined);
    setSent(0);
    try {
      navigate(`/imports/${await uploadFile(file, setSent)}`);
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setSent(undefined);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <fieldset
      className="upload"
      aria-label="A file of leads"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <InboxOutlined aria-hidden className="upload-sign" />
      {sent === undefined ? (
        <>
          <label className="upload-choose">
            <input
              ref={input}
              className="sr-only"
              type="file"
              accept=".csv,.tsv,.txt,.xlsx"
              onChange={({ target }) => void take(target.files?.[0])}
            />
            Choose a file
          </label>
          <p>
            or drop it here. CSV or .xlsx, up to 50 MB and 200,000 rows. Nothing is imported before you have
            seen it.
          </p>
        </>
      ) : (
        <div className="upload-sent" role="status">
          <Progress percent={Math.round(sent * 100)} showInfo={sent < 1} size="small" />
          <p>{sent < 1 ? 'Sending the file …' : 'Reading the file …'}</p>
        </div>
      )}
      {problem && (
        <p className="upload-problem" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
