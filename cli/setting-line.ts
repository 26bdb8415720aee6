/** The configuration of a charger as the API shows it. */
export type ShownConfiguration = {
  readonly chargerId: string;
  readonly settings: readonly { readonly key: string; readonly value: string | null }[];
  readonly desired: readonly DesiredSetting[];
  readonly comparedAt: string | null;
};

/** A setting that a charger should have, as the API shows it. */
export type DesiredSetting = {
  readonly key: string;
  readonly value: string;
  readonly by: string;
  readonly state: string;
  readonly reported: string | null;
};

/** A line for people about a setting that a charger should have: its state, its value, and the charger's own where that differs. */
export const settingLine = ({ key, value, by, state, reported }: DesiredSetting): string => {
  const has =
    state === 'as-desired' || reported === null ? '' : `, has ${JSON.stringify(reported)}`;
  return `${state.padEnd(19)}${key} = ${JSON.stringify(value)} (${by})${has}`;
};
