// An event of the log as readers see it; `<desk>#<seq>` names it.
import { z } from 'zod';
import type { EventAnswer } from '../../contract/events.ts';
import type { EventPosition, LoggedEvent } from '../../db/queries/event.ts';
import type { SlipRow } from '../../db/queries/slip.ts';
import { isByLink } from '../../domain/delivery/link.ts';
import type { Form } from '../../domain/form/field.ts';
import type { FormOfItem } from '../../domain/merge/masked-record.ts';
import { shownEvent } from '../../domain/assignment/shown-event.ts';
import { eventSlipView } from './slip-view.ts';

/** The forms of a directive's items, which never change. */
export const formsOf = ({
  items,
}: {
  items: readonly { key: string; form?: Form | undefined }[];
}): FormOfItem => {
  const forms = new Map(items.map(({ key, form }) => [key, form]));
  return (item) => forms.get(item);
};

/** `slips` are those of the page, by the event's id. */
export const eventView = (
  event: LoggedEvent,
  slips: ReadonlyMap<string, SlipRow>,
  formOf: FormOfItem,
): EventAnswer => {
  const shown = shownEvent(event, formOf);
  const slip = slips.get(shown.id);
  const said = {
    ...shown,
    ...(isByLink(event.token) ? { by: 'link' as const } : {}),
    ...(slip ? { slip: eventSlipView(slip) } : {}),
  };
  // As it was logged, in one of the shapes of its type; the tests hold it to that.
  return said as EventAnswer;
};

export const EventCursor = z
  .tuple([z.int(), z.string().regex(/^\d{1,20}$/), z.string().max(300), z.int()])
  .transform(([epoch, tx, desk, seq]): EventPosition => ({ epoch, tx, desk, seq }));

export const positionOf = ({ epoch, tx, desk, seq }: LoggedEvent): [number, string, string, number] => [
  epoch,
  tx,
  desk,
  seq,
];
