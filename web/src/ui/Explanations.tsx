/** One hover for all numbers: what stands in `data-explain` is shown beside the pointer or the focus. */
import { useEffect, useState } from "react";
import styles from "./Explanations.module.css";

interface Shown {
  text: string;
  left: number;
  top: number;
  below: boolean;
}

const DELAY = 180;

function place(target: Element): Shown | null {
  const text = target.getAttribute("data-explain");
  if (!text) return null;
  const box = target.getBoundingClientRect();
  const half = 150;
  const left = Math.min(Math.max(box.left + box.width / 2, half + 8), Math.max(window.innerWidth - half - 8, half + 8));
  const below = box.top < 110;
  return { text, left, top: below ? box.bottom + 8 : box.top - 8, below };
}

export function Explanations() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let timer = 0;
    const enter = (event: Event) => {
      const target = (event.target as Element | null)?.closest?.("[data-explain]");
      window.clearTimeout(timer);
      if (!target) return setShown(null);
      timer = window.setTimeout(() => setShown(place(target)), event.type === "focusin" ? 0 : DELAY);
    };
    const leave = () => {
      window.clearTimeout(timer);
      setShown(null);
    };
    const key = (event: KeyboardEvent) => event.key === "Escape" && leave();
    const heard: [string, EventListener][] = [
      ["pointerover", enter], ["focusin", enter], ["focusout", leave], ["pointerdown", leave],
      ["scroll", leave], ["keydown", key as EventListener],
    ];
    for (const [name, listener] of heard) document.addEventListener(name, listener, { capture: true, passive: true });
    return () => {
      window.clearTimeout(timer);
      for (const [name, listener] of heard) document.removeEventListener(name, listener, { capture: true });
    };
  }, []);
  if (!shown) return null;
  return (
    <div role="tooltip" className={styles.bubble} data-below={shown.below} style={{ left: shown.left, top: shown.top }}>
      {shown.text.split("\n").map((line, at) => (
        <div key={line} className={at ? styles.more : undefined}>
          {line}
        </div>
      ))}
    </div>
  );
}

/** The attributes that explain a number: what it is, its unit, and what it rests on. */
export function explain(...lines: (string | null | undefined | false)[]) {
  return { "data-explain": lines.filter(Boolean).join("\n") };
}
