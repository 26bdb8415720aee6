import { setTimeout as pause } from 'node:timers/promises';
import { CommandError } from '../../clients/command-error.ts';
import { askApi } from '../../clients/operator-api.ts';
import { findStack, type StackAccess, stackOptions } from '../../clients/stack-access.ts';
import { type Command, type CommandArguments, countOption } from '../command.ts';

type Shown = {
  readonly commandId: string;
  readonly type: string;
  readonly state: string;
  readonly response?: object;
  readonly error?: { readonly code: string; readonly message: string };
  readonly sessionId?: string;
  readonly chargerConnected?: boolean;
  readonly chargerLastSeenAt?: string;
};

/** The value of a field: of `connectorId=1` a number, of `full=true` a truth, of `keys=["A"]` a list, of any other a text. */
const fieldValue = (text: string): unknown => {
  if (!/^(?:true|false|null|-?\d+(?:\.\d+)?|[[{].*)$/s.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Fields whose values are texts, whatever they look like. */
const texts: ReadonlySet<string> = new Set(['tokenId', 'parentTokenId', 'value', 'key', 'data']);

/** A command from the words of a command line: its type, and fields as `name=value`; a value may be JSON. */
export const commandFromWords = (words: readonly string[]): Record<string, unknown> => {
  const [type, ...fields] = words;
  if (type === undefined) {
    throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a charger and the type of a command.');
  }
  const entries = fields.map((word): readonly [string, unknown] => {
    const at = word.indexOf('=');
    if (at < 1) {
      throw new CommandError('CLI_ARGUMENT_INVALID', `"${word}" is not of the form name=value.`);
    }
    const [name, value] = [word.slice(0, at), word.slice(at + 1)];
    return [name, texts.has(name) ? value : fieldValue(value)];
  });
  return { type, ...Object.fromEntries(entries) };
};

const isOver = ({ state }: Shown): boolean => state !== 'queued' && state !== 'sent';

/** Says of a command to a charger that is not connected that it waits for it. */
const waitsFor = ({ chargerConnected, chargerLastSeenAt }: Shown): string => {
  if (chargerConnected !== false) return '';
  const since = chargerLastSeenAt === undefined ? '' : `, last seen ${chargerLastSeenAt}`;
  return ` (the charger is not connected${since})`;
};

const tell = (shown: Shown): void => {
  process.stderr.write(`${shown.commandId} ${shown.state}${waitsFor(shown)}\n`);
};

/** Ms between two looks at a command. */
const lookEvery = 500;

/** Follows a command until it is over or the time is, and says each new state as it comes. */
async function follow(access: StackAccess, made: Shown, seconds: number): Promise<Shown> {
  let shown = made;
  const until = performance.now() + seconds * 1000;
  while (!isOver(shown) && performance.now() < until) {
    await pause(lookEvery);
    const path = `/commands/${encodeURIComponent(made.commandId)}`;
    const next = await askApi<Shown>(access, 'GET', path);
    if (next.state !== shown.state) tell(next);
    shown = next;
  }
  return shown;
}

const textOf = ({ type, state, response, error, sessionId }: Shown): string =>
  [
    `${type}: ${state}`,
    ...(error === undefined ? [] : [`${error.code}: ${error.message}`]),
    ...(response === undefined ? [] : [JSON.stringify(response, null, 2)]),
    ...(sessionId === undefined ? [] : [`session ${sessionId}`]),
  ].join('\n');

const send = async (args: CommandArguments) => {
  const [chargerId, ...words] = args.positionals;
  if (chargerId === undefined) {
    throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a charger and the type of a command.');
  }
  const command = commandFromWords(words);
  const seconds = countOption(args, 'wait', 60, 0);
  const access = await findStack(args);
  const path = `/chargers/${encodeURIComponent(chargerId)}/commands`;
  const made = await askApi<Shown>(access, 'POST', path, command);
  tell(made);
  return await follow(access, made, seconds);
};

/** `joulegate command`: sends a command to a charger and shows its outcome; status 0 when the charger accepted it. */
export const sendCommand: Command = {
  name: 'command',
  summary: 'sends a command to a charger and shows its outcome',
  usage: 'CHARGER TYPE [FIELD=VALUE …] [--wait 60]',
  options: { ...stackOptions, wait: { type: 'string' } },
  run: async (args) => {
    const shown = await send(args);
    return { exitCode: shown.state === 'accepted' ? 0 : 1, json: shown, text: textOf(shown) };
  },
};
