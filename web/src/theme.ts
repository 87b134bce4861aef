/** The console's own colours: ink on paper, one green to act, amber for what waits, brick for what was missed. */
import type { ThemeConfig } from 'antd';

export const palette = {
  ink: '#17332e',
  inkSoft: '#21453e',
  text: '#1c2724',
  muted: '#5d6b66',
  paper: '#f6f4ee',
  card: '#fffefb',
  line: '#e3dfd4',
  act: '#0b6b57',
  waits: '#a8650a',
  missed: '#b3412e',
  info: '#2f5d86',
} as const;

export const theme: ThemeConfig = {
  cssVar: true,
  hashed: false,
  token: {
    colorPrimary: palette.act,
    colorInfo: palette.info,
    colorSuccess: '#2c7a4b',
    colorWarning: palette.waits,
    colorError: palette.missed,
    colorLink: palette.act,
    colorTextBase: palette.text,
    colorTextSecondary: palette.muted,
    colorTextDescription: palette.muted,
    colorTextPlaceholder: '#76827e',
    colorBgLayout: palette.paper,
    colorBgContainer: palette.card,
    colorBgElevated: '#ffffff',
    colorBorder: '#cfcabd',
    colorBorderSecondary: palette.line,
    borderRadius: 7,
    fontSize: 14,
    controlHeight: 34,
    fontFamily:
      "'Inter', 'Segoe UI', system-ui, -apple-system, 'Noto Sans', 'Noto Sans Devanagari', sans-serif",
    wireframe: false,
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.18s',
  },
  components: {
    Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none' },
    Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 4px' },
    Modal: { titleFontSize: 16 },
    Tag: { defaultBg: '#efece3' },
  },
};

/** Hands the palette to styles.css as `--ink`, `--act` …: one source for both. */
export function applyPalette(root: HTMLElement): void {
  for (const [name, value] of Object.entries(palette)) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value);
  }
}
