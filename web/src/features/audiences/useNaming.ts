/** Names in both languages, a key that follows from them, and a description: what everything has that people make here. */
import { useState } from "react";
import type { Words } from "@/api/types";
import { useWords } from "@/i18n";
import { keyFrom } from "@/ui/keyFrom";

interface Made {
  key: string;
  name: Words;
  description: string;
}

export interface Naming {
  name: string;
  other: string;
  key: string;
  description: string;
  /** The names as they are saved, one language standing in for the other. */
  both: Words;
  named: boolean;
  /** Whether the key can still be chosen. */
  fresh: boolean;
  put: (next: Partial<{ name: string; other: string; key: string; description: string }>) => void;
}

export function useNaming(kind: string, taken: string[], of: Made | null): Naming {
  const { language } = useWords();
  const far = language === "zh" ? "en" : "zh";
  const [said, setSaid] = useState({
    name: of?.name[language] ?? "",
    other: of && of.name[far] !== of.name[language] ? of.name[far] : "",
    description: of?.description ?? "",
    key: undefined as string | undefined,
  });
  const name = said.name.trim();
  const other = said.other.trim() || name;
  return {
    ...said,
    key: of?.key ?? said.key ?? keyFrom(language === "en" ? said.name : said.other, kind, taken),
    both: language === "zh" ? { zh: name, en: other } : { zh: other, en: name },
    named: name !== "",
    fresh: of === null,
    put: (next) => setSaid({ ...said, ...next }),
  };
}
