import '../quiet.ts';
import { createHash, sign, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorityBody,
  certificatePem,
  chargerBody,
  signedCertificate,
} from '../../../core/certificate/write-certificate.ts';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { checkRequest } from '../../../lambdas/authority/check-request.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender, Signer } from '../../../lambdas/commands/sender.ts';
import { contextOf } from '../../../lambdas/connection/charger-context.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import { readCharger } from '../../../lambdas/store/chargers/chargers.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { readLine } from '../../../lambdas/store/commands/command-line.ts';
import { readAuthorityCertificate } from '../../../lambdas/store/operators/authority.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { makeRequest, newPair } from '../../core/certificate/make-request.ts';
import { killAt } from '../cdr/kill-at.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database, 'Stadtwerke');
});
afterAll(async () => {
  await database.stop();
});

const root = newPair();
const authority = {
  name: 'Test authority',
  publicKeyDer: new Uint8Array(root.publicKey.export({ type: 'spki', format: 'der' })),
};
const signed = (body: Uint8Array) => {
  const der = signedCertificate(body, sign('sha256', body, root.privateKey));
  return {
    certificate: certificatePem(der),
    fingerprint: createHash('sha256').update(der).digest('hex'),
  };
};
/** Signs as KMS does, with a key of the test. */
const signer: Signer = {
  certifyAuthority: async (_key, terms) => signed(authorityBody(authority, terms)),
  certifyCharger: async (_key, csr, applicant, terms) => {
    const verdict = checkRequest(csr, applicant);
    if (verdict.kind === 'refused') return verdict;
    return { kind: 'signed', ...signed(chargerBody(authority, verdict.request, terms)) };
  },
};

const start = Date.parse('2026-04-14T16:30:00.000Z');
let count = 0;

type Reply = 'Accepted' | 'Rejected' | 'silence';

/** A charger that is connected, and the sender of its commands; `reply` is what it says to a certificate. */
async function connectedCharger(protocol: Protocol = 'ocpp2.0.1', reply: Reply = 'Accepted') {
  count += 1;
  const chargerId = `CERT-${count}`;
  await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const charger = await readCharger(database, chargerKey);
  if (charger === undefined) throw new Error('The charger was not registered');
  const clock = { now: start };
  const [connectionId, connectedAt] = [`c-${count}`, new Date(start).toISOString()];
  await takeOver(database, chargerKey, { connectionId, protocol, connectedAt });
  const [queue, received]: [
    CommandMessage[],
    { action: string; payload: { certificateChain?: string } }[],
  ] = [[], []];
  const taking = { reply };
  const settings = { heartbeatSeconds: 560, retentionDays: 1, hasAuthority: true };
  const say = async (frame: object) =>
    await answerMessage(
      {
        database,
        charger: contextOf(charger, protocol, {}),
        connectionId,
        connectedAt: start,
        now: clock.now,
        settings,
        certifier: {
          check: async (csr, applicant) => checkRequest(csr, applicant),
          certify: async (message) => {
            queue.push(message);
          },
        },
      },
      JSON.stringify(frame),
    );
  const sender: Sender = {
    database,
    authority: { keyId: 'key-1', name: 'Test authority' },
    signer: async () => signer,
    now: () => clock.now,
    send: async (message) => {
      queue.push(message);
    },
    post: async (_connection, frame) => {
      const [, messageId, action, payload] = JSON.parse(frame);
      received.push({ action, payload });
      if (taking.reply !== 'silence') await say([3, messageId, { status: taking.reply }]);
      return 'posted';
    },
  };
  const work = async (): Promise<void> => {
    for (let message = queue.shift(); message !== undefined; message = queue.shift()) {
      if (message.kind === 'deadline') clock.now += 31_000;
      await handleMessage(sender, message);
    }
  };
  return {
    chargerId,
    chargerKey,
    clock,
    queue,
    received,
    sender,
    taking,
    work,
    ask: async (csr: string, more: object = {}) => {
      const answer = await say([2, `m-${clock.now}`, 'SignCertificate', { csr, ...more }]);
      return JSON.parse(answer ?? 'null')[2];
    },
    issued: async () =>
      (await operator.call('GET', `/chargers/${chargerId}/certificates`)).body['issued'],
    requestOf: () => makeRequest({ names: [chargerId], organizations: ['Stadtwerke'] }),
  };
}

describe('certificates of chargers', () => {
  it.each<Protocol>(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'])(
    'a charger of %s that asks for a certificate is answered Accepted, and gets one that the authority vouches for as a command',
    async (protocol) => {
      const charger = await connectedCharger(protocol);
      const csr = charger.requestOf();
      const more = protocol === 'ocpp2.1' ? { requestId: 7 } : {};

      expect(await charger.ask(csr, more)).toEqual({ status: 'Accepted' });
      await charger.work();

      const [call, ...others] = charger.received;
      expect(others).toEqual([]);
      expect(call).toMatchObject({ action: 'CertificateSigned', payload: more });
      const { certificateChain = '' } = { ...call?.payload };
      const certificate = new X509Certificate(certificateChain);
      expect(certificate.verify(root.publicKey)).toBe(true);
      expect(certificate.subject).toBe(`CN=${charger.chargerId}\nO=Stadtwerke`);
      expect(await charger.issued()).toEqual([
        {
          serialNumber: certificate.serialNumber.toLowerCase(),
          fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
          issuedAt: '2026-04-14T16:30:00.000Z',
          validFrom: certificate.validFromDate.toISOString(),
          validUntil: certificate.validToDate.toISOString(),
          state: 'accepted',
          commandId: expect.stringMatching(/^cmd_/),
        },
      ]);
    },
  );

  it('a charger of OCPP 2 gets a certificate for whichever use it names, and for none where it asks for one for all', async () => {
    for (const asked of [{}, { certificateType: 'ChargingStationCertificate' }]) {
      const charger = await connectedCharger();
      expect(await charger.ask(charger.requestOf(), asked)).toEqual({ status: 'Accepted' });
      await charger.work();
      const chain = expect.stringContaining('BEGIN CERTIFICATE');
      expect(charger.received).toEqual([
        { action: 'CertificateSigned', payload: { certificateChain: chain, ...asked } },
      ]);
    }
  });

  it('a request that is not fit is rejected with its reason, and nothing is issued', async () => {
    const charger = await connectedCharger();
    const other = makeRequest({ names: ['SOMEBODY'], organizations: ['Stadtwerke'] });
    const refused = (reasonCode: string, words: RegExp) => ({
      status: 'Rejected',
      statusInfo: { reasonCode, additionalInfo: expect.stringMatching(words) },
    });

    expect(await charger.ask(other)).toEqual(refused('InvalidCSR', /common name/));
    expect(await charger.ask('no request')).toEqual(refused('InvalidCSR', /PKCS #10/));
    expect(await charger.ask(charger.requestOf(), { certificateType: 'V2GCertificate' })).toEqual(
      refused('UnsupportedParam', /vehicles/),
    );
    const old = await connectedCharger('ocpp1.6');
    expect(await old.ask(other)).toEqual({ status: 'Rejected' });
    expect([...charger.queue, ...old.queue]).toEqual([]);
    expect(await charger.issued()).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'a function that dies %s any write, and messages that come twice, issue one certificate and deliver it once',
    async (when) => {
      let isKilled = true;
      for (let write = 1; isKilled; write += 1) {
        const charger = await connectedCharger();
        await charger.ask(charger.requestOf());
        const [message = expect.fail('nothing was asked for')] = charger.queue;
        const handle = async () => await handleMessage(charger.sender, message);
        isKilled = await killAt(database, write, when, handle);
        await charger.work();
        await handle();
        await charger.work();

        expect([write, await charger.issued()]).toMatchObject([write, [{ state: 'accepted' }]]);
        expect(charger.received.map(({ action }) => action)).toEqual(['CertificateSigned']);
      }
    },
  );

  it('the same request again delivers the same certificate, where the charger refused it or did not answer', async () => {
    for (const reply of ['Rejected', 'silence'] as const) {
      const charger = await connectedCharger('ocpp2.0.1', reply);
      const csr = charger.requestOf();
      await charger.ask(csr);
      await charger.work();
      const state = reply === 'silence' ? 'undelivered' : 'rejected';
      expect(await charger.issued()).toMatchObject([{ state }]);

      charger.taking.reply = 'Accepted';
      charger.clock.now += 60_000;
      await charger.ask(csr);
      await charger.work();

      const [first, second] = charger.received;
      expect(second).toEqual(first);
      expect(await charger.issued()).toMatchObject([{ state: 'accepted' }]);
    }
  });

  it('a request that comes again while its certificate is on its way delivers nothing more', async () => {
    const charger = await connectedCharger('ocpp2.0.1', 'silence');
    const csr = charger.requestOf();
    await charger.ask(csr);
    for (let message = charger.queue.shift(); message?.kind !== 'deadline'; ) {
      if (message === undefined) throw new Error('it was not sent');
      await handleMessage(charger.sender, message);
      message = charger.queue.shift();
    }
    expect(await charger.issued()).toMatchObject([{ state: 'in-delivery' }]);
    charger.clock.now += 5_000;
    expect(await charger.ask(csr)).toEqual({ status: 'Accepted' });
    await charger.work();
    expect(charger.received).toHaveLength(1);
  });

  it('a charger gets ten certificates a day at most', async () => {
    const charger = await connectedCharger();
    for (let n = 0; n < 10; n += 1) {
      charger.clock.now += 60_000;
      expect(await charger.ask(charger.requestOf())).toEqual({ status: 'Accepted' });
      await charger.work();
    }
    expect(await charger.ask(charger.requestOf())).toMatchObject({
      status: 'Rejected',
      statusInfo: { reasonCode: 'TooManyRequests' },
    });
    charger.clock.now += 86_400_000;
    expect(await charger.ask(charger.requestOf())).toEqual({ status: 'Accepted' });
  });

  it('a charger is asked for its next request within 30 days of the end of its certificate, once however often that is found', async () => {
    const charger = await connectedCharger();
    await charger.ask(charger.requestOf());
    await charger.work();
    const { certificateUntil = '' } = await readLine(database, charger.chargerKey);
    expect(certificateUntil).toBe('2027-04-14T16:30:00.000Z');
    const renew = async (foundAt: string) => {
      charger.clock.now = Date.parse(foundAt);
      const message = { kind: 'renew', chargerKey: charger.chargerKey, foundAt } as const;
      for (let n = 0; n < 2; n += 1) await handleMessage(charger.sender, message);
      await charger.work();
    };

    await renew('2027-03-10T00:00:00.000Z');
    expect(charger.received).toHaveLength(1);
    await renew('2027-03-20T00:00:00.000Z');

    expect(charger.received.slice(1)).toEqual([
      {
        action: 'TriggerMessage',
        payload: { requestedMessage: 'SignChargingStationCertificate' },
      },
    ]);
    const { renewalAskedAt } = await readLine(database, charger.chargerKey);
    expect(renewalAskedAt).toBe('2027-03-20T00:00:00.000Z');
    // Its next certificate is a new one, also for the same request.
    await charger.ask(charger.requestOf());
    await charger.work();
    expect(await readLine(database, charger.chargerKey)).toMatchObject({
      certificateUntil: expect.stringMatching(/^2028-/),
    });
  });

  it('the authority certifies itself once, however often it is asked to', async () => {
    const { sender } = await connectedCharger();
    await handleMessage(sender, { kind: 'authority', keyId: 'key-1' });
    const first = await readAuthorityCertificate(database, 'key-1');
    await handleMessage(sender, { kind: 'authority', keyId: 'key-1' });

    expect(await readAuthorityCertificate(database, 'key-1')).toEqual(first);
    expect(new X509Certificate(first?.certificate ?? '').verify(root.publicKey)).toBe(true);
  });

  it('a charger of a deployment without an authority is rejected, and told why', async () => {
    const charger = await connectedCharger();
    const answered = await answerMessage(
      {
        database,
        charger: contextOf(
          (await readCharger(database, charger.chargerKey)) ?? expect.fail('no charger'),
          'ocpp2.0.1',
          {},
        ),
        connectionId: 'c',
        connectedAt: start,
        now: start,
        settings: { heartbeatSeconds: 560, retentionDays: 1 },
      },
      JSON.stringify([2, 'm', 'SignCertificate', { csr: charger.requestOf() }]),
    );
    expect(JSON.parse(answered ?? '')[2]).toMatchObject({
      status: 'Rejected',
      statusInfo: { reasonCode: 'NotEnabled' },
    });
  });
});
