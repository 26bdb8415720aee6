import type { Cdr } from '../../core/cdr/model/cdr.ts';
import { listCdrs } from '../store/cdrs/cdrs.ts';
import { shardsOf } from '../store/operators/operators.ts';
import type { Database } from '../store/table/client.ts';
import { type Gathered, gatherRows } from './gather-rows.ts';
import type { WidgetOf } from './widget-request.ts';

/** A held CDR and its operator. */
export type HeldRow = {
  readonly operatorId: string;
  readonly operatorName: string;
  readonly cdr: Cdr;
};

/** Reads held CDRs, operator by operator, the latest end of a session first. */
export const readHeld = (
  database: Database,
  request: Pick<WidgetOf<'held'>, 'operatorId' | 'limit' | 'from'>,
): Promise<Gathered<HeldRow>> =>
  gatherRows(database, {
    ...request,
    read: async (operator, page) => {
      const { operatorId, name: operatorName } = operator;
      const { items, next } = await listCdrs(database, operatorId, {
        ...page,
        states: ['held'],
        shards: shardsOf(operator),
      });
      return { rows: items.map((cdr) => ({ operatorId, operatorName, cdr })), next };
    },
  });
