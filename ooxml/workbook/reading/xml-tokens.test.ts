// Promises of the XML reader: it gives the same result for any pieces, and refuses growth, depth and foreign entities.
import { describe, expect, it } from '@jest/globals';
import { UnreadableWorkbook } from './unreadable.ts';
import { attributeOf, XmlTokens } from './xml-tokens.ts';

function read(xml: string, piece = xml.length): string[] {
  const seen: string[] = [];
  const tokens = new XmlTokens({
    open: (name, attributes) => void seen.push(`<${name}${attributes}`),
    close: (name) => void seen.push(`/${name}`),
    text: (text) => void seen.push(text),
  });
  for (let at = 0; at < xml.length; at += piece) tokens.push(xml.slice(at, at + piece));
  tokens.end();
  return seen;
}

const XML =
  '\ufeff<?xml version="1.0"?><!-- <c> --><x:a xmlns:x="y"><b r="1>2" t=\'"\'/>a&lt;&#20013;&#x1F600;&amp;lt;<c><![CDATA[<&]]></c></x:a>';

it.each([1, 2, 3, 7, 1000])('reads the same in pieces of %i', (piece) => {
  expect(read(XML, piece)).toEqual(read(XML));
});

it('gives names without prefix, entities as they are meant, and what stands in quotes', () => {
  expect(read(XML)).toEqual([
    '<a xmlns:x="y"',
    '<b r="1>2" t=\'"\'',
    '/b',
    'a<中😀&lt;',
    '<c',
    '<&',
    '/c',
    '/a',
  ]);
  expect(attributeOf(' r:id="rId1" name=\'a&quot;b\'', 'id')).toBe('rId1');
  expect(attributeOf(' r:id="rId1" name=\'a&quot;b\'', 'name')).toBe('a"b');
  expect(attributeOf(' sheetId="1"', 'id')).toBeUndefined();
});

describe('refuses', () => {
  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an entity of its own', '<a>&b;</a>'],
    ['a bare ampersand', '<a>x & y</a>'],
    ['a character there is none of', '<a>&#xD800;</a>'],
    ['depth', '<a>'.repeat(65) + '</a>'.repeat(65)],
    ['a tag without end', `<a ${'x'.repeat(600_000)}`],
    ['text without end', `<a>${'x'.repeat(600_000)}`],
    ['crossed tags', '<a><b></a></b>'],
    ['an open end', '<a>'],
    ['two roots', '<a/><b/>'],
    ['text outside', '<a/>x'],
    ['nothing', ''],
  ])('%s', (_name, xml) => {
    expect(() => read(xml, 50_000)).toThrow(UnreadableWorkbook);
  });
});
