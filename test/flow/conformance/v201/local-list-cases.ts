import type { ConformanceBlock } from '../conformance-case.ts';
import { ordered } from '../steps.ts';

const ada = {
  idToken: { idToken: 'ADA', type: 'Central' },
  idTokenInfo: { status: 'Accepted' },
};

const list = (updateType: string, tokens: readonly object[], entries: readonly object[]) =>
  ordered({ type: 'local-list', full: updateType === 'Full', version: 7, tokens }, [
    'SendLocalList',
    { versionNumber: 7, updateType, localAuthorizationList: entries },
  ]);

const version = (versionNumber: number) =>
  ordered(
    { type: 'local-list-version' },
    ['GetLocalListVersion', {}],
    { versionNumber },
    {
      state: 'accepted',
      response: { data: { kind: 'local-list-version', version: versionNumber } },
    },
  );

/** Block D, the local list of tokens. */
export const localListCases: ConformanceBlock = {
  name: 'D Local authorization list',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_D_01',
      statement: 'a whole list of tokens replaces the one that the charger has',
      steps: [list('Full', [{ tokenId: 'ADA', status: 'Accepted' }], [ada])],
    },
    {
      id: 'TC_D_02',
      statement: 'a changed list of tokens names only the token that changed',
      steps: [list('Differential', [{ tokenId: 'ADA', status: 'Accepted' }], [ada])],
    },
    {
      id: 'TC_D_03',
      statement: 'a token is taken off the list by its name alone',
      steps: [list('Differential', [{ tokenId: 'ADA' }], [{ idToken: ada.idToken }])],
    },
    {
      id: 'TC_D_04',
      statement: 'an empty list of tokens takes all of them off',
      steps: [
        ordered({ type: 'local-list', full: true, version: 8 }, [
          'SendLocalList',
          { versionNumber: 8, updateType: 'Full' },
        ]),
      ],
    },
    {
      id: 'TC_D_08',
      statement: 'the version of the list is asked for',
      steps: [version(7)],
    },
    {
      id: 'TC_D_09',
      statement: 'a charger without a list says so by the version 0',
      steps: [version(0)],
    },
  ],
};
