import type { OcpiOutcome } from '../envelope/outcome.ts';

/** Judges a method on our endpoint of credentials: what it begins, or why it is not allowed. */
export const receiveCredentials = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  isRegistered: boolean,
): { readonly kind: 'show' | 'register' | 'update' | 'unregister' } | OcpiOutcome => {
  switch (method) {
    case 'GET':
      return { kind: 'show' };
    case 'POST':
      return isRegistered ? { kind: 'wrong-registration' } : { kind: 'register' };
    case 'PUT':
      return isRegistered ? { kind: 'update' } : { kind: 'wrong-registration' };
    case 'DELETE':
      return isRegistered ? { kind: 'unregister' } : { kind: 'wrong-registration' };
    default:
      return method satisfies never;
  }
};
