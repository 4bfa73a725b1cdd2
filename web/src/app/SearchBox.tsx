/** ⌘K: find customers, layers, layerings, pages and commands. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Modal } from "antd";
import { useDeferredValue, useEffect, useId, useState, type KeyboardEvent } from "react";
import { searchQuery } from "@/api/queries";
import { useWords } from "@/i18n";
import { useGo } from "@/ui/PathLink";
import { usePeriod } from "@/ui/period";
import { onSearch } from "@/ui/signals";
import { useFormat } from "@/ui/useFormat";
import { useCommands, type Hit } from "./commands";
import styles from "./SearchBox.module.css";

export function SearchBox() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  useEffect(() => onSearch(() => setOpen(true)), []);
  return (
    <Modal
      open={open}
      onCancel={() => setOpen(false)}
      footer={null}
      closable={false}
      width={600}
      style={{ top: 90 }}
      destroyOnHidden
      title={<span className="unseen">{t("shell.search.open")}</span>}
      classNames={{ header: styles.header }}
    >
      <Finder close={() => setOpen(false)} />
    </Modal>
  );
}

function useHits(text: string, close: () => void): Hit[] {
  const { say } = useFormat();
  const { t } = useWords();
  const go = useGo();
  const { asked } = usePeriod();
  const q = useDeferredValue(text.trim());
  const { data } = useQuery({ ...searchQuery(q, asked.as_of), enabled: q !== "", placeholderData: keepPreviousData });
  const commands = useCommands(q);
  const found = q === "" ? [] : (data ?? []).map((one) => ({
    key: `${one.kind}:${one.path}`,
    title: say(one.title),
    note: one.subtitle ? say(one.subtitle) : t(`shell.search.kind.${one.kind}`, { defaultValue: "" }),
    act: () => go(one.path),
  }));
  const known = new Set(found.map((one) => one.title));
  return [...found, ...commands.filter((one) => !known.has(one.title))].map((hit) => ({
    ...hit,
    act: () => {
      close();
      hit.act();
    },
  }));
}

function Finder({ close }: { close: () => void }) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const hits = useHits(text, close);
  const chosen = Math.min(at, hits.length - 1);
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setAt((chosen + by + hits.length) % Math.max(1, hits.length));
    }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) hits[chosen]?.act();
  };
  return (
    <>
      <input
        autoFocus
        className={styles.input}
        value={text}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={hits[chosen] ? `${list}${chosen}` : undefined}
        aria-label={t("shell.search.open")}
        placeholder={t("shell.search.hint")}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <ul id={list} role="listbox" className={styles.hits} aria-label={t("shell.search.hits")}>
        {hits.map((hit, place) => (
          <li
            key={hit.key}
            id={`${list}${place}`}
            role="option"
            aria-selected={place === chosen}
            className={styles.hit}
            onPointerMove={() => setAt(place)}
            onClick={hit.act}
          >
            <span>{hit.title}</span>
            <span className="muted small">{hit.note}</span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className={styles.none}>{t("shell.search.none", { text })}</p>}
    </>
  );
}
