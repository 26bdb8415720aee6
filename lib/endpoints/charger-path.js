// Runs in CloudFront on every handshake, in the runtime cloudfront-js-2.0: ES 5.1 and a few later features, ASCII only.
// API Gateway knows no path behind its stage, but OCPP-J puts a charger's identity there: the identity moves into the
// query, beside the address that CloudFront saw the charger at, and its certificate. Whatever query the charger sent is dropped.
//   /ocpp/{chargerId}                  -> /?chargerId=...&viewerAddress=...
//   /ocpp/{operatorSlug}/{chargerId}[/...] -> /?operatorSlug=...&chargerId=...&viewerAddress=...
//   /cp/{connectionToken}[/...]        -> /?connectionToken=...&viewerAddress=...

const NOT_FOUND = { statusCode: 404, statusDescription: 'Not Found' };

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request;
  const query = identityIn(request.uri);
  if (query === undefined) {
    return NOT_FOUND;
  }
  query['viewerAddress'] = { value: encodeURIComponent(event.viewer.ip) };
  addCertificate(query, request.headers);
  request.uri = '/';
  request.querystring = query;
  return request;
}

// The certificate of the charger as CloudFront describes it, where it asks for one: API Gateway would not be sent these headers.
function addCertificate(query, headers) {
  const present = headers['cloudfront-viewer-cert-present'];
  const names = {
    certificateSha256: 'cloudfront-viewer-cert-sha256',
    certificateSubject: 'cloudfront-viewer-cert-subject',
    certificateIssuer: 'cloudfront-viewer-cert-issuer',
  };
  if (present === undefined || present.value !== '1') {
    return;
  }
  Object.keys(names).forEach((name) => {
    const header = headers[names[name]];
    if (header !== undefined) {
      query[name] = { value: encodeURIComponent(header.value) };
    }
  });
}

function identityIn(uri) {
  // Doubled and trailing slashes are common: chargers append their id to whatever URL they were given.
  const segments = uri.split('/').filter((segment) => segment !== '');
  if (segments[0] === 'ocpp' && segments.length === 2) {
    return queryOf({ chargerId: segments[1] });
  }
  if (segments[0] === 'ocpp' && segments.length >= 3) {
    return queryOf({ operatorSlug: segments[1], chargerId: segments[2] });
  }
  if (segments[0] === 'cp' && segments.length >= 2) {
    return queryOf({ connectionToken: segments[1] });
  }
  return undefined;
}

function queryOf(identity) {
  const query = {};
  try {
    Object.keys(identity).forEach((name) => {
      // A path may hold `+`, `&` and `=` as they are; a query may not.
      query[name] = { value: encodeURIComponent(decodeURIComponent(identity[name])) };
    });
    return query;
    // biome-ignore lint/correctness/noUnusedVariables: a catch without its variable is a syntax error in this runtime.
  } catch (error) {
    return undefined;
  }
}
