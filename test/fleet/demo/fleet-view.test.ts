import { describe, expect, it } from 'vitest';
import { drawFleet } from '../../../fleet/demo/fleet-view.ts';

describe('the demo’s view of the fleet', () => {
  it('the demo shows a charging connector with its power, energy and cost, and a sealed CDR with its lines', () => {
    const lines = drawFleet(
      {
        chargers: [
          {
            chargerId: 'demo-fast-1',
            online: true,
            connectors: [{ connectorId: 1, status: 'Charging' }],
          },
          {
            chargerId: 'demo-depot-1',
            online: true,
            connectors: [{ connectorId: 1, status: 'Available' }],
          },
        ],
        active: [
          {
            chargerId: 'demo-fast-1',
            tokenId: 'ADA',
            energyKwh: 12.5,
            powerKw: 103,
            cost: { currency: 'EUR', inclVat: '9.52' },
          },
        ],
        cdrs: [
          {
            cdrId: 'cdr_1',
            chargerId: 'demo-depot-1',
            state: 'sealed',
            energyKwh: 7,
            total: { currency: 'EUR', inclVat: '4.17' },
            lines: [{ component: 'ENERGY', reason: '', inclVat: '4.17' }],
          },
        ],
      },
      false,
    );

    const text = lines.join('\n');
    expect(text).toContain(
      'demo-fast-1    Charging      ██████████████████  103.0 kW   12.500 kWh    9.52 EUR  ADA',
    );
    expect(text).toContain('sealed CDRs: 1');
    expect(text).toContain('7.000 kWh     4.17 EUR   ENERGY 4.17');
  });

  it('a roaming driver is shown as its own operator sees it: the running session, then the CDR with the verdict', () => {
    const picture = { chargers: [], active: [], cdrs: [] };
    const session = { tokenId: 'NOOR', energyKwh: '3.25' };
    const running = { ...session, cost: { currency: 'EUR', exclVat: '1.94' } };
    const total = { currency: 'EUR', exclVat: '1.94', inclVat: '2.31' };
    const cdr = { ...session, total, verdict: 'agrees' };

    const live = drawFleet({ ...picture, roaming: { active: [running], cdrs: [] } }, false);
    expect(live.at(-1)).toContain('NOOR               3.250 kWh     1.94 EUR   charging');
    const billed = drawFleet({ ...picture, roaming: { active: [], cdrs: [cdr] } }, false);
    expect(billed.at(-1)).toContain('NOOR               3.250 kWh     2.31 EUR   CDR received');
    expect(billed.at(-1)).toMatch(/: agrees$/);
  });
});
