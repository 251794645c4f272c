// People and posts as they are answered.
import type { PersonAnswer } from '../../contract/people.ts';
import type { PostAnswer } from '../../contract/posts.ts';
import type { PersonRow, PostRow } from '../../db/queries/organisation-list.ts';

export const personItem = ({ id, name, unit, login, phone, email }: PersonRow): PersonAnswer => ({
  id,
  name,
  unit,
  login,
  phone,
  email,
});

export const postItem = (row: PostRow): PostAnswer => ({
  id: row.id,
  unit: row.unit,
  taskForce: row.taskForce,
  role: row.role,
  person: row.person,
  from: row.from,
  to: row.to,
});
