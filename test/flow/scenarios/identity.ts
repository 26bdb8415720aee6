import { describe, expect, it } from 'vitest';
import { connect, type Flow, type Registered, registerCharger } from '../flow.ts';
import { connectTestCharger, plugIn, type TestChargerOptions } from '../test-charger.ts';

/** Who a charger is, and who is let in. */
export const identityScenarios = (flow: () => Flow): void => {
  const attempt = (charger: Registered, options: Partial<TestChargerOptions>) =>
    connectTestCharger({
      url: flow().chargers,
      path: `/ocpp/${charger.chargerId}`,
      user: charger.chargerId,
      password: charger.password,
      ...options,
    });

  describe('a charger that connects', () => {
    it('a charger is refused with 404 if unregistered, 401 with a wrong password, 400 with unknown subprotocols', async () => {
      const charger = await registerCharger(flow());

      expect(await attempt(charger, { path: '/ocpp/NOBODY', user: 'NOBODY' })).toEqual({
        refused: 404,
      });
      expect(await attempt(charger, { password: 'guess' })).toEqual({ refused: 401 });
      expect(await attempt({ ...charger }, { user: 'SOMEBODY' })).toEqual({ refused: 401 });
      expect(await attempt(charger, { protocols: ['ocpp1.2', 'mqtt'] })).toEqual({ refused: 400 });
      expect(await attempt(charger, { path: '/cp/not-a-token' })).toEqual({ refused: 404 });
      expect(await attempt(charger, { path: '/elsewhere' })).toEqual({ refused: 404 });
    });

    it('a charger is known by its id in any case and percent-encoded', async () => {
      const charger = await registerCharger(flow(), { chargerId: 'Hof 7-A@x' });
      const lower = await connect(flow(), charger, {
        path: `/ocpp/${encodeURIComponent('hof 7-a@X')}`,
        user: 'HOF 7-a@x',
      });

      expect(await lower.call('Heartbeat', {})).toHaveProperty('currentTime');
      await lower.close();
    });

    it('a charger is known by its operator and its id, in any spelling, and not under another operator', async () => {
      const charger = await registerCharger(flow(), { chargerId: 'Hof +7=A|@x' });
      const { pathname } = new URL(charger.urls.basic);
      const [, , slug = ''] = pathname.split('/');

      for (const path of [pathname, pathname.toUpperCase().replace('/OCPP', '/ocpp')]) {
        const plug = await connect(flow(), charger, { path });
        expect(await plug.call('Heartbeat', {})).toHaveProperty('currentTime');
        await plug.close();
      }
      const id = encodeURIComponent(charger.chargerId);
      for (const path of [`/ocpp/${slug}x/${id}`, `/ocpp/${slug}/${id}x`, `/ocpp/%2F/${id}`]) {
        expect(await attempt(charger, { path })).toEqual({ refused: 404 });
      }
    });

    it('a charger is known by its connection token, whatever it appends to the path', async () => {
      const charger = await registerCharger(flow());
      const path = new URL(charger.urls.token).pathname;

      for (const appended of ['', '/some/CP-77?x=1']) {
        const plug = await plugIn({ url: flow().chargers, path: `${path}${appended}` });
        expect(await plug.call('Heartbeat', {})).toHaveProperty('currentTime');
        await plug.close();
      }
    });

    it('a charger may use the old password or connection token until it has used the new one', async () => {
      const charger = await registerCharger(flow());
      const replace = async (secret: string) =>
        (await flow().operator.post(`/chargers/${charger.chargerId}/${secret}`, {})).body;
      const { password } = await replace('password');
      const { connectionToken } = await replace('connection-token');
      const oldToken = { path: new URL(charger.urls.token).pathname };
      const newToken = { path: `/cp/${connectionToken}` };

      for (const options of [{}, { password: String(password) }, oldToken, newToken]) {
        await (await connect(flow(), charger, options)).close();
      }
      expect(await attempt(charger, {})).toEqual({ refused: 401 });
      expect(await attempt(charger, oldToken)).toEqual({ refused: 404 });
    });

    it('a charger that connected with a revoked token is disconnected and refused, and its password still works', async () => {
      const charger = await registerCharger(flow());
      const path = `/chargers/${charger.chargerId}/connection-tokens`;
      const byToken = { path: new URL(charger.urls.token).pathname };
      const plug = await connect(flow(), charger, byToken);
      const listed = await flow().operator.get<{ items: { connectionTokenId: string }[] }>(path);
      const [inUse] = listed.body.items;

      const revoked = await flow().operator.remove(`${path}/${inUse?.connectionTokenId}`);
      expect(revoked.status).toBe(204);
      await plug.closed;
      expect(await attempt(charger, byToken)).toEqual({ refused: 404 });
      const again = await connect(flow(), charger);
      expect(await again.call('Heartbeat', {})).toHaveProperty('currentTime');
      await again.close();
    });

    it('a charger gets the first of its subprotocols that we support, and none echoed if it offered none', async () => {
      const charger = await registerCharger(flow());
      const several = await connect(flow(), charger, { protocols: ['ocpp9.9', 'ocpp1.6'] });
      const none = await connect(flow(), charger, { protocols: [] });

      expect(several.protocol).toBe('ocpp1.6');
      expect(none.protocol).toBe('');
      expect(await none.call('Heartbeat', {})).toHaveProperty('currentTime');
      await none.close();
    });

    it('a charger has one connection, however many it opens at once', async () => {
      const charger = await registerCharger(flow());
      const outcomes = await Promise.all(Array.from({ length: 100 }, () => attempt(charger, {})));
      const last = await connect(flow(), charger);
      const sockets = outcomes.flatMap((one) => ('refused' in one ? [] : [one]));
      const refused = outcomes.flatMap((one) => ('refused' in one ? [one.refused] : []));

      await Promise.all(sockets.map(({ closed }) => closed));
      expect(await last.call('Heartbeat', {})).toHaveProperty('currentTime');
      // A busy machine may let a handshake run out of time; none is taken for another charger's.
      expect(refused.filter((status) => status !== 409 && status < 500)).toEqual([]);
      const shown = await flow().operator.get(`/chargers/${charger.chargerId}`);
      expect(shown.body).toMatchObject({ online: true });
      await last.close();
    });

    it('a charger is known even if the gateway loses the context of the authorizer', async () => {
      const charger = await registerCharger(flow());
      const plug = await connect(flow(), charger);
      flow().gateway.keepsContext = false;
      const answer = await plug.call('BootNotification', {
        chargePointVendor: 'Acme',
        chargePointModel: 'Forgotten',
      });
      flow().gateway.keepsContext = true;

      expect(answer).toMatchObject({ status: 'Accepted' });
      const shown = await flow().operator.get(`/chargers/${charger.chargerId}`);
      expect(shown.body).toMatchObject({ model: 'Forgotten' });
      await plug.close();
    });
  });
};
