/** What a definition rests on, and what depends on it, each step indented under the one before. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { definitionsQuery } from "@/api/definitions";
import { useWords } from "@/i18n";
import { MaskedMark } from "@/ui/MaskedMark";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { Waiting, Wrong } from "@/ui/states";
import styles from "./Definitions.module.css";
import { useNamed } from "./places";
import { dependsOn, namesOf, restsOn, type Place, type Step } from "./usage";

/** What a masked one rests on is not told. */
export function UsagePanel({ place, masked }: { place: Place; masked: boolean }) {
  const { t } = useWords();
  const { data, error } = useQuery(definitionsQuery);
  const names = data && namesOf(data);
  return (
    <Panel title={t("definitions.usage.title")}>
      {error && <Wrong error={error} compact />}
      {!names && !error && <Waiting lines={3} />}
      {names && (
        <div className={styles.usage}>
          <Steps title={t("definitions.usage.up")} none={t("definitions.usage.noUsers")} steps={dependsOn(names, place)} />
          <Steps title={t("definitions.usage.down")} none={masked ? <MaskedMark /> : t("definitions.usage.namesNothing")} steps={restsOn(names, place)} />
        </div>
      )}
    </Panel>
  );
}

function Steps({ title, none, steps }: { title: string; none: ReactNode; steps: Step[] }) {
  const { t } = useWords();
  const named = useNamed();
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {steps.length === 0 && <p className="muted small">{none}</p>}
      <ul>
        {steps.map(({ place, depth }) => {
          const { name, path, sort } = named(place);
          return (
            <li key={place} style={{ paddingLeft: (depth - 1) * 18 }}>
              {depth > 1 && <span className="muted" aria-hidden>↳</span>}
              <PathLink path={path}>{name}</PathLink>
              <span className="muted small">{t(`definitions.one.${sort}`)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
