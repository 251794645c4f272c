// Files: taken in once, attached to a directive or a report, read by those who see it (api.md §7).
import { z } from 'zod';
import { ANY_TYPE, defineCall, fileAnswer } from './call.ts';
import { published } from './naming.ts';

export const FileAnswer = published(
  'File',
  z.strictObject({
    id: z.string(),
    name: z.string(),
    size: z.int(),
    sha256: z.string(),
    mediaType: z.string(),
  }),
);
export type FileAnswer = z.infer<typeof FileAnswer>;

/** A body of multipart/form-data with one file in it. */
export const UploadBody = z.object({ file: z.string().meta({ format: 'binary' }) });
export const UPLOAD_TYPE = 'multipart/form-data';

const tag = 'files';

export const FILE_CALLS = {
  upload: defineCall({
    method: 'post',
    path: '/files',
    tag,
    summary: 'Uploads one file of at most 50 MB, to be attached within 24 hours',
    body: UploadBody,
    bodyType: UPLOAD_TYPE,
    answers: { 201: FileAnswer },
  }),
  download: defineCall({
    method: 'get',
    path: '/files/{id}',
    tag,
    summary: 'Downloads a file attached to what you see, or that you uploaded and is attached to nothing yet',
    /** `1`: a picture (JPEG, PNG, WebP by its bytes) is shown in place instead of saved. */
    query: z.strictObject({ inline: z.enum(['0', '1']).optional() }),
    recorded: 'downloaded',
    answers: { 200: fileAnswer(ANY_TYPE) },
  }),
};
