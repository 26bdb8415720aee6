import { createHash, createHmac } from 'node:crypto';
import { ServiceError } from '../aws-json/service-error.ts';
import {
  type Endpoint,
  type JsonRequest,
  startJsonEndpoint,
} from '../aws-json/start-json-endpoint.ts';
import type { Authorize, Deployment, Usage } from '../runner-interfaces.ts';
import type { JsonObject } from '../template/json-object.ts';
import { type Key, keyAliases, type MacKey, openKeys, type SigningKey } from './key.ts';
import { signDigest, verifyDigest } from './p256.ts';

/** The parts the endpoint needs. */
export type KmsEndpointOptions = {
  readonly deployment: Deployment;
  /** Private keys are kept in its folder `kms`, readable by their owner alone. */
  readonly dataDirectory: string;
  readonly authorize: Authorize;
  readonly count?: (accessKeyId: string, usage: Usage) => void;
  /** Says which calls are refused as too many: by operation and access key. */
  readonly disturb?: (operation: string, accessKeyId: string) => 'throttle' | undefined;
};

const ALGORITHM = 'ECDSA_SHA_256';

/** The KMS that functions talk to: Sign, Verify, GetPublicKey and DescribeKey for signing keys, GenerateMac for HMAC keys. */
export async function startKmsEndpoint(options: KmsEndpointOptions): Promise<Endpoint> {
  const keys = openKeys(options.deployment, options.dataDirectory);
  const aliases = keyAliases(options.deployment);
  return await startJsonEndpoint(({ operation, input, accessKeyId }: JsonRequest) => {
    const key = findKey(keys, aliases, String(input['KeyId']));
    const verdict = options.authorize(accessKeyId, `kms:${operation}`, key.arn);
    if (!verdict.allowed) {
      throw new ServiceError('AccessDeniedException', verdict.message);
    }
    if (options.disturb?.(operation, accessKeyId) === 'throttle') {
      const message =
        'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.';
      throw new ServiceError('ThrottlingException', message);
    }
    options.count?.(accessKeyId, { service: 'kms', operation, units: { request: 1 } });
    return serveKey(key, operation, input);
  });
}

function findKey(keys: readonly Key[], aliases: ReadonlyMap<string, string>, name: string): Key {
  const id = aliases.get(name.slice(name.indexOf('alias/'))) ?? name;
  const key = keys.find((each) => each.id === id || each.arn === id);
  if (key === undefined) {
    throw new ServiceError('NotFoundException', `Key '${name}' does not exist`);
  }
  return key;
}

function serveKey(key: Key, operation: string, input: JsonObject): JsonObject {
  return key.kind === 'mac'
    ? serveMacKey(key, operation, input)
    : serveSigningKey(key, operation, input);
}

const MAC_ALGORITHM = 'HMAC_SHA_256';

function serveMacKey(key: MacKey, operation: string, input: JsonObject): JsonObject {
  if (operation !== 'GenerateMac' || input['MacAlgorithm'] !== MAC_ALGORITHM) {
    throw new ServiceError(
      'InvalidKeyUsageException',
      `The local KMS only makes ${MAC_ALGORITHM} codes with an HMAC key.`,
    );
  }
  const message = Buffer.from(String(input['Message']), 'base64');
  if (message.length < 1 || message.length > 4096) {
    throw new ServiceError('ValidationException', 'A message has 1 to 4096 bytes.');
  }
  const Mac = createHmac('sha256', key.secret).update(message).digest('base64');
  return { KeyId: key.arn, Mac, MacAlgorithm: MAC_ALGORITHM };
}

function serveSigningKey(key: SigningKey, operation: string, input: JsonObject): JsonObject {
  switch (operation) {
    case 'Sign':
      return {
        KeyId: key.arn,
        Signature: signDigest(key.privateKey, digestOf(input)).toString('base64'),
        SigningAlgorithm: ALGORITHM,
      };
    case 'Verify':
      return verify(key, input);
    case 'GetPublicKey':
      return { ...description(key), PublicKey: publicKeyOf(key) };
    case 'DescribeKey':
      return { KeyMetadata: { ...description(key), ...metadata(key) } };
    default:
      throw new ServiceError('UnknownOperationException', `The local KMS has no ${operation}.`);
  }
}

function verify(key: SigningKey, input: JsonObject): JsonObject {
  const signature = Buffer.from(String(input['Signature']), 'base64');
  if (!verifyDigest(key.publicKey, digestOf(input), signature)) {
    throw new ServiceError('KMSInvalidSignatureException', 'The signature is not valid.');
  }
  return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: ALGORITHM };
}

/** The digest to sign: computed from a raw message, or given. */
function digestOf({ Message, MessageType, SigningAlgorithm }: JsonObject): Buffer {
  if (SigningAlgorithm !== ALGORITHM) {
    throw new ServiceError(
      'InvalidKeyUsageException',
      `Algorithm ${SigningAlgorithm} is incompatible with key spec ECC_NIST_P256.`,
    );
  }
  const message = Buffer.from(String(Message), 'base64');
  if (MessageType !== 'DIGEST') {
    return createHash('sha256').update(message).digest();
  }
  if (message.length !== 32) {
    throw new ServiceError('ValidationException', `Digest is invalid length for ${ALGORITHM}.`);
  }
  return message;
}

function publicKeyOf({ publicKey }: SigningKey): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}

function description({ arn }: SigningKey): JsonObject {
  return {
    KeyId: arn,
    KeySpec: 'ECC_NIST_P256',
    CustomerMasterKeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
    SigningAlgorithms: [ALGORITHM],
  };
}

function metadata({ id, arn }: SigningKey): JsonObject {
  return { KeyId: id, Arn: arn, Enabled: true, KeyState: 'Enabled', KeyManager: 'CUSTOMER' };
}
