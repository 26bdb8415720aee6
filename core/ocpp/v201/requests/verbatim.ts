import type { CommandOutcome } from '../../../command/command-outcome.ts';
import type { Message } from '../../exchange.ts';
import { isJsonObject } from '../../json-object.ts';
import { statusOutcome } from '../../status-outcome.ts';

type Fields = Readonly<Record<string, unknown>>;

const wordOf = (part: unknown): string | undefined => {
  if (!isJsonObject(part)) return undefined;
  const word = part['status'] ?? part['attributeStatus'];
  return typeof word === 'string' ? word : undefined;
};

/** The outcome of the whole request, or of its parts: the first part that is refused counts for the whole. */
const outcomeOf = (answer: Fields): CommandOutcome => {
  const data = { kind: 'answer', fields: answer } as const;
  const words = [answer, ...Object.values(answer).flat()]
    .map(wordOf)
    .filter((word) => word !== undefined);
  const outcomes = words.map((status) => statusOutcome({ status }, data));
  return (
    outcomes.find(({ kind }) => kind === 'rejected') ?? outcomes[0] ?? { kind: 'accepted', data }
  );
};

/** A message whose fields are those of the request. */
export const verbatim: Message<{ readonly fields: Fields }, object, Fields> = {
  write: ({ fields }) => fields,
  read: outcomeOf,
  isVerbatim: true,
};

/** The same for a message that has a number: it is given one where the request does not say it. */
export const numbered: Message<{ readonly fields: Fields }, object, Fields> = {
  ...verbatim,
  write: ({ fields }, number) => ({ requestId: number, ...fields }),
};
