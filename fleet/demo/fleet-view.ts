/** A charger as the view shows it; the operator API's own words. */
export type ViewedCharger = {
  readonly chargerId: string;
  readonly online: boolean;
  readonly connectors: readonly { readonly connectorId: number; readonly status: string }[];
};

/** A running session as the view shows it. */
export type ViewedSession = {
  readonly chargerId: string;
  readonly tokenId: string | null;
  readonly energyKwh: number;
  readonly powerKw: number | null;
  readonly cost: { readonly currency: string; readonly inclVat: string } | null;
};

/** A CDR as the view shows it. */
export type ViewedCdr = {
  readonly cdrId: string;
  readonly chargerId: string;
  readonly state: string;
  readonly energyKwh: number;
  readonly total: { readonly currency: string; readonly inclVat: string } | null;
  readonly lines: readonly {
    readonly component: string;
    readonly reason: string;
    readonly inclVat: string;
  }[];
};

/** A session of a roaming driver as the driver's own operator sees it while it runs. */
export type ViewedRoamingSession = {
  readonly tokenId: string;
  readonly energyKwh: string;
  readonly cost: { readonly currency: string; readonly exclVat: string } | null;
};

/** A CDR that the operator of a roaming driver got for it, with its verdict. */
export type ViewedRoamingCdr = {
  readonly tokenId: string;
  readonly energyKwh: string;
  readonly verdict: string;
  readonly total: {
    readonly currency: string;
    readonly exclVat: string;
    readonly inclVat: string | null;
  };
};

/** The sessions at one charger as the operator of a roaming driver sees them. */
export type ViewedRoaming = {
  readonly active: readonly ViewedRoamingSession[];
  readonly cdrs: readonly ViewedRoamingCdr[];
};

/** The data that one picture of the fleet is drawn from. */
export type FleetPicture = {
  readonly chargers: readonly ViewedCharger[];
  readonly active: readonly ViewedSession[];
  readonly cdrs: readonly ViewedCdr[];
  /** Commands to start and to stop that the chargers were sent, and accepted. */
  readonly orders?: { readonly sent: number; readonly accepted: number };
  readonly roaming?: ViewedRoaming;
};

const barWidth = 18;

/** Draws the fleet as lines of text: a row for each charger with its power as a bar, then the newest CDRs. */
export const drawFleet = (picture: FleetPicture, colour: boolean): readonly string[] => {
  const paint = painter(colour);
  const strongest = Math.max(1, ...picture.active.map((session) => session.powerKw ?? 0));
  const rows = picture.chargers.map((charger) => {
    const session = picture.active.find((active) => active.chargerId === charger.chargerId);
    return chargerRow(charger, session, strongest, paint);
  });
  const { orders } = picture;
  const ordered =
    orders === undefined
      ? ''
      : `commands to start and stop: ${orders.accepted} of ${orders.sent} accepted   `;
  const sealed = picture.cdrs.filter((cdr) => cdr.state === 'sealed').length;
  return [
    paint(
      'bold',
      `${'charger'.padEnd(15)}${'status'.padEnd(14)}${'power'.padEnd(barWidth + 11)}${'energy'.padStart(11)}${'cost'.padStart(12)}  token`,
    ),
    ...rows,
    '',
    paint('bold', `${ordered}sealed CDRs: ${sealed}`),
    ...picture.cdrs.slice(0, 6).map((cdr) => cdrRow(cdr)),
    ...(picture.roaming === undefined ? [] : roamingRows(picture.roaming, paint)),
  ];
};

type Paint = (style: 'bold' | 'green' | 'dim', text: string) => string;

const chargerRow = (
  charger: ViewedCharger,
  session: ViewedSession | undefined,
  strongest: number,
  paint: Paint,
): string => {
  const status = charger.connectors[0]?.status ?? (charger.online ? 'online' : 'offline');
  const head = `${charger.chargerId.padEnd(15)}${status.padEnd(14)}`;
  if (session === undefined) return paint('dim', head);
  const power = session.powerKw ?? 0;
  const filled = Math.round((power / strongest) * barWidth);
  const bar = paint('green', '█'.repeat(filled)) + ' '.repeat(barWidth - filled);
  const numbers = `${power.toFixed(1).padStart(7)} kW ${session.energyKwh.toFixed(3).padStart(8)} kWh`;
  const cost = session.cost === null ? '' : `${session.cost.inclVat} ${session.cost.currency}`;
  return `${head}${bar}${numbers}${cost.padStart(12)}  ${session.tokenId ?? ''}`;
};

const cdrRow = (cdr: ViewedCdr): string => {
  const total = cdr.total === null ? 'held' : `${cdr.total.inclVat} ${cdr.total.currency}`;
  const parts = cdr.lines.map((line) => `${line.component} ${line.inclVat}`).join(' + ');
  return `  ${cdr.chargerId.padEnd(15)}${cdr.energyKwh.toFixed(3).padStart(9)} kWh ${total.padStart(12)}   ${parts}`;
};

const roamingRow = (tokenId: string, energyKwh: string, cost: string, word: string): string =>
  `  ${tokenId.padEnd(15)}${Number(energyKwh).toFixed(3).padStart(9)} kWh ${cost.padStart(12)}   ${word}`;

const roamingRows = ({ active, cdrs }: ViewedRoaming, paint: Paint): readonly string[] => [
  paint('bold', 'roaming, as the driver’s own operator sees it'),
  ...active.map(({ tokenId, energyKwh, cost }) =>
    roamingRow(
      tokenId,
      energyKwh,
      cost === null ? '' : `${cost.exclVat} ${cost.currency}`,
      'charging, without VAT so far',
    ),
  ),
  ...cdrs.map(({ tokenId, energyKwh, total, verdict }) =>
    roamingRow(
      tokenId,
      energyKwh,
      `${total.inclVat ?? total.exclVat} ${total.currency}`,
      `CDR received; its price by the operator’s own computation: ${verdict}`,
    ),
  ),
];

const styles = { bold: '1', green: '32', dim: '2' } as const;

const painter =
  (colour: boolean): Paint =>
  (style, text) =>
    colour ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
