/** One ECharts option for every surface: drawn live in the console, as SVG or PNG for chat and paper. */
import type { Sheet, SheetColumn } from './sheet.ts';

export const chartKinds = ['bar', 'pie', 'line'] as const;
export type ChartKind = (typeof chartKinds)[number];
export type ChartOption = Record<string, unknown>;

const palette = ['#2563eb', '#0d9488', '#d97706', '#7c3aed', '#dc2626', '#0891b2', '#65a30d', '#be185d'];
/** More slices or bars than this cannot be told apart: the rest becomes one. */
const most = 24;

/** `undefined` where there is nothing to draw: no rows, no number, or all of it zero. */
export function chartOption(sheet: Sheet, kind: ChartKind): ChartOption | undefined {
  const label = sheet.columns.filter((column) => column.kind === 'text' || column.kind === 'time');
  const values = sheet.columns.filter((column) => column.kind === 'number');
  const series = values.length
    ? values
    : sheet.columns.filter((column) => column.kind === 'money').slice(0, 1);
  if (!label.length || !series.length) return undefined;
  const rows = sheet.rows.filter((row) => series.some(({ key }) => Number(row[key]) !== 0));
  if (!rows.length) return undefined;
  const name = (row: Sheet['rows'][number]) => label.map(({ key }) => row[key] ?? '–').join(' · ');
  const base = {
    animation: false,
    color: palette,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'Noto Sans, Noto Sans Devanagari, sans-serif', fontSize: 13 },
    title: {
      text: sheet.title,
      subtext: sheet.subtitle,
      left: 'center',
      top: 8,
      textStyle: { fontSize: 17 },
    },
  };
  return kind === 'pie'
    ? pie(base, rows, name, series[0]!)
    : axes(base, rows.slice(0, most), name, series, kind);
}

function pie(
  base: ChartOption,
  rows: Sheet['rows'],
  name: (row: Sheet['rows'][number]) => string,
  value: SheetColumn,
): ChartOption {
  const sorted = rows
    .map((row) => ({ name: name(row), value: Number(row[value.key]) }))
    .filter((slice) => slice.value > 0)
    .sort((a, b) => b.value - a.value);
  const rest = sorted.slice(9).reduce((sum, slice) => sum + slice.value, 0);
  return {
    ...base,
    tooltip: { trigger: 'item' },
    legend: { bottom: 8, type: 'scroll' },
    series: [
      {
        type: 'pie',
        name: value.label,
        radius: ['35%', '62%'],
        center: ['50%', '53%'],
        label: { formatter: '{b}: {c} ({d} %)' },
        data: [...sorted.slice(0, 9), ...(rest ? [{ name: 'Others', value: rest }] : [])],
      },
    ],
  };
}

function axes(
  base: ChartOption,
  rows: Sheet['rows'],
  name: (row: Sheet['rows'][number]) => string,
  series: SheetColumn[],
  kind: 'bar' | 'line',
): ChartOption {
  const names = rows.map(name);
  const long = names.some((text) => text.length > 10) || names.length > 8;
  return {
    ...base,
    tooltip: { trigger: 'axis' },
    legend: { bottom: 8, type: 'scroll', show: series.length > 1 },
    grid: { left: 16, right: 24, top: 76, bottom: series.length > 1 ? 44 : 20, containLabel: true },
    xAxis: {
      type: 'category',
      data: names,
      axisLabel: { interval: 0, rotate: long ? 35 : 0, width: 120, overflow: 'truncate' },
    },
    yAxis: { type: 'value', minInterval: 1 },
    series: series.map(({ key, label }) => ({
      type: kind,
      name: label,
      data: rows.map((row) => Number(row[key] ?? 0)),
      barMaxWidth: 48,
      label: { show: series.length < 4, position: 'top' },
    })),
  };
}
