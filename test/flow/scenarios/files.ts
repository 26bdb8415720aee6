import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import {
  type ChargerConnection,
  connectCharger,
} from '../../../fleet/charger/charger-connection.ts';
import { speechOf } from '../../../fleet/charger/speech-of.ts';
import { eventually, type Flow, registerCharger } from '../flow.ts';
import type { OperatorClient } from '../operator-client.ts';

type Log = {
  readonly logId: string | null;
  readonly url: string;
  readonly status: string | null;
  readonly file: { readonly name: string | null; readonly sha256: string } | null;
};
type Registered = {
  readonly firmwareId: string;
  readonly upload: { readonly url: string; readonly headers: Record<string, string> };
};
type Progress = {
  readonly campaignId: string;
  readonly state: string;
  readonly total: number;
};
type Events = { readonly items: readonly { readonly data: object }[] };
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

/** A firmware of which a simulated charger reads its version, uploaded by the request that the API answered with. */
async function uploadedFirmware(operator: OperatorClient, version: string) {
  const content = `version ${version}\n`;
  const { body } = await operator.post<Registered>('/firmware', {
    version,
    fileName: 'charger.bin',
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  });
  const { url, headers } = body.upload;
  const refused = await fetch(url, { method: 'PUT', headers, body: content.replace('v', 'V') });
  const taken = await fetch(url, { method: 'PUT', headers, body: content });
  expect([refused.status, taken.status]).toEqual([400, 200]);
  return body;
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

    it.each(versions)(
      'a charger of %s that is asked to update downloads the firmware that its operator uploaded, and boots with it',
      async (protocol) => {
        const { operator } = flow();
        const version = `2.0-${protocol}`;
        const { firmwareId } = await uploadedFirmware(operator, version);
        const { chargerId, connection } = await bootedCharger(flow(), protocol);
        const command = { type: 'update-firmware', firmwareId };
        const asked = await operator.post(`/chargers/${chargerId}/commands?wait=20`, command);
        const shown = await eventually(
          async () => await operator.get(`/chargers/${chargerId}`),
          ({ body }) => body['firmwareVersion'] === version,
        );

        expect([asked.status, asked.body['state']]).toEqual([202, 'accepted']);
        expect(shown.body['firmwareVersion']).toBe(version);
        expect((await operator.remove(`/firmware/${firmwareId}`)).status).toBe(204);
        await connection.close();
      },
    );

    it('a campaign updates chargers in waves, one after the other, and skips those that have the version', async () => {
      const operator = await flow().newOperator('Campaigns');
      const own = { ...flow(), operator };
      const chargers = [];
      for (const protocol of ['ocpp1.6', 'ocpp2.0.1', 'ocpp1.6'] as const) {
        chargers.push(await bootedCharger(own, protocol));
      }
      const { firmwareId } = await uploadedFirmware(operator, '2.1');
      const stopped = await operator.post('/firmware-campaigns', {
        firmwareId,
        chargers: { model: 'No such model' },
      });
      const begun = await operator.post<Progress>('/firmware-campaigns', {
        firmwareId,
        chargers: { vendor: 'joulegate' },
        waveSize: 2,
      });
      const path = `/firmware-campaigns/${begun.body.campaignId}`;
      const shown = await eventually(
        async () => await operator.get<Progress>(path),
        ({ body }) => body.state === 'finished',
      );
      const { body: log } = await eventually(
        async () => await operator.get<Events>('/events?types=campaign.state_changed'),
        ({ body: { items } }) => items.length > 1,
      );
      const again = await operator.post<Progress>('/firmware-campaigns', {
        firmwareId,
        chargers: { chargerIds: chargers.map(({ chargerId }) => chargerId) },
      });

      expect([stopped.status, begun.status, begun.body.total]).toEqual([201, 201, 3]);
      expect(shown.body).toMatchObject({ state: 'finished', installed: 3, failed: 0, waiting: 0 });
      expect(again.body).toMatchObject({ skipped: 3, waiting: 0 });
      const whole = { campaignId: begun.body.campaignId, state: 'finished', installed: 3 };
      expect(log.items.map(({ data }) => data)).toContainEqual(expect.objectContaining(whole));
      for (const { chargerId, connection } of chargers) {
        const charger = await operator.get(`/chargers/${chargerId}`);
        expect(charger.body['firmwareVersion']).toBe('2.1');
        await connection.close();
      }
    });

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
