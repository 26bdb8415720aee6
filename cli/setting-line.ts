/** The configuration of a charger as the API shows it. */
export type ShownConfiguration = {
  readonly chargerId: string;
  readonly settings: readonly { readonly key: string; readonly value: string | null }[];
  readonly desired: readonly DesiredSetting[];
  /** Null where it should have none. */
  readonly localList: {
    readonly state: string;
    readonly version: number;
    readonly reported: number | null;
  } | null;
  readonly certificates: readonly {
    readonly use: string;
    readonly state: string;
    readonly serialNumber: string;
  }[];
  readonly password: string;
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

/** Lines for people about all else that a charger should have: its local list, root certificates and password. */
export const otherLines = ({
  localList,
  certificates,
  password,
}: Pick<ShownConfiguration, 'localList' | 'certificates' | 'password'>): readonly string[] => [
  ...(localList === null
    ? []
    : [
        `${localList.state.padEnd(19)}local list ${localList.version}, has ${localList.reported ?? 'not said which'}`,
      ]),
  ...certificates.map(
    ({ use, state, serialNumber }) => `${state.padEnd(19)}certificate ${serialNumber} (${use})`,
  ),
  `${password.padEnd(19)}password`,
];
