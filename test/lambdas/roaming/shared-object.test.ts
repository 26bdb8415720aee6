import { describe, expect, it } from 'vitest';
import { goldenValue } from '../../../build/ocpi/golden-objects.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import { onlyConnector } from '../../../core/ocpi/v211/place.ts';
import { type SharedCdr, writeShared } from '../../../lambdas/roaming/shared-object.ts';

const credit = goldenValue({ name: 'cdr.credit', kind: 'cdr' }) as PartnerCdr;

/** The credit as it is kept for its partner, at the place that it names. */
const shared = (): SharedCdr => {
  const whole = goldenValue({ name: 'location', kind: 'location' }) as PartnerLocation;
  const { evseUid, connectorId, id } = credit.location;
  const location = onlyConnector({ ...whole, id }, evseUid, connectorId);
  const evse = location?.evses[0];
  const connector = evse?.connectors[0];
  if (location === undefined || evse === undefined || connector === undefined) {
    throw new Error('The golden CDR is of the golden location.');
  }
  const party = { countryCode: credit.countryCode, partyId: credit.partyId };
  return {
    ...{ kind: 'cdr', cdr: credit, place: { location, evse, connector } },
    driver: { party, token: credit.cdrToken, authMethod: credit.authMethod },
    losses: [{ path: 'tariffs[0].idleGraceMinutes', lost: '15', instead: null }],
    lastUpdated: credit.lastUpdated,
  };
};

describe('a credit for a partner', () => {
  it('2.1.1, which has no credits, gets one as a CDR with a negative total, if the partner agreed to that, and else none', () => {
    expect(writeShared(shared(), '2.1.1', {})).toMatchObject({ kind: 'impossible' });
    expect(writeShared(shared(), '2.1.1', { negativeCredits: false }).kind).toBe('impossible');
    const written = writeShared(shared(), '2.1.1', { negativeCredits: true });
    if (written.kind === 'impossible') throw new Error(written.reason);
    const { total_cost: total } = written.object as { total_cost?: { text: string } };
    expect(Number(total?.text)).toBe(Number(credit.totalCost.exclVat));
    expect(Number(total?.text)).toBeLessThan(0);
  });

  it('later versions get it as a credit', () => {
    for (const version of ['2.2.1', '2.3.0'] as const) {
      const written = writeShared(shared(), version, {});
      expect(written).toMatchObject({ kind: 'translated', object: { credit: true } });
    }
  });

  it('what our tariff says and OCPI cannot is among the losses of every version', () => {
    const written = writeShared(shared(), '2.3.0', {});
    if (written.kind === 'impossible') throw new Error(written.reason);
    expect(written.losses).toContainEqual(shared().losses[0]);
  });
});
