// Deletes what has been kept long enough: read notices, finished deliveries, plans of directives that are over.
import type { Db } from '../pool.ts';

/** One slice of a walk through a table, in the order of its key. */
export type Slice = {
  /** Where the next slice begins; null when it was empty. */
  last: string | null;
  gone: number;
  /** No row behind this slice is old enough. */
  isEnd: boolean;
};

type About = { after: string | null; keptMs: number; limit: number };

const CUTOFF = `(clock_timestamp() - $3 * interval '1 millisecond')`;
/** An open directive keeps all of its notices: they say when it reached each person. */
const OF_OPEN = `exists (select from directive d where d.id = s.directive and d.phase = 'open')`;

const sliceOf = async (db: Db, name: string, text: string, about: About, first: string): Promise<Slice> => {
  const { rows } = await db.query<Slice>({
    name,
    text,
    values: [about.after ?? first, about.limit, about.keptMs],
  });
  return rows[0] ?? { last: null, gone: 0, isEnd: true };
};

/** Notices that were read before that time. */
export const pruneNotices = (db: Db, about: About): Promise<Slice> =>
  sliceOf(
    db,
    'pruning/notices',
    `with slice as (select id, directive, read_at, at from notification where id > $1::bigint order by id limit $2),
          gone as (
            delete from notification n using slice s
             where n.id = s.id and s.read_at < ${CUTOFF} and not ${OF_OPEN} returning n.id)
     select max(id)::text as last, (select count(*)::int from gone) as gone,
            count(*) < $2 or (array_agg(at order by id desc))[1] > ${CUTOFF} as "isEnd" from slice`,
    about,
    '0',
  );

/** Deliveries that were finished before that time; a digest goes after all that went with it. */
export const pruneDeliveries = (db: Db, about: About): Promise<Slice> =>
  sliceOf(
    db,
    'pruning/deliveries',
    `with slice as (
            select id, directive, person, state, made_at from delivery where id > $1::bigint order by id limit $2),
          gone as (
            delete from delivery v using slice s
             where v.id = s.id and s.state <> 'waiting' and s.made_at < ${CUTOFF} and not ${OF_OPEN}
               and (s.directive is not null or s.person is null
                    or not exists (select from delivery l
                                    where l.person = s.person and l.id < s.id and l.goes_with = s.id))
            returning v.id)
     select max(id)::text as last, (select count(*)::int from gone) as gone,
            count(*) < $2 or (array_agg(made_at order by id desc))[1] > ${CUTOFF} as "isEnd" from slice`,
    about,
    '0',
  );

/** Plans of ended desks, of directives that were over before that time. */
export const prunePlans = (db: Db, about: About): Promise<Slice> =>
  sliceOf(
    db,
    'pruning/plans',
    `with slice as (select desk, directive from plan where desk > $1 order by desk limit $2),
          gone as (
            delete from plan p using slice s, desk k, directive d
             where p.desk = s.desk and k.id = s.desk and k.ended and d.id = s.directive
               and d.phase in ('closed', 'cancelled') and coalesce(d.closed_at, d.issued_at) < ${CUTOFF}
            returning p.desk)
     select max(desk) as last, (select count(*)::int from gone) as gone, count(*) < $2 as "isEnd" from slice`,
    about,
    '',
  );
