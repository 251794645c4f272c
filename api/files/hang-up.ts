// Did the reader hang up in the middle of a download?

/** By its code: under jest Node's own errors come from another realm. */
export const isHangUp = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_STREAM_PREMATURE_CLOSE';
