/** Builds a rule of any shape: by mouse, by keys, or as text; every step can be taken back. */
import { PlusOutlined, RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { lazy, Suspense, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import type { TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { usePeriod } from "@/ui/period";
import { Waiting } from "@/ui/states";
import { BoardContext, type Board } from "./board";
import { deedOf, done, turnOf, type Deed } from "./deeds";
import { keysOf } from "./keys";
import { OF_DATA, type Leaf } from "./leaves";
import { RuleNode } from "./RuleNode";
import styles from "./Rules.module.css";
import { put, joinOf, type Path, type Rule } from "./tree";
import { useKnown } from "./useKnown";
import { useSteps, type Stepping } from "./useSteps";

const RuleText = lazy(() => import("./RuleText"));

interface Props {
  label: string;
  rule: Rule;
  onChange: (rule: Rule | null) => void;
  traits: TraitInfo[];
  kinds?: Leaf[];
  wrong?: Board["wrong"];
  /** Part of a form: without a bar of its own, and never empty. */
  plain?: boolean;
}

export function RuleBuilder({ label, rule, onChange, traits, kinds = OF_DATA, wrong = null, plain = false }: Props) {
  const { t } = useWords();
  const steps = useSteps(rule, onChange);
  const { as_of: day } = usePeriod();
  const known = useKnown(kinds);
  const { holder, aim } = useAim();
  const [as, setAs] = useState<"parts" | "json" | "yaml">("parts");
  const act = (deed: Deed, path: Path) => {
    const next = done(rule, deed, path);
    if (!next || (plain && !next.rule)) return;
    aim(next.path, deed === "add" || deed === "addGroup" || deed === "remove" ? 0 : null);
    steps.change(next.rule);
  };
  const press = (event: KeyboardEvent) => {
    const pressed = { key: event.key, code: event.code, mod: event.metaKey || event.ctrlKey, alt: event.altKey, shift: event.shiftKey };
    const turn = turnOf(pressed);
    const target = event.target as HTMLElement;
    const line = target.closest<HTMLElement>("[data-node]");
    const typed = event.key === "Enter" && isField(target) && !event.nativeEvent.isComposing && !pressed.shift;
    const deed = deedOf(pressed) ?? (typed && line ? "add" : null);
    if (turn ? as !== "parts" || !steps[turn] : !deed || !line) return;
    event.preventDefault();
    event.stopPropagation();
    if (turn) {
      if (line) aim(pathIn(line), null);
      steps[turn]?.();
    } else if (line && deed) act(deed, pathIn(line));
  };
  const board: Board = { rule, traits, known, kinds, day, wrong, clearable: !plain, put: (path, part) => steps.change(put(rule, path, part)), act };
  return (
    <BoardContext value={board}>
      <div ref={holder} className={styles.builder} role="group" aria-label={label} onKeyDownCapture={press}>
        {!plain && <Bar steps={steps} as={as} onAs={setAs} />}
        {as === "parts" ? (
          <>
            <RuleNode rule={rule} path={[]} />
            {!joinOf(rule) && (
              <div className={styles.adding}>
                <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => act("add", [])}>
                  {t("rules.addCondition")}
                </Button>
              </div>
            )}
          </>
        ) : (
          <Suspense fallback={<Waiting lines={6} />}>
            <RuleText key={as} rule={rule} as={as} onChange={steps.change} />
          </Suspense>
        )}
      </div>
    </BoardContext>
  );
}

interface BarProps {
  steps: Stepping;
  as: "parts" | "json" | "yaml";
  onAs: (as: "parts" | "json" | "yaml") => void;
}

function Bar({ steps, as, onAs }: BarProps) {
  const { t } = useWords();
  return (
    <div className={styles.bar}>
      <Segmented
        size="small"
        aria-label={t("rules.shown")}
        value={as}
        options={[
          { value: "parts" as const, label: t("rules.parts") },
          { value: "json" as const, label: "JSON" },
          { value: "yaml" as const, label: "YAML" },
        ]}
        onChange={onAs}
      />
      <span className="push" />
      {(["undo", "redo"] as const).map((turn) => (
        <Button
          key={turn}
          size="small"
          type="text"
          icon={turn === "undo" ? <UndoOutlined /> : <RedoOutlined />}
          disabled={!steps[turn]}
          title={`${t(`rules.turn.${turn}`)} ${keysOf(turn)}`}
          aria-label={t(`rules.turn.${turn}`)}
          onClick={() => steps[turn]?.()}
        />
      ))}
    </div>
  );
}

/** Where a plain Enter ends the typing: in an input, not in a list that Enter opens or chooses from. */
function isField(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && target.getAttribute("role") !== "combobox";
}

function pathIn(line: HTMLElement): Path {
  return (line.dataset.node ?? "").split(".").filter(Boolean).map(Number);
}

/** The line of a part; where it is gone, of what it stood in. */
function nearest(holder: HTMLElement | null, path: Path): Element | null {
  const line = holder?.querySelector(`[data-node="${path.join(".")}"]`);
  return line ?? (path.length ? nearest(holder, path.slice(0, -1)) : null);
}

const CONTROLS = "input, button, [tabindex='0']";

/** Puts the focus into a part once it is drawn: on its first control, or on the one that had it before it moved. */
function useAim() {
  const holder = useRef<HTMLDivElement>(null);
  const wanted = useRef<{ path: Path; control: number } | null>(null);
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const { path, control } = wanted.current;
    wanted.current = null;
    const line = nearest(holder.current, path);
    const controls = line?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
    (controls[control] ?? controls[0])?.focus();
  });
  const aim = (path: Path, control: number | null) => {
    const line = document.activeElement?.closest("[data-node]");
    const held = line ? [...line.querySelectorAll(CONTROLS)].indexOf(document.activeElement as Element) : 0;
    wanted.current = { path, control: control ?? Math.max(held, 0) };
  };
  return { holder, aim };
}
