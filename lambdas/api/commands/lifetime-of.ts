import type { CommandForm } from './command-form.ts';

/** Seconds after which a command to a charger that is offline becomes pointless, where it does not say so itself. */
export const lifetimeOf = ({ type }: CommandForm): number =>
  type === 'start' || type === 'stop' || type === 'unlock' ? 120 : 86_400;
