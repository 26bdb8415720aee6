import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type MortalPair, type MortalSide, startMortalPair } from './mortal-pair.ts';

let database: TestDatabase;
let pair: MortalPair;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  pair = await startMortalPair(database);
});
afterAll(async () => {
  pair.stop();
  await database.stop();
});

/** No handshake has as many points at which a function may die. */
const mostPoints = 100;

const bodyOf = (answer: Awaited<ReturnType<MortalSide['call']>>): Record<string, string> => {
  if (answer === 'died' || answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return JSON.parse(JSON.stringify(answer.body));
};

const invite = async (version: string) => {
  const form = { name: 'Drivers', versions: [version], roles: ['CPO'] };
  return bodyOf(await pair.inviting.call('POST', '/partners', form));
};

const join = async (version: string, { versionsUrl, tokenA }: Record<string, string>) =>
  await pair.joining.call('POST', '/partners', {
    ...{ name: 'Chargers', versions: [version], roles: ['EMSP'], versionsUrl, tokenA },
  });

/** The two sides by their partners. */
type Ends = readonly (readonly [MortalSide, string])[];

const statuses = async (ends: Ends): Promise<readonly (number | undefined)[]> =>
  await Promise.all(ends.map(async ([side, partnerId]) => await pair.reach(side, partnerId)));

describe.each([...ocpiVersions])('a function that dies in a handshake of OCPI %s', (version) => {
  it('at no point of a registration is anybody locked out: the same token A registers afterwards, and both call each other', async () => {
    let points = 0;
    for (let died = true; died && points < mostPoints; ) {
      const invitation = await invite(version);
      const before = pair.deaths();
      points += 1;
      pair.dieAt(points);
      await join(version, invitation);
      died = pair.deaths() > before;
      pair.dieAt(0);
      const joined = died ? bodyOf(await join(version, invitation)) : undefined;
      if (joined === undefined) continue;
      expect(joined['state'], `after ${points} points`).toBe('registered');
      const ends: Ends = [
        [pair.inviting, String(invitation['partnerId'])],
        [pair.joining, String(joined['partnerId'])],
      ];
      expect(await statuses(ends), `after ${points} points`).toEqual([200, 200]);
    }
    expect(points).toBeGreaterThan(10);
    expect(points).toBeLessThan(mostPoints);
  });

  it.each([
    { by: 'the side that invited', which: 0, times: 1, every: 1, isBusy: false },
    { by: 'the side that joined', which: 1, times: 1, every: 1, isBusy: false },
    { by: 'the side that joined, twice and', which: 1, times: 2, every: 3, isBusy: true },
  ])(
    'at no point of a rotation by $by, busy $isBusy, is anybody locked out: both call each other, and the next one succeeds',
    async ({ which, times, every, isBusy }) => {
      const invitation = await invite(version);
      const joined = bodyOf(await join(version, invitation));
      const ends: Ends = [
        [pair.inviting, String(invitation['partnerId'])],
        [pair.joining, String(joined['partnerId'])],
      ];
      const [side, partnerId] = ends[which] ?? [pair.joining, ''];
      const rotate = async () => await side.call('POST', `/partners/${partnerId}/rotate`);
      let points = 0;
      for (let died = true; died && points < mostPoints; ) {
        points += every;
        const before = pair.deaths();
        for (let n = 0; n < times; n += 1) {
          pair.dieAt(points);
          pair.meanwhile = isBusy
            ? async () => expect(await statuses(ends), `at ${points}, ${n}`).toEqual([200, 200])
            : undefined;
          await rotate();
        }
        died = pair.deaths() > before;
        pair.dieAt(0);
        pair.meanwhile = undefined;
        expect(await statuses(ends), `after ${points} points`).toEqual([200, 200]);
        expect(bodyOf(await rotate())['state']).toBe('registered');
        expect(await statuses(ends), `after ${points} points and another`).toEqual([200, 200]);
      }
      expect(points).toBeGreaterThan(10);
      expect(points).toBeLessThan(mostPoints);
    },
  );
});
