import type { RegisterStep } from '../register/count-register-energy.ts';

const minute = 60_000n;
const hour = 60n * minute;

/** The energy between two registers, in mWh, the time between them, and its mean power in mW. */
export type Rise = { readonly energy: bigint; readonly lasted: bigint; readonly power: bigint };

/** The rises between each two registers of a session. */
export const risesOf = (steps: readonly RegisterStep[]): readonly Rise[] =>
  steps.slice(1).map((to, index) => {
    const from = steps[index] ?? to;
    const [energy, lasted] = [to.energy - from.energy, to.at - from.at];
    // Registers are read a little before or after their time, which matters where two are close together.
    return { energy, lasted, power: (energy * hour) / (lasted < minute ? minute : lasted) };
  });
