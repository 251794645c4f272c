// Short words after an act, with a way back where there is one; the time to take it stands still while it is looked at.
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { Button } from './button.tsx';
import styles from './toast.module.css';

const SHOWN_MS = 5000;
const TICK_MS = 250;

export type ToastAct = { word: string; run: () => void };
export type Toast = {
  text: string;
  act?: ToastAct;
  /** When its time is over, or the page is left. */ onOver?: () => void;
};
export type SayToast = (toast: Toast) => void;

const ToastContext = createContext<SayToast>(() => undefined);
export const useToast = (): SayToast => useContext(ToastContext);

type Shown = Toast & { id: number };

function ToastLine({ toast, onGone }: { toast: Shown; onGone: (id: number) => void }): ReactNode {
  const left = useRef(SHOWN_MS);
  const isHeld = useRef(false);
  const isOver = useRef(false);
  const over = useCallback(() => {
    if (isOver.current) return;
    isOver.current = true;
    toast.onOver?.();
    onGone(toast.id);
  }, [toast, onGone]);
  useEffect(() => {
    const tick = setInterval(() => {
      if (!isHeld.current) left.current -= TICK_MS;
      if (left.current <= 0) over();
    }, TICK_MS);
    addEventListener('pagehide', over);
    return () => {
      clearInterval(tick);
      removeEventListener('pagehide', over);
    };
  }, [over]);
  const hold = (isOn: boolean) => () => {
    isHeld.current = isOn;
  };
  return (
    <div
      className={styles.toast}
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocus={hold(true)}
      onBlur={hold(false)}
    >
      <span>{toast.text}</span>
      {toast.act === undefined ? null : (
        <Button
          look="quiet"
          onClick={() => {
            isOver.current = true;
            toast.act?.run();
            onGone(toast.id);
          }}
        >
          {toast.act.word}
        </Button>
      )}
    </div>
  );
}

export function ToastPlace({ children }: { children: ReactNode }): ReactNode {
  const [shown, setShown] = useState<Shown[]>([]);
  const count = useRef(0);
  const say = useCallback<SayToast>((toast) => {
    count.current += 1;
    const id = count.current;
    setShown((before) => [...before, { ...toast, id }]);
  }, []);
  const drop = useCallback((id: number) => {
    setShown((before) => before.filter((each) => each.id !== id));
  }, []);
  const context = useMemo(() => say, [say]);
  return (
    <ToastContext value={context}>
      {children}
      <div className={styles.place} role="status" data-screen-only>
        {shown.map((toast) => (
          <ToastLine key={toast.id} toast={toast} onGone={drop} />
        ))}
      </div>
    </ToastContext>
  );
}
