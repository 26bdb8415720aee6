import { describe, expect, it } from 'vitest';
import { playCharger } from '../../../lambdas/canary/play-charger.ts';
import { type Flow, registerCharger, registerTariff, registerToken } from '../flow.ts';

/** A charger of our own that shows that charging works, as the canary plays it on a deployed stack. */
export const canaryScenarios = (flow: () => Flow): void => {
  describe('the canary', () => {
    const patience = 60_000;

    const openSite = async () => {
      const operator = await flow().newOperator('Canary');
      const own = { ...flow(), operator };
      const tariffId = await registerTariff(own, { perKwh: '0.50' });
      const { urls } = await registerCharger(own, { tariffId });
      const scopes = ['sessions:read', 'cdrs:read'];
      const key = await operator.post<{ apiKey: string }>('/api-keys', { name: 'Canary', scopes });
      const access = { chargerUrl: urls.token, apiUrl: flow().http, apiKey: key.body.apiKey };
      return { own, operator, access };
    };

    it('the canary charges time after time, each time up to a sealed CDR without a gap in the register', async () => {
      const { own, operator, access } = await openSite();
      await registerToken(own, 'CANARY');

      const now = Date.now();
      const charged = [await playCharger(access, now - 120_000, patience)];
      charged.push(await playCharger(access, now, patience));

      for (const { cdrId } of charged) {
        const { body } = await operator.get<Record<string, unknown>>(`/cdrs/${cdrId}`);
        expect(body).toMatchObject({ state: 'sealed', energyKwh: 0.1, anomalies: [] });
      }
    });

    it('a canary that cannot charge says where it failed', async () => {
      const { own, access } = await openSite();
      const play = async (changed: Partial<typeof access> = {}) =>
        await playCharger({ ...access, ...changed }, Date.now(), 0);

      await expect(play()).rejects.toThrow('StartTransaction: the token is Invalid');
      await registerToken(own, 'CANARY');
      const strange = access.chargerUrl.replace(/.$/, '_');
      await expect(play({ chargerUrl: strange })).rejects.toThrow('the handshake was refused');
      await expect(play({ apiKey: 'jg_live_x' })).rejects.toThrow('GET /cdrs?limit=1: HTTP 401');
    });
  });
};
