import type { ConformanceBlock } from '../conformance-case.ts';
import { minute, ordered, rejected, says } from '../steps.ts';
import {
  accepted,
  ada,
  authorizes,
  changesState,
  charged,
  ends,
  event,
  meters,
  plugsIn,
  presents,
  starts,
} from './messages.ts';

const token = (idToken: string) => ({ idToken, type: 'ISO14443' });
const status = (word: string, more: object = {}) => ({ idTokenInfo: { status: word, ...more } });
const family = { groupIdToken: { idToken: 'FAMILY', type: 'Central' } };

const expired = status('Expired', { cacheExpiryDateTime: '2025-01-01T00:00:00.000Z' });

const clears = (word: string, outcome: object) =>
  ordered({ type: 'clear-cache' }, ['ClearCache', {}], { status: word }, outcome);

const noContracts =
  'No authority of contract certificates is connected: the token decides, and `certificateStatus` is `NoCertificateAvailable`.';

const contract = { idToken: 'ADA', type: 'eMAID' };
const hashData = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'ab',
  issuerKeyHash: 'cd',
  serialNumber: '01',
  responderURL: 'https://ocsp.example',
};

const byContract = (more: object, idToken: object, answer: object) =>
  says(
    'Authorize',
    { idToken, ...more },
    { ...answer, certificateStatus: 'NoCertificateAvailable' },
  );

const groupOf = (stopper: string) => [
  starts('Authorized', { idToken: token('MUM') }, status('Accepted', family) as typeof accepted),
  meters(1),
  authorizes(token(stopper), status('Accepted', family)),
  ends(2, 'StopAuthorized', 'Local', { idToken: token(stopper) }, status('Accepted', family)),
];

const masterGroup = { component: { name: 'AuthCtrlr' }, variable: { name: 'MasterPassGroupId' } };

/** The operator has the charger know the group whose tokens stop any session. */
const mastersAreFamily = ordered(
  { type: 'set-configuration', key: 'AuthCtrlr.MasterPassGroupId', value: 'FAMILY' },
  ['SetVariables', { setVariableData: [{ ...masterGroup, attributeValue: 'FAMILY' }] }],
  { setVariableResult: [{ ...masterGroup, attributeStatus: 'Accepted' }] },
);

const masterStop = (seqNo: number) =>
  ends(
    seqNo,
    'StopAuthorized',
    'MasterPass',
    { idToken: token('DAD') },
    status('Accepted', family),
  );

/** Another session begins on the other EVSE. */
const startsBeside = event(
  'Started',
  0,
  5,
  'Authorized',
  { info: { transactionId: 'ty' }, evse: { id: 2, connectorId: 1 }, idToken: ada },
  accepted,
);

/** Block C, authorization. */
export const authorizationCases: ConformanceBlock = {
  name: 'C Authorization',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_C_02',
      statement: 'an unknown token is Invalid, and begins no session',
      steps: [authorizes(token('STRANGER'), status('Invalid'))],
    },
    {
      id: 'TC_C_06',
      statement: 'a blocked token is Blocked, and begins no session',
      steps: [authorizes(token('BLOCKED'), status('Blocked'))],
    },
    {
      id: 'TC_C_07',
      statement: 'an expired token is Expired with the time of its end, and begins no session',
      steps: [authorizes(token('EXPIRED'), expired)],
    },
    {
      id: 'TC_C_08',
      statement: 'a start by a token that the charger has cached is answered Accepted and billed',
      steps: [plugsIn(), presents(1), meters(2), ends(3, 'StopAuthorized', 'Local')],
      leaves: { sessions: [charged({}, ['event', 'meter', 'event'])] },
    },
    {
      id: 'TC_C_20',
      statement:
        'a start by a token that was valid when the charger cached it is answered with what it is now, and costs nothing as nothing flowed',
      steps: [
        plugsIn(),
        presents(1, token('BLOCKED'), status('Blocked')),
        ends(2, 'Deauthorized', 'DeAuthorized', {
          meterValue: [
            {
              timestamp: minute(60),
              sampledValue: [{ value: 1000, context: 'Transaction.End' }],
            },
          ],
        }),
      ],
      leaves: {
        sessions: [
          {
            shown: { state: 'ended', tokenId: 'BLOCKED', stopReason: 'DeAuthorized' },
            bill: { kwh: 0, total: '0.00', anomalies: ['TOKEN_NOT_ACCEPTED', 'ZERO_ENERGY'] },
          },
        ],
      },
    },
    {
      id: 'TC_C_37',
      statement: 'the cache of tokens is cleared',
      steps: [clears('Accepted', { state: 'accepted' })],
    },
    {
      id: 'TC_C_38',
      statement: 'a cache of tokens that the charger does not clear is a refusal',
      steps: [clears('Rejected', rejected('rejected', 'Rejected'))],
    },
    {
      id: 'TC_C_39',
      statement:
        'a token of the same group ends the session, and both are answered with their group',
      steps: groupOf('DAD'),
      leaves: { sessions: [charged({ tokenId: 'MUM', stopReason: 'Local' })] },
    },
    {
      id: 'TC_C_40',
      statement:
        'a list of tokens names their groups, and a token of the same group ends the session',
      steps: [
        ordered(
          {
            type: 'local-list',
            full: true,
            version: 3,
            tokens: [{ tokenId: 'MUM', status: 'Accepted', parentTokenId: 'FAMILY' }],
          },
          [
            'SendLocalList',
            {
              versionNumber: 3,
              updateType: 'Full',
              localAuthorizationList: [
                {
                  idToken: { idToken: 'MUM', type: 'Central' },
                  idTokenInfo: status('Accepted', family).idTokenInfo,
                },
              ],
            },
          ],
        ),
        ...groupOf('DAD'),
      ],
      leaves: { sessions: [charged({ tokenId: 'MUM' })] },
    },
    {
      id: 'TC_C_43',
      statement: 'a list of tokens says that one is Invalid, and so does the answer about it',
      steps: [
        ordered(
          {
            type: 'local-list',
            full: true,
            version: 4,
            tokens: [{ tokenId: 'STRANGER', status: 'Invalid', parentTokenId: 'FAMILY' }],
          },
          [
            'SendLocalList',
            {
              versionNumber: 4,
              updateType: 'Full',
              localAuthorizationList: [
                {
                  idToken: { idToken: 'STRANGER', type: 'Central' },
                  idTokenInfo: status('Invalid', family).idTokenInfo,
                },
              ],
            },
          ],
        ),
        authorizes(token('STRANGER'), status('Invalid')),
      ],
    },
    {
      id: 'TC_C_47',
      statement: `all sessions end by a token of the master group, whose group the answer names`,
      steps: [
        mastersAreFamily,
        starts(),
        startsBeside,
        meters(1),
        authorizes(token('DAD'), status('Accepted', family)),
        masterStop(2),
        event(
          'Ended',
          1,
          60,
          'StopAuthorized',
          { info: { transactionId: 'ty', stoppedReason: 'MasterPass' }, idToken: token('DAD') },
          status('Accepted', family),
        ),
      ],
      leaves: {
        sessions: [
          { shown: { state: 'ended', evseId: 2, tokenId: 'ADA', stopReason: 'MasterPass' } },
          charged({ stopReason: 'MasterPass' }),
        ],
      },
    },
    {
      id: 'TC_C_48',
      statement: 'a chosen session ends by a token of the master group, and another one continues',
      steps: [
        mastersAreFamily,
        starts(),
        startsBeside,
        meters(1),
        authorizes(token('DAD'), status('Accepted', family)),
        masterStop(2),
      ],
      leaves: {
        sessions: [
          { shown: { state: 'active', evseId: 2, transactionId: 'ty', tokenId: 'ADA' } },
          charged({ stopReason: 'MasterPass' }),
        ],
      },
    },
    {
      id: 'TC_C_49',
      statement:
        'a session of somebody else ends by a token of the master group, and is billed to its own',
      steps: [mastersAreFamily, starts(), meters(1), masterStop(2)],
      leaves: {
        sessions: [charged({ tokenId: 'ADA', accountId: 'acc-ada', stopReason: 'MasterPass' })],
      },
    },
    {
      id: 'TC_C_50',
      statement: 'a contract whose certificate the charger has checked is answered by its token',
      limit: noContracts,
      steps: [byContract({ iso15118CertificateHashData: [hashData] }, contract, accepted)],
    },
    {
      id: 'TC_C_51',
      statement: 'a contract that nobody knows is Invalid',
      limit: noContracts,
      steps: [
        byContract(
          { iso15118CertificateHashData: [hashData] },
          { idToken: 'DE-XXX-C000001-1', type: 'eMAID' },
          status('Invalid'),
        ),
      ],
    },
    {
      id: 'TC_C_52',
      statement: 'a contract whose certificate the charger forwards is answered by its token',
      limit: noContracts,
      steps: [
        byContract({ certificate: '-----BEGIN CERTIFICATE-----' }, contract, accepted),
        plugsIn(),
        presents(1, contract),
        changesState(2, 2, 'Charging'),
        meters(3),
        ends(4, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({}, ['event', 'event', 'event', 'meter'])] },
    },
  ],
};
