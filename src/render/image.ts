/** A chart as SVG (ECharts draws it here, without a browser) and as PNG. Both libraries are loaded with the first chart. */

import type { ChartOption } from './chart.ts';
import { fontFiles } from './fonts.ts';

const size = { width: 900, height: 520 };

export async function chartSvg(option: ChartOption): Promise<string> {
  const echarts = await import('echarts');
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

export async function chartPng(option: ChartOption): Promise<Buffer> {
  const [{ Resvg }, svg] = await Promise.all([import('@resvg/resvg-js'), chartSvg(option)]);
  const image = new Resvg(svg, {
    fitTo: { mode: 'width', value: size.width * 2 },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Noto Sans' },
  });
  return image.render().asPng();
}
