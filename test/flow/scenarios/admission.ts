import { describe, expect, it } from 'vitest';
import { ageConnection } from '../age-connection.ts';
import { connect, type Registered, registerCharger } from '../flow.ts';
import type { RunningFlow } from '../start-flow.ts';
import { connectTestCharger } from '../test-charger.ts';

type Page = { readonly items: readonly { readonly chargerId: string }[] };

/** Which chargers take part, and which of them are there. */
export const admissionScenarios = (flow: () => RunningFlow): void => {
  describe('a charger that has yet to be admitted', () => {
    it('an unknown charger is turned away and waits, and connects with the password that it is given when it is adopted', async () => {
      const operator = await flow().newOperator('Waiting');
      const known = await registerCharger({ ...flow(), operator });
      const base = new URL(known.urls.basic).pathname.replace(/[^/]+$/, '');
      const knock = async (password: string) =>
        await connectTestCharger({
          url: flow().chargers,
          path: `${base}NEWCOMER-1`,
          user: 'NEWCOMER-1',
          password,
        });
      const waiting = async () => (await operator.get<Page>('/waiting-chargers')).body.items;
      await operator.put('/settings/admission', { waitingRoom: { places: 3 } });

      expect(await knock('factory-password')).toEqual({ refused: 404 });
      expect(await waiting()).toMatchObject([{ chargerId: 'NEWCOMER-1', ocppVersion: '1.6' }]);

      const adopted = await operator.post<Registered>('/waiting-chargers/NEWCOMER-1/adopt', {});
      expect(adopted.status).toBe(201);
      expect(await waiting()).toEqual([]);
      const plug = await knock(adopted.body.password);
      if ('refused' in plug) throw new Error(`refused with ${plug.refused}`);
      expect(await plug.call('Heartbeat', {})).toHaveProperty('currentTime');
      await plug.close();
    });

    it('a charger that is only quiet is online, as API Gateway knows', async () => {
      const operator = await flow().newOperator('Quiet');
      const charger = await registerCharger({ ...flow(), operator });
      const plug = await connect(flow(), charger);
      await ageConnection(flow(), operator.operatorId, charger.chargerId);

      const { body } = await operator.get<Record<string, unknown>>(
        `/chargers/${charger.chargerId}`,
      );
      expect(body['online']).toBe(true);
      await plug.close();
    });
  });
};
