// Comments beside cells of an office's workbook: they say why a cell is empty, where no formula reads it.
import path from 'node:path';
import { printable } from '../../domain/printable.ts';
import type { TemplateParts } from './template-parts.ts';
import { escaped } from './xml-text.ts';

export type CellNote = { address: string; row: number; column: number; words: string };

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const COMMENTS_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml';

/** Parts to add and change, by name; none where the sheet has comments of the office's own, which stay as they are. */
export function noteParts(
  parts: TemplateParts,
  sheet: { part: string; xml: string },
  notes: readonly CellNote[],
): Map<string, string> {
  const { part, xml } = sheet;
  const end = /<\/((?:\w+:)?)worksheet>\s*$/.exec(xml);
  if (notes.length === 0 || end === null || /<(?:\w+:)?legacyDrawing[\s>]/.test(xml)) return new Map();
  const folder = path.posix.dirname(part);
  const [comments, drawing] = [
    freeName(parts, 'xl/comments', 'xml'),
    freeName(parts, 'xl/drawings/vmlDrawing', 'vml'),
  ];
  const rels = `${folder}/_rels/${path.posix.basename(part)}.rels`;
  const types = parts.get('[Content_Types].xml')?.toString() ?? '';
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${path.posix.relative(folder, target)}"/>`;
  const related = `${relation('notesOfSheet', 'comments', comments)}${relation('notesDrawn', 'vmlDrawing', drawing)}`;
  const present =
    parts.get(rels)?.toString() ?? `<Relationships xmlns="${PACKAGE}/relationships"></Relationships>`;
  const open = present.replace(
    /<((?:\w+:)?)Relationships([^>]*)\/>\s*$/,
    '<$1Relationships$2></$1Relationships>',
  );
  const vml = /Extension="vml"/i.test(types)
    ? ''
    : '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>';
  const override = `<Override PartName="/${comments}" ContentType="${COMMENTS_TYPE}"/>`;
  return new Map([
    [comments, commentsXml(notes)],
    [drawing, drawingXml(notes)],
    [rels, open.replace(/<\/(?:\w+:)?Relationships>\s*$/, (last) => `${related}${last}`)],
    ['[Content_Types].xml', types.replace(/<\/Types>\s*$/, `${vml}${override}</Types>`)],
    [part, withDrawing(xml, end[1] ?? '')],
  ]);
}

/** Named and numbered as spreadsheets do. */
function freeName(parts: TemplateParts, name: string, ending: string): string {
  for (let n = 1; ; n += 1) if (!parts.has(`${name}${n}.${ending}`)) return `${name}${n}.${ending}`;
}

/** The elements that may follow it in a sheet: the order is part of the format. */
const LATER =
  /<(?:\w+:)?(?:legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)[\s/>]/;

function withDrawing(xml: string, prefix: string): string {
  const element = `<${prefix}legacyDrawing xmlns:noted="${RELATIONS}" noted:id="notesDrawn"/>`;
  const at = LATER.exec(xml)?.index ?? xml.lastIndexOf(`</${prefix}worksheet>`);
  return `${xml.slice(0, at)}${element}${xml.slice(at)}`;
}

const commentsXml = (notes: readonly CellNote[]): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><comments xmlns="${MAIN}"><authors><author/></authors><commentList>${notes
    .map(
      ({ address, words }) =>
        `<comment ref="${address}" authorId="0"><text><t>${escaped(printable(words))}</t></text></comment>`,
    )
    .join('')}</commentList></comments>`;

/** Says where a spreadsheet draws the comment; without it none is shown. */
const drawingXml = (notes: readonly CellNote[]): string =>
  `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="note" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/>${notes
    .map(
      ({ row, column }, nth) =>
        `<v:shape id="note${nth + 1}" type="#note" style="position:absolute;width:90pt;height:30pt;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${column}, 12, ${row - 1}, 4, ${column + 2}, 12, ${row + 1}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column - 1}</x:Column></x:ClientData></v:shape>`,
    )
    .join('')}</xml>`;
