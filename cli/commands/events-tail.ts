import { CommandError } from '../../clients/command-error.ts';
import { findStack, readReadyFile, stackOptions } from '../../clients/stack-access.ts';
import { type Command, type CommandArguments, countOption, textOption } from '../command.ts';

type Frame = {
  readonly type: string;
  readonly events?: readonly { readonly id: string }[];
  readonly code?: string;
  readonly message?: string;
};

const namesIn = (args: CommandArguments, option: string): Record<string, readonly string[]> => {
  const text = textOption(args, option);
  return text === undefined ? {} : { [option]: text.split(',') };
};

const feedOf = async (args: CommandArguments): Promise<string> => {
  const url = textOption(args, 'feed-url') ?? (await readReadyFile())['feed'];
  if (url !== undefined) return url;
  throw new CommandError('CLI_ARGUMENT_MISSING', 'Name the live feed: --feed-url wss://….');
};

const isRefusal = ({ type }: Frame): boolean => type === 'error' || type === 'closed';

/** Follows the feed until `most` events came; gives the id of the last one. */
const follow = (
  url: string,
  apiKey: string,
  subscribe: object,
  most: number,
): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, ['joulegate.feed', apiKey]);
    const ping = setInterval(() => socket.send('{"type":"ping"}'), 300_000);
    let count = 0;
    let last: string | undefined;
    const refuse = (code: string, message: string): void => {
      reject(new CommandError(code, message));
      socket.close();
    };
    socket.addEventListener('open', () => socket.send(JSON.stringify(subscribe)));
    socket.addEventListener('error', () =>
      refuse('CLI_API_UNREACHABLE', `${url} refuses the key, or does not answer.`),
    );
    socket.addEventListener('close', () => {
      clearInterval(ping);
      refuse(
        'CLI_API_UNREACHABLE',
        `${url} closed the connection; continue with --after ${last ?? ''}.`,
      );
    });
    socket.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(String(data)) as Frame;
      if (isRefusal(frame)) refuse(frame.code ?? '', frame.message ?? '');
      for (const event of (frame.events ?? []).slice(0, most - count)) {
        process.stdout.write(`${JSON.stringify(event)}\n`);
        last = event.id;
        count += 1;
      }
      if (count < most) return;
      resolve(last);
      socket.close();
    });
  });

/** `joulegate events tail`: each event as it happens, one JSON value a line, from the live feed. */
export const eventsTail: Command = {
  name: 'events tail',
  summary: 'shows events as they happen, one JSON value a line, until Ctrl-C',
  usage:
    '[--types T,…] [--chargers C,…] [--locations L,…] [--after EVENT_ID] [--count N] [--feed-url wss://…]',
  options: {
    ...stackOptions,
    'feed-url': { type: 'string' },
    types: { type: 'string' },
    chargers: { type: 'string' },
    locations: { type: 'string' },
    after: { type: 'string' },
    count: { type: 'string' },
  },
  run: async (args) => {
    const { apiKey } = await findStack(args);
    const after = textOption(args, 'after');
    const subscribe = {
      type: 'subscribe',
      ...namesIn(args, 'types'),
      ...namesIn(args, 'chargers'),
      ...namesIn(args, 'locations'),
      ...(after === undefined ? {} : { after }),
    };
    const most = countOption(args, 'count', Number.MAX_SAFE_INTEGER);
    const last = await follow(await feedOf(args), apiKey, subscribe, most);
    return { exitCode: 0, json: { last }, text: `Continue with --after ${last}.` };
  },
};
