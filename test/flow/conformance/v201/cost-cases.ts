import { expect } from 'vitest';
import type { ConformanceBlock } from '../conformance-case.ts';
import { ordered, sees } from '../steps.ts';
import { charged, ends, meters, starts } from './messages.ts';

/** The id of a CDR. */
const aCdr: unknown = expect.stringMatching(/^cdr_/);

/** Block I, cost. */
export const costCases: ConformanceBlock = {
  name: 'I Tariff and cost',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_I_01',
      statement: 'the cost so far is sent to the charger while the vehicle charges',
      steps: [
        starts(),
        meters(1),
        ordered(
          { type: 'cost-updated', totalCost: 1.25, transactionId: 'tx' },
          ['CostUpdated', { totalCost: 1.25, transactionId: 'tx' }],
          {},
        ),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged()] },
    },
    {
      id: 'TC_I_02',
      statement:
        'the final cost of a session is that of its bill, and the charger has it when it says the end again',
      limit:
        'A bill is final when its CDR is sealed, seconds after the first answer to the end: that answer has no cost yet (chargers.md, the cost on the display).',
      steps: [
        starts(),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
        sees({ cost: { currency: 'EUR', inclVat: '2.50' }, cdrId: aCdr }),
        ends(2, 'StopAuthorized', 'Local', {}, { totalCost: 2.5 }),
      ],
      leaves: { sessions: [charged({ cost: { currency: 'EUR', inclVat: '2.50' } })] },
    },
  ],
};
