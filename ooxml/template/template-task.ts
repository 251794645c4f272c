// A task on a template's bytes; plain data, it goes to another thread and back.
import type { Filling } from '../../domain/paper/template/filling.ts';
import type { TemplateKind, TemplateLook, UnfitReason } from '../../domain/paper/template/template.ts';
import { fillDocument, namesOfDocument } from './document-template.ts';
import { UnfitTemplate, unpackTemplate } from './template-parts.ts';
import { fillWorkbook, namesOfWorkbook } from './workbook-template.ts';

export type TemplateTask = {
  kind: TemplateKind;
  /** Absent: only list the places that can be mapped. */
  fill?: {
    fillings: Readonly<Record<string, Filling>>;
    /** The words for a missing figure, and for how many rows (`{n}`) are not listed. */
    say: { nothing: string; rest: string };
  };
};

export type TemplateDone = TemplateLook | { bytes: Uint8Array };

/** Any error is the file's fault: nothing else is read here. */
export async function doTask(bytes: Uint8Array, { kind, fill }: TemplateTask): Promise<TemplateDone> {
  try {
    const parts = await unpackTemplate(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), kind);
    if (kind === 'docx')
      return fill
        ? { bytes: await fillDocument(bytes, fill.fillings, fill.say) }
        : { names: await namesOfDocument(bytes) };
    return fill
      ? { bytes: new Uint8Array(fillWorkbook(parts, fill.fillings, fill.say.rest)) }
      : { names: namesOfWorkbook(parts) };
  } catch (error) {
    const unfit: UnfitReason = error instanceof UnfitTemplate ? error.unfit : 'DAMAGED';
    return { unfit };
  }
}
