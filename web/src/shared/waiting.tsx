import { Skeleton } from 'antd';

/** While a screen's code or data is on its way. */
export const Waiting = ({ rows = 6 }: { rows?: number }) => (
  <div className="page" aria-busy="true">
    <Skeleton active title={{ width: 180 }} paragraph={{ rows }} />
  </div>
);
