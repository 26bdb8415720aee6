import type { ChargingPlan } from '../charger/charging-plan.ts';
import type { BrokenRow, SessionRow } from './session-rows.ts';

/** The sessions that one simulated charger replays, in order of time. */
export type ChargerWork = { readonly charger: number; readonly plans: readonly ChargingPlan[] };

type Slot = {
  readonly charger: number;
  readonly connectorId: number;
  freeFrom: number;
  register: bigint;
};

/** Connectors of each charger of a replay. */
export const connectorsPerCharger = 2;
const firstRegister = 1_000_000_000n;

/**
 * Gives each recorded session to a free connector, in order of arrival and in turn, the same way on every run. A
 * connector's meter counts on from session to session. A session for which no connector is free is named as broken.
 */
export const assignSessions = (
  rows: readonly SessionRow[],
  chargers: number,
  options: { readonly idTag: string; readonly readings: number },
): { readonly work: readonly ChargerWork[]; readonly broken: readonly BrokenRow[] } => {
  const slots = makeSlots(chargers);
  const plans: ChargingPlan[][] = Array.from({ length: chargers }, () => []);
  const broken: BrokenRow[] = [];
  const byArrival = [...rows].sort((a, b) => a.startedAt - b.startedAt || a.line - b.line);
  let turn = 0;
  for (const row of byArrival) {
    const slot = nextFree(slots, turn, row.startedAt);
    if (slot === undefined) {
      broken.push({ line: row.line, reason: 'no connector is free' });
      continue;
    }
    turn = slots.indexOf(slot) + 1;
    plans[slot.charger]?.push(planOf(row, slot, options));
    slot.freeFrom = row.endedAt;
    slot.register += row.energy;
  }
  return { work: plans.map((list, charger) => ({ charger, plans: list })), broken };
};

const makeSlots = (chargers: number): Slot[] =>
  Array.from({ length: chargers * connectorsPerCharger }, (_, index) => ({
    charger: index % chargers,
    connectorId: Math.floor(index / chargers) + 1,
    freeFrom: Number.NEGATIVE_INFINITY,
    register: firstRegister,
  }));

// Strictly later: a start at the very moment of the last stop would share its timestamp with it.
const nextFree = (slots: readonly Slot[], turn: number, at: number): Slot | undefined => {
  for (let offset = 0; offset < slots.length; offset += 1) {
    const slot = slots[(turn + offset) % slots.length];
    if (slot !== undefined && slot.freeFrom < at) return slot;
  }
  return undefined;
};

const planOf = (
  row: SessionRow,
  slot: Slot,
  options: { readonly idTag: string; readonly readings: number },
): ChargingPlan => ({
  connectorId: slot.connectorId,
  idTag: options.idTag,
  startedAt: row.startedAt,
  endedAt: row.endedAt,
  energy: row.energy,
  registerAtStart: slot.register,
  readings: options.readings,
  chargingShare: 1,
});
