// What every answer tells a browser: run and load nothing from elsewhere, guess no types, say nobody where one comes from.
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { hash } from 'node:crypto';

/** No style or script in the text of a page: those that have one name it by nonce or digest. */
const POLICY: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'style-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'self'"],
};

const policyText = (policy: typeof POLICY): string =>
  Object.entries(policy)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');

/** The policy of a page with one style element, whose text is `style`. */
export const policyWithStyle = (style: string): string =>
  policyText({ ...POLICY, 'style-src': [`'sha256-${hash('sha256', style, 'base64')}'`] });

/** The documentation's component library sets styles on elements; the page is the same for everybody, and shows no data. */
export const DOCS_POLICY = policyText({ ...POLICY, 'style-src': ["'self'", "'unsafe-inline'"] });

/** A year, the least that lists of browsers take. */
const HSTS = 'max-age=31536000; includeSubDomains';

const PERMISSIONS = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]
  .map((name) => `${name}=()`)
  .join(', ');

/** No header of CORS among them, and none anywhere else: no other origin may read an answer. */
export function securityHeaders(publicUrl: string | null) {
  const withoutPolicy = helmet({ contentSecurityPolicy: false, strictTransportSecurity: false });
  const policy = policyText(POLICY);
  const isPublicTls = publicUrl?.startsWith('https:') === true;
  return (req: Request, res: Response, next: NextFunction): void => {
    res.setHeader('content-security-policy', policy);
    res.setHeader('permissions-policy', PERMISSIONS);
    // Said without TLS a browser ignores it; at `localhost` nothing is said.
    if (req.secure || isPublicTls) res.setHeader('strict-transport-security', HSTS);
    withoutPolicy(req, res, next);
  };
}
