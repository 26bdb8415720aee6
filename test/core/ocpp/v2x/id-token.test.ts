import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../../../core/ocpp/v2x/id-token.ts';
import { isStartButton, startButtonToken } from '../../../../core/token/start-button-token.ts';

describe('the token that a message presents', () => {
  it.each(['', '0000', 'NoAuthorization'])(
    'the button of a charger is known by the type of its token, with the text %j',
    (idToken) => {
      expect(tokenOf({ idToken, type: 'NoAuthorization' })).toBe(startButtonToken);
    },
  );

  it.each(['KeyCode', 'eMAID', 'ISO14443', 'Central', 'Local'])(
    'nobody starts for nothing by the name of the button as a token of the type %s',
    (type) => {
      for (const idToken of ['NoAuthorization', 'noauthorization', ' NOAUTHORIZATION ']) {
        const token = tokenOf({ idToken, type });

        expect(token).not.toBeUndefined();
        expect(isStartButton(String(token).trim())).toBe(false);
      }
    },
  );

  it('no token is presented by a message without one, or with an empty text of another type', () => {
    expect(tokenOf(undefined)).toBeUndefined();
    expect(tokenOf({ idToken: '', type: 'ISO14443' })).toBeUndefined();
    expect(tokenOf({ idToken: '04A2B3', type: 'ISO14443' })).toBe('04A2B3');
  });
});
