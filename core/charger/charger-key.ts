/**
 * A charger's id in the form in which it is compared and stored: case does not matter.
 * Ids are percent-decoded before they come here.
 */
export const chargerKey = (chargerId: string): string => chargerId.toLowerCase();
