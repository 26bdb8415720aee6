import type { ConformanceBlock } from '../conformance-case.ts';
import { ordered } from '../steps.ts';
import { charged, ends, meters, starts } from './messages.ts';

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
      statement: 'the final cost of a session is that of its bill',
      steps: [starts(), meters(1), ends(2, 'StopAuthorized', 'Local')],
      leaves: { sessions: [charged({ cost: { currency: 'EUR', inclVat: '2.50' } })] },
    },
  ],
};
