// What the page's server bundle offers: it is built from web/ and loaded as an artefact, so this is all that is known of it.

export type RenderInput = {
  /** With its query. */
  path: string;
  /** Answers of the API by the address of their call, below /api/v1. */
  answers: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  now: number;
  /** The value of the settings cookie. */
  cookie: string | undefined;
};

export type PageRendering = {
  /** The name of the cookie with the reader's settings: language, size of text, appearance. */
  settingsCookie: string;
  /** Attributes of the root element, by that cookie. */
  rootAttributes(cookie: string | undefined): Record<string, string>;
  languageOf(cookie: string | undefined): 'zh' | 'en';
  isPlace(path: string): boolean;
  /** By the answer of `GET /me`. */
  mayOpen(me: unknown, path: string): boolean;
  render(input: RenderInput): Promise<string>;
};
