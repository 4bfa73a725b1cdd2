/** The versions of a definition, and two of them against each other. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Select } from "antd";
import { useState } from "react";
import { refreshAll, restoreDefinition } from "@/api/definitions";
import type { DefinitionVersion } from "@/api/types";
import { useWords } from "@/i18n";
import { Actor } from "@/ui/Actor";
import { MaskedMark } from "@/ui/MaskedMark";
import { Panel } from "@/ui/Panel";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import styles from "./Definitions.module.css";
import { folded, laid } from "./diff";
import { DiffView } from "./DiffView";

const NONE = 0;
/** Whoever made what held before anybody published anything. */
const HOUSE = "titian";

interface Props {
  /** The newest first. */
  versions: DefinitionVersion[];
  /** The one in force. */
  present: number | null;
  /** Whether the one in force is masked, and so stays. */
  fixed: boolean;
}

export function Versions({ versions, present, fixed }: Props) {
  const { t } = useWords();
  const newest = versions[0]?.version ?? 1;
  const [to, setTo] = useState(newest);
  const before = (version: number) => versions.find((one) => one.version < version)?.version ?? NONE;
  const [from, setFrom] = useState(before(newest));
  const choose = (version: number) => {
    setTo(version);
    setFrom(before(version));
  };
  const text = (version: number) => withoutNumber(versions.find((one) => one.version === version)?.yaml ?? "");
  const hidden = versions.some((one) => one.yaml === "" && [from, to].includes(one.version));
  const lines = laid(text(from), text(to));
  const same = lines.every((line) => line.kind === "stays");
  const options = versions.map((one) => ({ value: one.version, label: t("definitions.version", { version: one.version }) }));
  return (
    <div className={styles.two}>
      <Panel title={t("definitions.versions", { count: versions.length })}>
        <ol className={styles.versions}>
          {versions.map((one) => (
            <Version key={one.version} one={one} present={present} fixed={fixed} chosen={one.version === to} onChoose={() => choose(one.version)} />
          ))}
        </ol>
      </Panel>
      <Panel title={t("definitions.diff.title")}>
        <div className={styles.bar}>
          <Select className={styles.narrow} aria-label={t("definitions.diff.from")} value={from} onChange={setFrom} options={[...options, { value: NONE, label: t("definitions.diff.none") }]} />
          <span aria-hidden>→</span>
          <Select className={styles.narrow} aria-label={t("definitions.diff.to")} value={to} onChange={setTo} options={options} />
          {from !== NONE && from !== to && <span className="muted small">{counted(lines.filter((line) => line.kind === "goes").length, lines.filter((line) => line.kind === "comes").length)}</span>}
        </div>
        {hidden && <MaskedMark />}
        {!hidden && same && from !== NONE && <p className="muted small">{t("definitions.diff.same")}</p>}
        {!hidden && <DiffView label={t("definitions.diff.title")} lines={from === NONE ? lines.map((line) => ({ ...line, kind: "stays" })) : same ? lines : folded(lines)} />}
      </Panel>
    </div>
  );
}

/** The number is another in every version, and says nothing of what changed. */
const withoutNumber = (yaml: string) => yaml.replace(/^version: \d+\n/m, "");
const counted = (goes: number, comes: number) => `−${goes} +${comes}`;

interface VersionProps {
  one: DefinitionVersion;
  present: number | null;
  fixed: boolean;
  chosen: boolean;
  onChoose: () => void;
}

function Version({ one, present, fixed, chosen, onChoose }: VersionProps) {
  const { t } = useWords();
  const { instant } = useFormat();
  return (
    <li className={styles.version} data-chosen={chosen}>
      <button type="button" className={`plain ${styles.what}`} aria-pressed={chosen} onClick={onChoose}>
        <b>{t("definitions.version", { version: one.version })}</b>
        {one.version === present && <span className={styles.now}>{t("definitions.inForce")}</span>}
        <p className="muted small">
          {instant(one.at)} · <Actor actor={one.by} />
          {one.by !== HOUSE && ` · ${t(`definitions.origin.${one.origin}`)}`}
        </p>
      </button>
      {present !== null && one.version !== present && !fixed && one.yaml !== "" && <RollBack one={one} present={present} />}
    </li>
  );
}

function RollBack({ one, present }: { one: DefinitionVersion; present: number }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { told, refused } = useUndo();
  const cache = useQueryClient();
  const back = useMutation({
    mutationFn: () => restoreDefinition(one.sort, one.key, one.version, present),
    onSuccess: (now) => {
      refreshAll(cache);
      const undo = () => restoreDefinition(one.sort, one.key, present, now.version).then(() => refreshAll(cache));
      told(t("definitions.back.done", { old: one.version, version: now.version }), now.version === present ? undefined : undo);
    },
    onError: refused,
  });
  const ask = () =>
    void modal.confirm({
      title: t("definitions.back.ask", { version: one.version }),
      content: t("definitions.back.what", { version: one.version }),
      okText: t("definitions.back.yes"),
      cancelText: t("definitions.cancel"),
      onOk: () => back.mutateAsync().catch(() => undefined),
    });
  return (
    <Button size="small" loading={back.isPending} aria-label={t("definitions.back.of", { version: one.version })} onClick={ask}>
      {t("definitions.back.action")}
    </Button>
  );
}
