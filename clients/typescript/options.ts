/** How a client reaches an operator API. */
export type ClientOptions = {
  /** Base URL of the HTTP API. */
  readonly url: string;
  /** `jg_live_…`; without one only the calls that need no key are answered. */
  readonly apiKey?: string | undefined;
  /** @default globalThis.fetch */
  readonly fetch?: typeof fetch;
  /**
   * How often a call is sent that the API has no room for at the moment.
   * @default 5
   */
  readonly mostAttempts?: number;
  /**
   * Waits some milliseconds before a call is sent again.
   * @default a timer
   */
  readonly wait?: (milliseconds: number) => Promise<void>;
};

/** Options with their defaults. */
export type ReadOptions = Required<Omit<ClientOptions, 'apiKey'>> & Pick<ClientOptions, 'apiKey'>;

/** Fills in the defaults. */
export const readOptions = (options: ClientOptions): ReadOptions => ({
  fetch: globalThis.fetch,
  mostAttempts: 5,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  ...options,
  url: options.url.replace(/\/$/, ''),
});
