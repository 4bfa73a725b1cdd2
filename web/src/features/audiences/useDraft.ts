/** The rule that is being built: changed at once, put into the address when it stands still. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Rule } from "@/ui/rules/tree";
import { readDraft, writeDraft } from "./draft";

const STILL = 300;

export interface Draft {
  rule: Rule | null;
  change: (rule: Rule | null) => void;
  /** What stood in the address and is no rule. */
  wrong: string | null;
}

export function useDraft(): Draft {
  const address = useSearch({ from: "/audiences/new" }).rule;
  const navigate = useNavigate({ from: "/audiences/new" });
  const [known, setKnown] = useState(address);
  const [sent, setSent] = useState(address);
  const [rule, setRule] = useState(() => readDraft(address).rule);
  const [wrong, setWrong] = useState(() => (readDraft(address).wrong ? (address ?? null) : null));
  if (address !== known) {
    setKnown(address);
    // Another link was followed; what was sent from here only arrives.
    if (address !== sent) {
      const read = readDraft(address);
      setSent(address);
      setRule(read.rule);
      setWrong(read.wrong ? (address ?? null) : null);
    }
  }
  const text = writeDraft(rule);
  useEffect(() => {
    if (text === sent || (wrong !== null && !text)) return;
    const timer = window.setTimeout(() => {
      setSent(text);
      setWrong(null);
      void navigate({ search: (before) => ({ ...before, rule: text }), replace: true, resetScroll: false });
    }, STILL);
    return () => window.clearTimeout(timer);
  }, [text, sent, wrong, navigate]);
  return { rule, change: setRule, wrong };
}
