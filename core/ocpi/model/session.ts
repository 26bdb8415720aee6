import type { Extra } from './extra.ts';
import type { Party } from './party.ts';
import type { CdrToken, ChargingPeriod, PartnerPrice } from './shared.ts';

/** A session as it is shown to the party of its driver while it runs. */
export type PartnerSession = Party &
  Extra & {
    readonly id: string;
    readonly startDateTime: string;
    readonly endDateTime?: string;
    /** Energy so far in kWh. */
    readonly kwh: string;
    readonly cdrToken: CdrToken;
    readonly authMethod: string;
    readonly authorizationReference?: string;
    readonly locationId: string;
    /** `#NA` for a reservation that names none. */
    readonly evseUid: string;
    readonly connectorId: string;
    readonly meterId?: string;
    readonly currency: string;
    readonly chargingPeriods: readonly ChargingPeriod[];
    /** Cost so far; absent does not mean free. */
    readonly totalCost?: PartnerPrice;
    readonly status: string;
    readonly lastUpdated: string;
  };
