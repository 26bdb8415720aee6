import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOf } from '../../../core/command/command-request.ts';
import {
  type DatedToken,
  type GivenList,
  listEntries,
  listLimits,
  listMessages,
  listVersion,
  localListDrift,
  reportedVersion,
  wantsLocalList,
} from '../../../core/configuration/local-list.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

/** A charger with a local list, which refuses changes that are not newer than it. */
function listHolder() {
  const held = new Map<string, string | undefined>();
  let version = 0;
  return {
    held,
    version: () => version,
    take: (message: CommandOf<'local-list'>): 'Accepted' | 'VersionMismatch' => {
      if (!message.full && message.version <= version) return 'VersionMismatch';
      if (message.full) held.clear();
      for (const { tokenId, authorization } of message.tokens ?? []) {
        if (authorization === undefined) held.delete(tokenId);
        else held.set(tokenId, authorization.status);
      }
      version = message.version;
      return 'Accepted';
    },
  };
}

const ids = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F');
const statuses = fc.constantFrom('Accepted' as const, 'Blocked' as const);

/** One step in the life of an operator's tokens, an hour after the one before. */
const steps = fc.array(
  fc.record({
    puts: fc.dictionary(ids, statuses, { maxKeys: 4 }),
    deletes: fc.array(ids, { maxLength: 1 }),
    /** Whether the charger is given its list then, and loses it before. */
    isGiven: fc.boolean(),
    isReset: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

/** The tokens of an operator, which counts their changes. */
function tokenKeeper() {
  const tokens = new Map<string, DatedToken>();
  let [changes, deletedAt] = [0, ''];
  return {
    tokens,
    wanted: () => ({ changes, deletedAt }),
    remove: (tokenId: string, now: string): void => {
      if (tokens.delete(tokenId)) [changes, deletedAt] = [changes + 1, now];
    },
    put: (tokenId: string, status: 'Accepted' | 'Blocked', changedAt: string): void => {
      changes += 1;
      tokens.set(tokenId, { tokenId, operatorId: 'op', status, changedAt });
    },
  };
}

/** Gives a charger its list as it is now, and holds both against each other. */
function giveList(
  { tokens, wanted }: ReturnType<typeof tokenKeeper>,
  charger: ReturnType<typeof listHolder>,
  given: GivenList | undefined,
  readAt: string,
  perMessage: number,
): GivenList {
  const plan = {
    wanted: wanted(),
    entries: listEntries('ocpp1.6', [...tokens.values()], readAt),
    limits: { perMessage, inAll: 100 },
    reported: charger.version(),
    given,
    mayDiffer: true,
  };
  for (const message of listMessages(plan)) {
    expect(message.tokens?.length).toBeLessThanOrEqual(perMessage);
    expect(charger.take(message)).toBe('Accepted');
  }
  const taken = { version: listVersion(wanted()), readAt };
  expect(charger.version()).toBe(taken.version);
  expect(Object.fromEntries(charger.held)).toEqual(
    Object.fromEntries([...tokens].map(([tokenId, { status }]) => [tokenId, status])),
  );
  expect(listMessages({ ...plan, reported: charger.version(), given: taken })).toEqual([]);
  return taken;
}

type Step = Parameters<Parameters<typeof steps.map>[0]>[0][number];

/** One hour passes: tokens change, the charger may lose its list and be given it. */
function live(
  keeper: ReturnType<typeof tokenKeeper>,
  charger: ReturnType<typeof listHolder>,
  { puts, deletes, isGiven, isReset }: Step,
  minute: number,
  give: (readAt: string) => GivenList,
): GivenList | undefined {
  for (const tokenId of deletes) keeper.remove(tokenId, at(minute));
  for (const [id, status] of Object.entries(puts)) keeper.put(id, status, at(minute));
  if (isReset) charger.take({ type: 'local-list', version: 0, full: true });
  return isGiven ? give(at(minute + 30)) : undefined;
}

describe('the local list of a charger', () => {
  it('whatever was changed, deleted, missed and lost, a charger that was given its list has exactly the tokens of its operator', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 3 }), (life, perMessage) => {
        const [keeper, charger] = [tokenKeeper(), listHolder()];
        let given: GivenList | undefined;
        for (const [n, step] of life.entries()) {
          given =
            live(keeper, charger, step, n * 60, (readAt) =>
              giveList(keeper, charger, given, readAt, perMessage),
            ) ?? given;
        }
      }),
    );
  });

  const token = (tokenId: string, overrides: Partial<DatedToken> = {}): DatedToken => ({
    tokenId,
    operatorId: 'op',
    status: 'Accepted',
    changedAt: at(0),
    ...overrides,
  });
  const planOf = (tokens: readonly DatedToken[], changes = 3) => ({
    wanted: { changes },
    entries: listEntries('ocpp1.6', tokens, at(30)),
    limits: { perMessage: 50, inAll: 100 },
    reported: 100,
    given: { version: 100, readAt: at(10) },
    mayDiffer: true,
  });

  it('only what changed is sent to a charger that has an earlier list of ours, and the whole list to any other', () => {
    const plan = planOf([token('OLD'), token('NEW', { changedAt: at(20) })]);
    const sent = (overrides: object) =>
      listMessages({ ...plan, ...overrides }).map(({ full, version, tokens = [] }) => [
        full,
        version,
        tokens.map(({ tokenId }) => tokenId),
      ]);
    expect(sent({})).toEqual([[false, 400, ['NEW']]]);
    const whole = [[true, 400, ['OLD', 'NEW']]];
    expect(sent({ reported: 7 })).toEqual(whole);
    expect(sent({ given: undefined })).toEqual(whole);
    expect(sent({ mayDiffer: false })).toEqual(whole);
    expect(sent({ wanted: { changes: 3, deletedAt: at(12) } })).toEqual(whole);
    expect(sent({ wanted: { changes: 3, deletedAt: at(5) } })).toEqual([[false, 400, ['NEW']]]);
  });

  it('a list that has to be sent although the version fits is sent as a whole', () => {
    const plan = { ...planOf([token('ONE')]), reported: 400, given: undefined };
    expect(listMessages(plan)).toMatchObject([{ full: true, version: 400 }]);
  });

  it('a charger that holds few tokens gets those that may charge, always as a whole list', () => {
    const tokens = [token('BAD', { status: 'Blocked' }), token('ONE'), token('TWO')];
    const plan = { ...planOf(tokens), limits: { perMessage: 1, inAll: 2 } };
    expect(
      listMessages(plan).map(({ full, version, tokens: some = [] }) => [
        full,
        version,
        some.length,
      ]),
    ).toEqual([
      [true, 399, 1],
      [false, 400, 1],
    ]);
    expect(
      listMessages(plan).flatMap(({ tokens: some = [] }) => some.map((one) => one.tokenId)),
    ).toEqual(['ONE', 'TWO']);
  });

  it('a token is listed as it would be answered: by its group, its validity and its length', () => {
    const tokens = [
      token('FAMILY', { status: 'Blocked', changedAt: at(25) }),
      token('MUM', { parentTokenId: 'family' }),
      token('LATE', { validUntil: at(1) }),
      token('X'.repeat(21)),
    ];
    const entries = listEntries('ocpp1.6', tokens, at(30));
    expect(entries.map(({ tokenId, authorization }) => [tokenId, authorization?.status])).toEqual([
      ['FAMILY', 'Blocked'],
      ['MUM', 'Blocked'],
      ['LATE', 'Expired'],
    ]);
    // The change of a group is one of its tokens.
    expect(entries.find(({ tokenId }) => tokenId === 'MUM')?.changedAt).toBe(at(25));
    expect(listEntries('ocpp2.0.1', tokens, at(30))).toHaveLength(4);
  });

  it('the limits are those that the charger names, and careful ones where it names none', () => {
    const said = (key: string, value: string) => ({ key, value });
    expect(listLimits([])).toEqual({ perMessage: 50, inAll: 2_000 });
    expect(
      listLimits([said('SendLocalListMaxLength', '10'), said('LocalAuthListMaxLength', '80')]),
    ).toEqual({ perMessage: 10, inAll: 80 });
    expect(listLimits([said('LocalAuthListCtrlr.ItemsPerMessage', '5')]).perMessage).toBe(5);
    expect(listLimits([said('SendLocalListMaxLength', 'many')]).perMessage).toBe(50);
  });

  const versionAnswer = (version: number, minute = 1) =>
    ({
      request: { type: 'local-list-version' },
      outcome: { kind: 'accepted', data: { kind: 'local-list-version', version } },
      finishedAt: at(minute),
    }) as const;

  it('a charger that says -1 has no local list', () => {
    expect(reportedVersion([versionAnswer(-1)])).toBeUndefined();
    expect(reportedVersion([versionAnswer(0)])).toBe(0);
    expect(reportedVersion([])).toBeUndefined();
  });

  it('a version that no list has is none, and nor is an older one that the charger said before', () => {
    for (const odd of [1e300, 2 ** 53, 0.5]) {
      expect(reportedVersion([versionAnswer(odd), versionAnswer(400)])).toBeUndefined();
    }
  });

  it('the drift is what the charger said or took last against what it should have', () => {
    const wanted = { changes: 3 };
    const given = { version: 400, readAt: at(0) };
    const taken = {
      request: { type: 'local-list', version: 400, full: true },
      outcome: { kind: 'accepted' },
    } as const;
    const stateOf = (...parts: Parameters<typeof localListDrift>) => localListDrift(...parts).state;
    expect(stateOf(wanted, given, [taken, versionAnswer(0)])).toBe('as-desired');
    expect(stateOf(wanted, given, [versionAnswer(0), taken])).toBe('differs');
    expect(stateOf(wanted, undefined, [versionAnswer(400)])).toBe('differs');
    expect(stateOf({ changes: 4 }, given, [taken])).toBe('differs');
    expect(stateOf(wanted, given, [])).toBe('not-reported');
  });

  it('what is wanted of one charger comes before what is wanted of all, and nobody gets a list unasked', () => {
    const none = { ocpp16: {}, ocpp2: {} };
    expect(wantsLocalList()).toBe(false);
    expect(wantsLocalList({ ...none, localList: true })).toBe(true);
    expect(wantsLocalList({ ...none, localList: true }, { ...none, localList: false })).toBe(false);
    expect(wantsLocalList(none, { ...none, localList: true })).toBe(true);
  });
});
