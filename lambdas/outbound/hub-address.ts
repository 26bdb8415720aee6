/** The address of the hub between the operators of the deployment (OCPI_URL): our own, and on a laptop one of this machine. */
export const hubAddress = `${process.env['OCPI_URL'] ?? ''}/hub/`;
