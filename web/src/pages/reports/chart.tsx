/** The server's ECharts option, drawn live; the library comes with the first chart. */
import { useEffect, useRef } from 'react';

export function Chart({
  option,
  label,
}: {
  option: Record<string, unknown> & { grid?: object; series?: { type?: string }[] };
  label: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let gone = false;
    let stop = () => {};
    void import('./echarts.ts').then(({ init }) => {
      if (gone || !place.current) return;
      const chart = init(place.current);
      // The page has the heading already.
      const grid = option.grid && { ...option.grid, top: 16 };
      // Where there is no room for words beside the pie, the legend says them.
      const narrow = place.current.clientWidth < 560;
      const series = (option.series ?? []).map((one) =>
        one.type === 'pie' && narrow ? { ...one, label: { show: false } } : one,
      );
      chart.setOption({
        ...option,
        series,
        ...(grid && { grid }),
        title: { show: false },
        backgroundColor: 'transparent',
      });
      const watch = new ResizeObserver(() => chart.resize());
      watch.observe(place.current);
      stop = () => {
        watch.disconnect();
        chart.dispose();
      };
    });
    return () => {
      gone = true;
      stop();
    };
  }, [option]);
  return <div ref={place} className="report-chart" role="img" aria-label={label} />;
}
