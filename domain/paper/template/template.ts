// A template: an office's own workbook or document, with its mapping of places to figures.
import { z } from 'zod';

/** A workbook of an office has a few dozen figures; a whole district by street a few hundred. */
const MAX_NAMES = 500;

export const TemplateKind = z.enum(['xlsx', 'docx']);
export type TemplateKind = z.infer<typeof TemplateKind>;

/** By the name of a cell or range, or of a placeholder: the path of its figure (domain/paper/template/path.ts). */
export const Mapping = z
  .record(z.string().trim().min(1).max(255), z.string().min(1).max(300))
  .refine((mapping) => Object.keys(mapping).length <= MAX_NAMES, {
    params: { fault: { code: 'TOO_MANY', params: { max: MAX_NAMES } } },
  });
export type Mapping = z.infer<typeof Mapping>;

/** `PUT /forms/{name}/templates/{template}`. */
export const KeepTemplate = z.strictObject({ file: z.string().min(1).max(100), mapping: Mapping });
export type KeepTemplate = z.infer<typeof KeepTemplate>;

/** The result of looking into the file: the places that can be mapped, or why it is no template. */
export type TemplateLook = { names: string[] } | { unfit: UnfitReason };

/**
 * KIND: neither xlsx nor docx. MACROS: it runs something. LINKS: it reaches for something outside. DAMAGED: it does not
 * open. LARGE: unpacked, or opened, it is larger than any template.
 */
export type UnfitReason = 'KIND' | 'MACROS' | 'LINKS' | 'DAMAGED' | 'LARGE';
