/**
 * A charger's id in the form in which it is compared: case does not matter.
 * Ids are percent-decoded before they come here.
 */
export const normalizeChargerId = (chargerId: string): string => chargerId.toLowerCase();

/** Names one charger of the deployment: two operators may give the same id to a charger of theirs. */
export const chargerKey = (operatorId: string, chargerId: string): string =>
  `${operatorId}#${normalizeChargerId(chargerId)}`;
