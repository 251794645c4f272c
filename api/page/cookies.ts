// The reader's settings as their cookie says: only the page's bundle knows what they mean.
import type { Request } from 'express';
import type { Language } from '../../domain/failure.ts';
import type { PageArtefact } from '../page-artefact.ts';

export const plainCookie = (req: Request, name: string): string | undefined =>
  req.headers.cookie
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);

export const settingsOf = ({ rendering }: PageArtefact, req: Request): string | undefined =>
  plainCookie(req, rendering.settingsCookie);

export const settingsLanguage = (artefact: PageArtefact, req: Request): Language =>
  artefact.rendering.languageOf(settingsOf(artefact, req));
