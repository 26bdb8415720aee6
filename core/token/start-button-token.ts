/** The token of drivers who press the button of a charger that asks for no token, as OCPP 2.x names its type (2.0.1 use case C02). */
export const startButtonToken = 'NoAuthorization';

/** True for that token; like all, it is compared without regard to case. */
export const isStartButton = (tokenId: string): boolean =>
  tokenId.toLowerCase() === startButtonToken.toLowerCase();
