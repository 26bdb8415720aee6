import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NumberLiteral } from '../../../core/units/json-literals.ts';
import { sharedByRecord } from '../../../lambdas/events/shared-things.ts';
import { changesLimit, noteChangedLimit } from '../../../lambdas/ocpp/note-changed-limit.ts';
import type { OutboundMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { showProfile } from '../../../lambdas/partners/show-profile.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { SharedThing } from '../../../lambdas/roaming/partner-message.ts';
import type { SharedProfile } from '../../../lambdas/roaming/shared-object.ts';
import type { Command } from '../../../lambdas/store/commands/command-item.ts';
import { readPublication } from '../../../lambdas/store/partners/publications.ts';
import { askForProfile } from '../../../lambdas/webhooks/ask-for-profile.ts';
import { createBreaker } from '../../../lambdas/webhooks/breaker.ts';
import { deliverPush } from '../../../lambdas/webhooks/deliver-push.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { receivingPartner } from '../partners/receiving-partner.ts';
import { at, scan } from '../plant.ts';
import { takeSent } from '../test-services.ts';
import { haveCommandedCharger, commandResults as responseUrl } from './commanded-charger.ts';

let database: TestDatabase;
let uids = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const answers = {
  ...{ status: 'Accepted', connectorId: 1, scheduleStart: '2026-04-14T18:00:00+02:00' },
  chargingSchedule: {
    ...{ chargingRateUnit: 'W', duration: 900 },
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 7360.5 }],
  },
};

const limit = {
  ...{ type: 'set-charging-profile', evseId: 1, connectorId: 1 },
  profile: {
    ...{ profileId: 5, stackLevel: 1, purpose: 'default', kind: 'relative' },
    schedule: { unit: 'W', periods: [{ startSeconds: 0, limit: 7360.5 }] },
  },
};

/** A session of a partner's driver, and the way of what others change to that partner. */
async function haveSession(version: string) {
  const options = { senders: ['chargingprofiles'] };
  const answer = { ...answers };
  const plant = await haveCommandedCharger(database, version, answer, 'ocpp1.6', options);
  const { charger, partner, publish, operator, chargerKey, publishing, work } = plant;
  uids += 1;
  await partner.pushToken(`ACT-${uids}`);
  const begun = { connectorId: 1, idTag: `ACT-${uids}`, meterStart: 0, timestamp: at(0) };
  const { transactionId } = await charger.call('StartTransaction', begun);
  await publish();
  const [session] = await partner.list('sessions');
  const sessionId = String(session?.['id']);
  const receiving = receivingPartner();
  const clock = { at: Date.now() };
  const queue: OutboundMessage[] = [];
  const later: OutboundMessage[] = [];
  let claims = 0;
  const pushing = {
    ...{ database, breaker: createBreaker(), chance: () => 0 },
    services: {
      ...{ request: receiving.request, keyOf: partner.services.keyOf, now: () => clock.at },
    },
    send: async (messages: readonly OutboundMessage[]) => void later.push(...messages),
    newClaim: () => {
      claims += 1;
      return `active-${claims}`;
    },
  };
  const sendCommand = async (message: (typeof partner.commandMessages)[number]) =>
    void partner.commandMessages.push(message);
  const push = async (messages: readonly OutboundMessage[]) => void queue.push(...messages);
  const take = async (thing: SharedThing): Promise<void> => {
    const { operatorId } = operator;
    await takeMessage({ ...publishing, push }, { kind: 'look', operatorId, thing });
  };
  /** Looks at every command that has ended, and at limits that changed. */
  const look = async (): Promise<void> => {
    const items = await scan(database, database.state);
    const shared = items.flatMap((item) =>
      sharedByRecord({ eventName: 'INSERT', dynamodb: { NewImage: item as never } }),
    );
    const own = shared.filter(({ operatorId }) => operatorId === operator.operatorId);
    const looked = own.filter(({ thing }) => ['command', 'limits'].includes(thing.kind));
    for (const { thing } of looked) await take(thing);
  };
  /** Delivers what waits, as often as said. */
  const deliver = async (times = 1): Promise<void> => {
    const messages = queue.splice(0);
    for (const message of Array.from({ length: times }, () => messages).flat()) {
      if (message.kind === 'profile') {
        // The clock of the charger's messages is ahead.
        const now = () => Date.now() + 60_000;
        await askForProfile({ database, sendCommand, now }, message);
      }
      if (message.kind === 'push') await deliverPush(pushing, { ...message, waitSeconds: 0 });
    }
  };
  const settle = async (times = 1): Promise<void> => {
    await look();
    await deliver(times);
    await work();
    await look();
    await deliver(times);
  };
  const command = async (form: object): Promise<void> => {
    const path = `/chargers/${chargerKey.split('#').at(-1)}/commands`;
    const made = await operator.call('POST', path, form);
    expect(made.body).not.toHaveProperty('error');
    partner.commandMessages.push(...takeSent(chargerKey));
    Object.assign(charger.step, { now: charger.step.now + 1000 });
    await work();
  };
  const set = async (duration?: string): Promise<void> => {
    const profile = {
      charging_rate_unit: 'W',
      ...(duration === undefined ? {} : { duration: new NumberLiteral(duration) }),
      charging_profile_period: [
        { start_period: new NumberLiteral('0'), limit: new NumberLiteral('11000') },
      ],
    };
    const body = { charging_profile: profile, response_url: responseUrl };
    await partner.send('PUT', `chargingprofiles/${sessionId}`, body);
    await work();
  };
  const end = async (): Promise<void> => {
    await charger.call('StopTransaction', { transactionId, meterStop: 9, timestamp: at(9) });
  };
  const { taken } = receiving;
  const retry = async () => {
    queue.push(...later.splice(0));
    clock.at += 60_000;
    await deliver();
  };
  const list = async () =>
    (await operator.call('GET', `/partners/${partner.partnerId}/deliveries`)).body['items'];
  const path = `chargingprofiles/${sessionId}`;
  return {
    ...plant,
    answer,
    take,
    look,
    settle,
    command,
    set,
    end,
    receiving,
    taken,
    retry,
    list,
    path,
    sessionId,
  };
}

describe.each(['2.2.1', '2.3.0'])(
  'the charging profile that a partner of OCPI %s set',
  (version) => {
    it('when the operator sets or clears a limit, the partner gets how fast the session charges now, once for each change', async () => {
      const { set, settle, command, taken, path, asked, operator, partner } =
        await haveSession(version);
      await command(limit);
      await settle();
      expect(taken).toEqual([]);

      await set();
      await command(limit);
      await settle(3);
      const active = {
        start_date_time: '2026-04-14T16:00:00Z',
        charging_profile: {
          ...{ start_date_time: '2026-04-14T16:00:00Z', duration: 900, charging_rate_unit: 'W' },
          charging_profile_period: [{ start_period: 0, limit: 7360.5 }],
        },
      };
      const sent = taken.map(({ method, path: to, body }) => [method, to, body]);
      expect(sent.slice(-1)).toEqual([['PUT', path, active]]);
      const count = sent.length;
      await settle(3);
      expect(taken).toHaveLength(count);

      await command({ type: 'clear-charging-profile', profileId: 5 });
      await settle();
      expect(taken).toHaveLength(count + 1);
      expect(asked.at(-1)?.[0]).toBe('GetCompositeSchedule');
      const id = `/partners/${partner.partnerId}/deliveries/${path.replace('/', '.')}`;
      expect((await operator.call('GET', id)).body).toMatchObject({
        ...{ module: 'chargingprofiles', state: 'delivered', losses: [] },
      });
    });
  },
);

describe('the charging profile that a partner set', () => {
  it('one that the charger refused is no profile that the partner follows, and neither is one that it took off', async () => {
    const { answer, set, settle, command, taken, asked, partner, sessionId, work } =
      await haveSession('2.2.1');
    answer.status = 'Rejected';
    await set();
    answer.status = 'Accepted';
    await command(limit);
    await settle();
    expect(asked.map(([action]) => action)).not.toContain('GetCompositeSchedule');

    await set();
    await partner.send('DELETE', `chargingprofiles/${sessionId}`, undefined, {
      response_url: responseUrl,
    });
    await work();
    await command(limit);
    await settle();
    expect(asked.map(([action]) => action)).not.toContain('GetCompositeSchedule');
    expect(taken).toEqual([]);
  });

  it('the charger is asked as far ahead as the profile reaches, and a day where it has no end', async () => {
    const durations = [];
    for (const duration of ['600', undefined]) {
      const { set, settle, command, asked } = await haveSession('2.2.1');
      await set(duration);
      await command(limit);
      await settle();
      durations.push(asked.find(([action]) => action === 'GetCompositeSchedule')?.[1]['duration']);
    }
    expect(durations).toEqual([600, 86_400]);
  });

  it('the partner also gets what a limit of the charger’s own makes of it', async () => {
    const { set, settle, taken, path, charger } = await haveSession('2.2.1');
    await noteChangedLimit(charger.step);
    await set();
    await settle();
    expect(taken).toEqual([]);
    for (const action of [
      'NotifyChargingLimit',
      'ClearedChargingLimit',
      'NotifyEVChargingSchedule',
    ]) {
      const step = { charger: { ...charger.step.charger, asksPartners: true as const } };
      expect(changesLimit(step, action)).toBe(true);
      expect(
        changesLimit({ charger: { ...step.charger, asksPartners: undefined } as never }, action),
      ).toBe(false);
    }
    await noteChangedLimit(charger.step);
    await settle(2);
    expect(taken.map(({ method, path: to }) => [method, to])).toEqual([['PUT', path]]);
  });

  it('a charger that did not say it is asked again when it is connected again, until it has', async () => {
    const { answer, set, settle, command, taken, take, chargerKey } = await haveSession('2.2.1');
    const connect = async (at: string): Promise<void> => {
      await take({ kind: 'limits', chargerKey, at });
      await settle();
    };
    await set();
    await connect('2099-01-01T00:00:00.000Z');
    await command(limit);
    answer.status = 'Rejected';
    await settle();
    expect(taken).toEqual([]);
    answer.status = 'Accepted';
    await connect('2099-01-01T00:00:01.000Z');
    expect(taken).toHaveLength(1);
    await connect('2099-01-01T00:00:02.000Z');
    expect(taken).toHaveLength(1);
  });

  it('a partner that did not take the change gets it again, and it is listed until then', async () => {
    const { set, settle, command, taken, receiving, retry, list, path } =
      await haveSession('2.2.1');
    await set();
    receiving.fails = () => 'refuses';
    await command(limit);
    await settle();
    expect(await list()).toMatchObject([{ deliveryId: path.replace('/', '.'), attempts: 1 }]);
    receiving.fails = () => 'not';
    await retry();
    expect(taken.at(-1)).toMatchObject({ method: 'PUT', path });
    expect(await list()).toEqual([]);
  });

  it('the latest answer of the charger is sent, in whatever order answers are looked at, and again', async () => {
    const { operator, partner, sessionId } = await haveSession('2.2.1');
    const { operatorId } = operator;
    const party = { countryCode: 'DE', partyId: 'OUR', businessName: 'Ours', roles: ['CPO'] };
    const answer = (n: number): Command => {
      const schedule = { unit: 'W', periods: [{ startSeconds: 0, limit: n }] } as const;
      const data = { kind: 'composite-schedule', schedule } as const;
      return {
        ...{ sequence: `000000${n}P`, chargerKey: '', operatorId, chargerId: '', frame: '' },
        ...{ state: 'accepted', outcome: { kind: 'accepted', data }, profileOf: sessionId },
        request: { type: 'composite-schedule', connector, durationSeconds: 60 },
        ...{ createdAt: at(0), expiresAt: at(2), finishedAt: at(1) },
      };
    };
    const connector = { evseId: 1, connectorId: 1 };
    const list = { operatorId, scope: partner.partnerId, module: 'chargingprofiles' } as const;
    let latest = 0;
    const looks = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    const law = fc.asyncProperty(looks, async (numbers) => {
      for (const n of numbers) {
        await showProfile({ database, push: async () => {} }, [party] as never, answer(n));
      }
      latest = Math.max(latest, ...numbers);
      const shown = await readPublication<SharedProfile>(database, list, sessionId);
      expect(shown?.object.profile.chargingProfile.periods).toMatchObject([
        { limit: String(latest) },
      ]);
    });
    await fc.assert(law, { numRuns: 5 });
  });

  it('nothing is sent once its session has ended, asked for before or not', async () => {
    const asked = await haveSession('2.2.1');
    await asked.set();
    await asked.command(limit);
    await asked.end();
    await asked.settle();
    expect(asked.taken).toEqual([]);

    const failed = await haveSession('2.2.1');
    await failed.set();
    failed.receiving.fails = () => 'refuses';
    await failed.command(limit);
    await failed.settle();
    await failed.end();
    const count = failed.taken.length;
    failed.receiving.fails = () => 'not';
    await failed.retry();
    expect(failed.taken).toHaveLength(count);
    expect(await failed.list()).toMatchObject([
      { state: 'impossible', reason: 'The session has ended.' },
    ]);
  });
});
