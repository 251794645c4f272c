// The address of the file store outside the machine, from FILE_STORE_URL: `s3://bucket[/prefix]?endpoint=https://host:port&region=…`.

export type S3Address = {
  bucket: string;
  /** Before every key, without slashes around it; '' for none. */
  prefix: string;
  /** null: the provider's own, found by the region. */
  endpoint: string | null;
  region: string;
};

/** A server of the operator's own has no regions: requests are signed for S3's first region. */
const NO_REGION = 'us-east-1';

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const REGION = /^[a-z0-9-]{1,40}$/;
const MAX_PREFIX = 200;

/** The address, or its fault in words that follow the variable's name; a value is never repeated. */
export function readS3Address(text: string): S3Address | { fault: string } {
  const url = URL.parse(text);
  if (url?.protocol !== 's3:') return { fault: 'must be a URL such as s3://bucket/prefix' };
  if (url.username !== '' || url.password !== '')
    return { fault: 'must hold no keys: they go into FILE_STORE_ACCESS_KEY and FILE_STORE_SECRET_KEY' };
  if (url.port !== '' || !BUCKET.test(url.hostname))
    return { fault: 'must name a bucket (3 to 63 of a-z 0-9 . -); a server goes into ?endpoint=' };
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  if (prefix !== '' && (prefix.length > MAX_PREFIX || !PREFIX.test(prefix)))
    return { fault: 'has a prefix that is no path of A-Z a-z 0-9 . _ - parted by /' };
  const given = [...url.searchParams.keys()];
  if (url.hash !== '' || given.some((name, at) => !isKnown(name) || given.indexOf(name) < at))
    return { fault: 'takes ?endpoint= and region=, each once, and nothing else' };
  const endpoint = url.searchParams.get('endpoint');
  if (endpoint !== null && !isEndpoint(endpoint))
    return { fault: 'has an endpoint that is no address such as https://files.example:9000' };
  const region = url.searchParams.get('region');
  if (region === null && endpoint === null) return { fault: 'must say its region= or its endpoint=' };
  if (region !== null && !REGION.test(region))
    return { fault: 'has a region that is none, such as cn-north-1' };
  return { bucket: url.hostname, prefix, endpoint, region: region ?? NO_REGION };
}

const isKnown = (name: string): boolean => name === 'endpoint' || name === 'region';

/** A server's address and nothing more: no path, no query, no keys. */
function isEndpoint(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(text);
}
