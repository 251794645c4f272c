// The answers to faults of the rooms of machinery: ooxml/ and files/ know nothing of HTTP.
import { refuse, type Language, type Refusal } from '../domain/failure.ts';
import { FileTooLarge } from '../files/file-too-large.ts';
import { StoreAway } from '../files/store-away.ts';
import { UploadFault } from '../files/upload-fault.ts';
import { DocumentTooLarge } from '../ooxml/document/document-too-large.ts';
import { ThreadsFull } from '../ooxml/threads/thread-budget.ts';
import { refusalOfUnreadable } from '../ooxml/workbook/reading/unreadable-words.ts';
import { UnreadableWorkbook } from '../ooxml/workbook/reading/unreadable.ts';

type FaultAnswer = {
  refusal: Refusal;
  detail?: Record<Language, string>;
  headers?: Record<string, string>;
};

const MEGABYTE = 1024 * 1024;
/** Most tasks take a second or two. */
const FULL_SECONDS = '5';

/** null: the error is none of theirs. */
export function answerOfFault(error: unknown): FaultAnswer | null {
  if (error instanceof StoreAway)
    return { refusal: refuse('FILE_STORE_AWAY'), headers: { 'retry-after': '10' } };
  if (error instanceof FileTooLarge) return ofTooLarge(error);
  if (error instanceof UploadFault) return { refusal: ofUpload(error) };
  if (error instanceof UnreadableWorkbook) return refusalOfUnreadable(error.reason);
  if (error instanceof DocumentTooLarge) return { refusal: refuse('DOCUMENT_TOO_LARGE') };
  if (error instanceof ThreadsFull)
    return {
      refusal: refuse('THREADS_FULL', { params: { seconds: FULL_SECONDS } }),
      headers: { 'retry-after': FULL_SECONDS },
    };
  return null;
}

const ofUpload = ({ why, fault }: UploadFault): Refusal =>
  why === 'NOT_A_FORM'
    ? refuse('UNSUPPORTED_MEDIA_TYPE')
    : refuse('MALFORMED', fault === null ? {} : { errors: [fault] });

/** Names the bound. */
function ofTooLarge({ maxBytes }: FileTooLarge): FaultAnswer {
  const megabytes = String(Math.floor(maxBytes / MEGABYTE));
  return {
    refusal: refuse('TOO_LARGE', { params: { max: maxBytes } }),
    detail: {
      zh: `文件过大，超过 ${megabytes} MB，通常是图片所致；请压缩或删去图片后上传`,
      en: `The file is larger than ${megabytes} MB, mostly by pictures; make them smaller or remove them`,
    },
  };
}
