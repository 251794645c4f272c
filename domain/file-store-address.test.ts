// Valid values of FILE_STORE_URL, and the refusals of others.
import { describe, expect, it } from '@jest/globals';
import { readS3Address } from './file-store-address.ts';

describe('the address of a file store', () => {
  it('names bucket, prefix, server and region', () => {
    expect(readS3Address('s3://bucket/a/b/?endpoint=https://files.example:9000&region=cn-north-1')).toEqual({
      bucket: 'bucket',
      prefix: 'a/b',
      endpoint: 'https://files.example:9000',
      region: 'cn-north-1',
    });
    expect(readS3Address('s3://my.bucket?region=cn-north-1')).toEqual({
      bucket: 'my.bucket',
      prefix: '',
      endpoint: null,
      region: 'cn-north-1',
    });
    expect(readS3Address('s3://bucket?endpoint=http%3A%2F%2F127.0.0.1%3A9000')).toMatchObject({
      endpoint: 'http://127.0.0.1:9000',
      region: 'us-east-1',
    });
  });

  it.each([
    ['bucket', /s3:\/\/bucket/],
    ['https://bucket?region=x', /s3:\/\/bucket/],
    ['s3://key:hunter2@bucket?region=x', /FILE_STORE_SECRET_KEY/],
    ['s3://key@bucket?region=x', /FILE_STORE_ACCESS_KEY/],
    ['s3://?region=x', /bucket/],
    ['s3://Bucket?region=x', /bucket/],
    ['s3://bucket:9000?region=x', /endpoint/],
    ['s3://bucket/../x?region=x%20', /region/],
    ['s3://bucket/a//b?region=x', /prefix/],
    ['s3://bucket/.hidden?region=x', /prefix/],
    ['s3://bucket/%00?region=x', /prefix/],
    ['s3://bucket', /region= or its endpoint=/],
    ['s3://bucket?region=x&region=y', /each once/],
    ['s3://bucket?region=x&secret=hunter2', /nothing else/],
    ['s3://bucket?region=x#y', /nothing else/],
    ['s3://bucket?endpoint=files.example', /endpoint/],
    ['s3://bucket?endpoint=https://key:hunter2@files.example', /endpoint/],
    ['s3://bucket?endpoint=https://files.example/path', /endpoint/],
  ])('is refused in words: %s', (text, words) => {
    const read = readS3Address(text);
    expect(read).toEqual({ fault: expect.stringMatching(words) });
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });
});
