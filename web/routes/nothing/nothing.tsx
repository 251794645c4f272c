// Nothing to show at this address: there is none, or it is not this person's to see. It is not said which.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { dictionary } from '../../words/dictionary.ts';
import { useWords } from '../../words/use-words.tsx';

const WORDS = dictionary(
  { title: '没有这一项', why: '没有这一项，或不在你的范围内。', home: '回到首页' },
  {
    title: 'Nothing here',
    why: 'There is nothing here, or it is not yours to see.',
    home: 'Back to the start',
  },
);

export function NothingHere(): ReactNode {
  const words = useWords(WORDS);
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.why}</p>
      <p>
        <Link to="/" reloadDocument>
          {words.home}
        </Link>
      </p>
    </>
  );
}
