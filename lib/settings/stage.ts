import type { Settings } from './settings.ts';

/** One deployment in an account and Region, as in `prod` or `test`: no two stages share a name that AWS sees. */
export type Stage = {
  /** 1 to 12 lower-case letters and digits. */
  readonly name: string;
  readonly settings: Settings;
};

/** Name of something of a stage, as in `joulegate-prod-readings`. */
export function nameIn(stage: Stage, what: string): string {
  return `joulegate-${stage.name}-${what}`;
}
