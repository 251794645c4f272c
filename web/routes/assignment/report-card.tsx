// What has been reported: each field with its value, or that nothing has come yet.
import { Link } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import type { AssignmentPage } from '../../../contract/assignment-page.ts';
import { shownText } from '../../../domain/paper/summary/shown-value.ts';
import type { Json } from '../../../domain/form/value.ts';
import { useLanguage, useWords } from '../../words/use-words.tsx';
import styles from './assignment.module.css';
import { ASSIGNMENT_WORDS } from './words.ts';

export function ReportCard({ page }: { page: AssignmentPage }): ReactNode {
  const words = useWords(ASSIGNMENT_WORDS);
  const language = useLanguage();
  const id = useId();
  const { submission, counts, allowed } = page.assignment;
  const fields = page.form?.fields ?? [];
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{words.report}</h2>
      {submission === null ? (
        <p className={styles.about}>{words.nothingYet}</p>
      ) : (
        <>
          <p className={styles.about}>{words.version(submission.version)}</p>
          <table className={styles.values}>
            <tbody>
              {fields.map((field) => (
                <tr key={field.key}>
                  <th scope="row">{field.label}</th>
                  <td>
                    {field.type === 'table'
                      ? String(submission.rows[field.key]?.length ?? '—')
                      : shownText(
                          { ...field, sensitive: false },
                          (submission.values[field.key] ?? null) as Json,
                          { language, files: {} },
                        )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {submission.note === null ? null : <p>{submission.note}</p>}
        </>
      )}
      {allowed.includes('submit') && page.form !== null && counts === null ? (
        <p data-screen-only>
          <Link to="/a/$id/fill" params={{ id: page.assignment.id }} className={styles.back}>
            {words.toFill} ›
          </Link>
        </p>
      ) : null}
    </section>
  );
}
