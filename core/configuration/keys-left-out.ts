import type { CommandOutcome } from '../command/command-outcome.ts';
import type { CommandOf, CommandRequest } from '../command/command-request.ts';
import type { CommandState } from '../command/command-state.ts';
import { limitKey } from '../command/split-command.ts';
import type { Protocol } from '../ocpp/protocol.ts';

/** A question with its answer, as far as it came. */
type Asked = {
  readonly request: CommandRequest;
  readonly outcome?: CommandOutcome;
  readonly state?: CommandState;
};

type Answer = { readonly keys: readonly string[]; readonly said: ReadonlyMap<string, string> };

const answerIn = ({ request, outcome }: Asked): readonly Answer[] => {
  if (request.type !== 'get-configuration' || outcome?.kind !== 'accepted') return [];
  if (outcome.data?.kind !== 'configuration') return [];
  const { keys, unknownKeys } = outcome.data;
  const known = keys.map(({ key, value = '' }) => [key.toLowerCase(), value] as const);
  const unknown = unknownKeys.map((key) => [key.toLowerCase(), ''] as const);
  return [{ keys: request.keys ?? [], said: new Map([...known, ...unknown]) }];
};

/** A question that its charger was silent to, as an answer that says nothing. */
const silenceIn = ({ request, state }: Asked): readonly Answer[] =>
  request.type === 'get-configuration' && state === 'timed-out'
    ? [{ keys: request.keys ?? [], said: new Map() }]
    : [];

/** Settings in a question that every charger known here answers: the one that takes the fewest takes four. */
const fewKeys = 4;

const question = (keys: readonly string[]): CommandOf<'get-configuration'> => ({
  type: 'get-configuration',
  keys,
});

/** A small question to a charger that was silent to all: it may be so where it is asked for more settings than it takes. */
function smallQuestion(silences: readonly Answer[]): readonly CommandOf<'get-configuration'>[] {
  const isSmall = ({ keys }: Answer): boolean => keys.length <= fewKeys;
  const [first] = silences;
  return first === undefined || silences.some(isSmall)
    ? []
    : [question(first.keys.slice(0, fewKeys))];
}

/**
 * The questions for settings that a charger left out of its answers: one that takes fewer in a message than it was asked for answers the
 * first of them alone, or not at all. They are asked in parts of what it says that it takes, and no more than it has answered at once; none
 * of which it said nothing in so small a message.
 */
export function questionsLeftOut(
  protocol: Protocol,
  asked: readonly Asked[],
): readonly CommandOf<'get-configuration'>[] {
  const answers = asked.flatMap(answerIn);
  const silences = asked.flatMap(silenceIn);
  const said = new Map(answers.flatMap((answer) => [...answer.said]));
  const named = Number(said.get(limitKey(protocol, 'get-configuration')) || Number.NaN);
  const mostSaid = Math.max(0, ...answers.map((answer) => answer.said.size));
  const limit = named >= 1 ? Math.min(Math.floor(named), mostSaid) : mostSaid;
  if (limit === 0) return answers.length === 0 ? smallQuestion(silences) : [];
  const all = [...answers, ...silences];
  const isSilent = new Set(
    all.filter(({ keys }) => keys.length <= limit).flatMap(({ keys }) => keys),
  );
  const left = new Set(
    all
      .flatMap(({ keys }) => keys)
      .filter((key) => !(said.has(key.toLowerCase()) || isSilent.has(key))),
  );
  const keys = [...left];
  return Array.from({ length: Math.ceil(keys.length / limit) }, (_, n) =>
    question(keys.slice(n * limit, (n + 1) * limit)),
  );
}

const keysOf = ({ request }: Asked): readonly string[] =>
  request.type === 'get-configuration' ? (request.keys ?? []) : [];

/** The questions without those that a charger was silent to and that it was asked again, all of their settings, in smaller ones. */
export function withoutAskedAgain<Question extends Asked>(
  asked: readonly Question[],
): readonly Question[] {
  const isAgain = (one: Question): boolean => {
    const smaller = asked.filter((other) => keysOf(other).length < keysOf(one).length);
    const again = new Set(smaller.flatMap(keysOf));
    return keysOf(one).length > 0 && keysOf(one).every((key) => again.has(key));
  };
  return asked.filter((one) => one.state !== 'timed-out' || !isAgain(one));
}
