import type { ChargerFacts } from '../connection/charger-facts.ts';
import { readFactsOf } from '../connection/read-facts-of.ts';
import { listChargers } from '../store/chargers/chargers.ts';
import type { Operator } from '../store/operators/operators.ts';
import type { Database } from '../store/table/client.ts';
import { operatorsFrom } from './operators-from.ts';

/** A place in the list of all operators' chargers. */
export type Place = { readonly operatorId: string; readonly after?: string | undefined };

/** A walk through the chargers of one operator, or of all from a place on. */
export type Walk = {
  readonly operatorId?: string | undefined;
  readonly from?: Place | undefined;
  /** Pages of 50 chargers that are read at most, an operator without chargers included. */
  readonly mostPages: number;
  /** Asked before each page. */
  readonly isEnough?: () => boolean;
  readonly take: (operator: Operator, facts: readonly ChargerFacts[]) => Promise<void> | void;
};

/** Chargers that are read at a time. */
const atOnce = 50;

/** Takes chargers page by page; gives the place at which it stopped, undefined at the end. */
export async function walkChargers(database: Database, walk: Walk): Promise<Place | undefined> {
  let pages = 0;
  let after = walk.from?.after;
  const range = { only: walk.operatorId, from: walk.from?.operatorId };
  for await (const operator of operatorsFrom(database, range)) {
    const { operatorId } = operator;
    for (;;) {
      if (pages >= walk.mostPages || walk.isEnough?.() === true) return { operatorId, after };
      pages += 1;
      const page = await listChargers(database, operatorId, { limit: atOnce, after });
      await walk.take(operator, await readFactsOf(database, page.items));
      after = page.next ?? undefined;
      if (after === undefined) break;
    }
  }
  return undefined;
}
