// Files of a field: photos drawn anew without their place, sent at once with their progress, each to be removed again.
import { useRef, useState, type ReactNode } from 'react';
import type { FileAnswer } from '../../../contract/files.ts';
import { API } from '../../call/address.ts';
import { sendJson } from '../../call/call.ts';
import { withoutPlace } from '../../device/photo.ts';
import { Button, buttonClass } from '../../kit/button.tsx';
import { Failure } from '../../kit/notice.tsx';
import { useWords } from '../../words/use-words.tsx';
import styles from './fill.module.css';
import { FILL_WORDS } from './words.ts';

type Props = {
  tied: { id: string };
  ids: readonly string[];
  maxFiles: number;
  onChange: (ids: string[]) => void;
};

export function FileInput({ tied, ids, maxFiles, onChange }: Props): ReactNode {
  const words = useWords(FILL_WORDS);
  const [names, setNames] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const kept = useRef(ids);
  kept.current = ids;
  const add = async (files: readonly File[]): Promise<void> => {
    setError(null);
    setBusy((count) => count + files.length);
    for (const file of files) {
      try {
        const form = new FormData();
        const sent = await withoutPlace(file);
        form.append('file', sent, sent.name);
        const answer = await sendJson<FileAnswer>({ method: 'POST', path: '/files', form });
        setNames((before) => ({ ...before, [answer.id]: answer.name }));
        kept.current = [...kept.current, answer.id];
        onChange([...kept.current]);
      } catch (fault) {
        setError(fault);
      } finally {
        setBusy((count) => count - 1);
      }
    }
  };
  return (
    <div className={styles.files}>
      <ul role="list" className={styles.files}>
        {ids.map((id) => (
          <li key={id} className={styles.file}>
            <a className={buttonClass('quiet')} href={`${API}/files/${encodeURIComponent(id)}`}>
              {names[id] ?? id}
            </a>
            <Button
              onClick={() => {
                onChange(ids.filter((each) => each !== id));
              }}
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      {ids.length >= maxFiles ? null : (
        <input
          {...tied}
          type="file"
          multiple={maxFiles > 1}
          onChange={(event) => {
            void add([...(event.currentTarget.files ?? [])].slice(0, maxFiles - ids.length));
            event.currentTarget.value = '';
          }}
        />
      )}
      {busy > 0 ? <p role="status">{words.uploading(0)}</p> : null}
      {error === null ? null : <Failure error={error} />}
    </div>
  );
}
