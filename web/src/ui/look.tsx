/** Light or dark: chosen by hand, else as the browser has it. */
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { TOKENS, type Look, type Tokens } from "./tokens";

const KEPT = "titian.look";

interface Chosen {
  look: Look;
  choose: (look: Look) => void;
}

const LookContext = createContext<Chosen>({ look: "light", choose: () => undefined });

function remembered(): Look | null {
  const kept = localStorage.getItem(KEPT);
  return kept === "light" || kept === "dark" ? kept : null;
}

const darkWanted = window.matchMedia("(prefers-color-scheme: dark)");

function paint(look: Look): void {
  const root = document.documentElement;
  root.dataset.look = look;
  root.style.colorScheme = look;
  for (const [name, value] of Object.entries(TOKENS[look])) root.style.setProperty(`--${name}`, value as string);
}

export function LookProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<Look | null>(remembered);
  const [browser, setBrowser] = useState<Look>(darkWanted.matches ? "dark" : "light");
  useEffect(() => {
    const follow = (event: MediaQueryListEvent) => setBrowser(event.matches ? "dark" : "light");
    darkWanted.addEventListener("change", follow);
    return () => darkWanted.removeEventListener("change", follow);
  }, []);
  const look = chosen ?? browser;
  useEffect(() => paint(look), [look]);
  const choose = (next: Look) => {
    localStorage.setItem(KEPT, next);
    setChosen(next);
  };
  return <LookContext value={{ look, choose }}>{children}</LookContext>;
}

/** Paint before the first render, so that nothing flashes. */
export function paintFirst(): void {
  paint(remembered() ?? (darkWanted.matches ? "dark" : "light"));
}

export function useLook(): Chosen & { tokens: Tokens } {
  const chosen = useContext(LookContext);
  return { ...chosen, tokens: TOKENS[chosen.look] };
}
