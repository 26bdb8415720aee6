import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { at, codesOf, type TestCharger } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';
import { ended, event, evse, started, tag, updated } from './v201-events.ts';

let site: TestSite;
let charger: TestCharger;

beforeAll(async () => {
  site = await openSite({
    tokens: [
      { tokenId: 'TAG1', accountId: 'driver' },
      { tokenId: 'GUARD', parentTokenId: 'Masters', accountId: 'guards' },
      { tokenId: 'TAG2', parentTokenId: 'FLEET' },
    ],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
  const settings = await site.call('PUT', '/settings', { masterPassGroup: 'MASTERS' });
  expect(settings.body).toMatchObject({ masterPassGroup: 'MASTERS' });
});
beforeEach(async () => await plugIn());
afterAll(async () => {
  await site.close();
});

async function plugIn(protocol: Protocol = 'ocpp2.0.1'): Promise<void> {
  await site.register();
  charger = await site.plugIn(Date.parse(at(70)), protocol);
}

const group = { groupIdToken: { idToken: 'Masters', type: 'Central' } };
const accepted = { idTokenInfo: { status: 'Accepted', ...group } };
const invalid = { idTokenInfo: { status: 'Invalid', ...group } };

it('a token of the master group is accepted where it is presented alone, with its group, by which the charger knows it', async () => {
  expect(await charger.call('Authorize', { idToken: tag('GUARD') })).toEqual(accepted);
});

it('a token of the master group ends a session of somebody else, who pays it', async () => {
  await charger.call('TransactionEvent', started());
  await charger.call('TransactionEvent', updated(1, 20));
  const end = event(
    'Ended',
    2,
    60,
    { triggerReason: 'StopAuthorized', idToken: tag('GUARD'), meterValue: ended(2)['meterValue'] },
    { stoppedReason: 'MasterPass' },
  );
  expect(await charger.call('TransactionEvent', end)).toEqual(accepted);
  await site.settle();
  const [session] = await site.sessions();
  expect(session).toMatchObject({ state: 'ended', stopReason: 'MasterPass', tokenId: 'TAG1' });
  expect(await site.cdrOf(session)).toMatchObject({
    state: 'sealed',
    tokenId: 'TAG1',
    accountId: 'driver',
    total: { inclVat: '3.00' },
    anomalies: [],
  });
});

it('a token of the master group that is shown while somebody else charges is accepted: the charger may stop it by that', async () => {
  await charger.call('TransactionEvent', started());
  const shown = updated(1, 20, { idToken: tag('GUARD'), triggerReason: 'StopAuthorized' });
  expect(await charger.call('TransactionEvent', shown)).toMatchObject(accepted);
});

it('no session begins with a token of the master group: it is refused, and what was charged all the same waits for a decision', async () => {
  expect(await charger.call('TransactionEvent', started({ idToken: tag('GUARD') }))).toEqual(
    invalid,
  );
  await charger.call('TransactionEvent', ended(1));
  await site.settle();
  const [session] = await site.sessions();
  const cdr = await site.cdrOf(session);
  expect(cdr).toMatchObject({ state: 'held' });
  expect(codesOf(cdr)).toContain('UNAUTHORIZED_ENERGY');
});

it('a session that has no token yet does not get one of the master group', async () => {
  const bare = event('Started', 0, 0, { triggerReason: 'CablePluggedIn', evse });
  await charger.call('TransactionEvent', bare);
  const shown = updated(1, 1, { idToken: tag('GUARD'), triggerReason: 'Authorized' });
  expect(await charger.call('TransactionEvent', shown)).toEqual(invalid);
});

it('a token of another group begins a session as ever, and without a master group so does any', async () => {
  expect(await charger.call('TransactionEvent', started({ idToken: tag('TAG2') }))).toMatchObject({
    idTokenInfo: { status: 'Accepted' },
  });
  await site.call('PUT', '/settings', {});
  await plugIn();
  expect(await charger.call('TransactionEvent', started({ idToken: tag('GUARD') }))).toEqual(
    accepted,
  );
  await site.call('PUT', '/settings', { masterPassGroup: 'MASTERS' });
});

it('in OCPP 1.6 a token of the master group stops a session and begins none, too', async () => {
  await plugIn('ocpp1.6');
  const refused = await charger.call('StartTransaction', start({ idTag: 'GUARD' }));
  expect(refused).toMatchObject({ idTagInfo: { status: 'Invalid' } });
  const { transactionId } = await charger.call('StartTransaction', start());
  expect(await charger.call('StopTransaction', stop(transactionId, { idTag: 'GUARD' }))).toEqual({
    idTagInfo: { status: 'Accepted', parentIdTag: 'Masters' },
  });
});
