// The person who is signed in as far as the page knows, without asking.
import { useQuery } from '@tanstack/react-query';
import type { Me } from '../../context/me.ts';

export const useMeOrNull = (): Me | null => useQuery<Me>({ queryKey: ['/me'], enabled: false }).data ?? null;
