// A sheet's page setup, in the form the workbook library takes.
import type { PageSetup } from '@cj-tech-master/excelts';
import type { PrintPage } from '../../../domain/paper/workbook/print-page.ts';

/** The file format's own numbers: the library has no name for A3. */
const SIZES = { A3: 8, A4: 9 } as const;

export const paperOf = ({ paper, isLandscape, scale }: PrintPage): Partial<PageSetup> => ({
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the library's own names leave A3 out
  paperSize: SIZES[paper] as NonNullable<PageSetup['paperSize']>,
  orientation: isLandscape ? 'landscape' : 'portrait',
  // Pages beside each other are read from left to right, then down.
  ...(scale === null
    ? { fitToPage: true, fitToWidth: 1, fitToHeight: 0 }
    : { fitToPage: false, scale, pageOrder: 'overThenDown' as const }),
  margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
});
