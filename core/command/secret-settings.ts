import type { Protocol } from '../ocpp/protocol.ts';
import type { CommandRequest } from './command-request.ts';

/** Settings that hold a password: `AuthorizationKey` of OCPP 1.6 and `SecurityCtrlr.BasicAuthPassword` of 2.x, in any spelling. */
const passwords = /^(?:authorizationkey|(?:securityctrlr\.)?basicauthpassword)$/i;

/** Whether a setting holds a password. */
export const holdsPassword = (key: string): boolean => passwords.test(key.trim());

/** The setting by which a charger of a version is given its password. */
export const passwordKey = (protocol: Protocol): string =>
  protocol === 'ocpp1.6' ? 'AuthorizationKey' : 'SecurityCtrlr.BasicAuthPassword';

/** The text that is shown in the place of a password. */
const hidden = '(not shown)';

/** The value of a setting as it may be shown: not that of a password. */
export const shownValue = (key: string, value: string): string =>
  holdsPassword(key) ? hidden : value;

/** A URL as it may be shown: without the token by which a charger leaves or fetches a file of ours. */
export const shownUrl = (url: string): string =>
  url.replace(/(?<=\/files\/)[a-z2-7]{24}(?=$|\/)/, '…');

/** The request of a command as it may be shown: without the password that it sets, and without a token of ours. */
export const shownRequest = (request: CommandRequest): CommandRequest => {
  switch (request.type) {
    case 'set-configuration':
      return { ...request, value: shownValue(request.key, request.value) };
    case 'get-logs':
    case 'update-firmware':
      return { ...request, url: shownUrl(request.url) };
    default:
      return request;
  }
};
