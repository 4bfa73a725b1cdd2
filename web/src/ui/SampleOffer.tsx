/** For a workspace with nothing in it: real data to try it with, loaded as any file is. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { loadSample } from "@/api/commands";
import { freshKey } from "@/api/freshKey";
import { samplesQuery } from "@/api/queries";
import type { SampleInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "./Explanations";
import styles from "./SampleOffer.module.css";
import { Wrong } from "./states";
import { useFormat } from "./useFormat";

export function SampleOffer({ onStarted }: { onStarted: (importId: string) => void }) {
  const { t } = useWords();
  const { data: samples } = useQuery(samplesQuery);
  const load = useMutation({
    mutationFn: (key: string) => loadSample(key, freshKey()),
    onSuccess: (run) => onStarted(run.id),
  });
  if (!samples) return null;
  return (
    <section className={styles.offer} aria-label={t("data.sample.title")}>
      <p className="muted">{t("data.sample.title")}</p>
      <div className={styles.samples}>
        {samples.map((sample) => (
          <Sample key={sample.key} sample={sample} busy={load.isPending} onLoad={() => load.mutate(sample.key)} />
        ))}
      </div>
      {load.error && <Wrong error={load.error} compact />}
    </section>
  );
}

function Sample({ sample, busy, onLoad }: { sample: SampleInfo; busy: boolean; onLoad: () => void }) {
  const { t } = useWords();
  const { title } = useFormat();
  const { key, currency, timezone } = sample;
  return (
    <div className={styles.sample}>
      <Button disabled={busy} onClick={onLoad} {...explain(`${sample.attribution} (${sample.licence})`, sample.source)}>
        {t("data.sample.load", { name: t(`data.sample.name.${key}`, { defaultValue: key }) })}
      </Button>
      <p className="small">{title(sample.words)}</p>
      <p className="muted small">{t("data.sample.sets", { currency, timezone })}</p>
    </div>
  );
}
