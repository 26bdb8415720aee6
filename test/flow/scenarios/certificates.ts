import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeRequest } from '../../core/certificate/make-request.ts';
import { connect, eventually, type Flow, registerCharger } from '../flow.ts';

type Authority = { readonly certificate: string; readonly fingerprint: string };
type Certificates = {
  readonly issued: readonly { readonly state: string; readonly fingerprint: string }[];
};

const fingerprintOf = ({ fingerprint256 }: X509Certificate): string =>
  fingerprint256.replaceAll(':', '').toLowerCase();

/** Chargers that ask for a certificate, of the authority whose key is in KMS. */
export const certificateScenarios = (flow: () => Flow): void => {
  describe('certificates of chargers', () => {
    it('a charger that asks for a certificate gets one that the published authority has issued', async () => {
      const charger = await registerCharger(flow());
      const { chargerId } = charger;
      const plug = await connect(flow(), charger, { protocols: ['ocpp2.0.1'] });
      const csr = makeRequest({ names: [chargerId], organizations: ['Demo'] });

      expect(await plug.call('SignCertificate', { csr })).toEqual({ status: 'Accepted' });
      const [text = 'null'] = await eventually(
        async () => plug.received.filter((one) => one.includes('CertificateSigned')),
        (calls) => calls.length > 0,
      );
      const [, messageId, , payload] = JSON.parse(text);
      plug.shout(JSON.stringify([3, messageId, { status: 'Accepted' }]));

      const { status, body } = await flow().operator.get<Authority>('/settings/charger-authority');
      expect(status).toBe(200);
      const [root, certificate] = [
        new X509Certificate(body.certificate),
        new X509Certificate(payload.certificateChain),
      ];
      expect(fingerprintOf(root)).toBe(body.fingerprint);
      expect(root.verify(root.publicKey)).toBe(true);
      expect(certificate.checkIssued(root)).toBe(true);
      expect(certificate.verify(root.publicKey)).toBe(true);
      const shown = await eventually(
        () => flow().operator.get<Certificates>(`/chargers/${chargerId}/certificates`),
        (answer) => answer.body.issued[0]?.state === 'accepted',
      );
      expect(shown.body.issued).toMatchObject([
        { state: 'accepted', fingerprint: fingerprintOf(certificate) },
      ]);
      await plug.close();
    });
  });
};
