import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import {
  type ChargerConnection,
  connectCharger,
} from '../../../fleet/charger/charger-connection.ts';
import { speechOf } from '../../../fleet/charger/speech-of.ts';
import { eventually, type Flow, registerCharger } from '../flow.ts';

type Log = {
  readonly logId: string | null;
  readonly url: string;
  readonly status: string | null;
  readonly file: { readonly name: string | null; readonly sha256: string } | null;
};
type Logs = { readonly items: readonly Log[] };

/** A simulated charger of the fleet that is connected and has booted. */
async function bootedCharger(flow: Flow, protocol: Protocol) {
  const charger = await registerCharger(flow);
  const { chargerId, password } = charger;
  const url = flow.chargers;
  const connection = await connectCharger({ url, chargerId, password, protocol });
  await speechOf(protocol).boot(connection);
  return { chargerId, connection };
}

const versions = [['ocpp1.6'], ['ocpp2.0.1'], ['ocpp2.1']] as const;

/** Logs that chargers upload, from the command to the file that the operator downloads. */
export const fileScenarios = (flow: () => Flow): void => {
  const ask = async (connection: ChargerConnection, chargerId: string) => {
    const { operator } = flow();
    // 1.6 has numbered logs only in its security extension.
    const { protocol } = connection;
    const command = { type: 'get-logs', kind: 'diagnostics' };
    return await operator.post<Record<string, { readonly url: string }>>(
      `/chargers/${chargerId}/commands?wait=20`,
      protocol === 'ocpp1.6' ? command : { ...command, retries: 1 },
    );
  };

  describe('the logs of a charger', () => {
    it.each(versions)(
      'a charger of %s that is asked for its log uploads it here, and its operator downloads it',
      async (protocol) => {
        const { operator } = flow();
        const { chargerId, connection } = await bootedCharger(flow(), protocol);
        const asked = await ask(connection, chargerId);
        const { body } = await eventually(
          async () => await operator.get<Logs>(`/chargers/${chargerId}/logs`),
          ({ body: { items } }) => items[0]?.file !== null && items[0]?.status === 'Uploaded',
        );
        const [log] = body.items;
        const download = await operator.get<{ readonly url: string }>(
          `/chargers/${chargerId}/logs/${log?.logId}/url`,
        );
        const text = await (await fetch(download.body.url)).text();

        expect([asked.status, asked.body['state']]).toEqual([202, 'accepted']);
        expect(text).toContain('boot');
        expect(log?.file?.sha256).toBe(createHash('sha256').update(text).digest('hex'));
        expect(log?.status).toBe('Uploaded');
        expect(log?.file?.name).toBe(protocol === 'ocpp1.6' ? 'diagnostics.log' : null);
        expect(JSON.stringify([asked.body, body])).not.toMatch(/\/files\/[a-z2-7]{24}/);
        await connection.close();
      },
    );

    it('a URL that nobody was given takes no file, and gives none', async () => {
      const url = `${flow().http}/files/${'a'.repeat(24)}`;
      const refusals = await Promise.all([
        fetch(url),
        fetch(url, { method: 'PUT', body: 'x' }),
        fetch(`${url}/diagnostics.log`, { method: 'POST', body: 'x' }),
      ]);

      expect(refusals.map(({ status }) => status)).toEqual([404, 404, 404]);
    });
  });
};
