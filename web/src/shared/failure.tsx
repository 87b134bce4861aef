import { Button, Result } from 'antd';

/** A screen or a part of it could not be loaded: what happened in the server's words, and what to do. */
export function Failure({ error, retry }: { error: Error; retry?: () => void }) {
  const missing = 'statusCode' in error && error.statusCode === 404;
  return (
    <Result
      className="failure"
      status={missing ? 'info' : 'warning'}
      title={missing ? 'Not here' : 'This could not be loaded'}
      subTitle={error.message}
      extra={retry && !missing && <Button onClick={retry}>Try again</Button>}
    />
  );
}
