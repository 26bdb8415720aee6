import type { KnownConfiguration } from '../command/known-configuration.ts';
import { secretMark } from '../command/secret-mark.ts';
import { shownValue } from '../command/secret-settings.ts';
import type { DesiredSetting } from './desired-configuration.ts';
import { isSameSetting } from './same-setting.ts';
import { carriesSignedReadings, signsReadings } from './signs-readings.ts';

/** How a setting of a charger stands to what it should be. */
export type SettingState =
  | 'as-desired'
  | 'differs'
  /** The charger took the value, and has it after its next restart. */
  | 'after-restart'
  /** It differs, and the charger says that it cannot be changed. */
  | 'read-only'
  /** The charger does not have such a setting. */
  | 'unknown-to-charger'
  /** The charger has not said it yet. */
  | 'not-reported'
  /** It is left to the charger, whose meter signs readings and sends them with the end of a session. */
  | 'left-alone';

/** A desired setting with what the charger last said of it. */
export type SettingDrift = DesiredSetting & {
  readonly state: SettingState;
  /** Absent where it is not known, or not set. */
  readonly reported?: string;
};

/** Holds the settings that a charger should have against those that it is known to have, in the order of the former. */
export function configurationDrift(
  desired: readonly DesiredSetting[],
  { settings, unknownKeys, awaitingRestart }: KnownConfiguration,
): readonly SettingDrift[] {
  const known = new Map(settings.map((setting) => [setting.key.toLowerCase(), setting]));
  const unknown = new Set(unknownKeys.map((key) => key.toLowerCase()));
  const awaiting = new Map(awaitingRestart.map(({ key, value }) => [key.toLowerCase(), value]));
  const isSigner = signsReadings(settings);
  const isAwaited = ({ key, value }: DesiredSetting): boolean => {
    const taken = awaiting.get(key.toLowerCase());
    return taken !== undefined && isSameSetting(shownValue(key, value), taken);
  };
  /** The setting as a charger has it; nothing where it is shown without a secret that nothing tells from the one that is wanted. */
  const saidOf = ({ key, value }: DesiredSetting) => {
    const setting = known.get(key.toLowerCase());
    const shown = shownValue(key, value);
    const isUntold = shown !== value && setting?.value === shown && setting.mark === undefined;
    return isUntold ? undefined : setting;
  };
  const isReported = (value: string, reported: KnownConfiguration['settings'][number]): boolean =>
    reported.mark === undefined
      ? isSameSetting(value, reported.value)
      : secretMark(value) === reported.mark;
  const comparedState = (setting: DesiredSetting): SettingState => {
    const reported = saidOf(setting);
    if (reported !== undefined && isReported(setting.value, reported)) return 'as-desired';
    if (isAwaited(setting)) return 'after-restart';
    if (reported === undefined) return 'not-reported';
    return reported.isReadOnly === true ? 'read-only' : 'differs';
  };
  const stateOf = (setting: DesiredSetting): SettingState => {
    if (unknown.has(setting.key.toLowerCase())) return 'unknown-to-charger';
    const isLeft = setting.by === 'default' && isSigner && carriesSignedReadings(setting.key);
    return isLeft ? 'left-alone' : comparedState(setting);
  };
  return desired.map((setting) => {
    const reported = saidOf(setting)?.value;
    const state = stateOf(setting);
    return reported === undefined ? { ...setting, state } : { ...setting, state, reported };
  });
}
