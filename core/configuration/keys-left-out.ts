import type { CommandOutcome } from '../command/command-outcome.ts';
import type { CommandOf, CommandRequest } from '../command/command-request.ts';
import { limitKey } from '../command/split-command.ts';
import type { Protocol } from '../ocpp/protocol.ts';

/** A question with its answer, as far as it came. */
type Asked = { readonly request: CommandRequest; readonly outcome?: CommandOutcome };

type Answer = { readonly keys: readonly string[]; readonly said: ReadonlyMap<string, string> };

const answerIn = ({ request, outcome }: Asked): readonly Answer[] => {
  if (request.type !== 'get-configuration' || outcome?.kind !== 'accepted') return [];
  if (outcome.data?.kind !== 'configuration') return [];
  const { keys, unknownKeys } = outcome.data;
  const known = keys.map(({ key, value = '' }) => [key.toLowerCase(), value] as const);
  const unknown = unknownKeys.map((key) => [key.toLowerCase(), ''] as const);
  return [{ keys: request.keys ?? [], said: new Map([...known, ...unknown]) }];
};

/**
 * The questions for settings that a charger left out of its answers: one that takes fewer in a message than it was asked for answers the
 * first of them alone. They are asked in parts of what it says that it takes, and no more than it has answered at once; none of which it
 * said nothing in so small a message.
 */
export function questionsLeftOut(
  protocol: Protocol,
  asked: readonly Asked[],
): readonly CommandOf<'get-configuration'>[] {
  const answers = asked.flatMap(answerIn);
  const said = new Map(answers.flatMap((answer) => [...answer.said]));
  const named = Number(said.get(limitKey(protocol, 'get-configuration')) || Number.NaN);
  const mostSaid = Math.max(0, ...answers.map((answer) => answer.said.size));
  const limit = named >= 1 ? Math.min(Math.floor(named), mostSaid) : mostSaid;
  const isSilent = new Set(
    answers.filter(({ keys }) => keys.length <= limit).flatMap(({ keys }) => keys),
  );
  const left = new Set(
    answers
      .flatMap(({ keys }) => keys)
      .filter((key) => !(said.has(key.toLowerCase()) || isSilent.has(key))),
  );
  const keys = [...left];
  return limit === 0
    ? []
    : Array.from({ length: Math.ceil(keys.length / limit) }, (_, n) => ({
        type: 'get-configuration',
        keys: keys.slice(n * limit, (n + 1) * limit),
      }));
}
