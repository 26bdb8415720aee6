import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameCharging, touchedCdrs } from '../../../../core/ocpi/check/same-charging.ts';
import { sessionOfCdr } from '../../../../core/ocpi/check/session-of-cdr.ts';
import { alreadyTakenBack, takenBack } from '../../../../core/ocpi/check/taken-back.ts';
import type { CdrVisit, Visit, Visits } from '../../../../core/ocpi/check/visit.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 11, 8, minute)).toISOString();

const visit = (id: string, from: number, to: number | undefined, more: object = {}): Visit => ({
  ...{ id, startDateTime: at(from), evseUid: 'E1', energy: '10' },
  ...(to === undefined ? {} : { endDateTime: at(to) }),
  ...more,
});

const cdr = (id: string, from: number, to: number, more: object = {}): CdrVisit => ({
  ...visit(id, from, to),
  ...{ currency: 'EUR', exclVat: '5', isCredit: false, lastUpdated: at(to) },
  ...more,
});

const aVisit = fc
  .record({
    from: fc.nat(60),
    minutes: fc.nat(40),
    evseUid: fc.constantFrom('E1', 'e1', 'E2', '#NA'),
    energy: fc.constantFrom('10', '12'),
  })
  .map(({ from, minutes, ...more }) => ({ from, to: from + minutes, more }));

const sessionsOf = fc
  .array(aVisit, { maxLength: 3 })
  .map((all) => all.map(({ from, to, more }, n) => visit(`S${n}`, from, to, more)));

const cdrsOf = fc
  .array(
    fc.record({
      place: aVisit,
      sessionId: fc.constantFrom(undefined, undefined, 'S0', 's1'),
      isCredit: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) =>
    all.map(({ place: { from, to, more }, sessionId, isCredit }, n) =>
      cdr(`C${n}`, from, to, {
        ...more,
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(isCredit ? { isCredit, exclVat: '-5' } : {}),
      }),
    ),
  );

describe('the session of a CDR that names none', () => {
  it.each<[string, CdrVisit, readonly Visit[], object]>([
    [
      'is the one it names, wherever that was',
      cdr('C', 0, 30, { sessionId: 'S9' }),
      [],
      { id: 'S9' },
    ],
    ['is the one at its time', cdr('C', 0, 30), [visit('S1', 0, 30)], { id: 'S1' }],
    [
      'is not the next one, which began as it ended',
      cdr('C', 0, 30),
      [visit('S1', 0, 30), visit('S2', 29, 60)],
      { id: 'S1' },
    ],
    [
      'is none at another EVSE',
      cdr('C', 0, 30),
      [visit('S1', 0, 30, { evseUid: 'E2' })],
      { kind: 'none' },
    ],
    [
      'may be at any EVSE where the CDR names none',
      cdr('C', 0, 30, { evseUid: '#NA' }),
      [visit('S1', 0, 30, { evseUid: 'E2' })],
      { id: 'S1' },
    ],
    [
      'is one that goes on and began with it',
      cdr('C', 0, 30),
      [visit('S1', 1, undefined)],
      { id: 'S1' },
    ],
    [
      'is not one which began long before and never ended',
      cdr('C', 0, 30),
      [visit('S1', -600, undefined)],
      { kind: 'none' },
    ],
    [
      'is the one with its energy of two at once',
      cdr('C', 0, 30, { evseUid: '#NA' }),
      [visit('S1', 0, 30, { energy: '9' }), visit('S2', 0, 30, { evseUid: 'E2' })],
      { id: 'S2' },
    ],
    [
      'is open where nothing tells two apart',
      cdr('C', 0, 30, { evseUid: '#NA' }),
      [visit('S2', 0, 30), visit('S1', 0, 30, { evseUid: 'E2' })],
      { kind: 'ambiguous', ids: ['S1', 'S2'] },
    ],
  ])('%s', (_name, one, sessions, found) => {
    expect(sessionOfCdr(one, sessions)).toMatchObject(found);
  });
});

describe('CDRs that bill the same charging', () => {
  it.each<[string, CdrVisit, CdrVisit, readonly Visit[], boolean]>([
    ['at one time, without a session', cdr('C1', 0, 30), cdr('C2', 0, 30), [], true],
    [
      'at one time, of which one names the session',
      cdr('C1', 0, 30, { sessionId: 'S' }),
      cdr('C2', 1, 29),
      [],
      true,
    ],
    [
      'that name two sessions',
      cdr('C1', 0, 30, { sessionId: 'S' }),
      cdr('C2', 0, 30, { sessionId: 'T' }),
      [],
      false,
    ],
    ['one after the other', cdr('C1', 0, 30), cdr('C2', 29, 60), [], false],
    ['each a half of one session', cdr('C1', 0, 30), cdr('C2', 30, 60), [visit('S', 0, 60)], true],
    [
      'at one time of two sessions at two EVSEs',
      cdr('C1', 0, 30),
      cdr('C2', 0, 30, { evseUid: '#NA', energy: '12' }),
      [visit('S1', 0, 30), visit('S2', 0, 30, { evseUid: 'E2', energy: '12' })],
      false,
    ],
  ])('two CDRs %s', (_name, one, other, sessions, isSame) => {
    const around = { sessions, cdrs: [one, other] };
    expect(sameCharging(one, around)).toEqual(isSame ? ['C2'] : []);
    expect(sameCharging(other, around)).toEqual(isSame ? ['C1'] : []);
  });

  it('each of two names the other or neither does, in whatever order all came', () => {
    fc.assert(
      fc.property(sessionsOf, cdrsOf, (sessions, cdrs) => {
        const around = { sessions, cdrs };
        const reversed = { sessions: sessions.toReversed(), cdrs: cdrs.toReversed() };
        for (const one of cdrs.filter(({ isCredit }) => !isCredit)) {
          const same = sameCharging(one, around);
          expect(sameCharging(one, reversed)).toEqual(same);
          for (const id of same) {
            const other = cdrs.find((each) => each.id === id);
            if (other !== undefined) expect(sameCharging(other, around)).toContain(one.id);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  const verdictOf = (one: CdrVisit, around: Visits) => [
    sameCharging(one, around),
    sessionOfCdr(one, around.sessions),
    takenBack(around.cdrs).get(one.id),
  ];

  const isNamedAlike = (a: CdrVisit, b: CdrVisit): boolean =>
    a.sessionId !== undefined && a.sessionId.toUpperCase() === b.sessionId?.toUpperCase();

  it('a CDR that comes changes only what it touches, and what names its session', () => {
    fc.assert(
      fc.property(sessionsOf, cdrsOf, cdrsOf, (sessions, some, [last]) => {
        if (last === undefined) return;
        const cdrs = some.map((one) => ({ ...one, id: `${one.id}-0` }));
        const [before, after] = [
          { sessions, cdrs },
          { sessions, cdrs: [...cdrs, last] },
        ];
        const touched = touchedCdrs(last, after);
        const untouched = cdrs.filter(
          (one) => !touched.includes(one.id) && !isNamedAlike(one, last),
        );
        for (const one of untouched) expect(verdictOf(one, after)).toEqual(verdictOf(one, before));
      }),
      { numRuns: 60 },
    );
  });
});

describe('credits that name no CDR', () => {
  const alike = fc.array(
    fc.record({ isCredit: fc.boolean(), minute: fc.nat(3), total: fc.constantFrom('5', '7') }),
    { maxLength: 8 },
  );

  it('each takes back at most one CDR of its total, each CDR is taken back at most once, in whatever order they came', () => {
    fc.assert(
      fc.property(alike, (all) => {
        const cdrs = all.map(({ isCredit, minute, total }, n) =>
          cdr(`C${n}`, 0, 30, {
            ...{ isCredit, lastUpdated: at(minute) },
            exclVat: isCredit ? `-${total}` : total,
          }),
        );
        const pairs = takenBack(cdrs);
        const credits = [...pairs.values()].flat();
        expect(new Set(credits).size).toBe(credits.length);
        for (const total of ['5', '7']) {
          const count = (exclVat: string) => cdrs.filter((one) => one.exclVat === exclVat).length;
          const taken = cdrs.filter(({ id, exclVat }) => exclVat === total && pairs.has(id));
          expect(taken.length).toBe(Math.min(count(total), count(`-${total}`)));
        }
        const entries = (map: ReadonlyMap<string, readonly string[]>) => [...map].toSorted();
        expect(entries(takenBack(cdrs.toReversed()))).toEqual(entries(pairs));
      }),
      { numRuns: 60 },
    );
  });

  it('one that negates the energy too takes back the same, and a second one finds that it was taken back', () => {
    const [original, first, second] = [
      cdr('C1', 0, 30),
      cdr('C1-C', 0, 30, { isCredit: true, exclVat: '-5', energy: '-10' }),
      cdr('C1-D', 0, 30, { isCredit: true, exclVat: '-5' }),
    ];
    const all = [second, first, original];
    expect([...takenBack(all)]).toEqual([['C1', ['C1-C']]]);
    expect(alreadyTakenBack(second, all)).toEqual(['C1']);
  });
});
