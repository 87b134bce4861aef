import { Button, Result } from 'antd';

/** A screen or a part of it could not be loaded: what happened in the server's words, and what to do. */
export function Failure({ error, retry }: { error: Error; retry?: () => void }) {
  const status = 'statusCode' in error ? error.statusCode : undefined;
  const missing = status === 404;
  // Asking again changes neither.
  const final = missing || status === 403;
  return (
    <Result
      className="failure"
      status={final ? 'info' : 'warning'}
      title={missing ? 'Not here' : status === 403 ? 'Not for your role' : 'This could not be loaded'}
      subTitle={error.message}
      extra={retry && !final && <Button onClick={retry}>Try again</Button>}
    />
  );
}
