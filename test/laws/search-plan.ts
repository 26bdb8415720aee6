import { parseArgs } from 'node:util';

/** A search for counterexamples, by what it was asked for. */
export type SearchPlan = {
  readonly times: number;
  readonly seconds: number;
  readonly workers?: number;
  readonly files: readonly string[];
};

/** A file of tests. */
export type TestFile = { readonly path: string; readonly text: string };

const options = {
  times: { type: 'string', default: '100' },
  seconds: { type: 'string', default: '30' },
  workers: { type: 'string' },
} as const;

/** The tests of the search itself run laws that are broken on purpose. */
const own = 'test/laws/';

/**
 * The search that a command line asks for: `[--times N] [--seconds N] [--workers N] [part of a path …]`, of files that have laws. Throws an
 * error with a sentence about what cannot be searched.
 */
export function searchPlan(args: readonly string[], tests: readonly TestFile[]): SearchPlan {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const files = tests
    .filter(({ path, text }) => !path.startsWith(own) && /\bfc\.assert\(/.test(text))
    .map(({ path }) => path)
    .filter((path) => positionals.length === 0 || positionals.some((part) => path.includes(part)));
  if (files.length === 0) throw new Error(`There are no laws in ${positionals.join(', ')}`);
  return {
    times: wholeNumber('times', values.times),
    seconds: wholeNumber('seconds', values.seconds),
    ...(values.workers !== undefined && { workers: wholeNumber('workers', values.workers) }),
    files,
  };
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number from 1 to 9999999, not '${text}'`);
}
