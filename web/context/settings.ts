// How a person wants the page: kept on the device by a cookie, so that the server paints it so from the first.
import type { Language } from '../../domain/failure.ts';

export const TEXT_SIZES = ['standard', 'large', 'larger', 'largest'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];
export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];
export const CONTRASTS = ['standard', 'more'] as const;
export type Contrast = (typeof CONTRASTS)[number];

export type Settings = {
  language: Language;
  text: TextSize;
  theme: Theme;
  contrast: Contrast;
  keys: boolean;
  undo: boolean;
};

export const STANDARD: Settings = {
  language: 'zh',
  text: 'standard',
  theme: 'light',
  contrast: 'standard',
  keys: true,
  undo: true,
};

export const SETTINGS_COOKIE = 'zb_page';
const YEAR_SECONDS = 31_536_000;

const among = <T extends string>(options: readonly T[], value: string | undefined, standard: T): T =>
  options.find((option) => option === value) ?? standard;

/** `zh.largest.dark.standard.1.1`: readable in the cookie, and nothing in it can be anything else. */
export function readSettings(cookie: string | undefined): Settings {
  const [language, text, theme, contrast, keys, undo] = (cookie ?? '').split('.');
  return {
    language: among(['zh', 'en'], language, STANDARD.language),
    text: among(TEXT_SIZES, text, STANDARD.text),
    theme: among(THEMES, theme, STANDARD.theme),
    contrast: among(CONTRASTS, contrast, STANDARD.contrast),
    keys: keys !== '0',
    undo: undo !== '0',
  };
}

export const writeSettings = ({ language, text, theme, contrast, keys, undo }: Settings): string =>
  [language, text, theme, contrast, keys ? '1' : '0', undo ? '1' : '0'].join('.');

export const settingsCookie = (settings: Settings): string =>
  `${SETTINGS_COOKIE}=${writeSettings(settings)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;

/** Attributes of the root element; the theme of the system is found out by the browser itself. */
export const rootAttributes = ({ language, text, theme, contrast }: Settings): Record<string, string> => ({
  lang: language === 'zh' ? 'zh-CN' : 'en',
  'data-text': text,
  'data-theme': theme,
  'data-contrast': contrast,
});
