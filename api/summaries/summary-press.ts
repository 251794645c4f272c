// What makes bytes of a planned summary: workbooks, documents and filled templates by ooxml/, JSON by its view.
import { render } from '../../ooxml/rendering.ts';
import { doTask } from '../../ooxml/template/template-task.ts';
import type { SummaryPress } from '../../reading/summary-work.ts';
import { summaryView } from './summary-view.ts';

export const summaryPress: SummaryPress = {
  render,
  fill: async (bytes, kind, fill) => {
    const done = await doTask(bytes, { kind, fill });
    return 'names' in done ? { unfit: 'DAMAGED' } : done;
  },
  view: summaryView,
};
