import type { JsonLiteral } from '../../units/json-literals.ts';
import type { Context } from '../codec/context.ts';
import type { Pair } from '../codec/translation.ts';
import { repairDocument } from '../quirks/repair-document.ts';
import { timesAhead } from '../received/times-ahead.ts';
import type { PartnerCheck } from './partner-check.ts';

/** A page that a partner answered with. */
export type AnsweredPage = {
  readonly identifier: string;
  readonly data: JsonLiteral | undefined;
  /** Its header X-Total-Count. */
  readonly total: string | undefined;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
};

/** Problems of an object that are shown; the rest is likely of the same kind. */
const mostProblems = 3;

/** Says whether a page is a list whose objects we can read, after the repairs of the mistakes that the partner is known for, and have changed by now. */
export function checkPage(
  { identifier, data, total, receivedAt }: AnsweredPage,
  pair: Pair<unknown> | undefined,
  quirks: readonly string[],
  context: Context,
): PartnerCheck {
  const name = `module ${identifier}`;
  if (!Array.isArray(data)) return { name, ok: false, detail: 'the answer has no list' };
  const problems = data.flatMap((one: JsonLiteral) => {
    const read = pair?.from(repairDocument(one, quirks, { receivedAt }).document, context);
    return read?.kind === 'malformed' ? read.problems : [];
  });
  if (problems.length > 0) {
    const shown = problems.slice(0, mostProblems).map(({ path, message }) => `${path}: ${message}`);
    return { name, ok: false, detail: `an object cannot be read: ${shown.join(' ')}` };
  }
  const [ahead] = data.flatMap((one: JsonLiteral) => timesAhead(one, receivedAt));
  if (ahead !== undefined) {
    return {
      name,
      ok: false,
      detail: `an object says that it changes in a time to come: ${ahead}`,
    };
  }
  return total === undefined
    ? { name, ok: false, detail: 'the answer has no header X-Total-Count' }
    : { name, ok: true, detail: `${total} objects, ${data.length} read` };
}
