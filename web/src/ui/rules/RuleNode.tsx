/** One part of a rule: a condition in a line, or a group with its parts. */
import { PlusOutlined } from "@ant-design/icons";
import { Button, Segmented, Select, Tag } from "antd";
import { useWords } from "@/i18n";
import { useBoard } from "./board";
import { DidLine } from "./DidLine";
import { InLayerLine, MovedLine } from "./LayerLine";
import { FunnelLine } from "./FunnelLine";
import { begun, leafOf, type Leaf } from "./leaves";
import { NamedLine } from "./NamedLine";
import { NodeTools } from "./NodeTools";
import styles from "./Rules.module.css";
import { TraitLine } from "./TraitLine";
import { joinOf, kindOf, parts, type Join, type Path, type Rule } from "./tree";

interface Props {
  rule: Rule;
  path: Path;
}

/** What negations there are stand before the part as marks, each of which can be taken off. */
export function RuleNode({ rule, path }: Props) {
  const negations: Path[] = [];
  let [node, inner] = [rule, path];
  while (kindOf(node) === "not") {
    negations.push(inner);
    [node, inner] = [node.not as Rule, [...inner, 0]];
  }
  const Drawn = joinOf(node) ? Group : Line;
  return <Drawn rule={node} path={inner} outer={path} negations={negations} />;
}

interface NodeProps extends Props {
  /** Where the part begins, its negations included: what is moved, doubled and taken away. */
  outer: Path;
  negations: Path[];
}

function useLabel(outer: Path, what: "condition" | "group"): string {
  const { t } = useWords();
  return outer.length ? t(`rules.place.${what}At`, { place: outer.map((one) => one + 1).join(".") }) : t(`rules.place.${what}`);
}

function Negations({ negations, label }: { negations: Path[]; label: string }) {
  const { t } = useWords();
  const { act } = useBoard();
  return negations.map((path) => (
    <Tag key={path.length} className={styles.not} closable={{ "aria-label": t("rules.affirm", { label }) }} onClose={() => act("negate", path)}>
      {t("rules.not")}
    </Tag>
  ));
}

function Wrongness({ path, label }: { path: Path; label: string }) {
  const { wrong } = useBoard();
  if (!wrong || wrong.path !== path.join(".")) return null;
  return (
    <p className={styles.wrong} role="alert" aria-label={label}>
      {wrong.says}
    </p>
  );
}

function Group({ rule, path, outer, negations }: NodeProps) {
  const { t } = useWords();
  const { put, act } = useBoard();
  const label = useLabel(outer, "group");
  const join = joinOf(rule) as Join;
  return (
    <div className={styles.group} role="group" aria-label={label} data-outermost={outer.length === 0}>
      <div className={styles.head} data-node={outer.join(".")}>
        <Negations negations={negations} label={label} />
        <Segmented<Join>
          size="small"
          aria-label={`${label} ${t("rules.join.title")}`}
          value={join}
          options={(["all", "any"] as const).map((one) => ({ value: one, label: t(`rules.join.${one}`) }))}
          onChange={(next) => put(path, { [next]: parts(rule) })}
        />
        <NodeTools label={label} path={outer} negative={negations.length > 0} />
      </div>
      <Wrongness path={path} label={label} />
      <ol className={styles.parts}>
        {parts(rule).map((part, place) => (
          <li key={place}>
            <RuleNode rule={part} path={[...path, place]} />
          </li>
        ))}
      </ol>
      <div className={styles.adding}>
        <Button size="small" type="text" icon={<PlusOutlined />} aria-label={`${t("rules.addCondition")} ${label}`} onClick={() => act("add", path)}>
          {t("rules.addCondition")}
        </Button>
        <Button size="small" type="text" icon={<PlusOutlined />} aria-label={`${t("rules.addGroup")} ${label}`} onClick={() => act("addGroup", path)}>
          {t("rules.addGroup")}
        </Button>
      </div>
    </div>
  );
}

function Line({ rule, path, outer, negations }: NodeProps) {
  const { t } = useWords();
  const { kinds, known, put } = useBoard();
  const label = useLabel(outer, "condition");
  const kind = leafOf(rule) as Leaf;
  const change = (next: Rule) => put(path, next);
  return (
    <div>
      <div className={styles.line} role="group" aria-label={label} data-node={outer.join(".")}>
        <div className={styles.fields}>
          <Negations negations={negations} label={label} />
          <Select<Leaf>
            className={styles.kind}
            aria-label={`${label} ${t("rules.asks")}`}
            value={kind}
            popupMatchSelectWidth={false}
            options={(kinds.includes(kind) ? kinds : [kind, ...kinds]).map((one) => ({ value: one, label: t(`rules.kind.${one}`) }))}
            onChange={(next) => change(begun(next, known, rule))}
          />
          {kind === "trait" && <TraitLine label={label} rule={rule} onChange={change} />}
          {(kind === "did" || kind === "didNot") && <DidLine label={label} rule={rule} onChange={change} />}
          {kind === "funnel" && <FunnelLine label={label} rule={rule} onChange={change} />}
          {kind === "layering" && <InLayerLine label={label} rule={rule} onChange={change} />}
          {kind === "moved" && <MovedLine label={label} rule={rule} onChange={change} />}
          {(kind === "tag" || kind === "audience" || kind === "staff") && <NamedLine label={label} of={kind} rule={rule} onChange={change} />}
        </div>
        <NodeTools label={label} path={outer} negative={negations.length > 0} />
      </div>
      <Wrongness path={path} label={label} />
    </div>
  );
}
