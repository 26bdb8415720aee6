import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TenThousandths } from '../../../core/analytics/figures.ts';
import { creditIdOf, numberedCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import { balanceOf } from '../../../core/payment/bill.ts';
import { fromMinorUnits, minorUnits } from '../../../core/payment/minor-units.ts';
import { begin, hold, newWorld, type World } from './attempt-world.ts';

/** Whatever a world can do at any time. */
const happenings: Readonly<Record<string, (world: World) => unknown>> = {
  look: (world) => world.look(),
  'look twice at once': (world) => Promise.all([world.look(), world.look()]),
  authorise: (world) => world.model.authorise(),
  'a minute passes': (world) => world.pass(60),
  'a refund comes back': (world) => world.model.returnRefund(1n),
};

const crashes = fc.infiniteStream(
  fc.constantFrom('never', 'never', 'never', 'before', 'after' as const),
);

const cdrIdOf = (number: number): string => numberedCdrId('ses_aaaaaaaaaaaaaaaaaaaaaaaaaa', number);

type Sealed = readonly [cdrId: string, cents: bigint];

/** The total that a session comes to at last, and the CDRs that say so. */
type Corrected = { readonly cents: bigint; readonly sealed: readonly Sealed[] };

/** The bill of a session, and corrections of it, each the credit of the one before and its replacement, in either order. */
const bills = fc
  .array(fc.tuple(fc.bigInt(0n, hold), fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((amounts) =>
    amounts.map(([cents, isCreditFirst], n): Corrected => {
      const own: Sealed = [cdrIdOf(n + 1), cents];
      const before = amounts[n - 1];
      if (before === undefined) return { cents, sealed: [own] };
      const credit: Sealed = [creditIdOf(cdrIdOf(n)), -before[0]];
      return { cents, sealed: isCreditFirst ? [credit, own] : [own, credit] };
    }),
  );

const course = fc.array(fc.constantFrom(...Object.keys(happenings)), { maxLength: 12 });

const run = async (world: World, names: readonly string[]): Promise<void> => {
  for (const name of names) await happenings[name]?.(world);
};

/** Looks until nothing changes any more: no crash lasts for ever. */
async function settle(world: World): Promise<void> {
  for (let n = 0; n < 40; n += 1) {
    await world.look();
    world.pass(1);
  }
}

/** Seals the bill of a session and its corrections, with whatever happens before and after each CDR. */
async function sealAll(
  world: World,
  sealed: readonly Corrected[],
  later: readonly (readonly string[])[],
): Promise<void> {
  for (const [n, bill] of sealed.entries()) {
    await run(world, later[n] ?? []);
    for (const [cdrId, cents] of bill.sealed) {
      world.seal(cdrId, cents);
      await run(world, later[n] ?? []);
    }
  }
  await settle(world);
}

/** After the capture nothing more can be taken: a correction upwards leaves its difference unpaid, and takes nothing away either. */
function expectPaid(world: World, sealed: readonly Corrected[]): void {
  const due = sealed.at(-1)?.cents ?? 0n;
  const [least = 0n] = sealed.map(({ cents }) => cents).sort((a, b) => Number(a - b));
  const { captured = 0n, refunded = 0n, refundFailed = 0n } = world.payment ?? {};
  // Whatever came back was tried to be given back, once.
  expect(captured - refunded - refundFailed).toBeLessThanOrEqual(due);
  expect(captured - refunded - refundFailed).toBeGreaterThanOrEqual(least);
  const { received, open, state } = balanceOf(world.bill);
  expect(received).toBe(fromMinorUnits(minorUnits(captured - refunded), 'EUR'));
  expect(open).toBe(fromMinorUnits(minorUnits(due - (captured - refunded)), 'EUR'));
  if (sealed.length === 1) expect([captured - refunded, state]).toEqual([due, 'paid']);
}

describe('a payment by card', () => {
  it('captured less refunded is what the CDRs come to, whatever is lost, repeated, crashes or is corrected', async () => {
    await fc.assert(
      fc.asyncProperty(
        bills,
        course,
        fc.array(course),
        crashes,
        async (sealed, first, later, stream) => {
          const world = newWorld(() => stream.next().value as never);
          await world.look();
          await run(
            world,
            first.filter((name) => name !== 'a minute passes'),
          );
          await settle(world);
          world.model.authorise();
          await settle(world);
          expect(world.payment?.captured ?? 0n).toBe(0n);
          world.charge({ session: 'active', cost: undefined, due: undefined, sessionId: 'ses_1' });
          await sealAll(world, sealed, later);
          expectPaid(world, sealed);
          expect(world.model.payments.size).toBe(1);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('nothing is captured before a CDR is sealed, and no attempt has a second hold', async () => {
    await fc.assert(
      fc.asyncProperty(course, crashes, async (names, stream) => {
        const world = newWorld(() => stream.next().value as never);
        await run(world, names);
        world.charge({ session: 'active', cost: minorUnits(100n), due: undefined });
        await run(world, names);
        world.charge({ session: 'ended', cost: undefined, due: undefined });
        await run(world, names);

        expect(world.payment?.captured ?? 0n).toBe(0n);
        expect(world.model.payments.size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('a hold whose events were all lost is found by the next look, and its charger is asked to start once', async () => {
    const world = newWorld();
    await world.look();
    world.model.authorise();
    for (let n = 0; n < 5; n += 1) await world.look();
    expect(world.asked).toEqual(['start']);
    expect(world.announced).toBe(1);
  });

  it('a hold is given up where no session begins, after its token was blocked', async () => {
    const world = newWorld();
    await world.look();
    world.model.authorise();
    await world.look();
    world.pass(91);
    await world.look();
    expect([world.payment?.state, world.asked]).toEqual(['held', ['start', 'block']]);
    world.pass(31);
    await world.look();
    expect(world.payment?.state).toBe('ended');
  });

  it('a session that begins while its token is being blocked is paid', async () => {
    const world = newWorld();
    await world.look();
    world.model.authorise();
    await world.look();
    world.pass(91);
    await world.look();
    world.charge({ session: 'active', cost: undefined, due: undefined });
    world.pass(31);
    await world.look();
    world.seal(cdrIdOf(1), 700n);
    await world.look();
    expect(world.payment).toMatchObject({ state: 'captured', captured: 700n });
  });

  it('a running cost near the hold raises it while that may be, and then stops the session in time', async () => {
    const world = newWorld();
    await world.look();
    world.model.authorise();
    await world.look();
    const cost = (cents: bigint) =>
      world.charge({ session: 'active', cost: minorUnits(cents), due: undefined });
    cost(4_499n);
    await world.look();
    expect(world.payment?.held).toBe(5_000n);
    cost(4_500n);
    await world.look();
    expect(world.payment?.held).toBe(10_000n);
    expect(world.asked).toEqual(['start']);
    cost(9_000n);
    await world.look();
    expect(world.asked).toEqual(['start', 'stop']);
  });

  /** A session that has ended, whose hold is still there. */
  async function heldWorld(): Promise<World> {
    const world = newWorld();
    await world.look();
    world.model.authorise();
    await world.look();
    world.charge({ session: 'ended', cost: undefined, due: undefined });
    await world.look();
    return world;
  }

  it('a correction that is known by half gives nothing back, and one upwards is taken of a hold that is still there', async () => {
    const world = await heldWorld();
    world.seal(creditIdOf(cdrIdOf(1)), -700n);
    await world.look();
    world.seal(cdrIdOf(1), 700n);
    await world.look();
    expect(world.payment).toMatchObject({ state: 'held', captured: 0n });
    world.seal(cdrIdOf(2), 900n);
    await world.look();
    expect(world.payment).toMatchObject({ state: 'captured', captured: 900n, refunded: 0n });
    expect(balanceOf(world.bill).state).toBe('paid');
  });

  it('what somebody gave back at the provider is not given back again, nor taken', async () => {
    const world = await heldWorld();
    world.seal(cdrIdOf(1), 700n);
    await world.look();
    if (world.payment !== undefined) world.payment.refunded = 400n;
    await world.look();
    expect(balanceOf(world.bill)).toMatchObject({ state: 'unpaid', open: 40_000n });
    world.seal(creditIdOf(cdrIdOf(1)), -700n);
    world.seal(cdrIdOf(2), 100n);
    await world.look();
    expect(world.payment).toMatchObject({ captured: 700n, refunded: 600n });
    expect(balanceOf(world.bill).state).toBe('paid');
  });

  it('a refund that comes back is shown as failed and not tried again, and what another correction takes from the bill is', async () => {
    const world = await heldWorld();
    world.seal(cdrIdOf(1), 700n);
    await world.look();
    world.seal(creditIdOf(cdrIdOf(1)), -700n);
    world.seal(cdrIdOf(2), 100n);
    await world.look();
    expect(balanceOf(world.bill).state).toBe('paid');
    world.model.returnRefund(600n);
    for (let n = 0; n < 3; n += 1) await world.look();
    expect(world.payment).toMatchObject({ captured: 700n, refunded: 0n, refundFailed: 600n });
    expect(balanceOf(world.bill)).toMatchObject({ state: 'failed', open: -60_000n });
    expect(world.bill.payments.at(-1)).toMatchObject({ kind: 'refund-failed', amount: 60_000n });

    world.seal(creditIdOf(cdrIdOf(2)), -100n);
    world.seal(cdrIdOf(3), 40n);
    await world.look();
    expect(world.payment).toMatchObject({ refunded: 60n, refundFailed: 600n });
    const later = new Date(begin + 1).toISOString();
    // Given back in another way, as in cash.
    world.pay({
      reference: 'cash',
      kind: 'refunded',
      amount: 60_000n as TenThousandths,
      at: later,
    });
    expect(balanceOf(world.bill).state).toBe('paid');
    await world.look();
    expect(world.payment?.refunded).toBe(60n);
  });

  it.each(['never', 'before', 'after'] as const)(
    'a refund is looked at every six hours while it is on its way, whoever made it, and by nobody twice (crash: %s)',
    async (crash) => {
      let isCrashing = false;
      const world = newWorld(() => (isCrashing ? crash : 'never'));
      world.model.delayRefunds();
      await world.look();
      world.model.authorise();
      world.seal(cdrIdOf(1), 700n);
      await world.look();
      world.seal(creditIdOf(cdrIdOf(1)), -700n);
      world.seal(cdrIdOf(2), 100n);
      isCrashing = true;
      await world.look();
      isCrashing = false;
      for (let n = 0; n < 3; n += 1) await world.look();
      expect(world.payment?.refunded).toBe(600n);
      expect(world.planned).toEqual([6 * 3_600]);

      world.pass(6 * 3_600);
      for (let n = 0; n < 3; n += 1) await world.look();
      expect(world.planned).toHaveLength(2);

      world.model.returnRefund(600n);
      world.pass(6 * 3_600);
      await world.look();
      expect(world.planned).toHaveLength(2);
      expect(balanceOf(world.bill).state).toBe('failed');
    },
  );

  it('a correction upwards after the capture leaves its difference in the list of unpaid bills', async () => {
    const world = await heldWorld();
    world.seal(cdrIdOf(1), 700n);
    await world.look();
    world.seal(creditIdOf(cdrIdOf(1)), -700n);
    await world.look();
    world.seal(cdrIdOf(2), 900n);
    await world.look();
    expect(world.payment).toMatchObject({ captured: 700n, refunded: 0n });
    expect(balanceOf(world.bill)).toMatchObject({
      state: 'unpaid',
      open: 20_000n as TenThousandths,
    });
  });

  it('a bill above the hold is taken whole where the hold may be raised, and as far as that goes', async () => {
    const [raised, refused] = [await heldWorld(), await heldWorld()];
    raised.seal(cdrIdOf(1), 11_000n);
    await raised.look();
    expect(raised.payment?.captured).toBe(10_000n);
    refused.model.refuseRaises();
    refused.seal(cdrIdOf(1), 7_000n);
    await refused.look();
    expect(refused.payment?.captured).toBe(5_000n);
    expect(balanceOf(refused.bill)).toMatchObject({ state: 'unpaid' });
    expect(refused.attempt).toMatchObject({ isRaiseRefused: true, heldAtMost: 5_000n });
  });

  it('a hold that the provider ended leaves its bill on the list of failed ones', async () => {
    const world = newWorld();
    await world.look();
    world.model.authorise();
    await world.look();
    if (world.payment !== undefined) world.payment.state = 'ended';
    world.seal(cdrIdOf(1), 700n);
    await world.look();
    await world.look();
    expect(balanceOf(world.bill)).toMatchObject({
      state: 'failed',
      open: 70_000n as TenThousandths,
    });
  });
});
