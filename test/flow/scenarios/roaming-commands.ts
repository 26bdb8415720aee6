import { describe, expect, it, onTestFinished } from 'vitest';
import { connect, eventually, type Flow, registerCharger } from '../flow.ts';
import { startOcpiPartner } from '../ocpi-partner.ts';

/** A roaming partner that commands a charger, and gets the result at the address that it names. */
export const roamingCommandScenarios = (flow: () => Flow): void => {
  /** An operator with a charger that partners see, and a partner that is registered with it. */
  const havePartner = async () => {
    const operator = await flow().newOperator('Commanded');
    await operator.put('/settings/ocpi', {
      ...{ countryCode: 'DE', partyId: 'CMD', businessName: 'Commanded', roles: ['CPO'] },
    });
    const own = { ...flow(), operator };
    const made = await operator.post<{ locationId: string }>('/locations', {
      ...{ name: 'Yard', address: 'Main Street 1', city: 'Porto', country: 'PRT', publish: true },
      coordinates: { latitude: '41.14961', longitude: '-8.61099' },
      timeZone: 'Europe/Lisbon',
    });
    const { locationId } = made.body;
    const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };
    const connectors = [{ connectorId: 1, ...facts, maxVoltage: 230, maxAmperage: 32 }];
    const capabilities = ['REMOTE_START_STOP_CAPABLE', 'CHARGING_PREFERENCES_CAPABLE'];
    const evses = [{ evseId: 1, capabilities, connectors }];
    const charger = await registerCharger(own, { locationId, connectors: 1, evses });
    const form = { name: 'Drivers', roles: ['CPO'], versions: ['2.2.1'], pullEveryHours: null };
    const { body: invited } = await operator.post<{ versionsUrl: string; tokenA: string }>(
      '/partners',
      form,
    );
    const partner = await startOcpiPartner('2.2.1', 'EMS', 'EMSP');
    onTestFinished(partner.stop);
    await partner.register(invited.versionsUrl, invited.tokenA);
    type Location = { readonly evses: readonly { readonly uid: string }[] };
    const page = async () => await partner.get<readonly Location[]>(partner.endpoint('locations'));
    const { data } = await eventually(page, (seen) => seen.data.length > 0);
    return { own, charger, locationId, partner, uid: data[0]?.evses[0]?.uid };
  };

  describe('commands of roaming partners', () => {
    it('a partner is asked about a driver, sends its wishes, has the cable released, and gets what the charger answered', async () => {
      const { own, charger, locationId, partner, uid } = await havePartner();
      const socket = await connect(own, charger);
      const driver = { country_code: 'NL', party_id: 'EMS', uid: 'APP-1', type: 'RFID' };
      partner.serve('/tokens/APP-1/authorize', {
        allowed: 'ALLOWED',
        token: {
          ...{ ...driver, contract_id: 'NL-EMS-1', issuer: 'Drivers', valid: true },
          ...{ whitelist: 'NEVER', last_updated: '2026-04-14T16:30:00Z' },
        },
      });
      const authorized = await socket.call('Authorize', { idTag: 'APP-1' });
      expect(authorized).toMatchObject({ idTagInfo: { status: 'Accepted' } });
      const timestamp = new Date().toISOString();
      const start = { connectorId: 1, idTag: 'APP-1', meterStart: 0, timestamp };
      await socket.call('StartTransaction', start);
      type Session = { readonly id: string; readonly auth_method: string };
      const sessions = await eventually(
        () => partner.get<readonly Session[]>(partner.endpoint('sessions')),
        (seen) => seen.data.length > 0,
      );
      const [session] = sessions.data;
      expect(session?.auth_method).toBe('AUTH_REQUEST');
      const at = `${partner.endpoint('sessions')}/${session?.id}/charging_preferences`;
      expect((await partner.put(at, { profile_type: 'FAST' })).data).toBe('ACCEPTED');

      const { data } = await partner.post(`${partner.endpoint('commands')}/UNLOCK_CONNECTOR`, {
        response_url: partner.at('/results/1'),
        ...{ location_id: locationId, evse_uid: uid, connector_id: '1' },
      });
      expect(data).toMatchObject({ result: 'ACCEPTED' });
      const [asked = '[]'] = await eventually(
        async () => socket.received.filter((text) => text.includes('"UnlockConnector"')),
        (calls) => calls.length > 0,
      );
      const [, messageId] = JSON.parse(asked) as readonly unknown[];
      socket.shout(JSON.stringify([3, messageId, { status: 'Unlocked' }]));

      const [told] = await eventually(
        async () => partner.requests.filter(({ path }) => path === '/results/1'),
        (results) => results.length > 0,
      );
      expect(JSON.parse(told?.body ?? '{}')).toMatchObject({ result: 'ACCEPTED' });
      await socket.close();
    });
  });
};
