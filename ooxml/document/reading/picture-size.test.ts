// Promises of a picture's size, read from its first bytes.
import { describe, expect, it } from '@jest/globals';
import { pictureSize } from './picture-size.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const PNG = bytes('89504e470d0a1a0a 0000000d49484452 00000384 0000012c 0802000000');

describe('the size of a picture', () => {
  it.each([
    ['png', PNG, 900, 300],
    ['gif', bytes('474946383961 8403 2c01 0000'), 900, 300],
    ['bmp', bytes('424d 000000000000 0000 36000000 28000000 84030000 d4feffff 0000'), 900, 300],
    ['jpg', bytes('ffd8 ffe0 0004 4a46 ffff c0 0011 08 012c 0384 03 01 22 00'), 900, 300],
  ])('is found in a %s', (type, data, width, height) => {
    expect(pictureSize(data)).toEqual({ type, width, height });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a drawing of Windows', bytes('d7cdc69a 0000 0000 0000 0000 0000 0000')],
    ['a png cut short', PNG.subarray(0, 20)],
    ['a png without a side', bytes('89504e470d0a1a0a 0000000d49484452 00000000 0000012c')],
    ['a png of a hundred thousand columns', bytes('89504e470d0a1a0a 0000000d49484452 000186a0 0000012c')],
    ['a jpg without a frame', bytes('ffd8 ffe0 0004 4a46 ffd9 0000 0000 0000')],
  ])('is not found in %s', (_, data) => {
    expect(pictureSize(data)).toBeNull();
  });
});
