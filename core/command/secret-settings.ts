import type { CommandRequest } from './command-request.ts';

/** Settings that hold a password: `AuthorizationKey` of OCPP 1.6 and `SecurityCtrlr.BasicAuthPassword` of 2.x, in any spelling. */
const passwords = /^(?:authorizationkey|(?:securityctrlr\.)?basicauthpassword)$/i;

/** Whether a setting holds a password. */
export const holdsPassword = (key: string): boolean => passwords.test(key.trim());

/** The text that is shown in the place of a password. */
const hidden = '(not shown)';

/** The value of a setting as it may be shown: not that of a password. */
export const shownValue = (key: string, value: string): string =>
  holdsPassword(key) ? hidden : value;

/** The request of a command as it may be shown: without the password that it sets. */
export const shownRequest = (request: CommandRequest): CommandRequest =>
  request.type === 'set-configuration'
    ? { ...request, value: shownValue(request.key, request.value) }
    : request;
