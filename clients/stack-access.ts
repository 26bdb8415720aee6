import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { CommandError } from './command-error.ts';

/** How to reach a running stack, local or on AWS. */
export type StackAccess = {
  /** Base URL of the HTTP API, without a slash at the end. */
  readonly http: string;
  /** Base URL of the charger side, `ws://` or `wss://`. */
  readonly chargers: string;
  readonly apiKey: string;
  /** The charger side with TLS where it has an address of its own, as the local stack does, and its certificate, PEM. */
  readonly chargersTls?: string;
  readonly certificate?: string;
};

/** The options by which every command that needs a stack finds it. */
export const stackOptions = {
  url: { type: 'string' },
  'charger-url': { type: 'string' },
  'api-key': { type: 'string' },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

/** The options as the command line gave them. */
type Options = { readonly values: Readonly<Record<string, string | boolean | undefined>> };

/** The folder of the local stack's data: `JOULEGATE_DATA_DIR`, or `.local`. */
export const dataDirectory = (): string => process.env['JOULEGATE_DATA_DIR'] || '.local';

/**
 * Finds the stack: from `--url`, `--charger-url` and `--api-key` (or `JOULEGATE_API_KEY`) where given, the rest from the
 * ready file of the local stack.
 */
export const findStack = async (args: Options): Promise<StackAccess> => {
  const url = textOption(args, 'url');
  const ready = url === undefined ? await readReadyFile() : {};
  const http = url ?? ready['http'];
  const chargers = textOption(args, 'charger-url') ?? ready['chargers'];
  const apiKey = textOption(args, 'api-key') ?? process.env['JOULEGATE_API_KEY'] ?? ready['apiKey'];
  if (http === undefined) throw noStack();
  if (apiKey === undefined) {
    throw new CommandError(
      'CLI_API_KEY_MISSING',
      'Give an API key: --api-key or JOULEGATE_API_KEY.',
    );
  }
  const { chargersTls, certificateFile } = ready;
  const secure =
    chargersTls !== undefined && certificateFile !== undefined
      ? { chargersTls, certificate: await readFile(certificateFile, 'utf8') }
      : {};
  const access = { http: http.replace(/\/$/, ''), chargers: (chargers ?? '').replace(/\/$/, '') };
  return { ...access, apiKey, ...secure };
};

/** Reads the local stack's ready file; a CommandError says so when no stack runs. */
export const readReadyFile = async (): Promise<Readonly<Record<string, string | undefined>>> => {
  const text = await readFile(join(dataDirectory(), 'ready.json'), 'utf8').catch(() => {
    throw noStack();
  });
  return JSON.parse(text) as Record<string, string | undefined>;
};

const noStack = (): CommandError =>
  new CommandError(
    'CLI_NO_STACK',
    `No stack is running in ${dataDirectory()}. Start one with "npm start", or name one with --url and --api-key.`,
  );

const textOption = ({ values }: Options, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};
