/** A screen that fails takes only itself down: the rest of the console stays, and the person can go elsewhere. */
import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';

/** `at`: where it is shown; at another place it is tried anew. */
type Props = { at: string; children: ReactNode };

export class Broken extends Component<Props, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: Props) {
    if (before.at !== this.props.at && this.state.error) this.setState({ error: undefined });
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Result
        className="failure"
        status="warning"
        title="This screen could not be shown"
        subTitle={`Load it again; if that does not help, tell your administrator: ${error.message}`}
        extra={
          <Button type="primary" onClick={() => window.location.reload()}>
            Load it again
          </Button>
        }
      />
    );
  }
}
