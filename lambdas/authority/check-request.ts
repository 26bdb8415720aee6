import {
  type Applicant,
  checkSigningRequest,
  type RequestVerdict,
} from '../../core/certificate/check-signing-request.ts';
import { checkKey } from './check-key.ts';

/** Checks a request of a charger for a certificate. The library that reads it is loaded with this file. */
export const checkRequest = (csr: string, applicant: Applicant): RequestVerdict =>
  checkSigningRequest(csr, applicant, checkKey);
