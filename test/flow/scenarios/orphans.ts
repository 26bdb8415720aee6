import { describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { connect, registerCharger } from '../flow.ts';
import type { RunningFlow } from '../start-flow.ts';

const quarterHour = 900_000;

/** Connections whose handshakes died after they took over, with the privileges of the function of messages. */
export const orphanScenarios = (flow: () => RunningFlow): void => {
  describe("a connection that is not its charger's own", () => {
    it("a connection that is not its charger's own is answered and closed after a quarter of an hour, and the charger's own goes on", async () => {
      const operator = await flow().newOperator('Orphans');
      const { operatorId } = operator;
      const charger = await registerCharger({ ...flow(), operator });
      const { chargerId } = charger;
      const plug = await connect(flow(), charger);
      const { functions, invoke, usedActions } = flow().service.stack;
      const found = functions.find(({ name }) => name.endsWith('-ocpp'));
      const now = Date.now();

      const answer = await invoke(found?.arn ?? '', {
        body: '[2,"orphan","Heartbeat",{}]',
        requestContext: {
          connectionId: 'orphan=',
          routeKey: '2',
          connectedAt: now - quarterHour - 1000,
          requestTimeEpoch: now,
          authorizer: {
            chargerId,
            chargerKey: chargerKey(operatorId, chargerId),
            operatorId,
            shard: 0,
            protocol: 'ocpp1.6',
          },
        },
      });

      expect(JSON.stringify(answer)).toContain('currentTime');
      const closings = usedActions().filter(
        ({ role, resources }) =>
          role.includes('ChargerEdgeMessageRole') &&
          resources.some((one) => one.includes('/DELETE/@connections/')),
      );
      expect(closings).toHaveLength(1);
      expect(await plug.call('Heartbeat', {})).toHaveProperty('currentTime');
      await plug.close();
    });
  });
};
