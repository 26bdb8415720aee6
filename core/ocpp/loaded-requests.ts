import type { CommandOutcome } from '../command/command-outcome.ts';
import type { CommandOf, CommandRequest, CommandType } from '../command/command-request.ts';
import type { VerbatimType } from '../command/verbatim-type.ts';
import type { WrittenRequest } from '../command/written-request.ts';
import type { Exchange } from './exchange.ts';
import type { LoadedRequests } from './version.ts';

/** The message that each request becomes in one version. */
export type Writers = { readonly [Type in CommandType]: Exchange<CommandOf<Type>>['write'] };

/** The writers of messages that a version does not have: they refuse. */
export const lackingWriters = <Type extends VerbatimType>(
  version: string,
  types: readonly Type[],
): Pick<Writers, Type> =>
  Object.fromEntries(
    types.map((type): readonly [Type, () => WrittenRequest] => [
      type,
      () => ({
        kind: 'refused',
        code: 'NOT_SUPPORTED_BY_VERSION',
        reason: `${version} has no message for ${type}.`,
      }),
    ]),
  ) as unknown as Pick<Writers, Type>;

/** The requests of one version, from the exchanges that it has and the message that each request becomes. */
export const loadedRequests = (
  version: string,
  exchanges: Readonly<Record<string, { readonly read: (raw: string) => CommandOutcome }>>,
  writers: Writers,
): LoadedRequests => ({
  write: (request, number) => write(writers, request.type, request, number),
  readResult: (action, raw) => {
    const known = Object.hasOwn(exchanges, action) ? exchanges[action] : undefined;
    return (
      known?.read(raw) ?? {
        kind: 'unreadable',
        description: `${action} is no request to a charger of ${version}.`,
      }
    );
  },
});

const write = <Type extends CommandType>(
  writers: Writers,
  type: Type,
  request: CommandRequest & { readonly type: Type },
  number: number,
): WrittenRequest => writers[type](request as CommandOf<Type>, number);
