import type { ConformanceBlock } from '../conformance-case.ts';
import { authorizationCases } from './authorization-cases.ts';
import { availabilityCases } from './availability-cases.ts';
import { certificateCases } from './certificate-cases.ts';
import { costCases } from './cost-cases.ts';
import { dataTransferCases } from './data-transfer-cases.ts';
import { diagnosticsCases } from './diagnostics-cases.ts';
import { displayCases } from './display-cases.ts';
import { firmwareCases } from './firmware-cases.ts';
import { localListCases } from './local-list-cases.ts';
import { meteringCases } from './metering-cases.ts';
import { provisioningCases } from './provisioning-cases.ts';
import { remoteControlCases } from './remote-control-cases.ts';
import { reservationCases } from './reservation-cases.ts';
import { securityCases } from './security-cases.ts';
import { smartChargingCases } from './smart-charging-cases.ts';
import { transactionCases } from './transaction-cases.ts';
import { vehicleNeedsCases } from './vehicle-needs-cases.ts';

/** The cases of OCPP 2.0.1 that are known by name, by block. */
export const v201Blocks: readonly ConformanceBlock[] = [
  securityCases,
  provisioningCases,
  authorizationCases,
  localListCases,
  transactionCases,
  remoteControlCases,
  availabilityCases,
  reservationCases,
  costCases,
  meteringCases,
  smartChargingCases,
  vehicleNeedsCases,
  firmwareCases,
  certificateCases,
  diagnosticsCases,
  displayCases,
  dataTransferCases,
];
